"""Which session a scan belongs to, and how long a device may keep a roster. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from congress_app.checkin.doors import Doors, open_at
from congress_app.scanners.feed import NO_SESSION, Body, FeedSession

# Rosters are wiped from devices a day after the last door has closed.
KEPT_AFTER = timedelta(days=1)


def timeline(sessions: Sequence[FeedSession], served: Sequence[int] | None) -> list[Body]:
    """Which session a scan belongs to at each time, the earliest first.

    A row holds from its instant (None: from ever) until the next row's. A device that
    serves all sessions stands at no session while no door is open; one that serves some
    names the next of them beforehand and the last of them afterwards, as it is told.
    """
    mine = [s for s in sessions if served is None or s.id in served]
    moments = sorted({moment for s in mine for moment in (s.facts.opens, s.facts.closes)})
    rows: list[Body] = [_row(None, mine, served)]
    for moment in moments:
        row = _row(moment, mine, served)
        if (row["session_id"], row["window"]) != (rows[-1]["session_id"], rows[-1]["window"]):
            rows.append(row)
    return rows


def _row(moment: datetime | None, mine: Sequence[FeedSession], served: object) -> Body:
    session_id, window = _stands_at(moment, mine, served)
    at = moment.isoformat() if moment else None
    return {"from": at, "session_id": session_id, "window": window}


def _stands_at(
    moment: datetime | None, mine: Sequence[FeedSession], served: object
) -> tuple[int, str]:
    doors = [Doors(s.id, s.facts.opens, s.facts.closes) for s in mine]
    opened = open_at(doors, moment) if moment else None
    if opened is not None:
        return opened, "within"
    if served is None or not mine:
        return NO_SESSION, "within"
    coming = [s for s in mine if moment is None or s.facts.opens > moment]
    if coming:
        return min(coming, key=lambda s: (s.facts.opens, s.id)).id, "before"
    return max(mine, key=lambda s: (s.facts.closes, s.id)).id, "after"


def kept_until(sessions: Sequence[FeedSession], now: datetime) -> datetime:
    """When a device must have wiped what it holds."""
    last = max((session.facts.closes for session in sessions), default=now + timedelta(days=7))
    return last + KEPT_AFTER
