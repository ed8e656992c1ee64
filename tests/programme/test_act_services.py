"""Acts of the editors on a real database: previewed, kept, undone, one after the other."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.congresses.models import Congress
from congress_app.congresses.queries import congress_by_id
from congress_app.database import db, transaction
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict, DomainError, RuleViolation, Stale
from congress_app.kernel.permissions import system_actor
from congress_app.programme import (
    act_queries,
    act_services,
    arranging_services,
    outlines,
    queries,
    services,
)
from congress_app.programme.facts import ItemFacts, SessionFacts
from congress_app.programme.models import Item, Session
from congress_app.programme.ripple import Unseen
from tests.builders import a_badge, a_congress, a_delegate, a_scan, a_session, an_item
from tests.conftest import FrozenClock

ACTOR = system_actor()


@pytest.fixture
def congress(app: Flask, frozen_clock: FrozenClock) -> Congress:
    return a_congress()


def undo_last(congress: Congress) -> str:
    last = act_queries.last_act(congress.id)
    assert last is not None
    return act_services.undo(congress, last.id, actor=ACTOR)


def test_every_act_undone_gives_the_programme_of_before(congress: Congress) -> None:
    states = [act_queries.snapshot(congress.id)]

    def note() -> None:
        states.append(act_queries.snapshot(congress.id))

    services.start_from_outline(congress, outlines.FULL_DAY, actor=ACTOR)
    note()
    trial, morning, _afternoon = [each.session for each in queries.programme_of(congress.id)]
    item = morning.items[2]
    arranging_services.arrange(congress, item, place=1, minutes=17, actor=ACTOR)
    note()
    arranging_services.arrange(congress, item, session=trial, place=2, actor=ACTOR)
    note()
    facts = ItemFacts("report", "Đã sửa", 9, clock.now(), "Giám đốc", "Kính mời")
    services.edit_item(congress, item, facts, item.version, actor=ACTOR)
    note()
    election = queries.elections_of(congress.id)[0]
    services.remove_item(congress, election, actor=ACTOR)
    note()
    services.add_item(congress, trial, facts, actor=ACTOR)
    note()
    services.remove_session(congress, morning, actor=ACTOR)
    while states:
        current = states.pop()
        if act_queries.last_act(congress.id) is not None:
            undo_last(congress)
        assert act_queries.snapshot(congress.id) == current
    assert act_queries.last_act(congress.id) is None


def test_only_the_last_act_is_undone(congress: Congress) -> None:
    session = a_session(congress)
    services.add_item(congress, session, ItemFacts("opening", "A", 5), actor=ACTOR)
    first = act_queries.last_act(congress.id)
    assert first is not None
    services.add_item(congress, session, ItemFacts("opening", "B", 5), actor=ACTOR)
    with pytest.raises(Conflict) as raised:
        act_services.undo(congress, first.id, actor=ACTOR)
    assert raised.value.code == "not_the_last"


def test_what_was_changed_outside_is_not_undone(congress: Congress) -> None:
    session = a_session(congress)
    item = services.add_item(congress, session, ItemFacts("opening", "A", 5), actor=ACTOR)
    with transaction():
        item.minutes = 9
    with pytest.raises(Conflict) as raised:
        undo_last(congress)
    assert raised.value.code == "moved_on"
    assert db.session.get_one(Item, item.id).minutes == 9


def test_a_session_that_was_used_stays(congress: Congress) -> None:
    now = clock.now()
    facts = SessionFacts("official", "Phiên", None, now, now, now + timedelta(hours=1))
    session = services.add_session(congress, facts, actor=ACTOR)
    a_scan(session, a_badge(a_delegate(congress)))
    with pytest.raises(RuleViolation) as raised:
        undo_last(congress)
    assert raised.value.code == "in_use"
    db.session.rollback()
    assert len(db.session.scalars(select(Session)).all()) == 1


def test_an_effect_nobody_saw_is_shown_and_not_written(congress: Congress) -> None:
    session = a_session(congress)
    first, second = an_item(session, "A"), an_item(session, "B")
    with pytest.raises(Unseen) as raised:
        arranging_services.arrange(congress, first, minutes=15, seen="", actor=ACTOR)
    [shift] = raised.value.ripple.shifts
    assert (shift.key, shift.minutes) == (second.id, 5)
    db.session.rollback()
    assert db.session.get_one(Item, first.id).minutes == 10
    arranging_services.arrange(congress, first, minutes=15, seen=raised.value.token, actor=ACTOR)
    assert db.session.get_one(Item, first.id).minutes == 15


def test_another_title_moves_nothing_and_needs_no_look(congress: Congress) -> None:
    session = a_session(congress)
    item = an_item(session, "A")
    services.edit_item(
        congress, item, ItemFacts("opening", "B", 10), item.version, seen="", actor=ACTOR
    )
    assert db.session.get_one(Item, item.id).title == "B"


def test_moving_others_does_not_make_an_open_form_stale(congress: Congress) -> None:
    session = a_session(congress)
    first, second = an_item(session, "A"), an_item(session, "B")
    opened = first.version
    arranging_services.arrange(congress, second, place=1, actor=ACTOR)
    services.edit_item(congress, first, ItemFacts("opening", "C", 10), opened, actor=ACTOR)
    db.session.expire_all()
    assert [item.title for item in session.items] == ["B", "C"]


def test_a_length_is_refused_with_both_values(congress: Congress) -> None:
    item = an_item(a_session(congress), "A")
    opened = item.version
    services.edit_item(congress, item, ItemFacts("opening", "A", 12), opened, actor=ACTOR)
    with pytest.raises(Stale) as raised:
        arranging_services.arrange(congress, item, minutes=20, version=opened, actor=ACTOR)
    assert [str(each) for each in raised.value.details] == [
        "Số phút: đang lưu “12”, bạn nhập “20”."
    ]


def test_only_an_election_of_this_programme_is_announced(congress: Congress) -> None:
    session = a_session(congress)
    other = an_item(a_session(a_congress()), "Bầu", kind="election")
    opening = an_item(session, "A")
    for key in (other.id, opening.id, 999):
        with pytest.raises(RuleViolation) as raised:
            services.add_item(
                congress,
                session,
                ItemFacts("announcement", "Công bố", 5, announces_id=key),
                actor=ACTOR,
            )
        assert raised.value.code == "announces"


def test_two_secretaries_who_lengthen_one_item_at_once(app: Flask, congress: Congress) -> None:
    item = an_item(a_session(congress), "A")
    keys = (congress.id, item.id, item.version)
    db.session.rollback()
    gate, said = Barrier(2), []

    def lengthen(minutes: int) -> None:
        with app.app_context():
            mine, its = congress_by_id(keys[0]), db.session.get_one(Item, keys[1])
            assert mine is not None
            gate.wait()
            try:
                arranging_services.arrange(mine, its, minutes=minutes, version=keys[2], actor=ACTOR)
                said.append(f"{minutes}")
            except DomainError as error:
                said.append(error.code)

    threads = [Thread(target=lengthen, args=(minutes,)) for minutes in (20, 30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    [code] = [word for word in said if not word.isdigit()]
    [kept] = [word for word in said if word.isdigit()]
    assert code == "stale"
    assert db.session.get_one(Item, keys[1]).minutes == int(kept)


def test_two_who_move_at_once_keep_one_order(app: Flask, congress: Congress) -> None:
    session = a_session(congress)
    items = [an_item(session, name) for name in "ABCDEF"]
    keys = (congress.id, session.id, [item.id for item in items])
    db.session.rollback()
    gate = Barrier(4)

    def move(number: int) -> None:
        with app.app_context():
            mine, its = congress_by_id(keys[0]), db.session.get_one(Item, keys[2][number])
            assert mine is not None
            gate.wait()
            arranging_services.arrange(mine, its, place=6 - number, actor=ACTOR)

    threads = [Thread(target=move, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stored = db.session.scalars(
        select(Item.position).where(Item.session_id == keys[1]).order_by(Item.position)
    ).all()
    assert stored == [1, 2, 3, 4, 5, 6]
