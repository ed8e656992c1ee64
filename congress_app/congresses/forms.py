"""Forms of seasons, plans and moves: the shape of what is typed, no rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from congress_app.congresses.plan import Plan, Turnout
from congress_app.congresses.rulebook import DURATION_LABELS, LEVEL_LABELS, Choice
from congress_app.kernel.sentences import N_
from congress_app.web.forms import (
    NONE_CHOSEN,
    BaseForm,
    ClockField,
    DayField,
    NfcArea,
    NfcField,
    VersionedForm,
    WholeNumberField,
)
from congress_app.web.texts import lazy_say


def labelled(labels: Mapping[str, str]) -> list[SelectChoice]:
    """The codes of a table of labels as choices, each told in the reader's language."""
    return [SelectChoice(str(code), lazy_say(text)) for code, text in labels.items()]


class SeasonForm(BaseForm):
    """A new season."""

    name = NfcField(
        _l("Tên mùa đại hội"),
        validators=[DataRequired(), Length(max=250)],
        description=_l("Ví dụ: Đại hội Thi đua yêu nước lần thứ V, 2019–2020."),
    )
    rulebook = RadioField(_l("Quy định làm gốc"), validators=[InputRequired()])


class PlanForm(VersionedForm):
    """The plan of one congress."""

    name = NfcField(_l("Tên hội nghị, đại hội"), validators=[Optional(), Length(max=300)])
    held_on = DayField(_l("Ngày tổ chức"), validators=[Optional()])
    starts_at = ClockField(_l("Giờ bắt đầu"), validators=[Optional()])
    duration = RadioField(
        _l("Thời lượng"),
        choices=labelled(DURATION_LABELS),
        validators=[InputRequired()],
    )
    place = NfcField(_l("Địa điểm"), validators=[Optional(), Length(max=300)])
    address = NfcField(_l("Địa chỉ"), validators=[Optional(), Length(max=300)])
    combined_with = SelectField(_l("Kết hợp với"), validators=[NONE_CHOSEN])
    plan_document = NfcField(
        _l("Số, ngày kế hoạch"),
        validators=[Optional(), Length(max=100)],
        description=_l("Ví dụ: 12/KH-BHXH ngày 05/02/2020."),
    )

    def offer(self, combinable: Sequence[Choice]) -> None:
        """Let the conferences of the rulebook, and the one already stored, be chosen."""
        titles = {choice.code: choice.title for choice in combinable}
        stored = self.combined_with.object_data
        if stored and stored not in titles:
            titles[stored] = stored
        self.combined_with.choices = labelled({"": N_("Không kết hợp")} | titles)

    def plan(self) -> Plan:
        """What was typed, as a value."""
        return Plan(
            name=self.name.data,
            held_on=self.held_on.data,
            starts_at=self.starts_at.data,
            duration=self.duration.data,
            place=self.place.data,
            address=self.address.data,
            combined_with=self.combined_with.data or None,
            plan_document=self.plan_document.data,
        )


class NewPlanForm(PlanForm):
    """The plan of a unit that has none yet."""

    unit = SelectField(_l("Đơn vị tổ chức"), coerce=int, validators=[InputRequired()])


class ManyForm(BaseForm):
    """Which level to plan in one go; `level` is chosen by its button's own form."""

    level = SelectField(_l("Cấp"), choices=labelled(LEVEL_LABELS))


class AdoptForm(BaseForm):
    """Which rulebook to freeze."""

    rulebook = RadioField(_l("Quy định"), validators=[InputRequired()])


class TurnoutForm(BaseForm):
    """How many took part."""

    attendance = WholeNumberField(
        _l("Số người dự"), validators=[InputRequired(), NumberRange(min=0, max=100_000)]
    )
    attendance_source = NfcField(
        _l("Nguồn số liệu"),
        validators=[Optional(), Length(max=250)],
        description=_l("Ví dụ: biên bản hội nghị, bảng điểm danh."),
    )

    def counted(self) -> Turnout:
        """The number as typed."""
        return Turnout(self.attendance.data or 0, self.attendance_source.data)


class MoveForm(TurnoutForm):
    """A step of the life: a note, at the end how many took part; and which step came before."""

    seen = HiddenField()
    note = NfcField(_l("Ghi chú, lý do"), validators=[Optional(), Length(max=500)])
    attendance = WholeNumberField(
        _l("Số người dự"), validators=[Optional(), NumberRange(min=0, max=100_000)]
    )

    def looked_at(self) -> int:
        """The last step the page showed; -1, which none has, when it is missing or rubbish."""
        text = self.seen.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1

    def turnout(self) -> Turnout | None:
        """The number as typed; None when none was."""
        return None if self.attendance.data is None else self.counted()


class LessonsForm(VersionedForm):
    """What this congress taught the others."""

    lessons = NfcArea(_l("Rút kinh nghiệm"), validators=[Optional(), Length(max=5000)])
