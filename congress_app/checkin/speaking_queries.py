"""The list of speakers of a session, and who is meant by what is typed or scanned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from congress_app.badges import token
from congress_app.badges.models import Badge
from congress_app.checkin import queries
from congress_app.checkin.models import Presence
from congress_app.checkin.speaking_models import SpeakingTurn
from congress_app.checkin.speaking_queue import Waiting, in_turn
from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.delegates.models import Delegate, Person
from congress_app.kernel.vietnamese import fold
from congress_app.programme.models import Session

MOST_FOUND = 5


@dataclass(frozen=True)
class Place:
    """A place on the list; `place` from 1 in the order of calling, None while out of the hall."""

    turn: SpeakingTurn
    place: int | None


@dataclass(frozen=True)
class SpeakersList:
    """Who speaks, who waits in the order of calling (who left the hall last), who spoke."""

    speaking: SpeakingTurn | None
    waiting: tuple[Place, ...]
    spoke: tuple[SpeakingTurn, ...]

    @property
    def alternates(self) -> bool:
        """True when the second queue is in use."""
        return any(place.turn.queue == 2 for place in self.waiting)


def session_for(congress_id: int, at: datetime) -> Session | None:
    """The session whose list is kept now."""
    return queries.session_now(congress_id, at)


def speakers_list(session_id: int) -> SpeakersList:
    """The list of a session as it stands."""
    turns = turns_of(session_id)
    here = present_in(session_id)
    waiting = {turn.id: turn for turn in turns if turn.called_at is None and turn.ended_at is None}
    called = sorted(
        (turn for turn in turns if turn.called_at is not None), key=lambda t: (t.called_at, t.id)
    )
    order = [line.id for line in in_turn(_lines(waiting.values(), here), last_queue(called))]
    away = [Place(turn, None) for key, turn in waiting.items() if key not in order]
    placed = [Place(waiting[key], number) for number, key in enumerate(order, start=1)]
    return SpeakersList(
        speaking=next((turn for turn in reversed(called) if turn.ended_at is None), None),
        waiting=(*placed, *away),
        spoke=tuple(turn for turn in reversed(called) if turn.ended_at is not None),
    )


def turns_of(session_id: int) -> Sequence[SpeakingTurn]:
    """All requests for the floor in a session, in the order they came."""
    return db.session.scalars(
        select(SpeakingTurn)
        .where(SpeakingTurn.session_id == session_id)
        .order_by(SpeakingTurn.id)
        .options(
            joinedload(SpeakingTurn.delegate).joinedload(Delegate.person).joinedload(Person.unit)
        )
    ).all()


def turn_by_id(congress_id: int, turn_id: int) -> SpeakingTurn | None:
    """A request, if it is of this congress."""
    return db.session.scalar(
        select(SpeakingTurn)
        .join(Session, SpeakingTurn.session_id == Session.id)
        .where(SpeakingTurn.id == turn_id, Session.congress_id == congress_id)
    )


def present_in(session_id: int) -> set[int]:
    """The delegates who are in the hall."""
    return set(
        db.session.scalars(
            select(Presence.delegate_id).where(
                Presence.session_id == session_id, Presence.is_present
            )
        )
    )


def last_queue(called: Sequence[SpeakingTurn]) -> int | None:
    """The queue that was heard last; None before the first."""
    return called[-1].queue if called else None


def meant(congress: Congress, text: str) -> Sequence[Delegate]:
    """Who is meant: by badge, by number, else by a part of the name; at most `MOST_FOUND` + 1."""
    wanted = select(Delegate).where(
        Delegate.congress_id == congress.id, Delegate.state.in_(queries.ATTENDING)
    )
    code = token.read(text).code
    if code is not None:
        badge = select(Badge.delegate_id).where(Badge.code == code, Badge.state == "active")
        wanted = wanted.where(Delegate.id.in_(badge))
    elif text.isascii() and text.isdigit() and len(text) < 7:
        wanted = wanted.where(Delegate.number == int(text))
    elif fold(text):
        named = select(Person.id).where(Person.search_key.contains(fold(text), autoescape=True))
        wanted = wanted.where(Delegate.person_id.in_(named))
    else:
        return []
    options = joinedload(Delegate.person)
    return db.session.scalars(
        wanted.options(options).order_by(Delegate.id).limit(MOST_FOUND + 1)
    ).all()


def _lines(turns: Iterable[SpeakingTurn], here: set[int]) -> list[Waiting]:
    return [Waiting(turn.id, turn.queue, turn.delegate_id in here) for turn in turns]
