"""Which session it is by its doors: that is counted, that sits. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from congress_app.kernel import clock


@dataclass(frozen=True)
class Doors:
    """When the doors of a session are open: from `opens` until before `closes`."""

    session_id: int
    opens: datetime
    closes: datetime


def open_at(doors: Sequence[Doors], at: datetime) -> int | None:
    """The session a scan belongs to; of two open doors the one that opened last.

    `scan_queries.session_for` asks the database the same.
    """
    opened = [each for each in doors if each.opens <= at < each.closes]
    if not opened:
        return None
    latest = max(each.opens for each in opened)
    return min(each.session_id for each in opened if each.opens == latest)


def opened_by(doors: Sequence[Doors], at: datetime) -> datetime | None:
    """Since when people came in who may be in a hall now.

    Of several open doors the one that opened first: that session may still go on. Where none
    is open any more, the one that opened last.
    """
    opened = [each for each in doors if each.opens <= at]
    still = [each.opens for each in opened if at < each.closes]
    return min(still) if still else max((each.opens for each in opened), default=None)


def held_at(doors: Sequence[Doors], at: datetime) -> int | None:
    """The session that sits, and is shown: the one that is counted, else the last one of this
    day, which may run over its doors until the next ones open; else the next, else the last.

    `doors` are in the order in which the sessions start.
    """
    day = clock.at_venue(at).date()
    earlier = [one for one in doors if one.opens <= at and clock.at_venue(one.opens).date() == day]
    if open_at(doors, at) is not None or not earlier:
        return prepared_at(doors, at)
    return max(earlier, key=lambda one: one.closes).session_id


def prepared_at(doors: Sequence[Doors], at: datetime) -> int | None:
    """The session whose papers are wanted: the one that is counted, else the next, else the last.

    `doors` are in the order in which the sessions start.
    """
    opened = open_at(doors, at)
    if opened is not None or not doors:
        return opened
    coming = [each.session_id for each in doors if each.opens > at]
    return coming[0] if coming else doors[-1].session_id
