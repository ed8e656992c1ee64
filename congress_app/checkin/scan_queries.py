"""What the scan path must know; it selects columns, not objects: it runs for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import aliased

from congress_app.badges.models import Badge
from congress_app.checkin.decision import BadgeFacts, PresenceFacts, SessionFacts
from congress_app.checkin.models import Presence, Scan
from congress_app.checkin.presence import ScanLine, Standing
from congress_app.database import db
from congress_app.delegates.models import Delegate, Person
from congress_app.programme.models import Session
from congress_app.units.models import Unit

FOREIGN_SESSION = -1

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
    """A badge with its facts and the card of its delegate; without badge, admitted by hand."""

    badge_id: int | None
    facts: BadgeFacts
    card: DelegateCard


def _card_columns() -> tuple[Any, ...]:
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
    select(Badge.id.label("badge_id"), Badge.state.label("badge_state"), *_card_columns())
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


def delegate_by_hand(delegate_id: int, *, lock: bool = False) -> KnownBadge | None:
    """A delegate for an admission by hand, with the active badge where there is one."""
    statement = (
        select(
            Badge.id.label("badge_id"),
            func.coalesce(Badge.state, "active").label("badge_state"),
            *_card_columns(),
        )
        .select_from(Delegate)
        .outerjoin(Badge, (Badge.delegate_id == Delegate.id) & (Badge.state == "active"))
        .join(Person, Delegate.person_id == Person.id)
        .outerjoin(Unit, Person.unit_id == Unit.id)
        .where(Delegate.id == delegate_id)
    )
    if lock:
        statement = statement.with_for_update(of=Delegate, key_share=True)
    row = db.session.execute(statement).one_or_none()
    return None if row is None else _known(row)


def _known(row: Row[*tuple[Any, ...]]) -> KnownBadge:
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


def presence_row(session_id: int, delegate_id: int) -> Row[*tuple[Any, ...]] | None:
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


def standing_of(row: Row[*tuple[Any, ...]]) -> Standing:
    """The stored standing as the fold knows it."""
    return Standing(*row[1:])


def first_entry(session_id: int | None, delegate_id: int) -> int | None:
    """The accepted scan by which the delegate first came in."""
    taken_back = aliased(Scan)
    return db.session.scalar(
        select(Scan.id)
        .where(
            Scan.session_id == session_id,
            Scan.delegate_id == delegate_id,
            Scan.verdict == "accepted",
            Scan.direction == "in",
            Scan.corrects_id.is_(None),
            Scan.id.not_in(
                select(taken_back.corrects_id).where(taken_back.corrects_id.is_not(None))
            ),
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


def scan_lines(congress_id: int, delegate_id: int | None = None) -> list[ScanLine]:
    """Accepted scans of a congress (or of one delegate) as the fold reads them."""
    statement = (
        select(
            Scan.id,
            Scan.session_id,
            Scan.delegate_id,
            Scan.direction,
            Scan.verdict,
            Scan.corrected_at,
            Scan.gate,
            Scan.corrects_id,
        )
        .where(Scan.congress_id == congress_id, Scan.verdict == "accepted")
        .order_by(Scan.id)
    )
    if delegate_id is not None:
        statement = statement.where(Scan.delegate_id == delegate_id)
    rows: Sequence[Row[*tuple[Any, ...]]] = db.session.execute(statement).all()
    return [ScanLine(*row) for row in rows]


def scan_by_id(congress_id: int, scan_id: int) -> Scan | None:
    """A scan, if it is of this congress."""
    found = db.session.get(Scan, scan_id)
    return found if found is not None and found.congress_id == congress_id else None


def is_standing(scan: Scan) -> bool:
    """True while no later row took the scan back, and it is no correction itself."""
    taken = db.session.scalar(select(Scan.id).where(Scan.corrects_id == scan.id))
    return scan.corrects_id is None and taken is None
