"""The run sheet on a real database: acts, swaps, the rest of the day."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.database import db
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict, RuleViolation
from congress_app.kernel.permissions import system_actor
from congress_app.programme import day_queries, day_services, queries, release_queries
from congress_app.programme.day_models import DayAct
from congress_app.programme.models import Item, Session
from congress_app.programme.running import ActKind, RunState
from tests.builders import a_congress, a_delegate, a_release, a_session, a_speech, an_item
from tests.conftest import FrozenClock

ACTOR = system_actor("Chị Lan")


@pytest.fixture
def day(app: Flask, frozen_clock: FrozenClock) -> SimpleNamespace:
    """08:00: opening 10, speech 10, break 15, closing 10 pinned to 08:35."""
    congress = a_congress()
    session = a_session(congress)
    speech = a_speech(
        congress, "Tham luận A", state="selected", delegate_id=a_delegate(congress).id
    )
    return SimpleNamespace(
        congress=congress,
        session=session,
        speech=speech,
        opening=an_item(session, "Khai mạc"),
        talk=an_item(session, "Tham luận", kind="speech", speech_id=speech.id),
        pause=an_item(session, "Giải lao", kind="break", minutes=15),
        closing=an_item(session, "Bế mạc", pinned_at=clock.now() + timedelta(minutes=35)),
    )


def do(day: SimpleNamespace, item: Item, kind: str) -> DayAct:
    return day_services.act(day.congress, item, ActKind(kind), actor=ACTOR)


def states(day: SimpleNamespace) -> list[str]:
    runs = day_queries.runs_of(day.congress.id)
    items = (day.opening, day.talk, day.pause, day.closing)
    return [str(runs[item.id].state) if item.id in runs else "waiting" for item in items]


def plan(day: SimpleNamespace) -> list[tuple[str, int, int]]:
    """Title, minute of the day from 08:00, length."""
    db.session.expire_all()
    begins = day.session.starts_at
    return [
        (
            each.item.title,
            int((each.slot.starts - begins).total_seconds() // 60),
            each.item.minutes,
        )
        for each in queries.timed(db.session.get_one(Session, day.session.id)).items
    ]


def test_the_next_item_ends_the_one_before(day: SimpleNamespace, frozen_clock: FrozenClock) -> None:
    do(day, day.opening, "start")
    frozen_clock.advance(minutes=12)
    do(day, day.talk, "start")
    assert states(day) == ["done", "running", "waiting", "waiting"]
    kinds = [act.kind for act in day_queries.acts_of(day.congress.id)]
    assert kinds == ["start", "stop", "start"]
    assert day_queries.runs_of(day.congress.id)[day.opening.id].spent(clock.now()) == 720


def test_counting_beside_does_not_end_what_is_on(day: SimpleNamespace) -> None:
    counting = an_item(day.session, "Kiểm phiếu", kind="election", parallel=True, minutes=60)
    do(day, day.opening, "start")
    do(day, counting, "start")
    sheet = day_queries.sheet_of(day.congress.id, clock.now())
    assert sheet.current is not None
    assert (sheet.current.item.id, [b.item.id for b in sheet.beside]) == (
        day.opening.id,
        [counting.id],
    )
    assert sheet.following is not None
    assert sheet.following.item.id == day.talk.id


def test_what_comes_first_is_today_s_not_what_another_day_left_over(
    day: SimpleNamespace, frozen_clock: FrozenClock
) -> None:
    frozen_clock.advance(days=1)
    later = an_item(a_session(day.congress, starts_at=clock.now()), "Phiên hôm nay")
    sheet = day_queries.sheet_of(day.congress.id, clock.now())
    assert sheet.following is not None
    assert sheet.following.item.id == later.id


def test_what_is_not_possible_now_is_refused_and_leaves_no_act(day: SimpleNamespace) -> None:
    do(day, day.opening, "start")
    for item, kind in ((day.opening, "start"), (day.talk, "stop"), (day.opening, "skip")):
        with pytest.raises(RuleViolation) as raised:
            do(day, item, kind)
        assert raised.value.code == "not_now"
    assert len(day_queries.acts_of(day.congress.id)) == 1


def test_a_speech_that_ended_was_delivered_until_taken_back(day: SimpleNamespace) -> None:
    do(day, day.talk, "start")
    do(day, day.talk, "stop")
    assert db.session.get_one(type(day.speech), day.speech.id).state == "delivered"
    day_services.take_back(day.congress, actor=ACTOR)
    db.session.expire_all()
    assert (day.speech.state, states(day)[1]) == ("scheduled", "running")
    assert len(day_queries.acts_of(day.congress.id)) == 3


def test_nothing_to_take_back_is_told(day: SimpleNamespace) -> None:
    with pytest.raises(RuleViolation) as raised:
        day_services.take_back(day.congress, actor=ACTOR)
    assert raised.value.code == "nothing_to_take_back"


def test_a_swap_changes_places_and_the_pinned_place_stays(day: SimpleNamespace) -> None:
    day_services.swap(day.congress, day.talk, day.closing, actor=ACTOR)
    assert plan(day) == [
        ("Khai mạc", 0, 10),
        ("Bế mạc", 10, 10),
        ("Giải lao", 20, 15),
        ("Tham luận", 35, 10),
    ]


def test_only_what_waits_in_one_session_is_swapped(day: SimpleNamespace) -> None:
    elsewhere = an_item(a_session(day.congress, clock.now() + timedelta(hours=6)))
    do(day, day.opening, "start")
    for first, second in (
        (day.opening, day.talk),
        (day.talk, elsewhere),
        (day.talk, day.talk),
    ):
        with pytest.raises(RuleViolation) as raised:
            day_services.swap(day.congress, first, second, actor=ACTOR)
        assert raised.value.code == "only_waiting"


def accept(
    day: SimpleNamespace, seen: str | None = None, *, absorb: bool = False, release: bool = False
) -> None:
    timed = queries.timed(day.session)
    shown = day_queries.proposal_for(timed, clock.now(), absorb=absorb)
    day_services.accept(
        day.congress,
        day.session,
        looked_at=clock.now(),
        seen=seen or shown.fingerprint,
        absorb=absorb,
        release=release_queries.draft_of(day.congress.id).fingerprint if release else None,
        actor=ACTOR,
    )


def test_an_accepted_overrun_is_the_programme(
    day: SimpleNamespace, frozen_clock: FrozenClock
) -> None:
    do(day, day.opening, "start")
    frozen_clock.advance(minutes=17)
    do(day, day.talk, "start")
    accept(day)
    assert plan(day) == [
        ("Khai mạc", 0, 17),
        ("Tham luận", 17, 10),
        ("Giải lao", 27, 15),
        ("Bế mạc", 42, 10),
    ]
    # The run sheet still knows what was planned.
    line = day_queries.sheet_of(day.congress.id, clock.now()).sessions[0].lines[0]
    assert (line.planned_minutes, line.late) == (10, 7)


def test_the_break_pays_when_asked_to(day: SimpleNamespace, frozen_clock: FrozenClock) -> None:
    do(day, day.opening, "start")
    frozen_clock.advance(minutes=17)
    do(day, day.talk, "start")
    accept(day, absorb=True)
    assert plan(day)[2:] == [("Giải lao", 27, 8), ("Bế mạc", 35, 10)]


def test_a_cancelled_speech_leaves_the_programme_and_its_speaker_is_told(
    day: SimpleNamespace, frozen_clock: FrozenClock
) -> None:
    a_release(day.congress)
    do(day, day.opening, "start")
    do(day, day.talk, "skip")
    frozen_clock.advance(minutes=4)
    accept(day, release=True)
    assert [title for title, _at, _minutes in plan(day)] == ["Khai mạc", "Giải lao", "Bế mạc"]
    released = release_queries.released(day.congress.id)
    assert released is not None
    assert (released.number, [item.title for item in released.removed]) == (2, ["Tham luận A"])
    [told] = release_queries.notices_for(day.speech.delegate_id)[:1]
    assert told.release.number == 2
    sheet = day_queries.sheet_of(day.congress.id, clock.now())
    assert sheet.dropped == ("Tham luận A",)


def test_a_proposal_of_before_is_not_accepted(
    day: SimpleNamespace, frozen_clock: FrozenClock
) -> None:
    do(day, day.opening, "start")
    seen = day_queries.proposal_for(
        queries.timed(day.session), clock.now(), absorb=False
    ).fingerprint
    do(day, day.talk, "skip")
    with pytest.raises(Conflict) as raised:
        accept(day, seen=seen)
    assert raised.value.code == "moved_on"
    assert len(plan(day)) == 4


def test_minutes_spoken_by_unit(day: SimpleNamespace, frozen_clock: FrozenClock) -> None:
    do(day, day.talk, "start")
    frozen_clock.advance(minutes=3)
    do(day, day.talk, "pause")
    frozen_clock.advance(minutes=5)
    do(day, day.talk, "resume")
    frozen_clock.advance(minutes=9)
    do(day, day.talk, "stop")
    [spoken] = day_queries.spoken_of(day.congress.id, clock.now())
    assert (spoken.planned_minutes, spoken.seconds, spoken.held) == (10, 720.0, True)


def test_acts_are_only_added(day: SimpleNamespace) -> None:
    do(day, day.opening, "start")
    before = [(a.id, a.kind, a.at) for a in db.session.scalars(select(DayAct))]
    day_services.take_back(day.congress, actor=ACTOR)
    db.session.expire_all()
    after = [(a.id, a.kind, a.at) for a in db.session.scalars(select(DayAct).order_by(DayAct.id))]
    assert after[: len(before)] == before
    assert states(day)[0] == str(RunState.WAITING)
