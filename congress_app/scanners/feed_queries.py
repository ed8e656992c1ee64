"""What the feed is made from, and what of it a device has not seen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, select

from congress_app.badges.models import Badge
from congress_app.checkin.decision import SessionFacts
from congress_app.checkin.models import Presence
from congress_app.congresses.models import Pulse
from congress_app.database import db
from congress_app.delegates.models import Delegate, Person
from congress_app.programme.models import Session
from congress_app.scanners.feed import FeedBadge, FeedPresence, FeedSession
from congress_app.scanners.feed_models import BadgeKey, FeedEntry, FeedState
from congress_app.scanners.sealing import BadgeLock, read
from congress_app.seating.seat_queries import SEAT_COLUMNS, seat_name, with_seat
from congress_app.units.models import Unit

# As `sealing.written` writes them: anything else stands for no badge and is not looked up.
_LOCATOR = re.compile(r"[A-Za-z0-9_-]{1,32}")


@dataclass(frozen=True)
class Stand:
    """How often anything changed, and how often more than who is where."""

    counter: int
    roster: int


def state(congress_id: int, *, lock: bool = False) -> FeedState | None:
    """How far the feed has come; `lock` keeps a second device from going on with it."""
    statement = select(FeedState).where(FeedState.congress_id == congress_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(statement)


def stand(congress_id: int) -> Stand:
    """The congress's counter now, and the one that scans leave alone."""
    statement = select(Pulse.counter, Pulse.scans).where(Pulse.congress_id == congress_id)
    row = db.session.execute(statement).one_or_none()
    return Stand(0, 0) if row is None else Stand(row.counter, row.counter - row.scans)


def sessions(congress_id: int) -> list[FeedSession]:
    """The sessions of a congress as the decision reads them."""
    rows = db.session.scalars(
        select(Session).where(Session.congress_id == congress_id).order_by(Session.id)
    )
    return [FeedSession(row.id, row.title, _session_facts(row)) for row in rows]


def _session_facts(row: Session) -> SessionFacts:
    admitted = None if row.categories is None else frozenset(row.categories)
    return SessionFacts(
        row.congress_id, row.doors_open_at, row.doors_close_at, row.allows_reentry, admitted
    )


def _badges(congress_id: int, *columns: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(*columns)
        .join(Delegate, Badge.delegate_id == Delegate.id)
        .where(Delegate.congress_id == congress_id)
    )


def badges(congress_id: int) -> list[FeedBadge]:
    """Every badge of the congress whose lock is derived."""
    statement = (
        _badges(
            congress_id,
            BadgeKey.locator,
            BadgeKey.key,
            Badge.state,
            Delegate.id,
            Delegate.state,
            Delegate.category,
            Delegate.number,
            Person.full_name,
            Person.position,
            Unit.name,
            Person.organisation,
            *SEAT_COLUMNS,
        )
        .join(BadgeKey, BadgeKey.badge_id == Badge.id)
        .join(Person, Delegate.person_id == Person.id)
        .outerjoin(Unit, Person.unit_id == Unit.id)
        .order_by(Badge.id)
    )
    return [_badge(*row) for row in db.session.execute(with_seat(statement))]


def _badge(locator: str, key: str, *rest: Any) -> FeedBadge:
    state, delegate_id, delegate_state, category, number, name, position, *places = rest
    unit, organisation, *seat = places
    return FeedBadge(
        lock=BadgeLock(locator, read(key)),
        badge_state=state,
        delegate_id=delegate_id,
        delegate_state=delegate_state,
        category=category,
        number=number,
        name=name,
        position=position,
        unit=unit or organisation,
        seat=seat_name(*seat),
    )


def underived(congress_id: int) -> list[tuple[int, str]]:
    """Badges without a derived lock: id and code."""
    statement = _badges(congress_id, Badge.id, Badge.code).outerjoin(
        BadgeKey, BadgeKey.badge_id == Badge.id
    )
    rows = db.session.execute(statement.where(BadgeKey.badge_id.is_(None)))
    return [(row[0], row[1]) for row in rows]


def presences(congress_id: int) -> list[FeedPresence]:
    """Where every delegate who was ever scanned stands, session by session."""
    rows = db.session.execute(
        select(
            Presence.session_id,
            Presence.delegate_id,
            Presence.is_present,
            Presence.first_in_at,
            Presence.first_gate,
        )
        .join(Session, Presence.session_id == Session.id)
        .where(Session.congress_id == congress_id)
        .order_by(Presence.id)
    )
    return [FeedPresence(*row) for row in rows]


def locators(congress_id: int) -> dict[int, str]:
    """The locator of every delegate's valid badge whose lock is derived."""
    statement = (
        _badges(congress_id, Badge.delegate_id, BadgeKey.locator)
        .join(BadgeKey, BadgeKey.badge_id == Badge.id)
        .where(Badge.state == "active")
        .order_by(Badge.id)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}


def known(congress_id: int, kinds: Sequence[str] = ()) -> dict[tuple[str, str], str | None]:
    """The digest of every entry told so far (of these kinds); None for those told as gone."""
    statement = select(FeedEntry.kind, FeedEntry.key, FeedEntry.digest).where(
        FeedEntry.congress_id == congress_id
    )
    if kinds:
        statement = statement.where(FeedEntry.kind.in_(kinds))
    return {(kind, key): digest for kind, key, digest in db.session.execute(statement)}


def entries_after(
    congress_id: int, after: int, limit: int, *, with_index: bool
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Up to `limit` entries a device has not seen: seq, kind, key, body."""
    statement = (
        select(FeedEntry.seq, FeedEntry.kind, FeedEntry.key, FeedEntry.body)
        .where(FeedEntry.congress_id == congress_id, FeedEntry.seq > after)
        .order_by(FeedEntry.seq)
        .limit(limit)
    )
    if not with_index:
        statement = statement.where(FeedEntry.kind != "index")
    return db.session.execute(statement).all()


def with_code(item: object, congress_id: int) -> object:
    """A scan of a batch with the code its locator stands for, as if it had been sent.

    A device keeps no codes, so what it read without network it names by locator. One that
    leads nowhere becomes a code nobody knows: then a person sees it, and nothing is lost.
    """
    if not isinstance(item, dict) or item.get("code") is not None:
        return item
    locator = item.get("locator")
    if not isinstance(locator, str) or not locator:
        return item
    code = code_of(locator, congress_id) if _LOCATOR.fullmatch(locator) else None
    return item | {"code": code or f"locator {locator}"}


def code_of(locator: str, congress_id: int) -> str | None:
    """The code of the badge that lies under a locator, if it is of this congress."""
    statement = _badges(congress_id, Badge.code).join(BadgeKey, BadgeKey.badge_id == Badge.id)
    found: str | None = db.session.scalar(statement.where(BadgeKey.locator == locator))
    return found
