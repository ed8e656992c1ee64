"""Who is expected and who is present now; the door list."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row, Select, Table, bindparam, false, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from congress_app.checkin import scan_queries
from congress_app.checkin.attendance import PresenceAsOf, as_of
from congress_app.checkin.doors import Doors, held_at
from congress_app.checkin.models import Excuse, Presence, Scan
from congress_app.congresses.models import Pulse
from congress_app.congresses.rulebook import Category
from congress_app.database import db
from congress_app.delegates.models import Delegate, Person
from congress_app.kernel.sentences import N_
from congress_app.programme.models import Session
from congress_app.units.models import Unit

ATTENDING = ("convened", "confirmed")
# Guests and press of no unit of ours, as one group where others are counted by delegation.
OUTSIDERS = N_("Đại biểu ngoài ngành")
# As the paper lists them.
CATEGORY_ORDER = tuple(category.value for category in Category)


# Put together once and from the table: every live page sends it every two seconds.
_pulse = cast(Table, Pulse.__table__)
_PULSE = select(_pulse.c.counter).where(_pulse.c.congress_id == bindparam("congress"))


def pulse(congress_id: int) -> int:
    """The counter a live page compares; one indexed row."""
    return db.session.connection().scalar(_PULSE, {"congress": congress_id}) or 0


def sessions_of(congress_id: int) -> Sequence[Session]:
    """The sessions of a congress in order."""
    return db.session.scalars(
        select(Session)
        .where(Session.congress_id == congress_id)
        .order_by(Session.starts_at, Session.id)
    ).all()


def session_now(congress_id: int, at: datetime) -> Session | None:
    """The session that sits (`doors.held_at`): the one to show, and whose hall votes."""
    sessions = sessions_of(congress_id)
    return _named(sessions, held_at(_doors(sessions), at))


def _doors(sessions: Sequence[Session]) -> list[Doors]:
    return [Doors(one.id, one.doors_open_at, one.doors_close_at) for one in sessions]


def _named(sessions: Sequence[Session], session_id: int | None) -> Session | None:
    return next((one for one in sessions if one.id == session_id), None)


@dataclass(frozen=True)
class Count:
    """Expected and present of one group, and those absent with a reason.

    `label` is a category's code or a unit's name; `unit_id` None: from outside the sector.
    """

    label: str
    expected: int
    present: int
    excused: int = 0
    unit_id: int | None = None

    @property
    def missing(self) -> int:
        """Neither present nor excused."""
        return self.expected - self.present - self.excused


@dataclass(frozen=True)
class Attendance:
    """Presence in one session now: in all, by category, by delegation unit (outsiders last)."""

    session_id: int | None
    session_title: str | None
    convened: int
    present: int
    excused: int
    by_category: dict[str, Count]
    by_unit: tuple[Count, ...]


def attendance(
    congress_id: int, session: Session | None, within: Sequence[str] = ("/",)
) -> Attendance:
    """Who is expected (convened or confirmed) and who is in the hall of the session."""
    statement = _ATTENDANCE
    if tuple(within) != ("/",):
        statement = statement.where(or_(*(_delegation.path.startswith(p) for p in within)))
    asked = {"congress": congress_id, "session": session.id if session else 0}
    rows = db.session.execute(statement, asked).all()
    # Plain sums: this is counted after nearly every scan.
    names: dict[int | None, str] = {}
    by_category: dict[str, list[int]] = {}
    by_unit: dict[int | None, list[int]] = {}
    in_all = [0, 0, 0]
    for category, unit_id, name, *figures in rows:
        names[unit_id] = name or OUTSIDERS
        of_category = by_category.setdefault(category, [0, 0, 0])
        for sums in (in_all, of_category, by_unit.setdefault(unit_id, [0, 0, 0])):
            for place, figure in enumerate(figures):
                sums[place] += figure
    return Attendance(
        session_id=session.id if session else None,
        session_title=session.title if session else None,
        convened=in_all[0],
        present=in_all[1],
        excused=in_all[2],
        by_category={
            key: Count(key, *by_category[key]) for key in CATEGORY_ORDER if key in by_category
        },
        by_unit=tuple(
            Count(names[key], expected, present, excused, key)
            for key, (expected, present, excused) in sorted(
                by_unit.items(), key=lambda each: each[0] is None
            )
        ),
    )


_delegation = aliased(Unit)


def _attendance_statement() -> Select[*tuple[Any, ...]]:
    """Counts by category and delegation of the `congress` in the `session`."""
    here = (Presence.delegate_id == Delegate.id) & Presence.is_present
    excused = Excuse.delegate_id == Delegate.id
    return (
        select(
            Delegate.category,
            _delegation.id.label("unit_id"),
            _delegation.name.label("unit_name"),
            func.count(Delegate.id).label("expected"),
            func.count(Presence.id).label("present"),
            func.count(Excuse.id).filter(Presence.id.is_(None)).label("excused"),
        )
        .outerjoin(_delegation, Delegate.delegation_unit_id == _delegation.id)
        .outerjoin(Presence, here & (Presence.session_id == bindparam("session")))
        .outerjoin(Excuse, excused & (Excuse.session_id == bindparam("session")))
        .where(Delegate.congress_id == bindparam("congress"), Delegate.state.in_(ATTENDING))
        .group_by(Delegate.category, _delegation.id, _delegation.name, _delegation.precedence)
        .order_by(_delegation.precedence, _delegation.name)
    )


# Put together once: building it costs more than the database does.
_ATTENDANCE = _attendance_statement()


def recent_scans(congress_id: int, limit: int | None = 30) -> Sequence[Scan]:
    """The latest scans of a congress, newest first; `limit` None: all."""
    return db.session.scalars(
        select(Scan)
        .where(Scan.congress_id == congress_id)
        .order_by(Scan.id.desc())
        .limit(limit)
        .options(joinedload(Scan.delegate).joinedload(Delegate.person))
    ).all()


@dataclass(frozen=True)
class DoorRow:
    """One expected delegate on the door list."""

    delegate_id: int
    number: int | None
    name: str
    unit: str | None
    category: str
    state: str
    is_present: bool
    first_in_at: datetime | None
    first_gate: str | None
    excuse: str | None


def door_list(
    congress_id: int, session: Session | None, text: str, standing: str, limit: int = 50
) -> list[DoorRow]:
    """Expected delegates by given name: found by folded text, narrowed by standing.

    `standing`: all, present, absent (neither present nor excused), excused.
    """
    statement = _door_statement(session.id if session else 0).where(
        Delegate.congress_id == congress_id, Delegate.state.in_(ATTENDING)
    )
    if text:
        by_number = Delegate.number == int(text) if text.isdecimal() and len(text) < 7 else false()
        statement = statement.where(
            or_(Person.search_key.contains(text, autoescape=True), by_number)
        )
    is_here = func.coalesce(Presence.is_present, False)
    narrowed = {
        "present": is_here,
        "excused": Excuse.id.is_not(None),
        "absent": ~is_here & Excuse.id.is_(None),
    }
    if standing in narrowed:
        statement = statement.where(narrowed[standing])
    statement = statement.order_by(Person.sort_key, Delegate.id).limit(limit)
    rows: Sequence[Row[*tuple[Any, ...]]] = db.session.execute(statement).all()
    return [DoorRow(*row) for row in rows]


def _door_statement(session_id: int) -> Select[*tuple[Any, ...]]:
    here = (Presence.delegate_id == Delegate.id) & (Presence.session_id == session_id)
    excused = (Excuse.delegate_id == Delegate.id) & (Excuse.session_id == session_id)
    return (
        select(
            Delegate.id,
            Delegate.number,
            Person.full_name,
            func.coalesce(Unit.name, Person.organisation),
            Delegate.category,
            Delegate.state,
            func.coalesce(Presence.is_present, False),
            Presence.first_in_at,
            Presence.first_gate,
            Excuse.reason,
        )
        .join(Person, Delegate.person_id == Person.id)
        .outerjoin(Unit, Person.unit_id == Unit.id)
        .outerjoin(Presence, here)
        .outerjoin(Excuse, excused)
    )


def excuse_of(session_id: int, delegate_id: int) -> Excuse | None:
    """The accepted absence, if there is one."""
    return db.session.scalar(
        select(Excuse).where(Excuse.session_id == session_id, Excuse.delegate_id == delegate_id)
    )


def presence_as_of(
    congress_id: int,
    session_id: int,
    at: datetime,
    *,
    categories: Collection[str] | None = None,
) -> PresenceAsOf:
    """Who was convened, present, excused and absent throughout at an instant (inclusive).

    `categories` narrows to some of guest, official and elected; None counts all. Places
    and excuses are as they stand now, scans as they were made by then.
    """
    called = select(Delegate.id).where(
        Delegate.congress_id == congress_id, Delegate.state.in_(ATTENDING)
    )
    if categories is not None:
        called = called.where(Delegate.category.in_(categories))
    excused = select(Excuse.delegate_id).where(Excuse.session_id == session_id)
    return as_of(
        scan_queries.scan_lines(congress_id),
        session_id=session_id,
        at=at,
        convened=db.session.scalars(called).all(),
        excused=db.session.scalars(excused).all(),
    )
