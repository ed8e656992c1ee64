"""What is typed to prepare and conduct an election."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from congress_app.congresses.keys import key_of
from congress_app.delegates.committees import OpenVote
from congress_app.delegates.registration import SEX_LABELS, PersonFacts
from congress_app.elections import rules
from congress_app.elections.conduct import NOMINATION_LABELS, Nomination
from congress_app.elections.count import BASE_LABELS, TIE_LABELS, Base, TieRule
from congress_app.elections.rules import FORM_LABELS, Form, InvalidReason, Rules
from congress_app.kernel.sentences import N_
from congress_app.kernel.vietnamese import person_name
from congress_app.units.chooser import Chooser
from congress_app.units.chooser_forms import UnitField
from congress_app.web.forms import (
    BaseForm,
    BirthDateField,
    NfcArea,
    NfcField,
    VersionedForm,
    WholeNumberField,
)
from congress_app.web.texts import say

# What stands on the papers when a congress left the presets.
OWN_SOURCE = N_("Quy chế bầu cử do hội nghị thông qua")


class Count(NumberRange):
    """A number of people or ballots; says nothing more of a text that could not be read."""

    def __init__(self, least: int = 0) -> None:
        super().__init__(min=least, max=100_000)

    def __call__(self, form: object, field: WholeNumberField) -> None:
        """Refuse what lies outside."""
        if not field.process_errors:
            super().__call__(form, field)


def _choices(labels: dict[str, str], keys: Collection[str]) -> list[tuple[str, str]]:
    return [(key, say(labels[key])) for key in keys]


class ReasonForm(BaseForm):
    """One line that says why."""

    reason = NfcField(_l("Lý do"), validators=[DataRequired(), Length(max=500)])


class RulesForm(VersionedForm):
    """The rule of one election; a preset fills it in, single points can differ."""

    preset = HiddenField()
    form = RadioField(_l("Hình thức"), validators=[DataRequired()])
    base = SelectField(_l("Trúng cử khi được quá nửa"), validators=[DataRequired()])
    tie_rule = SelectField(_l("Bằng phiếu ở suất cuối"), validators=[DataRequired()])
    rounds = WholeNumberField(
        _l("Số lượt bầu trước khi hỏi đại hội"), validators=[InputRequired(), Count(1)]
    )
    surplus_percent = WholeNumberField(
        _l("Số dư nhiều nhất (%)"),
        validators=[Optional(), Count()],
        description=_l("Vượt thì cảnh báo, không chặn. Để trống: không giới hạn."),
    )
    columns_without_surplus = BooleanField(
        _l("Không có số dư thì phiếu in hai cột đồng ý, không đồng ý")
    )
    invalid_reasons = NfcArea(
        _l("Phiếu không hợp lệ khi"),
        validators=[DataRequired(), Length(max=3000)],
        description=_l("Mỗi dòng một lý do; ban kiểm phiếu đếm theo từng lý do này."),
    )
    reserve_seats = WholeNumberField(
        _l("Số dự khuyết cần bầu"), validators=[InputRequired(), Count()]
    )
    reserves_apart = RadioField(_l("Bầu dự khuyết"), coerce=int)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.form.choices = _choices(FORM_LABELS, list(Form))
        self.base.choices = _choices(BASE_LABELS, list(Base))
        self.tie_rule.choices = _choices(TIE_LABELS, list(TieRule))
        self.reserves_apart.choices = [
            (1, _("Bằng một lượt bầu riêng, sau khi có kết quả chính thức")),
            (0, _("Cùng phiếu: người quá nửa không trúng cử, theo số phiếu")),
        ]

    def chosen(self) -> Rules:
        """The rules as typed; where they leave the preset, its source is not theirs."""
        preset = preset_of(self.preset.data) or rules.PRESETS[0]
        base, tie_rule = Base(self.base.data), TieRule(self.tie_rule.data)
        follows = (base, tie_rule) == (preset.base, preset.tie_rule)
        return replace(
            preset,
            source=preset.source if follows else OWN_SOURCE,
            form=Form(self.form.data),
            base=base,
            tie_rule=tie_rule,
            rounds=int(self.rounds.data or 1),
            surplus_percent=self.surplus_percent.data,
            columns_without_surplus=bool(self.columns_without_surplus.data),
            invalid_reasons=self._reasons(),
        )

    def _reasons(self) -> tuple[InvalidReason, ...]:
        """The lines as reasons; a line of a preset keeps its code."""
        known = {
            say(reason.title): reason
            for preset in rules.PRESETS
            for reason in preset.invalid_reasons
        }
        found: dict[str, InvalidReason] = {}
        for line in (self.invalid_reasons.data or "").splitlines():
            text = line.strip()
            if text and text not in {say(one.title) for one in found.values()}:
                reason = known.get(text) or InvalidReason(
                    key_of(text, found.keys(), separator="_"), text
                )
                found[reason.code] = reason
        return tuple(found.values())


def preset_of(key: str | None) -> Rules | None:
    """The preset of the key; None for none."""
    return next((one for one in rules.PRESETS if one.preset == key), None)


def rules_data(chosen: Rules, reserve_seats: int, *, apart: bool) -> dict[str, Any]:
    """What the fields of `RulesForm` show."""
    return {
        "preset": chosen.preset,
        "form": chosen.form.value,
        "base": chosen.base.value,
        "tie_rule": chosen.tie_rule.value,
        "rounds": chosen.rounds,
        "surplus_percent": chosen.surplus_percent,
        "columns_without_surplus": chosen.columns_without_surplus,
        "invalid_reasons": "\n".join(say(one.title) for one in chosen.invalid_reasons),
        "reserve_seats": reserve_seats,
        "reserves_apart": int(apart),
    }


class ListVoteForm(VersionedForm):
    """The vote that adopts the list of candidates."""

    voting = WholeNumberField(_l("Số người biểu quyết"), validators=[InputRequired(), Count(1)])
    agree = WholeNumberField(_l("Tán thành"), validators=[InputRequired(), Count()])
    against = WholeNumberField(_l("Không tán thành"), validators=[Optional(), Count()])
    other = WholeNumberField(_l("Ý kiến khác"), validators=[Optional(), Count()])

    def vote(self) -> OpenVote:
        """The figures; RuleViolation when they do not sum to those voting."""
        return OpenVote(
            self.voting.data or 0,
            self.agree.data or 0,
            self.against.data or 0,
            self.other.data or 0,
        )


class NominationForm(BaseForm):
    """How a name came up."""

    person_id = HiddenField()
    how = RadioField(_l("Cách giới thiệu"), default=Nomination.UNIT.value)
    nominated_by = NfcField(_l("Do ai giới thiệu"), validators=[Optional(), Length(max=250)])

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.how.choices = _choices(NOMINATION_LABELS, list(Nomination))


class NewCandidateForm(NominationForm):
    """Somebody who may not be stored yet."""

    full_name = NfcField(_l("Họ và tên"), validators=[DataRequired(), Length(max=200)])
    birth = BirthDateField(
        _l("Ngày sinh"),
        validators=[DataRequired()],
        description=_l("05/07/1980, 07/1980 hoặc chỉ năm 1980. Dùng để phân biệt người trùng tên."),
    )
    sex = RadioField(_l("Giới tính"), default="")
    position = NfcField(_l("Chức vụ"), validators=[Optional(), Length(max=250)])
    unit = UnitField(_l("Đơn vị"))
    same_as = HiddenField()

    def offer(self, units: Chooser) -> None:
        """Fill the lists of choices."""
        self.unit.offer(units)
        self.sex.choices = [(key, say(words)) for key, words in SEX_LABELS.items()]
        self.sex.choices.append(("", _("Chưa rõ")))

    def person(self) -> PersonFacts:
        """The person as typed."""
        return PersonFacts(
            full_name=person_name(self.full_name.data or ""),
            birth=self.birth.data,
            sex=self.sex.data or None,
            position=self.position.data,
            unit_id=self.unit.data,
        )

    def answer(self) -> int | None:
        """The person chosen among those alike, 0 for somebody else; None when not asked."""
        text = self.same_as.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
