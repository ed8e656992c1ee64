"""The chosen speeches in the blocks of the programme, with what their order is like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time

from sqlalchemy import select

from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.kernel import clock
from congress_app.programme import ordering, queries, speech_queries
from congress_app.programme.day_models import DayAct
from congress_app.programme.models import Session, Speech
from congress_app.programme.ordering import Block, Order, Talk
from congress_app.programme.queries import TimedItem, TimedSession
from congress_app.programme.speech_states import CHOSEN


@dataclass(frozen=True)
class SpeechBlock:
    """Speech items that follow each other in a session."""

    session: Session
    places: tuple[TimedItem, ...]
    block: Block


@dataclass(frozen=True)
class Placing:
    """The blocks as they stand, the chosen speeches without a place, and how good it is.

    `alike` tells by speech what it shares with the one before it. `is_settled` is False when
    an exchange or a move would make the order better.
    """

    blocks: tuple[SpeechBlock, ...]
    unplaced: tuple[Speech, ...]
    order: Order
    alike: dict[int, tuple[str, ...]]
    is_settled: bool


def blocks_of(congress_id: int) -> list[SpeechBlock]:
    """The blocks in the order of the day; what the day acted on already is no place."""
    begun = set(db.session.scalars(select(DayAct.item_id).where(DayAct.congress_id == congress_id)))
    return [
        block
        for sitting in queries.programme_of(congress_id)
        for block in _blocks(sitting, {each for each in begun if each is not None})
    ]


def _blocks(sitting: TimedSession, begun: set[int]) -> list[SpeechBlock]:
    rows: list[list[TimedItem]] = [[]]
    for each in sitting.items:
        if each.item.parallel:
            continue
        is_place = each.item.kind == "speech" and each.item.id not in begun
        if not is_place or each.item.pinned_at:
            rows.append([])
        if is_place:
            rows[-1].append(each)
    found: list[SpeechBlock] = []
    for places in filter(None, rows):
        starts = clock.at_venue(places[0].slot.starts)
        follows = bool(found) and not _is_pinned(sitting, found[-1].places[-1], places[0])
        slots = tuple(each.item.minutes for each in places)
        block = Block(_minute(starts.time()), slots, follows)
        found.append(SpeechBlock(sitting.session, tuple(places), block))
    return found


def _is_pinned(sitting: TimedSession, after: TimedItem, until: TimedItem) -> bool:
    """Does a pin after the one item, up to the other, hold the line?"""
    between = sitting.items[sitting.items.index(after) + 1 : sitting.items.index(until) + 1]
    return any(each.item.pinned_at and not each.item.parallel for each in between)


def to_place(congress: Congress, blocks: Sequence[SpeechBlock]) -> list[Speech]:
    """The chosen speeches that are to be heard and have not begun."""
    register = speech_queries.register(congress, (congress.unit.path,))
    placed = {each.item.speech_id for block in blocks for each in block.places}
    elsewhere = {
        each.item.speech_id
        for sitting in queries.programme_of(congress.id)
        for each in sitting.items
        if each.item.speech_id and each.item.speech_id not in placed
    }
    return [each for each in register if each.state in CHOSEN and each.id not in elsewhere]


def placing_of(congress: Congress) -> Placing:
    """How the speeches stand in the programme now."""
    found = blocks_of(congress.id)
    blocks = [each.block for each in found]
    filled = [
        [
            talk_of(each.item.speech, each.item.minutes)
            for each in block.places
            if each.item.speech is not None
        ]
        for block in found
    ]
    # By the programme's own times: a place left empty in between counts too.
    away = tuple(
        each.item.speech.id
        for block in found
        for each in block.places
        if each.item.speech is not None and _is_away(each.item.speech, each)
    )
    order = replace(ordering.assess(filled, blocks), absent=away)
    alike: dict[int, tuple[str, ...]] = {}
    for _, key, what in order.alike:
        alike[key] = (*alike.get(key, ()), what)
    placed = {talk.key for talks in filled for talk in talks}
    unplaced = tuple(each for each in to_place(congress, found) if each.id not in placed)
    return Placing(tuple(found), unplaced, order, alike, ordering.is_settled(filled, blocks))


def talk_of(speech: Speech, minutes: int | None = None) -> Talk:
    """A speech as the ordering reads it; `minutes` when its item was given others."""
    return Talk(
        speech.id,
        speech.minutes if minutes is None else minutes,
        field=speech.field,
        sex=speech.delegate.person.sex if speech.delegate else None,
        unit=speech.unit_id,
        kind=speech.kind,
        first=_minute(speech.available_from) if speech.available_from else 0,
        last=_minute(speech.available_until) if speech.available_until else None,
    )


def _is_away(speech: Speech, each: TimedItem) -> bool:
    starts, ends = (clock.at_venue(at).time() for at in (each.slot.starts, each.slot.ends))
    early = speech.available_from is not None and starts < speech.available_from
    return early or (speech.available_until is not None and ends > speech.available_until)


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
