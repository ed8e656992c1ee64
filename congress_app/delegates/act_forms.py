"""What is typed in single acts: moving a place, a ground, sensitive facts, an upload."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from congress_app.congresses.rulebook import LevelRules, Rulebook, SubCategory
from congress_app.delegates import privacy
from congress_app.delegates.census import TOLD_BY_FACTS
from congress_app.delegates.credentials import State
from congress_app.delegates.headings import LONGEST
from congress_app.delegates.registration import CapException, GroundFacts
from congress_app.web.forms import BaseForm, NfcField, VersionedForm, WholeNumberField
from congress_app.web.texts import say


def text_of(label: Any, key: str, *validators: Any, **options: Any) -> NfcField:
    """A line of text no longer than the table takes."""
    return NfcField(label, [*validators, Length(max=LONGEST[key])], **options)


class ExceptionFields(BaseForm):
    """Leave to exceed a cap or quota: all three or none."""

    exception_by = NfcField(_l("Người quyết định"), [Length(max=200)])
    exception_reason = NfcField(_l("Lý do ngoại lệ"), [Length(max=500)])
    exception_document = NfcField(_l("Số văn bản"), [Length(max=100)])

    def exception(self) -> CapException | None:
        """The exception typed; RuleViolation when only a part of it was."""
        typed = [
            field.data or ""
            for field in (self.exception_by, self.exception_reason, self.exception_document)
        ]
        return CapException(*typed) if any(typed) else None


class Ticks(SelectMultipleField):  # type: ignore[misc]
    """Several of a list, each a check box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class SensitiveForm(VersionedForm):
    """Ethnic origin and party membership, apart because reading them is recorded."""

    ethnicity = text_of(_l("Dân tộc"), "ethnicity")
    drops_ethnicity = BooleanField(_l("Xóa dân tộc đang lưu"))
    party_member = RadioField(_l("Đảng viên"), default="")
    priorities = Ticks(_l("Ưu tiên thuộc loại nhạy cảm"))

    def offer(self, rulebook: Rulebook, kept: Sequence[str]) -> None:
        """The answers, "not known" among them; and what the delegate is marked with."""
        self.party_member.choices = member_choices()
        titles = {one.code: say(one.title) for one in rulebook.priorities if not one.is_open}
        titles |= {
            code: titles.get(code, code)
            for code in privacy.hidden_marks(kept, rulebook.open_priorities)
        }
        self.priorities.choices = [one for one in titles.items() if one[0] not in TOLD_BY_FACTS]

    @property
    def knows_the_rest(self) -> bool:
        """False of what was not sent from the form: there one answer on the party is chosen."""
        return bool(self.party_member.raw_data)


def member_choices() -> list[tuple[str, str]]:
    """Yes, no, not known."""
    return [("1", _("Là đảng viên")), ("0", _("Không")), ("", _("Chưa rõ"))]


def member(field: RadioField) -> bool | None:
    """The answer as a fact; None for not known."""
    return {"1": True, "0": False}.get(field.data or "")


def check_year(field: WholeNumberField) -> None:
    """Raise ValidationError for what is no year of our time."""
    if field.data is not None and not 1945 <= field.data <= 2100:
        raise ValidationError(_("Hãy ghi năm có bốn chữ số, ví dụ 2019."))


class StateForm(ExceptionFields):
    """A move of one delegate, with its reason."""

    state = HiddenField(validators=[InputRequired()])
    reason = NfcField(_l("Lý do"), [Length(max=500)])

    def wanted(self) -> State | None:
        """The state asked for; None for rubbish."""
        return State(self.state.data) if self.state.data in set(State) else None


class GroundForm(BaseForm):
    """A further right to come."""

    code = SelectField(_l("Căn cứ"), default="")
    text = text_of(_l("Căn cứ khác (ghi bằng lời)"), "grounds")
    year = WholeNumberField(_l("Năm"))
    document = NfcField(_l("Số quyết định"), [Length(max=100)])

    lines: Mapping[str, SubCategory] = MappingProxyType({})

    def offer(self, rules: LevelRules) -> None:
        """The lines of the congress's composition, and words of one's own."""
        self.lines = {line.code: line for line in rules.subcategories}
        self.code.choices = [
            ("", _("Căn cứ khác")),
            *((line.code, say(line.title)) for line in rules.subcategories),
        ]

    def validate_text(self, field: NfcField) -> None:
        """Words are needed where no line is chosen."""
        if not self.code.data and not field.data:
            raise ValidationError(_("Hãy chọn căn cứ, hoặc ghi bằng lời."))

    def validate_year(self, field: WholeNumberField) -> None:
        """A year of our time."""
        check_year(field)

    def ground(self) -> GroundFacts:
        """The ground as typed."""
        line = self.lines.get(self.code.data or "")
        text = line.title if line else self.text.data or ""
        return GroundFacts(text, line.code if line else None, self.year.data, self.document.data)


class UploadForm(BaseForm):
    """A sheet of delegates."""

    file = FileField(
        _l("Tệp danh sách"),
        [FileRequired(_l("Hãy chọn một tệp .xlsx hoặc .csv."))],
        description=_l("Tệp .xlsx hoặc .csv theo mẫu; tối đa 25 MB."),
    )
