"""The programme of a congress as it stands, with times; the register of speeches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from congress_app.database import db
from congress_app.delegates.models import Delegate
from congress_app.programme import timetable
from congress_app.programme.models import Item, Session, Speech
from congress_app.programme.timetable import Planned, Slot


@dataclass(frozen=True)
class TimedItem:
    """An item with its place in time."""

    item: Item
    slot: Slot


@dataclass(frozen=True)
class TimedSession:
    """A session with its items in time and the moment it ends."""

    session: Session
    items: tuple[TimedItem, ...]
    ends: datetime


def programme_of(congress_id: int) -> list[TimedSession]:
    """Sessions in order, items in order, times computed; three queries whatever the length."""
    sessions = db.session.scalars(
        select(Session)
        .where(Session.congress_id == congress_id)
        .order_by(Session.starts_at, Session.position, Session.id)
        .options(
            selectinload(Session.items)
            .joinedload(Item.speech)
            .joinedload(Speech.delegate)
            .joinedload(Delegate.person)
        )
    ).all()
    return [timed(session) for session in sessions]


def timed(session: Session) -> TimedSession:
    """The session's items with their slots."""
    planned = [Planned(item.id, item.minutes, item.pinned_at) for item in session.items]
    slots = timetable.timetable(session.starts_at, planned)
    items = tuple(TimedItem(item, slot) for item, slot in zip(session.items, slots, strict=True))
    return TimedSession(session, items, timetable.ends_at(session.starts_at, slots))


def session_by_id(congress_id: int, session_id: int) -> Session | None:
    """A session, if it is of this congress."""
    session = db.session.get(Session, session_id)
    return session if session is not None and session.congress_id == congress_id else None


def item_by_id(congress_id: int, item_id: int) -> Item | None:
    """An item, if it is of this congress."""
    item = db.session.get(Item, item_id)
    return item if item is not None and item.session.congress_id == congress_id else None


def speech_by_id(congress_id: int, speech_id: int) -> Speech | None:
    """A speech, if it is of this congress."""
    speech = db.session.get(Speech, speech_id)
    return speech if speech is not None and speech.congress_id == congress_id else None


def speeches_of(congress_id: int) -> Sequence[Speech]:
    """All speeches offered to a congress, the chosen ones first."""
    return db.session.scalars(
        select(Speech)
        .where(Speech.congress_id == congress_id)
        .order_by(Speech.state.desc(), Speech.id)
        .options(
            joinedload(Speech.unit),
            joinedload(Speech.delegate).joinedload(Delegate.person),
        )
    ).all()


def speech_minutes(congress_id: int) -> int:
    """Minutes the programme holds for speeches: the budget of the register."""
    return (
        db.session.scalar(
            select(func.sum(Item.minutes))
            .join(Session)
            .where(Session.congress_id == congress_id, Item.kind == "speech")
        )
        or 0
    )


def speech_slots_of(delegate_id: int) -> list[int]:
    """The items at which a delegate speaks."""
    return list(
        db.session.scalars(select(Item.id).join(Speech).where(Speech.delegate_id == delegate_id))
    )
