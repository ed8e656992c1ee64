"""What is typed about credentials: the minute of a report, a ruling, who decides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired, Length, ValidationError

from congress_app.elections.credential_doubts import NEEDS_REASON, RULING_LABELS, Ruling
from congress_app.kernel import clock
from congress_app.web.forms import BaseForm, ClockField, DayField, NfcArea, NfcField, VersionedForm
from congress_app.web.texts import say


class MomentForm(BaseForm):
    """As of which minute, in which session: read from an address, so without a token."""

    class Meta(BaseForm.Meta):
        """WTForms' own place for settings."""

        csrf = False

    session = SelectField(_l("Phiên"), validate_choice=False)
    day = DayField(_l("Ngày"))
    time = ClockField(_l("Tính đến phút"))

    def offer(self, sessions: Sequence[tuple[int, str]]) -> None:
        """The sessions by number and title."""
        self.session.choices = [(str(key), say(title)) for key, title in sessions]

    def validate_time(self, field: ClockField) -> None:
        """A minute that has begun."""
        if self.day.data and field.data and self._minute() > clock.now():
            raise ValidationError(_("Thời điểm tính chưa tới. Hãy chọn phút đã qua."))

    def moment(self) -> datetime:
        """The end of the minute, or now while it lasts; now when nothing was typed."""
        if not (self.day.data and self.time.data):
            return clock.now()
        ends = self._minute().replace(second=59, microsecond=999_999)
        return min(ends, clock.now())

    def _minute(self) -> datetime:
        wall = datetime.combine(self.day.data, self.time.data or time.min)
        return clock.from_venue(wall)

    def as_arguments(self) -> dict[str, str]:
        """What was asked for, to be sent along with an act on the same report."""
        given = {
            "session": self.session.data or "",
            "day": self.day.data.strftime("%d/%m/%Y") if self.day.data else "",
            "time": self.time.data.strftime("%H:%M") if self.time.data else "",
        }
        return {name: value for name, value in given.items() if value}


def _decider(**more: Any) -> NfcField:
    return NfcField(
        _l("Người kết luận"),
        [InputRequired(), Length(max=200)],
        description=_l("Thành viên Ban Thẩm tra tư cách đại biểu."),
        **more,
    )


class RulingForm(VersionedForm):
    """A ruling on one delegate."""

    ruling = RadioField(_l("Kết luận"), [InputRequired()])
    reason = NfcArea(
        _l("Lý do"),
        [Length(max=500)],
        description=_l("Bắt buộc khi không đủ tư cách hoặc còn xem xét."),
    )
    decided_by = _decider()

    def offer(self) -> None:
        """The rulings in words."""
        self.ruling.choices = [(code, say(words)) for code, words in RULING_LABELS.items()]

    def validate_reason(self, field: NfcArea) -> None:
        """Words where the ruling needs them."""
        if self.ruling.data in NEEDS_REASON and not field.data:
            raise ValidationError(_("Hãy ghi lý do."))

    def wanted(self) -> Ruling:
        """The ruling chosen."""
        return Ruling(self.ruling.data)


class DeciderForm(BaseForm):
    """Who finds all delegates of a list valid."""

    decided_by = _decider()
