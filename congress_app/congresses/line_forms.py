"""Lines of the lists in a rulebook: several forms of one kind inside another form.

Works without scripts: blank lines at the foot take what is to be added, a box removes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FieldList,
    HiddenField,
    SelectField,
    SelectMultipleField,
    ValidationError,
)
from wtforms.validators import Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from congress_app.congresses.forms import labelled
from congress_app.congresses.keys import key_of
from congress_app.congresses.rulebook import ALWAYS_SENSITIVE, CATEGORY_LABELS, Choice, Priority
from congress_app.web.forms import BaseForm, NfcField, WholeNumberField

BLANK_LINES = 2
MOST_LINES = 100


class Checks(SelectMultipleField):  # type: ignore[misc]
    """Several choices as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any, labels: dict[str, str], **kwargs: Any) -> None:
        super().__init__(label, choices=labelled(labels), **kwargs)


class Removable(BaseForm):
    """One line of a list inside another form, which carries the token for all."""

    class Meta(BaseForm.Meta):
        csrf = False

    removed = BooleanField(_l("Bỏ dòng này"))


class Line(Removable):
    """A title with its code; a line without either is there to be filled in."""

    code = HiddenField()
    title = NfcField(_l("Tên gọi"), validators=[Length(max=250)])

    def validate_title(self, field: NfcField) -> None:
        """A stored line does not vanish because its words were wiped out."""
        if self.code.data and not field.data and not self.removed.data:
            raise ValidationError(_("Hãy ghi tên gọi, hoặc chọn bỏ dòng này."))


class PriorityLine(Line):
    """A priority; sensitive until somebody says that it is not."""

    is_open = BooleanField(_l("Không nhạy cảm"))

    @property
    def is_always(self) -> bool:
        """True where the box can change nothing."""
        return self.code.data in ALWAYS_SENSITIVE


class CompositionLine(Line):
    """A sub-category of the composition."""

    category = SelectField(_l("Thành phần"), choices=labelled(CATEGORY_LABELS))
    award = BooleanField(_l("Xét năm danh hiệu"))
    per_unit = WholeNumberField(
        _l("Số người mỗi đơn vị"), validators=[Optional(), NumberRange(min=1, max=1000)]
    )


class ExceptionLine(Removable):
    """A unit with a cap of its own."""

    code = NfcField(_l("Mã đơn vị"), validators=[Length(max=30)])
    limit = WholeNumberField(_l("Số lượng tối đa"))

    def validate_limit(self, field: WholeNumberField) -> None:
        """A code and a figure stand together."""
        if self.removed.data:
            return
        if bool(self.code.data) != (field.data is not None):
            raise ValidationError(_("Hãy ghi cả mã đơn vị và số lượng, hoặc chọn bỏ dòng này."))
        if field.data is not None and not 1 <= field.data <= 100_000:
            raise ValidationError(_("Số lượng tối đa từ 1 đến 100.000."))


def kept_lines(field: FieldList) -> list[Any]:
    """The forms of the lines that say something and are not removed."""
    forms = [entry.form for entry in field]
    return [form for form in forms if form.title.data and not form.removed.data]


def choices_of(field: FieldList) -> tuple[Choice, ...]:
    """The lines as choices."""
    taken: list[str] = []
    for form in kept_lines(field):
        taken.append(code_of(form, taken))
    titles = [form.title.data for form in kept_lines(field)]
    return tuple(Choice(code, title) for code, title in zip(taken, titles, strict=True))


def priorities_of(field: FieldList) -> tuple[Priority, ...]:
    """The lines as priorities."""
    chosen = zip(choices_of(field), kept_lines(field), strict=True)
    return tuple(
        Priority(one.code, one.title, form.is_always or not form.is_open.data)
        for one, form in chosen
    )


def code_of(form: Any, taken: Collection[str]) -> str:
    """The code the line had, so that delegates keep their ground; else one of its title."""
    code = form.code.data
    known = code and code not in taken
    return str(code) if known else key_of(str(form.title.data), taken, separator="_")


def choice_rows(choices: Sequence[Choice]) -> list[dict[str, object]]:
    """Choices as rows of a list of lines."""
    return with_blanks([{"code": choice.code, "title": choice.title} for choice in choices])


def priority_rows(priorities: Sequence[Priority]) -> list[dict[str, object]]:
    """Priorities as rows of a list of lines."""
    return with_blanks(
        [{"code": one.code, "title": one.title, "is_open": one.is_open} for one in priorities]
    )


def with_blanks(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """The rows, and blank ones to fill in."""
    return [*rows, *[{} for _number in range(BLANK_LINES)]]


def add_line(form: BaseForm, name: str | None) -> bool:
    """Append a blank line to the list of this name, keeping all that was typed.

    False when no such list was asked for: then the form is to be saved.
    """
    field = form[name] if name and name in form else None
    if not isinstance(field, FieldList) or len(field) >= MOST_LINES:
        return False
    field.append_entry()
    return True
