"""Who was where at one minute: the scan log folded up to an instant.

A minute that is past is told as it is known now: a scan taken back later did not happen
then either, and a scan that a door without network handed in late counts from the time
it was made.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from congress_app.checkin.presence import ScanLine, Standing, fold
from congress_app.kernel import clock


@dataclass(frozen=True)
class PresenceAsOf:
    """Presence in one session as of an instant, as numbers of delegates (`Delegate.id`).

    `convened` are those who hold a place (convened or confirmed), reserves included who
    took one over. `present` are in the hall of the session; `excused` are not, with a
    reason that was accepted for this session. `absent_throughout` came to no session of
    the congress up to then, excused or not. The last three lie within `convened`.
    """

    session_id: int
    at: datetime
    convened: frozenset[int]
    present: frozenset[int]
    excused: frozenset[int]
    absent_throughout: frozenset[int]


def until(lines: Iterable[ScanLine], at: datetime) -> list[ScanLine]:
    """The scans made up to and including the instant, and all rows that take one back."""
    return [line for line in lines if line.at <= at or line.corrects_id is not None]


def standings_at(lines: Iterable[ScanLine], at: datetime) -> dict[tuple[int, int], Standing]:
    """Standings by (session, delegate) as of the instant."""
    return fold(until(lines, at))


def as_of(
    lines: Iterable[ScanLine],
    *,
    session_id: int,
    at: datetime,
    convened: Collection[int],
    excused: Collection[int],
) -> PresenceAsOf:
    """Presence in the session at the instant; `lines` are the scans of the whole congress."""
    standings = standings_at(lines, at)
    called = frozenset(convened)
    present = called & in_hall(standings, session_id)
    came = {key[1] for key, standing in standings.items() if standing.first_in_at is not None}
    return PresenceAsOf(
        session_id=session_id,
        at=at,
        convened=called,
        present=present,
        excused=(called & frozenset(excused)) - present,
        absent_throughout=called - came,
    )


def in_hall(standings: Mapping[tuple[int, int], Standing], session_id: int) -> frozenset[int]:
    """The delegates in the hall of one session."""
    return frozenset(
        delegate
        for (session, delegate), where in standings.items()
        if session == session_id and where.is_present
    )


def instant_at(wanted: time, opens: datetime, closes: datetime) -> datetime:
    """The instant of a time of day in a session with these doors.

    A time before the doors open is of the next day where the session runs past midnight.
    """
    first, last = clock.at_venue(opens).date(), clock.at_venue(closes).date()
    at = clock.from_venue(datetime.combine(first, wanted))
    return at + timedelta(days=1) if at < opens and first < last else at


def end_of_minute(minute: datetime) -> datetime:
    """The last instant of a minute: "at 9:40" holds whoever came in during it."""
    return minute.replace(second=0, microsecond=0) + timedelta(minutes=1, microseconds=-1)
