"""The programme of a congress as it stands, with times; the register of speeches."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from congress_app.database import db
from congress_app.delegates.models import Delegate, Person
from congress_app.kernel import clock
from congress_app.programme import timetable
from congress_app.programme.models import Item, Session, Speech
from congress_app.programme.speech_states import CHOSEN
from congress_app.programme.timetable import Planned, Slot
from congress_app.programme.warnings import SessionOutline, Spot
from congress_app.units.models import Unit

ACTIVE_STATES = ("nominated", "convened", "confirmed")


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
            .joinedload(Delegate.person),
            selectinload(Session.items).joinedload(Item.speech).joinedload(Speech.unit),
        )
    ).all()
    return [timed(session) for session in sessions]


def timed(session: Session) -> TimedSession:
    """The session's items with their slots."""
    planned = [
        Planned(item.id, item.minutes, item.pinned_at, item.parallel) for item in session.items
    ]
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


def elections_of(congress_id: int) -> Sequence[Item]:
    """The items of the programme in which votes are cast, in the order of the day."""
    return db.session.scalars(
        select(Item)
        .join(Session, Item.session_id == Session.id)
        .where(Session.congress_id == congress_id, Item.kind == "election")
        .order_by(Session.starts_at, Session.position, Session.id, Item.position)
    ).all()


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


def outline_of(
    sessions: Sequence[TimedSession],
    present: Collection[int] | None = None,
    at: datetime | None = None,
) -> list[SessionOutline]:
    """The programme as `warnings.findings` reads it.

    With `present` (delegates in the hall) and the instant `at` it also tells, once a
    session's door is open, which speakers still to come are not there.
    """
    return [
        SessionOutline(
            title=timed_session.session.title,
            starts=timed_session.session.starts_at,
            ends=timed_session.ends,
            kinds=tuple(each.item.kind for each in timed_session.items),
            overruns=tuple(
                (each.item.title, each.slot.overrun)
                for each in timed_session.items
                if each.slot.overrun
            ),
            absent_speakers=tuple(
                (delegate.person.full_name, speech.title)
                for _each, speech, delegate in _speakers(timed_session)
                if delegate.state != "confirmed"
            ),
            hall=timed_session.session.hall,
            spots=tuple(_spot(each) for each in timed_session.items),
            not_here=tuple(
                (delegate.person.full_name, speech.title)
                for each, speech, delegate in _speakers(timed_session)
                if present is not None and at is not None and delegate.id not in present
                if timed_session.session.doors_open_at <= at < each.slot.ends
            ),
        )
        for timed_session in sessions
    ]


def _speakers(timed_session: TimedSession) -> list[tuple[TimedItem, Speech, Delegate]]:
    return [
        (each, speech, speech.delegate)
        for each in timed_session.items
        if (speech := each.item.speech) is not None and speech.delegate is not None
    ]


def _spot(each: TimedItem) -> Spot:
    item, speech = each.item, each.item.speech
    delegate = speech.delegate_id if speech else None
    presenter = presenter_of(item)
    return Spot(
        key=item.id,
        title=speech.title if speech else item.title,
        kind=item.kind,
        starts=each.slot.starts,
        ends=each.slot.ends,
        speaker=presenter,
        speaker_key=f"delegate:{delegate}" if delegate else presenter.casefold(),
        announces=item.announces_id,
        here_from=_on_the_day(each, speech.available_from if speech else None),
        here_until=_on_the_day(each, speech.available_until if speech else None),
    )


def _on_the_day(each: TimedItem, at: time | None) -> datetime | None:
    """The clock time on the day of the item."""
    day = clock.at_venue(each.slot.starts).date()
    return clock.from_venue(datetime.combine(day, at)) if at else None


def presenter_of(item: Item) -> str:
    """Who does it: as typed, else the speaker of its speech."""
    if item.presenter:
        return item.presenter
    speech = item.speech
    if speech is None:
        return ""
    if speech.delegate is not None:
        return speech.delegate.person.full_name
    return speech.unit.name if speech.unit is not None else ""


def speech_by_delegate(delegate_id: int) -> Speech | None:
    """The chosen speech of a delegate, if there is one."""
    return db.session.scalar(
        select(Speech).where(Speech.delegate_id == delegate_id, Speech.state.in_(CHOSEN))
    )


def speakers_of(congress_id: int) -> list[tuple[int, str]]:
    """Delegates who may speak, by given name: id and "name (unit)"."""
    rows = db.session.execute(
        select(Delegate.id, Person.full_name, Unit.name)
        .join(Person, Delegate.person_id == Person.id)
        .outerjoin(Unit, Person.unit_id == Unit.id)
        .where(Delegate.congress_id == congress_id, Delegate.state.in_(ACTIVE_STATES))
        .order_by(Person.sort_key)
    ).all()
    return [(row[0], f"{row[1]} ({row[2]})" if row[2] else row[1]) for row in rows]
