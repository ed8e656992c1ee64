"""What is typed about a hall."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired, Length

from congress_app.web.forms import NfcArea, NfcField, VersionedForm


class HallForm(VersionedForm):
    """A hall: its name and its rows in words."""

    name = NfcField(_l("Tên hội trường"), [InputRequired(), Length(max=200)])
    description = NfcArea(
        _l("Các hàng ghế, từ sân khấu xuống"),
        [InputRequired(), Length(max=4000)],
        description=_l(
            "Mỗi dòng một phần. Ví dụ: “A: 12” là hàng A có 12 ghế; “B-F: 14” là năm hàng; "
            "“ban công 1-3: 20”; “10 hàng x 20 ghế, lối đi sau ghế 10”; “lối đi ngang”."
        ),
    )
