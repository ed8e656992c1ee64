"""The chosen speeches come into the programme, by rule and by hand."""

from __future__ import annotations

from datetime import time

import pytest
from flask import Flask

from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.permissions import system_actor
from congress_app.programme import (
    act_queries,
    act_services,
    day_services,
    placing_queries,
    speech_services,
)
from congress_app.programme import placing_services as services
from congress_app.programme.models import Item, Session, Speech
from congress_app.programme.ripple import Unseen
from congress_app.programme.running import ActKind
from tests.builders import a_congress, a_session, a_speech, an_item
from tests.conftest import FrozenClock

ACTOR = system_actor()


@pytest.fixture
def congress(app: Flask, frozen_clock: FrozenClock) -> Congress:
    return a_congress()


def places(session: Session, count: int, minutes: int = 10) -> list[Item]:
    return [
        an_item(session, f"Tham luận {n}", kind="speech", minutes=minutes) for n in range(count)
    ]


def held(items: list[Item]) -> list[tuple[int | None, int]]:
    db.session.expire_all()
    return [(item.speech_id, item.minutes) for item in items]


def states(*speeches: Speech) -> list[str]:
    db.session.expire_all()
    return [speech.state for speech in speeches]


def test_the_chosen_are_put_into_the_programme_alternating(congress: Congress) -> None:
    items = places(a_session(congress), 3, minutes=15)
    fields = ("VH", "VH", "XD")
    first, second, third = (a_speech(congress, state="selected", field=each) for each in fields)
    assert services.schedule(congress, actor=ACTOR) == 3
    assert held(items) == [(first.id, 10), (third.id, 10), (second.id, 10)]
    assert states(first, second, third) == ["scheduled"] * 3


def test_each_speech_comes_into_a_block_in_which_its_speaker_is_there(congress: Congress) -> None:
    session = a_session(congress)
    morning = places(session, 2)
    an_item(session, "Giải lao", kind="break", minutes=60)
    [noon] = places(session, 1)
    late = a_speech(congress, "Đến muộn", state="selected", available_from=time(9))
    others = [a_speech(congress, f"Bài {n}", state="selected") for n in range(2)]
    services.schedule(congress, actor=ACTOR)
    assert held([*morning, noon]) == [(each.id, 10) for each in (*others, late)]
    placing = placing_queries.placing_of(congress)
    assert [len(block.places) for block in placing.blocks] == [2, 1]
    assert [block.block.follows for block in placing.blocks] == [False, True]
    assert (placing.order.absent, placing.unplaced, placing.is_settled) == ((), (), True)


def test_too_few_items_are_told(congress: Congress) -> None:
    a_speech(congress, state="selected")
    with pytest.raises(RuleViolation) as raised:
        services.schedule(congress, actor=ACTOR)
    assert raised.value.code == "no_slots"


def test_what_moves_is_looked_at_first_and_can_be_undone(congress: Congress) -> None:
    session = a_session(congress)
    items = places(session, 1, minutes=25)
    an_item(session, "Bế mạc", kind="closing")
    speech = a_speech(congress, state="selected")
    with pytest.raises(Unseen) as raised:
        services.schedule(congress, actor=ACTOR, seen="")
    assert held(items) == [(None, 25)]
    services.schedule(congress, actor=ACTOR, seen=raised.value.token)
    assert (held(items), states(speech)) == ([(speech.id, 10)], ["scheduled"])
    last = act_queries.last_act(congress.id)
    assert last is not None
    act_services.undo(congress, last.id, actor=ACTOR)
    assert (held(items), states(speech)) == ([(None, 25)], ["selected"])


def test_by_hand_a_speech_goes_over_the_border_of_a_block(congress: Congress) -> None:
    session = a_session(congress)
    items = places(session, 1)
    an_item(session, "Giải lao", kind="break")
    items += places(session, 1, minutes=20)
    speech = a_speech(congress, state="selected")
    services.schedule(congress, actor=ACTOR)
    services.move(congress, items[0], 1, actor=ACTOR)
    assert held(items) == [(None, 20), (speech.id, 10)]
    with pytest.raises(RuleViolation) as raised:
        services.move(congress, items[1], 1, actor=ACTOR)
    assert raised.value.code == "no_place"
    services.move(congress, items[1], -1, actor=ACTOR)
    assert held(items) == [(speech.id, 10), (None, 20)]


def test_what_was_heard_already_keeps_its_place(congress: Congress) -> None:
    items = places(a_session(congress), 3)
    speeches = [a_speech(congress, f"Bài {n}", state="selected") for n in range(3)]
    services.schedule(congress, actor=ACTOR)
    for kind in (ActKind.START, ActKind.STOP):
        day_services.act(congress, items[0], kind, actor=ACTOR)
    services.schedule(congress, actor=ACTOR)
    assert held(items)[0] == (speeches[0].id, 10)
    assert states(*speeches) == ["delivered", "scheduled", "scheduled"]
    assert [len(block.places) for block in placing_queries.blocks_of(congress.id)] == [2]


def test_an_emptied_place_loses_the_name_of_the_speech_it_held(congress: Congress) -> None:
    session = a_session(congress)
    gone = a_speech(congress, "Một cửa", state="scheduled")
    named = an_item(session, "Một cửa", kind="speech", speech_id=gone.id)
    own = an_item(session, "Tham luận của khách", kind="speech")
    speech_services.decide(congress, gone, "withdrawn", seen=gone.version, actor=ACTOR)
    db.session.expire_all()
    assert (named.title, named.speech_id) == ("Tham luận", None)
    stays = a_speech(congress, "Thu nợ", state="selected")
    own.speech_id = stays.id
    db.session.commit()
    services.schedule(congress, actor=ACTOR)
    assert held([named, own]) == [(stays.id, 10), (None, 10)]
    assert (named.title, own.title) == ("Tham luận", "Tham luận của khách")
