"""What the scan path must know; it selects columns, not objects: it runs for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, bindparam, exists, func, select
from sqlalchemy.orm import aliased

from congress_app.badges.models import Badge, BadgePhoto
from congress_app.checkin.answer import DelegateCard, KnownBadge
from congress_app.checkin.decision import BadgeFacts, SessionFacts
from congress_app.checkin.models import Presence, Scan, WrongCode
from congress_app.checkin.presence import COLLISIONS, ScanLine, Standing
from congress_app.database import db
from congress_app.delegates.models import Delegate, Person
from congress_app.programme.models import Session
from congress_app.seating.seat_queries import SEAT_COLUMNS, seat_name, with_seat
from congress_app.units.models import Unit

FOREIGN_SESSION = -1
# Statements that every scan sends are built once, from tables instead of mapped classes:
# building them anew costs more than the database takes to answer.
_badge, _delegate = Badge.__table__.c, Delegate.__table__.c
_person, _unit = Person.__table__.c, Unit.__table__.c
_session, _presence = Session.__table__.c, Presence.__table__.c


def _ask(statement: Select[Any], **values: object) -> Row[Any] | None:
    """The one row a prepared statement gives, past the mapping of objects."""
    return db.session.connection().execute(statement, values).one_or_none()


_CARD_COLUMNS = (
    _delegate.id.label("delegate_id"),
    _delegate.number,
    _delegate.congress_id,
    _delegate.state.label("delegate_state"),
    _delegate.category,
    _person.full_name,
    _person.position,
    _person.organisation,
    _unit.name.label("unit_name"),
    exists()
    .where(BadgePhoto.delegate_id == _delegate.id)
    .correlate(Delegate.__table__)
    .label("has_photo"),
    *SEAT_COLUMNS,
)
_BY_BADGE = with_seat(
    select(
        _badge.id.label("badge_id"),
        _badge.version.label("badge_version"),
        _badge.state.label("badge_state"),
        *_CARD_COLUMNS,
    )
    .join_from(Badge.__table__, Delegate.__table__, _badge.delegate_id == _delegate.id)
    .join(Person.__table__, _delegate.person_id == _person.id)
    .outerjoin(Unit.__table__, _person.unit_id == _unit.id)
)
_BY_CODE = _BY_BADGE.where(_badge.code == bindparam("wanted"))
_BY_CODE_LOCKED = _BY_CODE.with_for_update(of=Delegate.__table__, key_share=True)
_BY_BADGE_ID = _BY_BADGE.where(_badge.id == bindparam("wanted"))
_BY_DELEGATE = with_seat(
    select(
        _badge.id.label("badge_id"),
        _badge.version.label("badge_version"),
        func.coalesce(_badge.state, "active").label("badge_state"),
        *_CARD_COLUMNS,
    )
    .select_from(Delegate.__table__)
    .outerjoin(Badge.__table__, (_badge.delegate_id == _delegate.id) & (_badge.state == "active"))
    .join(Person.__table__, _delegate.person_id == _person.id)
    .outerjoin(Unit.__table__, _person.unit_id == _unit.id)
    .where(_delegate.id == bindparam("wanted"))
)
_BY_DELEGATE_LOCKED = _BY_DELEGATE.with_for_update(of=Delegate.__table__, key_share=True)


def badge_by_code(code: str, *, lock: bool = False) -> KnownBadge | None:
    """The badge with this code; `lock` holds the delegate's row until the commit.

    Two first scans of one delegate then decide one after the other (PostgreSQL; SQLite
    has one writer anyway).
    """
    row = _ask(_BY_CODE_LOCKED if lock else _BY_CODE, wanted=code)
    return None if row is None else _known(row)


def delegate_by_hand(delegate_id: int, *, lock: bool = False) -> KnownBadge | None:
    """A delegate for an admission by hand, with the active badge where there is one."""
    row = _ask(_BY_DELEGATE_LOCKED if lock else _BY_DELEGATE, wanted=delegate_id)
    return None if row is None else _known(row)


def card_of(badge_id: int) -> DelegateCard | None:
    """The card of the delegate a badge belongs to."""
    row = _ask(_BY_BADGE_ID, wanted=badge_id)
    return None if row is None else _known(row).card


def _known(row: Row[Any]) -> KnownBadge:
    return KnownBadge(
        badge_id=row.badge_id,
        badge_version=row.badge_version,
        facts=BadgeFacts(row.congress_id, row.badge_state, row.delegate_state, row.category),
        card=DelegateCard(
            delegate_id=row.delegate_id,
            number=row.number,
            name=row.full_name,
            position=row.position,
            unit=row.unit_name or row.organisation,
            category=row.category,
            has_photo=bool(row.has_photo),
            seat=seat_name(row.hall_name, row.seat_row, row.seat_number, row.is_only_hall),
        ),
    )


_SESSION = select(
    _session.id,
    _session.congress_id,
    _session.doors_open_at,
    _session.doors_close_at,
    _session.allows_reentry,
    _session.categories,
)
_SESSION_NAMED = _SESSION.where(_session.id == bindparam("wanted"))
_SESSION_OPEN = (
    _SESSION.where(
        _session.congress_id == bindparam("congress"),
        _session.doors_open_at <= bindparam("at"),
        _session.doors_close_at > bindparam("at"),
    )
    .order_by(_session.doors_open_at.desc(), _session.id)
    .limit(1)
)


def session_for(
    congress_id: int,
    session_id: int | None,
    at: datetime,
    served: frozenset[int] | None = None,
) -> tuple[int | None, SessionFacts | None]:
    """The session a scan belongs to: the one named, else the one whose door is open at `at`.

    `served` are the sessions of the device. A named session of another congress, or one
    the device does not serve, comes back as a foreign one. Where two doors are open at
    once, the one that opened last.
    """
    if session_id is not None:
        row = _ask(_SESSION_NAMED, wanted=session_id)
        foreign = row is None or row.congress_id != congress_id
        if row is None or foreign or (served is not None and row.id not in served):
            return None, SessionFacts(FOREIGN_SESSION, at, at)
    else:
        narrowed = _SESSION_OPEN
        if served is not None:
            narrowed = narrowed.where(_session.id.in_(sorted(served)))
        row = _ask(narrowed, congress=congress_id, at=at)
        if row is None:
            return None, None
    return row.id, SessionFacts(
        congress_id=row.congress_id,
        opens=row.doors_open_at,
        closes=row.doors_close_at,
        allows_reentry=row.allows_reentry,
        categories=None if row.categories is None else frozenset(row.categories),
    )


def first_opening(congress_id: int) -> datetime | None:
    """When the first door of the congress opens."""
    return db.session.scalar(
        select(func.min(Session.doors_open_at)).where(Session.congress_id == congress_id)
    )


_PRESENCE = select(
    _presence.id,
    _presence.is_present,
    _presence.first_in_at,
    _presence.first_gate,
    _presence.last_at,
    _presence.last_scan_id,
).where(
    _presence.session_id == bindparam("session"), _presence.delegate_id == bindparam("delegate")
)


def presence_row(session_id: int, delegate_id: int) -> Row[Any] | None:
    """The projection's row: its id and the fields of a `Standing`."""
    return _ask(_PRESENCE, session=session_id, delegate=delegate_id)


def standing_of(row: Row[Any] | None) -> Standing:
    """The stored standing as the fold knows it."""
    return Standing() if row is None else Standing(*row[1:])


def first_entry(session_id: int | None, delegate_id: int) -> int | None:
    """The scan by which the delegate first came in."""
    taken_back = aliased(Scan)
    return db.session.scalar(
        select(Scan.id)
        .where(
            Scan.session_id == session_id,
            Scan.delegate_id == delegate_id,
            _moves(),
            Scan.direction == "in",
            Scan.corrects_id.is_(None),
            Scan.id.not_in(
                select(taken_back.corrects_id).where(taken_back.corrects_id.is_not(None))
            ),
        )
        .order_by(Scan.corrected_at, Scan.id)
        .limit(1)
    )


def _moves() -> Any:
    """Rows the fold may count, in the database's words (`ScanLine.counts`)."""
    return (Scan.verdict == "accepted") | (
        (Scan.verdict == "conflict") & Scan.reason.in_(sorted(COLLISIONS))
    )


_scan = Scan.__table__.c
_BY_UUID = select(_scan.id).where(
    _scan.device_id == bindparam("device"), _scan.uuid == bindparam("wanted")
)


def scan_by_uuid(device_id: int, uuid: str) -> Scan | None:
    """The scan this device already sent under this uuid."""
    row = _ask(_BY_UUID, device=device_id, wanted=uuid)
    return None if row is None else db.session.get(Scan, row.id)


_LINES = (
    select(
        _scan.id,
        _scan.session_id,
        _scan.delegate_id,
        _scan.direction,
        _scan.verdict,
        _scan.corrected_at,
        _scan.gate,
        _scan.corrects_id,
        _scan.reason,
    )
    .where(_moves(), _scan.session_id.is_not(None))
    .order_by(_scan.id)
)
_LINES_OF = _LINES.where(
    _scan.session_id == bindparam("session"), _scan.delegate_id == bindparam("delegate")
)


def lines_of(session_id: int, delegate_id: int) -> list[ScanLine]:
    """What the fold reads of one delegate in one session."""
    values = {"session": session_id, "delegate": delegate_id}
    rows: Sequence[Any] = db.session.connection().execute(_LINES_OF, values).all()
    return [ScanLine(*row) for row in rows]


def scan_lines(congress_id: int, delegate_id: int | None = None) -> list[ScanLine]:
    """What the fold reads of a congress, or of one delegate."""
    statement = _LINES.where(_scan.congress_id == congress_id)
    if delegate_id is not None:
        statement = statement.where(_scan.delegate_id == delegate_id)
    rows: Sequence[Any] = db.session.execute(statement).all()
    return [ScanLine(*row) for row in rows]


def scan_by_id(congress_id: int, scan_id: int) -> Scan | None:
    """A scan, if it is of this congress."""
    found = db.session.get(Scan, scan_id)
    return found if found is not None and found.congress_id == congress_id else None


def is_standing(scan: Scan) -> bool:
    """True while the scan counts: no later row took it back, and it is no correction itself."""
    counts = scan.verdict == "accepted" or (
        scan.verdict == "conflict" and scan.reason in COLLISIONS
    )
    taken = db.session.scalar(select(Scan.id).where(Scan.corrects_id == scan.id))
    return counts and scan.corrects_id is None and taken is None


def wrong_codes(device_id: int, address: str, now: datetime, window: timedelta) -> tuple[int, int]:
    """How many unknown codes came within the window: from the device, from the address."""
    since = WrongCode.at > now - window
    by_device = select(func.count(WrongCode.id)).where(WrongCode.device_id == device_id, since)
    by_address = select(func.count(WrongCode.id)).where(WrongCode.address == address, since)
    return db.session.scalar(by_device) or 0, db.session.scalar(by_address) or 0
