"""Forms of movements and their reports: shapes only, the rules stand in the services."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from congress_app.exemplars.forms import FIRST_YEAR, LAST_YEAR
from congress_app.exemplars.movement_facts import MovementEntry, Wanted
from congress_app.exemplars.movement_totals import Period
from congress_app.exemplars.movements import (
    MOVEMENT_KIND_LABELS,
    REPORT_DAYS,
    REPORTERS_LABELS,
    MovementKind,
    Reporters,
)
from congress_app.units.chooser import Chooser
from congress_app.units.chooser_forms import UnitField
from congress_app.web.forms import (
    BaseForm,
    DayField,
    NfcArea,
    NfcField,
    VersionedForm,
    WholeNumberField,
)
from congress_app.web.texts import say


class MovementForm(VersionedForm):
    """A movement; a stored one keeps its unit, so that field is taken away."""

    unit = UnitField(_l("Đơn vị phát động"))
    name = NfcField(_l("Tên phong trào"), [DataRequired(), Length(max=300)])
    kind = SelectField(_l("Hình thức"), default=MovementKind.THEME.value)
    starts_on = DayField(_l("Từ ngày"), [InputRequired()])
    ends_on = DayField(_l("Đến ngày"), [InputRequired()])
    document = NfcField(
        _l("Văn bản phát động"),
        [Length(max=100)],
        description=_l("Số, ký hiệu và ngày, ví dụ 1935/KH-BHXH ngày 05/07/2021."),
    )
    goals = NfcArea(_l("Mục tiêu"), [Length(max=5000)])
    criteria = NfcArea(_l("Tiêu chí đánh giá"), [Length(max=5000)])
    reporters = SelectField(
        _l("Đơn vị báo cáo"),
        default=Reporters.DIRECT.value,
        description=_l("Đơn vị không có cấp dưới thì tự báo cáo."),
    )
    report_days = WholeNumberField(
        _l("Hạn báo cáo (ngày sau khi hết quý)"), [InputRequired(), NumberRange(1, 90)]
    )

    def offer(self, units: Chooser | None) -> None:
        """Fill the lists; without units the field is gone."""
        self.kind.choices = {code: say(words) for code, words in MOVEMENT_KIND_LABELS.items()}
        self.reporters.choices = {code: say(words) for code, words in REPORTERS_LABELS.items()}
        if units is None:
            del self.unit
        else:
            self.unit.offer(units)

    def entry(self) -> MovementEntry:
        """What was entered, of a form that is valid."""
        return MovementEntry(
            name=self.name.data or "",
            kind=MovementKind(self.kind.data),
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            goals=self.goals.data,
            criteria=self.criteria.data,
            document=self.document.data,
            reporters=Reporters(self.reporters.data),
            report_days=self.report_days.data or REPORT_DAYS,
        )


class ClosingForm(VersionedForm):
    """The day a movement is over."""

    day = DayField(_l("Ngày kết thúc"), [InputRequired()])
    reason = NfcField(_l("Lý do, văn bản"), [Length(max=300)], description=_l("Có thể để trống."))


class ReportForm(VersionedForm):
    """What a unit reports of a quarter."""

    reached = WholeNumberField(
        _l("Hoàn thành mục tiêu (%)"),
        [Optional(), NumberRange(0, 999)],
        description=_l("Vượt mục tiêu thì trên 100. Chưa đo được thì để trống."),
    )
    text = NfcArea(
        _l("Kết quả"),
        [DataRequired(), Length(max=5000)],
        description=_l("Việc đã làm, kết quả nổi bật, khó khăn."),
    )


class _AddressForm(BaseForm):
    class Meta(BaseForm.Meta):
        """A search goes by address and changes nothing."""

        csrf = False


class MovementFilterForm(_AddressForm):
    """Which movements are wanted."""

    kind = SelectField(_l("Hình thức"), default="")
    state = SelectField(_l("Tình trạng"), default="")
    year = WholeNumberField(_l("Năm"), [Optional(), NumberRange(FIRST_YEAR, LAST_YEAR)])

    def offer(self) -> None:
        """Fill the lists."""
        every = {"": _("Tất cả")}
        self.kind.choices = every | {c: say(words) for c, words in MOVEMENT_KIND_LABELS.items()}
        self.state.choices = every | {"running": _("Đang diễn ra"), "over": _("Đã kết thúc")}

    def wanted(self, on: date) -> Wanted:
        """The filter; what cannot be read is passed over."""
        self.validate()
        return Wanted(
            kind=None if self.kind.errors else self.kind.data or None,
            year=None if self.year.errors else self.year.data,
            running={"running": True, "over": False}.get(self.state.data or ""),
            on=on,
        )


class DueForm(_AddressForm):
    """Whose missing reports are wanted."""

    movement = SelectField(_l("Phong trào"), coerce=int, default=0)
    overdue = SelectField(_l("Hạn"), default="")

    def offer(self, movements: list[tuple[int, str]]) -> None:
        """Fill the lists."""
        self.movement.choices = {0: _("Tất cả")} | dict(movements)
        self.overdue.choices = {"": _("Tất cả"), "yes": _("Đã quá hạn")}


class PeriodForm(_AddressForm):
    """Which half year or year is summed up."""

    year = WholeNumberField(_l("Năm"), [InputRequired(), NumberRange(FIRST_YEAR, LAST_YEAR)])
    half = SelectField(_l("Kỳ"), default="")

    def offer(self) -> None:
        """Fill the list."""
        self.half.choices = {
            "": _("Cả năm"),
            "1": _("6 tháng đầu năm"),
            "2": _("6 tháng cuối năm"),
        }

    def period(self, this_year: int) -> Period:
        """The period asked for; this year when the address says nothing sensible."""
        self.validate()
        year = None if self.year.errors else self.year.data
        half = None if self.half.errors or not self.half.data else int(self.half.data)
        return Period(year or this_year, half)
