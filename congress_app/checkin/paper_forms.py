"""Printing sheets for a door, and typing them back."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField
from wtforms.validators import DataRequired, Length, Optional

from congress_app.checkin.paper import LONGEST_TEXT
from congress_app.web.forms import BaseForm, ClockField, NfcArea, NfcField


class PrintForm(BaseForm):
    """For which session and gate, and in what order."""

    session = SelectField(_l("Phiên"), coerce=int)
    gate = NfcField(_l("Cửa"), validators=[DataRequired(), Length(max=60)], default="Cửa A")
    order = RadioField(
        _l("Cách xếp"),
        choices=[
            SelectChoice("delegation", _l("Mỗi đoàn bắt đầu một tờ")),
            SelectChoice("name", _l("Mọi đại biểu theo tên")),
        ],
        default="delegation",
    )


class TypedForm(BaseForm):
    """The rows that were signed, sheet by sheet."""

    text = NfcArea(
        _l("Các dòng đã ký"),
        validators=[DataRequired(), Length(max=LONGEST_TEXT)],
        description=_l(
            "Mỗi hàng một tờ, ví dụ: tờ 3: 1-14, 17, 20 lúc 7:45. Ra: tờ 3: 5 ra lúc 9:10."
        ),
    )
    at = ClockField(
        _l("Giờ chung"),
        validators=[Optional()],
        description=_l("Dùng cho hàng không ghi giờ, ví dụ 07:45."),
    )
