"""The programme on a real database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict, RuleViolation, Stale
from congress_app.kernel.permissions import system_actor
from congress_app.programme import arranging_services, outlines, queries, services
from congress_app.programme.facts import ItemFacts, SessionFacts
from congress_app.programme.models import Item, Session
from tests.builders import a_congress, a_delegate, a_session, a_speech, an_item
from tests.checkin.door import a_scene
from tests.conftest import CountQueries, FrozenClock

ACTOR = system_actor()


@pytest.fixture
def congress(app: Flask, frozen_clock: FrozenClock) -> Congress:
    return a_congress()


def titles(session: Session) -> list[str]:
    db.session.expire_all()
    return [item.title for item in session.items]


def test_an_outline_fills_the_congress_s_day(congress: Congress) -> None:
    services.start_from_outline(congress, outlines.UPPER_HALF_DAY, actor=ACTOR)
    [timed] = queries.programme_of(congress.id)
    wall = clock.at_venue(timed.session.starts_at)
    assert (wall.date(), wall.strftime("%H:%M")) == (congress.held_on, "07:30")
    assert timed.session.doors_open_at == timed.session.starts_at - timedelta(hours=1)
    assert timed.session.doors_close_at == timed.ends
    assert [each.item.minutes for each in timed.items] == [
        item.minutes for item in outlines.UPPER_HALF_DAY.sessions[0].items
    ]


def test_an_outline_needs_a_day(app: Flask) -> None:
    congress = a_congress(held_on=None)
    with pytest.raises(RuleViolation) as raised:
        services.start_from_outline(congress, outlines.UPPER_HALF_DAY, actor=ACTOR)
    assert raised.value.code == "no_date"


def test_an_outline_never_overwrites(congress: Congress) -> None:
    a_session(congress)
    with pytest.raises(Conflict) as raised:
        services.start_from_outline(congress, outlines.FULL_DAY, actor=ACTOR)
    assert raised.value.code == "programme_exists"
    assert len(db.session.scalars(select(Session)).all()) == 1


def test_items_move_within_their_session(congress: Congress) -> None:
    session = a_session(congress)
    items = [an_item(session, name) for name in "ABC"]
    arranging_services.move_item(congress, items[2], -1, actor=ACTOR)
    assert titles(session) == ["A", "C", "B"]
    arranging_services.move_item(congress, items[0], -1, actor=ACTOR)
    assert titles(session) == ["A", "C", "B"]
    arranging_services.move_item(congress, items[0], 1, actor=ACTOR)
    assert titles(session) == ["C", "A", "B"]


def test_adding_and_removing_items(congress: Congress) -> None:
    session = a_session(congress)
    first = services.add_item(congress, session, ItemFacts("opening", "A", 5), actor=ACTOR)
    services.add_item(congress, session, ItemFacts("break", "B", 5), actor=ACTOR)
    assert titles(session) == ["A", "B"]
    services.remove_item(congress, first, actor=ACTOR)
    assert titles(session) == ["B"]


def test_a_stale_edit_shows_both_values_and_writes_nothing(congress: Congress) -> None:
    item = an_item(a_session(congress), "Khai mạc")
    opened = item.version
    services.edit_item(congress, item, ItemFacts("opening", "Chị sửa", 10), opened, actor=ACTOR)
    with pytest.raises(Stale) as raised:
        services.edit_item(congress, item, ItemFacts("opening", "Anh sửa", 10), opened, actor=ACTOR)
    assert [str(detail) for detail in raised.value.details] == [
        "Tên: đang lưu “Chị sửa”, bạn nhập “Anh sửa”."
    ]
    assert raised.value.version == item.version
    assert db.session.get(Item, item.id).title == "Chị sửa"


def test_doors_must_open_before_they_close(congress: Congress) -> None:
    now = clock.now()
    facts = SessionFacts("official", "Phiên", None, now, now, now)
    with pytest.raises(RuleViolation) as raised:
        services.add_session(congress, facts, actor=ACTOR)
    assert raised.value.code == "doors"


def test_removing_a_session_takes_its_items(congress: Congress) -> None:
    session = a_session(congress)
    an_item(session)
    services.remove_session(congress, session, actor=ACTOR)
    assert db.session.scalars(select(Item)).all() == []


def test_a_session_somebody_was_scanned_in_stays(app: Flask, frozen_clock: FrozenClock) -> None:
    scene = a_scene()
    an_item(scene.session)
    scene.ask()
    with pytest.raises(RuleViolation) as raised:
        services.remove_session(scene.congress, scene.session, actor=ACTOR)
    assert raised.value.code == "session_in_use"
    db.session.rollback()
    assert [session.id for session in db.session.scalars(select(Session))] == [scene.session.id]
    assert len(db.session.scalars(select(Item)).all()) == 1


def test_the_programme_is_read_in_a_constant_number_of_queries(
    congress: Congress, count_queries: CountQueries
) -> None:
    counts = []
    for _ in range(3):
        speech = a_speech(congress, delegate_id=a_delegate(congress).id, state="selected")
        an_item(a_session(congress), kind="speech", speech_id=speech.id)
        db.session.expire_all()
        with count_queries() as seen:
            for timed in queries.programme_of(congress.id):
                for each in timed.items:
                    queries.presenter_of(each.item)
        counts.append(len(seen))
    assert counts[0] == counts[1] == counts[2]
