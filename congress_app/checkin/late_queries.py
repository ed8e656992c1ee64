"""Until when presence is reported: later chapters tell, each by a query of its own.

@tells_reported
def reported_until(congress_id: int) -> datetime | None: …
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from congress_app.checkin.late import Limits
from congress_app.congresses.lifecycle import State
from congress_app.congresses.models import Congress
from congress_app.database import db

Reported = Callable[[int], datetime | None]

_tellers: dict[str, Reported] = {}


def tells_reported(query: Reported) -> Reported:
    """Ask this query too until when the presence of a congress is reported."""
    _tellers[f"{query.__module__}.{query.__qualname__}"] = query
    return query


def limits(congress_id: int, since: datetime) -> Limits:
    """What a late scan of a device that serves since then is measured by."""
    state = db.session.scalar(select(Congress.state).where(Congress.id == congress_id))
    told = (teller(congress_id) for teller in _tellers.values())
    until = max((each for each in told if each is not None), default=None)
    return Limits(since, state == State.CLOSED, until)
