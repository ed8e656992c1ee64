"""From which minute on the hall may be looked at for a round. Pure.

The votes' own order says it: who was in the hall before the round before had ended, or in a
session that is over, is not who votes now. When the list was adopted says nothing: the
secretary may record that minutes after the hall voted.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from congress_app.kernel import clock
from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.sentences import N_, Sentence

# What the hall of a round comes after.
ROUND_ENDED = N_("Lượt bầu trước kết thúc lúc {at}.")
DOORS_OPENED = N_("Cửa của phiên đang họp mở lúc {at}.")


def check(typed: datetime, events: Mapping[str, datetime | None]) -> None:
    """Refuse a minute before the latest of the events; a minute typed holds its seconds.

    Raises RuleViolation `minute_too_early`.
    """
    known = {event: at for event, at in events.items() if at is not None}
    last = max(known, key=lambda event: known[event], default=None)
    if last is not None and typed < known[last].replace(second=0, microsecond=0):
        raise _too_early(last, known[last])


def _too_early(event: str, at: datetime) -> RuleViolation:
    minute = clock.at_venue(at).strftime("%H:%M")
    return RuleViolation(
        "minute_too_early",
        Sentence(
            N_(
                "{event} Số có mặt của lượt này chốt được từ {first}: "
                "hãy nhập giờ từ đó đến nay, hoặc để trống để chốt ngay bây giờ."
            ),
            event=Sentence(event, at=minute),
            first=minute,
        ),
    )
