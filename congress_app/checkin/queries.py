"""What a door must know, and who is present now.

The scan path selects columns, not objects: it runs for every person at every door.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import aliased

from congress_app.badges.models import Badge
from congress_app.checkin.decision import BadgeFacts, PresenceFacts, SessionFacts
from congress_app.checkin.models import Excuse, Presence, Scan
from congress_app.checkin.presence import ScanLine, Standing
from congress_app.congresses.models import Pulse
from congress_app.database import db
from congress_app.delegates.models import Delegate, Person
from congress_app.programme.models import Session
from congress_app.units.models import Unit

ATTENDING = ("convened", "confirmed")
FOREIGN_SESSION = -1


@dataclass(frozen=True)
class DelegateCard:
    """What a door may see of a delegate: nothing sensitive, no phone, no birth date."""

    delegate_id: int
    number: int | None
    name: str
    position: str | None
    unit: str | None
    category: str


@dataclass(frozen=True)
class KnownBadge:
    """A badge found by its code, with its facts and the card of its delegate."""

    badge_id: int
    facts: BadgeFacts
    card: DelegateCard


def _card_columns() -> tuple[object, ...]:
    return (
        Delegate.id.label("delegate_id"),
        Delegate.number,
        Delegate.congress_id,
        Delegate.state.label("delegate_state"),
        Delegate.category,
        Person.full_name,
        Person.position,
        Person.organisation,
        Unit.name.label("unit_name"),
    )


_BY_CODE = (
    select(Badge.id.label("badge_id"), Badge.state.label("badge_state"), *_card_columns())  # type: ignore[call-overload]
    .join(Delegate, Badge.delegate_id == Delegate.id)
    .join(Person, Delegate.person_id == Person.id)
    .outerjoin(Unit, Person.unit_id == Unit.id)
)


def badge_by_code(code: str, *, lock: bool = False) -> KnownBadge | None:
    """The badge with this code; `lock` holds the delegate's row until the commit.

    Two first scans of one delegate then decide one after the other (PostgreSQL; SQLite
    has one writer anyway).
    """
    statement = _BY_CODE.where(Badge.code == code)
    if lock:
        statement = statement.with_for_update(of=Delegate, key_share=True)
    row = db.session.execute(statement).one_or_none()
    return None if row is None else _known(row)


def active_badge(delegate_id: int, *, lock: bool = False) -> KnownBadge | None:
    """The active badge of a delegate, for an admission by hand."""
    statement = _BY_CODE.where(Badge.delegate_id == delegate_id, Badge.state == "active")
    if lock:
        statement = statement.with_for_update(of=Delegate, key_share=True)
    row = db.session.execute(statement).one_or_none()
    return None if row is None else _known(row)


def _known(row: Row[tuple[object, ...]]) -> KnownBadge:
    return KnownBadge(
        badge_id=row.badge_id,
        facts=BadgeFacts(row.congress_id, row.badge_state, row.delegate_state, row.category),
        card=DelegateCard(
            delegate_id=row.delegate_id,
            number=row.number,
            name=row.full_name,
            position=row.position,
            unit=row.unit_name or row.organisation,
            category=row.category,
        ),
    )


def session_for(
    congress_id: int, session_id: int | None, at: datetime
) -> tuple[int | None, SessionFacts | None]:
    """The session a scan belongs to: the one named, else the one whose door is open at `at`.

    A named session of another congress comes back as a foreign one. Where two doors are
    open at once, the one that opened last.
    """
    columns = select(
        Session.id,
        Session.congress_id,
        Session.doors_open_at,
        Session.doors_close_at,
        Session.allows_reentry,
    )
    if session_id is not None:
        row = db.session.execute(columns.where(Session.id == session_id)).one_or_none()
        if row is None or row.congress_id != congress_id:
            return None, SessionFacts(FOREIGN_SESSION, at, at)
    else:
        row = db.session.execute(
            columns.where(
                Session.congress_id == congress_id,
                Session.doors_open_at <= at,
                Session.doors_close_at > at,
            )
            .order_by(Session.doors_open_at.desc(), Session.id)
            .limit(1)
        ).one_or_none()
        if row is None:
            return None, None
    facts = SessionFacts(row.congress_id, row.doors_open_at, row.doors_close_at, row.allows_reentry)
    return row.id, facts


def presence_facts(session_id: int | None, delegate_id: int) -> PresenceFacts:
    """Where the delegate stands in the session."""
    if session_id is None:
        return PresenceFacts()
    row = db.session.execute(
        select(Presence.is_present, Presence.first_in_at, Presence.first_gate).where(
            Presence.session_id == session_id, Presence.delegate_id == delegate_id
        )
    ).one_or_none()
    return PresenceFacts() if row is None else PresenceFacts(*row)


def presence_row(session_id: int, delegate_id: int) -> Row[tuple[object, ...]] | None:
    """The projection's row: its id and the fields of a `Standing`."""
    return db.session.execute(
        select(
            Presence.id,
            Presence.is_present,
            Presence.first_in_at,
            Presence.first_gate,
            Presence.last_at,
            Presence.last_scan_id,
        ).where(Presence.session_id == session_id, Presence.delegate_id == delegate_id)
    ).one_or_none()


def standing_of(row: Row[tuple[object, ...]]) -> Standing:
    """The stored standing as the fold knows it."""
    return Standing(*row[1:])  # type: ignore[arg-type]


def first_entry(session_id: int | None, delegate_id: int) -> int | None:
    """The accepted scan by which the delegate first came in."""
    return db.session.scalar(
        select(Scan.id)
        .where(
            Scan.session_id == session_id,
            Scan.delegate_id == delegate_id,
            Scan.verdict == "accepted",
            Scan.direction == "in",
        )
        .order_by(Scan.id)
        .limit(1)
    )


def scan_by_uuid(device_id: int, uuid: str) -> Scan | None:
    """The scan this device already sent under this uuid."""
    return db.session.execute(
        select(Scan).where(Scan.device_id == device_id, Scan.uuid == uuid)
    ).scalar_one_or_none()


def card_of(badge_id: int) -> DelegateCard | None:
    """The card of the delegate a badge belongs to."""
    row = db.session.execute(_BY_CODE.where(Badge.id == badge_id)).one_or_none()
    return None if row is None else _known(row).card


def pulse(congress_id: int) -> int:
    """The counter a live page compares; one indexed row."""
    return db.session.scalar(select(Pulse.counter).where(Pulse.congress_id == congress_id)) or 0


def sessions_of(congress_id: int) -> Sequence[Session]:
    """The sessions of a congress in order."""
    return db.session.scalars(
        select(Session).where(Session.congress_id == congress_id).order_by(Session.starts_at)
    ).all()


def session_now(congress_id: int, at: datetime) -> Session | None:
    """The session to show: whose door is open, else the next one, else the last."""
    sessions = sessions_of(congress_id)
    for session in reversed(sessions):
        if session.doors_open_at <= at < session.doors_close_at:
            return session
    coming = [session for session in sessions if session.doors_open_at > at]
    return coming[0] if coming else (sessions[-1] if sessions else None)


@dataclass(frozen=True)
class Count:
    """Expected and present of one group."""

    label: str
    expected: int
    present: int


@dataclass(frozen=True)
class Attendance:
    """Presence in one session now: in all, by category, by delegation unit."""

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
    rows = db.session.execute(_attendance_statement(congress_id, session, within)).all()
    by_category: dict[str, Count] = {}
    by_unit: dict[str, Count] = {}
    for row in rows:
        unit = row.unit_name or ""
        for group, key in ((by_category, row.category), (by_unit, unit)):
            so_far = group.get(key, Count(key, 0, 0))
            group[key] = Count(key, so_far.expected + row.expected, so_far.present + row.present)
    return Attendance(
        session_id=session.id if session else None,
        session_title=session.title if session else None,
        convened=sum(row.expected for row in rows),
        present=sum(row.present for row in rows),
        excused=sum(row.excused for row in rows),
        by_category=by_category,
        by_unit=tuple(by_unit.values()),
    )


def _attendance_statement(congress_id: int, session: Session | None, within: Sequence[str]):  # type: ignore[no-untyped-def]
    delegation = aliased(Unit)
    present = func.count(Presence.id)
    on = (Presence.delegate_id == Delegate.id) & Presence.is_present
    on = on & (Presence.session_id == (session.id if session else 0))
    statement = (
        select(
            Delegate.category,
            delegation.name.label("unit_name"),
            func.count(Delegate.id).label("expected"),
            present.label("present"),
            func.count(Excuse.id).filter(Presence.id.is_(None)).label("excused"),
        )
        .outerjoin(delegation, Delegate.delegation_unit_id == delegation.id)
        .outerjoin(Presence, on)
        .outerjoin(
            Excuse,
            (Excuse.delegate_id == Delegate.id)
            & (Excuse.session_id == (session.id if session else 0)),
        )
        .where(Delegate.congress_id == congress_id, Delegate.state.in_(ATTENDING))
        .group_by(Delegate.category, delegation.id, delegation.name, delegation.precedence)
        .order_by(delegation.precedence, delegation.name)
    )
    if tuple(within) != ("/",):
        statement = statement.where(or_(*(delegation.path.startswith(p) for p in within)))
    return statement


def recent_scans(congress_id: int, limit: int = 30) -> Sequence[Scan]:
    """The latest scans of a congress, newest first."""
    return db.session.scalars(
        select(Scan).where(Scan.congress_id == congress_id).order_by(Scan.id.desc()).limit(limit)
    ).all()


def scan_lines(congress_id: int) -> list[ScanLine]:
    """All accepted scans of a congress as the fold reads them, in the order received."""
    rows = db.session.execute(
        select(
            Scan.id,
            Scan.session_id,
            Scan.delegate_id,
            Scan.direction,
            Scan.verdict,
            Scan.corrected_at,
            Scan.gate,
        )
        .where(Scan.congress_id == congress_id, Scan.verdict == "accepted")
        .order_by(Scan.id)
    ).all()
    return [ScanLine(*row) for row in rows]
