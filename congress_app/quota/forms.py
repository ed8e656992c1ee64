"""How to divide, why a figure is changed, by which paper it is approved, what is given back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FormField, HiddenField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from congress_app.kernel.vietnamese import nfc
from congress_app.quota.exceeding import Exceeding, read, written
from congress_app.quota.options import (
    TIE_KEYS,
    WEIGHT_SOURCES,
    LineRule,
    Options,
    read_coefficient,
    shown_coefficient,
)
from congress_app.quota.problem import METHOD_LABELS, Method
from congress_app.quota.release import HANDING_LABELS, Handing
from congress_app.web.forms import BaseForm, NfcArea, NfcField, VersionedForm, WholeNumberField
from congress_app.web.texts import lazy_say, say


class Count(NumberRange):
    """A number of seats or people; says nothing more of a text that could not be read."""

    def __init__(self) -> None:
        super().__init__(min=0, max=100_000)

    def __call__(self, form: object, field: WholeNumberField) -> None:
        """Refuse what lies outside."""
        if not field.process_errors:
            super().__call__(form, field)


_COUNT = Count()


class RowForm(BaseForm):
    """One row of a table of fields; the form around it carries the token."""

    class Meta(BaseForm.Meta):
        """WTForms' own place for settings."""

        csrf = False


class CoefficientField(StringField):
    """A coefficient as people write it ("1", "0,5", "3/2"); empty leaves the source out."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return shown_coefficient(self.data) if self.data else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the number; empty is None."""
        text = nfc(valuelist[0]) if valuelist else ""
        self.data: Fraction | None = None
        if text:
            try:
                self.data = read_coefficient(text)
            except ValueError as error:
                raise ValueError(_("Hãy nhập hệ số như 1, 0,5 hoặc 3/2.")) from error


class LineRuleForm(RowForm):
    """What holds for one unit apart from the others."""

    # Fields without a label have one made up and translated, in each of 64 rows.
    code = HiddenField("")
    base = WholeNumberField(_l("Số cố định"), validators=[Optional(), _COUNT])
    floor = WholeNumberField(_l("Sàn"), validators=[Optional(), _COUNT])
    ceiling = WholeNumberField(_l("Trần"), validators=[Optional(), _COUNT])
    lock = WholeNumberField(_l("Khóa ở"), validators=[Optional(), _COUNT])

    def rule(self) -> LineRule:
        """The rule typed."""
        return LineRule(self.base.data or 0, self.floor.data, self.ceiling.data, self.lock.data)


class TieForm(BaseForm):
    """How units that are exactly equal are put in order, fixed before the run."""

    tie_seed = NfcField(
        _l("Chuỗi bốc thăm công khai"),
        description=_l("Ví dụ: Bốc thăm ngày 20/06/2020, giải đặc biệt 12345."),
        validators=[Optional(), Length(max=200)],
    )
    tie_order = NfcField(
        _l("Thứ tự bốc thăm giấy"),
        description=_l("Mã đơn vị theo thứ tự bốc được, cách nhau bằng dấu phẩy."),
        validators=[Optional(), Length(max=2000)],
    )

    def drawn(self) -> tuple[str, ...]:
        """The codes of the paper draw, first one first."""
        parts = (self.tie_order.data or "").replace(";", ",").split(",")
        return tuple(code for code in (nfc(part) for part in parts) if code)


class ProposalForm(TieForm):
    """The pool, the weights, the method and its bounds, for all units and for single ones."""

    officials = WholeNumberField(
        _l("Đại biểu chính thức (không qua bầu)"), validators=[Optional(), _COUNT]
    )
    guests = WholeNumberField(_l("Khách mời"), validators=[Optional(), _COUNT])
    reserve = WholeNumberField(_l("Dự phòng của Ban tổ chức"), validators=[Optional(), _COUNT])
    seats = WholeNumberField(_l("Số suất để phân bổ"), validators=[Optional(), _COUNT])
    weight_attendance = CoefficientField(lazy_say(WEIGHT_SOURCES["attendance"]))
    weight_upper_attendance = CoefficientField(lazy_say(WEIGHT_SOURCES["upper_attendance"]))
    weight_headcount = CoefficientField(lazy_say(WEIGHT_SOURCES["headcount"]))
    weight_equal = CoefficientField(lazy_say(WEIGHT_SOURCES["equal"]))
    method = SelectField(_l("Cách chia"))
    floor = WholeNumberField(_l("Ít nhất mỗi đơn vị (sàn)"), validators=[InputRequired(), _COUNT])
    ceiling = WholeNumberField(_l("Nhiều nhất mỗi đơn vị (trần)"), validators=[Optional(), _COUNT])
    step = WholeNumberField(_l("Cứ bao nhiêu người thêm 1 suất"), validators=[Optional(), _COUNT])
    threshold = WholeNumberField(_l("Số dư từ bao nhiêu thêm 1"), validators=[Optional(), _COUNT])
    tie_key = SelectField(_l("Tiêu chí trước khi bốc thăm"))
    lines = FieldList(FormField(LineRuleForm, ""))
    note = NfcArea(_l("Ghi chú"), validators=[Optional(), Length(max=2000)])

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.method.choices = {m.value: say(METHOD_LABELS[m]) for m in Method}
        self.tie_key.choices = {"": _("Không có")} | {
            key: say(text) for key, text in TIE_KEYS.items()
        }

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Also: one source of weights at least must count."""
        valid: bool = super().validate(extra_validators)
        wrong = any(self[name].errors for name in self._weight_fields())
        if not wrong and not self._weights():
            self.weight_attendance.errors = [_("Hãy cho ít nhất một nguồn trọng số hệ số trên 0.")]
            valid = False
        return valid

    def _weight_fields(self) -> dict[str, str]:
        return {f"weight_{source}": source for source in WEIGHT_SOURCES}

    def _weights(self) -> tuple[tuple[str, str], ...]:
        return tuple(
            (source, str(self[name].data))
            for name, source in self._weight_fields().items()
            if self[name].data
        )

    def options(self, cap: int | None) -> Options:
        """What was chosen, for a congress with this cap."""
        weights = self._weights()
        rules = {entry.form.code.data: entry.form.rule() for entry in self.lines}
        return Options(
            method=self.method.data,
            source=weights[0][0],
            cap=cap,
            officials=self.officials.data or 0,
            guests=self.guests.data or 0,
            reserve=self.reserve.data or 0,
            seats=self.seats.data,
            floor=self.floor.data or 0,
            ceiling=self.ceiling.data,
            step=self.step.data,
            threshold=self.threshold.data,
            tie_seed=self.tie_seed.data,
            tie_order=self.drawn(),
            tie_key=self.tie_key.data or None,
            note=self.note.data,
            weights=weights,
            lines={code: rule for code, rule in rules.items() if rule != LineRule()},
        )


def proposal_data(options: Options, codes: list[str]) -> dict[str, Any]:
    """What the fields of `ProposalForm` show for these options, one line a unit."""
    return {
        **{
            name: getattr(options, name)
            for name in (
                "officials",
                "guests",
                "reserve",
                "seats",
                "method",
                "floor",
                "ceiling",
                "step",
                "threshold",
                "tie_seed",
            )
        },
        **{f"weight_{source}": coefficient for source, coefficient in options.mix.items()},
        "tie_key": options.tie_key or "",
        "tie_order": ", ".join(options.tie_order),
        "lines": [line_data(code, options.lines.get(code, LineRule())) for code in codes],
    }


def line_data(code: str, rule: LineRule) -> dict[str, Any]:
    """What the fields of `LineRuleForm` show."""
    return {
        "code": code,
        "base": rule.base or None,
        "floor": rule.floor,
        "ceiling": rule.ceiling,
        "lock": rule.lock,
    }


class AdjustForm(VersionedForm):
    """Another figure for one line or for the whole, and why."""

    seats = WholeNumberField(_l("Số suất"), validators=[InputRequired(), _COUNT])
    reason = NfcField(_l("Lý do điều chỉnh"), validators=[DataRequired(), Length(max=500)])

    def change(self) -> tuple[int, str, int]:
        """Seats, reason, and the version the form was opened at."""
        return int(self.seats.data or 0), str(self.reason.data), self.opened_version()


class KnownForm(BaseForm):
    """That units with more elected delegates than seats are known: those the page showed."""

    knows_exceeding = BooleanField(
        _l("Tôi đã xem các đơn vị vượt số suất; những người đã được bầu vẫn giữ chỗ")
    )
    exceeding_shown = HiddenField()

    def show(self, found: Sequence[Exceeding]) -> None:
        """Ask about these; a tick for others than these no longer counts."""
        shown = written(found)
        if self.exceeding_shown.data != shown:
            self.knows_exceeding.data = False
        self.exceeding_shown.data = shown

    def known(self) -> dict[int, int]:
        """Elected delegates by unit as the page showed them; nothing without the tick."""
        return read(self.exceeding_shown.data or "") if self.knows_exceeding.data else {}


class ApprovalForm(VersionedForm, KnownForm):
    """By which paper a version is approved."""

    document = NfcField(_l("Số văn bản phê duyệt"), validators=[DataRequired(), Length(max=100)])


class FreedForm(RowForm):
    """Seats one unit gives back."""

    code = HiddenField("")
    freed = WholeNumberField(_l("Trả lại"), validators=[Optional(), _COUNT])


class ReleaseForm(VersionedForm, TieForm):
    """Who gives back how many seats, and where they may go."""

    handing = SelectField(_l("Chuyển cho"))
    reason = NfcField(_l("Lý do"), validators=[DataRequired(), Length(max=500)])
    lines = FieldList(FormField(FreedForm, ""))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.handing.choices = {h.value: say(HANDING_LABELS[h]) for h in Handing}

    def freed(self) -> dict[str, int]:
        """Seats given back by unit code, zeros left out."""
        rows = [entry.form for entry in self.lines]
        return {row.code.data: row.freed.data for row in rows if row.freed.data}
