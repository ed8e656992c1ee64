"""Forms that edit a rulebook part by part; codes are made from titles, never typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    RadioField,
    SelectField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from congress_app.congresses.forms import labelled
from congress_app.congresses.line_forms import (
    MOST_LINES,
    Checks,
    CompositionLine,
    ExceptionLine,
    Line,
    PriorityLine,
    choice_rows,
    choices_of,
    code_of,
    kept_lines,
    priorities_of,
    priority_rows,
    with_blanks,
)
from congress_app.congresses.rulebook import (
    CATEGORY_LABELS,
    DURATION_LABELS,
    ELECTION_FORM_LABELS,
    ITEM_LABELS,
    QUORUM_LABELS,
    Cap,
    Category,
    Duration,
    LevelRules,
    Rulebook,
    SubCategory,
)
from congress_app.congresses.wording import RULE_LABELS
from congress_app.units.tree import KIND_LABELS
from congress_app.web.forms import BaseForm, DayField, NfcField, VersionedForm, WholeNumberField

_YEAR = (NumberRange(min=1945, max=2100), InputRequired())


class CopyForm(BaseForm):
    """A copy under a new name."""

    name = NfcField(_l("Tên bản sao"), validators=[DataRequired(), Length(max=250)])
    owner = SelectField(_l("Dùng cho"))


class WholeForm(VersionedForm):
    """What holds at all levels."""

    name = NfcField(_l("Tên quy định"), validators=[DataRequired(), Length(max=250)])
    source = NfcField(_l("Căn cứ (văn bản, ngày)"), validators=[DataRequired(), Length(max=500)])
    award_from = WholeNumberField(_l("Danh hiệu: từ năm"), validators=_YEAR)
    award_to = WholeNumberField(_l("đến năm"), validators=_YEAR)
    report_from = WholeNumberField(_l("Tổng kết: từ năm"), validators=_YEAR)
    report_to = WholeNumberField(_l("đến năm"), validators=_YEAR)
    priorities = FieldList(FormField(PriorityLine), max_entries=MOST_LINES)
    fields = FieldList(FormField(Line), max_entries=MOST_LINES)

    @classmethod
    def opened(cls, book: Rulebook, version: int) -> WholeForm:
        """The form filled from the rulebook, or from what was sent."""
        return cls(
            data={
                "version": version,
                "name": book.name,
                "source": book.source,
                "award_from": book.award_years[0],
                "award_to": book.award_years[1],
                "report_from": book.report_period[0],
                "report_to": book.report_period[1],
                "priorities": priority_rows(book.priorities),
                "fields": choice_rows(book.fields),
            }
        )

    def applied(self, book: Rulebook) -> Rulebook:
        """The rulebook with what was typed."""
        return replace(
            book,
            name=self.name.data or "",
            source=self.source.data or "",
            award_years=(self.award_from.data or 0, self.award_to.data or 0),
            report_period=(self.report_from.data or 0, self.report_to.data or 0),
            priorities=priorities_of(self.priorities),
            fields=choices_of(self.fields),
        )


class LevelForm(VersionedForm):
    """Figures and days of one level."""

    event_name = NfcField(_l("Tên gọi"), validators=[DataRequired(), Length(max=250)])
    cap = WholeNumberField(
        _l("Số lượng tối đa"),
        validators=[Optional(), NumberRange(min=1, max=100_000)],
        description=_l("Để trống nếu không hạn chế."),
    )
    exceptions = FieldList(FormField(ExceptionLine), max_entries=MOST_LINES)
    counted = Checks(_l("Tính vào số lượng tối đa"), CATEGORY_LABELS)
    everyone_attends = BooleanField(_l("Toàn thể công chức, viên chức, người lao động tham dự"))
    deadline = DayField(_l("Hoàn thành trước ngày"), validators=[Optional()])
    window_from = DayField(_l("Khung thời gian: từ ngày"))
    window_to = DayField(_l("đến hết ngày"))
    durations = Checks(_l("Thời lượng được phép"), DURATION_LABELS)
    combinable = FieldList(FormField(Line), max_entries=MOST_LINES)
    mandatory_items = Checks(_l("Nội dung bắt buộc"), ITEM_LABELS)
    election_form = RadioField(
        _l("Cách bầu ban đầu"),
        choices=labelled(ELECTION_FORM_LABELS),
    )
    quorum = RadioField(
        _l("Số có mặt tối thiểu"),
        choices=labelled(QUORUM_LABELS),
        description=_l("Trên số đại biểu chính thức và đại biểu bầu được triệu tập."),
    )
    unit_kinds = Checks(_l("Loại đơn vị tổ chức hội nghị cấp này"), KIND_LABELS)
    expected_units = WholeNumberField(
        _l("Số đơn vị tổ chức"),
        validators=[Optional(), NumberRange(min=1, max=100_000)],
        description=_l("Để đối chiếu với cây đơn vị; để trống nếu không quy định."),
    )
    proposed = Checks(_l("Còn là đề xuất, chưa có văn bản"), RULE_LABELS)

    def validate_window_to(self, field: DayField) -> None:
        """A window has both its ends."""
        if (field.data is None) != (self.window_from.data is None):
            raise ValidationError(_("Khung thời gian cần cả ngày đầu và ngày cuối."))

    @classmethod
    def opened(cls, rules: LevelRules, version: int) -> LevelForm:
        """The form filled from the rules, or from what was sent."""
        first, last = rules.window or (None, None)
        plain = (
            "event_name everyone_attends deadline durations mandatory_items election_form "
            "unit_kinds expected_units proposed"
        )
        form = cls(
            data={name: getattr(rules, name) for name in plain.split()}
            | {
                "version": version,
                "quorum": str(rules.quorum or ""),
                "cap": rules.cap.default,
                "counted": rules.cap.counted,
                "exceptions": with_blanks(
                    [{"code": code, "limit": n} for code, n in rules.cap.exceptions.items()]
                ),
                "window_from": first,
                "window_to": last,
                "combinable": choice_rows(rules.combinable),
            }
        )
        form.proposed.choices = labelled({name: RULE_LABELS[name] for name in rules.proposed})
        return form

    def applied(self, rules: LevelRules) -> LevelRules:
        """The rules with what was typed; a value that was changed is no proposal any more."""
        edited = replace(
            rules,
            event_name=self.event_name.data or "",
            cap=Cap(self.cap.data, self._exceptions(), tuple(map(Category, self.counted.data))),
            durations=tuple(Duration(value) for value in self.durations.data),
            deadline=self.deadline.data,
            window=self._window(),
            combinable=choices_of(self.combinable),
            mandatory_items=tuple(self.mandatory_items.data),
            election_form=self.election_form.data,
            everyone_attends=self.everyone_attends.data,
            unit_kinds=tuple(self.unit_kinds.data),
            expected_units=self.expected_units.data,
            quorum=Fraction(self.quorum.data) if self.quorum.data else None,
        )
        kept = (name for name in rules.proposed if name in self.proposed.data)
        same = (name for name in kept if getattr(edited, name) == getattr(rules, name))
        return replace(edited, proposed=tuple(same))

    def _window(self) -> tuple[date, date] | None:
        first, last = self.window_from.data, self.window_to.data
        return (first, last) if first and last else None

    def _exceptions(self) -> dict[str, int]:
        lines = [entry.form for entry in self.exceptions]
        return {
            line.code.data: line.limit.data
            for line in lines
            if not line.removed.data and line.code.data and line.limit.data
        }


class CompositionForm(VersionedForm):
    """The sub-categories of one level."""

    lines = FieldList(FormField(CompositionLine), max_entries=MOST_LINES)

    @classmethod
    def opened(cls, rules: LevelRules, version: int) -> CompositionForm:
        """The form filled from the rules, or from what was sent."""
        rows = [dict(vars(line)) for line in rules.subcategories]
        return cls(data={"version": version, "lines": with_blanks(rows)})

    def applied(self, rules: LevelRules) -> LevelRules:
        """The rules with the lines as typed."""
        taken: list[str] = []
        lines = []
        for form in kept_lines(self.lines):
            taken.append(code_of(form, taken))
            lines.append(
                SubCategory(
                    taken[-1],
                    Category(form.category.data),
                    form.title.data,
                    form.award.data,
                    form.per_unit.data,
                )
            )
        proposed = tuple(
            name
            for name in rules.proposed
            if name != "subcategories" or tuple(lines) == rules.subcategories
        )
        return replace(rules, subcategories=tuple(lines), proposed=proposed)
