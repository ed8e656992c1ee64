"""The list of an award item as typed: places, awards, whom to take off, whom to add."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from congress_app.programme.honours import LONGEST_AWARD, Honour, HonourLine
from congress_app.web.forms import NfcField, VersionedForm, WholeNumberField


class HonoursForm(VersionedForm):
    """Three fields for every line are added by `honours_form`."""

    text = NfcField(_l("Tìm điển hình được chọn"))
    add = SelectMultipleField(
        _l("Thêm vào danh sách"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    lines: Sequence[HonourLine] = ()

    def kept(self) -> list[tuple[int, Honour]]:
        """The lines that stay, each with its place."""
        return [
            (int(self[f"place_{key}"].data or 0), Honour(key, self[f"award_{key}"].data or ""))
            for key in (line.exemplar_id for line in self.lines)
            if not self[f"drop_{key}"].data
        ]


def honours_form(
    lines: Sequence[HonourLine], offered: Sequence[tuple[int, str]], version: int
) -> HonoursForm:
    """The form of these lines in their order; `offered` are exemplars that may be added."""
    fields: dict[str, object] = {"lines": lines}
    data: dict[str, object] = {"version": version}
    for place, line in enumerate(lines, start=1):
        key = line.exemplar_id
        fields[f"place_{key}"] = WholeNumberField(
            _("Thứ tự đọc"), validators=[InputRequired(), NumberRange(min=1, max=999)]
        )
        fields[f"award_{key}"] = NfcField(
            _("Được tôn vinh vì"), validators=[DataRequired(), Length(max=LONGEST_AWARD)]
        )
        fields[f"drop_{key}"] = BooleanField(_("Bỏ khỏi danh sách"))
        data |= {f"place_{key}": place, f"award_{key}": line.award}
    form: HonoursForm = type("ListForm", (HonoursForm,), fields)(data=data)
    form.add.choices = list(offered)
    return form
