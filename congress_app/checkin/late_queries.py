"""Until when presence is reported: later chapters tell, each by a query of its own.

@tells_reported
def reported_until(congress_id: int) -> Reported: …
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import select

from congress_app.checkin.late import Limits
from congress_app.congresses.lifecycle import State
from congress_app.congresses.models import Congress
from congress_app.database import db

# The latest minute something rests on, by session; None: of whatever session.
Reported = Mapping[int | None, datetime]
_Teller = Callable[[int], Reported]

_tellers: dict[str, _Teller] = {}


def tells_reported(query: _Teller) -> _Teller:
    """Ask this query too until when the presence of a congress is reported."""
    _tellers[f"{query.__module__}.{query.__qualname__}"] = query
    return query


class Measures:
    """What late scans are measured by, read once for each congress; of one transaction only.

    On PostgreSQL the congress is held from then on, as the row of the scan holds it moments
    later by its foreign key: it is closed before all scans of the transaction or after them.
    """

    def __init__(self) -> None:
        self._read: dict[int, tuple[bool, tuple[Reported, ...]]] = {}

    def limits(self, congress_id: int, session_id: int | None, since: datetime) -> Limits:
        """What a scan of the session is measured by, of a device that serves since then."""
        if congress_id not in self._read:
            is_over = _is_over(congress_id)
            told = tuple(teller(congress_id) for teller in _tellers.values())
            self._read[congress_id] = is_over, told
        is_over, told = self._read[congress_id]
        until = (each.get(key) for each in told for key in {session_id, None})
        return Limits(since, is_over, max(filter(None, until), default=None))


def _is_over(congress_id: int) -> bool:
    row = select(Congress.state).where(Congress.id == congress_id)
    held = row.with_for_update(read=True, key_share=True)
    return db.session.scalar(held) == State.CLOSED
