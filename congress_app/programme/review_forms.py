"""Forms of the criteria of a review and of the marks by them."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from congress_app.programme.review import Criterion, Sheet
from congress_app.web.forms import (
    NONE_CHOSEN,
    NfcArea,
    NfcField,
    VersionedForm,
    WholeNumberField,
)
from congress_app.web.texts import say

# As many as a reviewer can keep apart.
MOST_CRITERIA = 8
# Up to here a mark is picked from a list, above it is typed.
_LISTED = 20


class ReviewForm(VersionedForm):
    """Marks from 0 to the highest, or none; the fields are made by `review_form`."""

    note = NfcArea(_l("Nhận xét"), validators=[Optional(), Length(max=2000)])
    codes: tuple[str, ...] = ()

    def marks(self) -> dict[str, int]:
        """Marks by criterion; what was left empty is not there."""
        chosen = {code: self[f"mark_{code}"].data for code in self.codes}
        return {code: int(value) for code, value in chosen.items() if value not in ("", None)}


def review_form(sheet: Sheet, data: Mapping[str, object]) -> ReviewForm:
    """The form with one field for each criterion, filled from marks."""
    fields: dict[str, object] = {"codes": tuple(each.code for each in sheet.criteria)}
    for each in sheet.criteria:
        fields[f"mark_{each.code}"] = _mark_field(each, sheet.highest)
    form: ReviewForm = type("CriteriaForm", (ReviewForm,), fields)(data=data)
    return form


def _mark_field(criterion: Criterion, highest: int) -> Field:
    label = _("%(title)s (hệ số %(weight)s)", title=say(criterion.title), weight=criterion.weight)
    if highest > _LISTED:
        return WholeNumberField(label, validators=[Optional(), NumberRange(min=0, max=highest)])
    marks = {"": _("Chưa chấm")} | {str(mark): str(mark) for mark in range(highest + 1)}
    return SelectField(label, choices=marks, validators=[NONE_CHOSEN])


class SheetForm(VersionedForm):
    """Criteria with weights; a row without a name is no criterion. Made by `sheet_form`."""

    highest = WholeNumberField(
        _l("Thang điểm: cao nhất"),
        validators=[InputRequired(), NumberRange(min=1, max=100)],
        description=_l("Mỗi tiêu chí chấm từ 0 đến điểm này, ví dụ 10 hoặc 100."),
    )
    reason = NfcField(
        _l("Lý do thay đổi"),
        validators=[Optional(), Length(max=500)],
        description=_l("Bắt buộc khi đã có người chấm; người chấm thấy lý do này."),
    )
    known: tuple[str, ...] = ()

    @property
    def rows(self) -> list[tuple[Field, Field]]:
        """Name and weight of each row."""
        return [(self[f"title_{n}"], self[f"weight_{n}"]) for n in range(MOST_CRITERIA)]

    def validate(self, extra_validators: object = None) -> bool:
        """Rows are whole, and there is one at least."""
        if not super().validate(extra_validators):
            return False
        halves = [weight for title, weight in self.rows if title.data and weight.data is None]
        for weight in halves:
            weight.errors = [_("Hãy ghi hệ số của tiêu chí này.")]
        if not any(title.data for title, _weight in self.rows):
            self["title_0"].errors = [_("Cần ít nhất một tiêu chí.")]
            return False
        return not halves

    def sheet(self) -> Sheet:
        """What was typed; rows that were there keep their codes."""
        own = (f"own_{number}" for number in range(1, 2 * MOST_CRITERIA + 1))
        codes = [*self.known, *(code for code in own if code not in self.known)]
        criteria = tuple(
            Criterion(code, title.data, int(weight.data or 0))
            for code, (title, weight) in zip(codes, self.rows, strict=False)
            if title.data
        )
        return Sheet(criteria, int(self.highest.data or 0))


def sheet_form(sheet: Sheet, version: int) -> SheetForm:
    """The form with the rows of the sheet, and empty ones below."""
    fields: dict[str, object] = {"known": tuple(each.code for each in sheet.criteria)}
    data: dict[str, object] = {"highest": sheet.highest, "version": version}
    for n in range(MOST_CRITERIA):
        fields[f"title_{n}"] = NfcField(
            _("Tiêu chí %(number)s", number=n + 1), validators=[Optional(), Length(max=200)]
        )
        fields[f"weight_{n}"] = WholeNumberField(
            _("Hệ số %(number)s", number=n + 1),
            validators=[Optional(), NumberRange(min=1, max=100)],
        )
    for n, each in enumerate(sheet.criteria):
        data[f"title_{n}"], data[f"weight_{n}"] = each.title, each.weight
    form: SheetForm = type("RowsForm", (SheetForm,), fields)(data=data)
    return form
