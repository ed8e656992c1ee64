"""What the live board shows: the session now, counts, arrivals by the minute, the quorum."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, select

from congress_app.checkin import queries
from congress_app.checkin.arrivals import Picture, picture
from congress_app.checkin.doors import Doors
from congress_app.checkin.models import Presence
from congress_app.checkin.queries import Attendance
from congress_app.checkin.quorum import COUNTED, Quorum, quorum
from congress_app.congresses import queries as congress_queries
from congress_app.congresses.models import Congress
from congress_app.congresses.rulebook import LevelRules
from congress_app.database import db
from congress_app.programme.models import Session


@dataclass(frozen=True)
class Board:
    """Presence in one session as the presidium and the hall see it; nobody is named.

    `arrivals` is None before the first entry, `quorum` None where the rules ask for none.
    """

    attendance: Attendance
    arrivals: Picture | None
    quorum: Quorum | None


# Put together once and from the table: boards and screens send it every two seconds.
_session = cast(Table, Session.__table__)
_DOORS = (
    select(_session.c.id, _session.c.doors_open_at, _session.c.doors_close_at)
    .where(_session.c.congress_id == bindparam("congress"))
    .order_by(_session.c.starts_at, _session.c.id)
)


def doors_of(congress_id: int) -> tuple[Doors, ...]:
    """The doors of all sessions, in order of their start."""
    rows = db.session.connection().execute(_DOORS, {"congress": congress_id})
    return tuple(Doors(*row) for row in rows)


def board(congress_id: int, session_id: int | None) -> Board:
    """The board of a session of the congress."""
    session = db.session.get(Session, session_id) if session_id else None
    now = queries.attendance(congress_id, session)
    return Board(now, picture(arrivals_of(session_id)), quorum_of(rules_of(congress_id), now))


def rules_of(congress_id: int) -> LevelRules:
    """The rules the congress is held by."""
    return congress_queries.rules_of(db.session.get_one(Congress, congress_id))


def quorum_of(rules: LevelRules, now: Attendance) -> Quorum | None:
    """The quorum line of these counts."""
    groups = [count for category, count in now.by_category.items() if category in COUNTED]
    return quorum(
        rules.quorum,
        sum(count.expected for count in groups),
        sum(count.present for count in groups),
        is_proposed="quorum" in rules.proposed,
    )


_presence = cast(Table, Presence.__table__)
_ENTRIES = select(_presence.c.first_in_at).where(
    _presence.c.session_id == bindparam("session"), _presence.c.first_in_at.is_not(None)
)


def arrivals_of(session_id: int | None) -> dict[datetime, int]:
    """First entries into the session by the minute they fell in."""
    entries = db.session.connection().scalars(_ENTRIES, {"session": session_id})
    return dict(Counter(instant.replace(second=0, microsecond=0) for instant in entries))
