"""Two secretaries before one plan or one programme: the later one is told of the other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.kernel import clock
from congress_app.kernel.permissions import Role, system_actor
from congress_app.programme import release_queries, selection_queries, speech_services
from congress_app.programme import selection_services as services
from congress_app.programme.models import Item, Speech
from congress_app.programme.selection.answer import answer_of
from congress_app.programme.selection.deciding import select as choose
from congress_app.programme.selection.wishes import Wishes
from tests.builders import a_congress, a_session, a_speech, a_speech_review, an_item
from tests.conftest import AsRole, FrozenClock
from tests.open_forms import held

ACTOR = system_actor()


@pytest.fixture
def congress(app: Flask, frozen_clock: FrozenClock) -> Congress:
    return a_congress()


@pytest.fixture
def secretary(as_role: AsRole, congress: Congress) -> FlaskClient:
    return as_role(Role.SECRETARY, congress.unit)


@pytest.fixture
def speeches(congress: Congress) -> list[Speech]:
    made = [a_speech(congress, f"Bài {mark}", state="in_review") for mark in (9, 8, 7)]
    for mark, speech in zip((9, 8, 7), made, strict=True):
        for reviewer in (1, 2):
            a_speech_review(speech, reviewer, mark)
    return made


@pytest.fixture
def plan(congress: Congress, speeches: list[Speech]) -> str:
    """The page of a plan that chooses the first two of three speeches."""
    body = selection_queries.problem_body(congress, Wishes(budget=20))
    run = services.store_run(congress, body, actor=ACTOR)
    services.answer_run(run.id, answer_of(choose(selection_queries.problem_of(body))))
    return f"/congresses/{congress.id}/speeches/selection/{run.id}"


def states() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Speech.state).order_by(Speech.id)))


def decide(congress: Congress, speech: Speech, state: str) -> None:
    """What the second secretary does meanwhile."""
    db.session.refresh(speech)
    speech_services.decide(congress, speech, state, seen=speech.version, actor=ACTOR)


def test_a_plan_does_not_choose_what_another_declined_meanwhile(
    congress: Congress, secretary: FlaskClient, speeches: list[Speech], plan: str
) -> None:
    opened = held(secretary.get(plan).text, "/adopt")
    decide(congress, speeches[0], "declined")
    late = secretary.post(f"{plan}/adopt", data=opened)
    assert (late.status_code, states()) == (409, ["declined", "in_review", "in_review"])
    assert "đã được người khác sửa hoặc quyết định từ lúc bạn mở trang" in late.text
    again = secretary.get(plan).text
    assert "Có người trình bày rút hoặc bài bị loại" in again
    assert secretary.post(f"{plan}/adopt", data=held(again, "/adopt")).status_code == 302
    assert states() == ["selected", "selected", "reserve"]


def test_a_plan_is_adopted_once(secretary: FlaskClient, plan: str) -> None:
    opened = held(secretary.get(plan).text, "/adopt")
    answers = [secretary.post(f"{plan}/adopt", data=opened).status_code for _ in range(2)]
    assert (answers, states()) == ([302, 409], ["selected", "selected", "reserve"])


def test_the_change_of_a_plan_is_taken_as_it_was_looked_at(
    congress: Congress, secretary: FlaskClient, speeches: list[Speech], plan: str
) -> None:
    secretary.post(f"{plan}/adopt", data=held(secretary.get(plan).text, "/adopt"))
    decide(congress, speeches[0], "withdrawn")
    opened = held(secretary.get(plan).text, "/replace")
    with transaction():
        speeches[2].title = "Bài đã viết lại"
    late = secretary.post(f"{plan}/replace", data=opened)
    assert (late.status_code, states()) == (409, ["withdrawn", "selected", "reserve"])
    again = held(secretary.get(plan).text, "/replace")
    assert secretary.post(f"{plan}/replace", data=again).status_code == 302
    assert states() == ["withdrawn", "selected", "selected"]


def test_the_day_releases_no_change_of_others_unseen(
    congress: Congress, secretary: FlaskClient, frozen_clock: FrozenClock
) -> None:
    morning = a_session(congress, clock.now() - timedelta(minutes=5))
    an_item(morning, "Khai mạc")
    item = an_item(a_session(congress, clock.now() + timedelta(hours=6)), "Tham luận chiều")
    address = f"/congresses/{congress.id}/day/sessions/{morning.id}/rest"
    opened = held(secretary.get(address).text, 'name="seen"')
    with transaction():
        db.session.get_one(Item, item.id).title = "Sửa dở"
    late = secretary.post(address, data=opened | {"release": "y"})
    assert (late.status_code, release_queries.released(congress.id)) == (409, None)
    assert "nên chưa ghi và chưa công bố gì" in late.text
    again = held(late.text, 'name="seen"')
    assert secretary.post(address, data=again | {"release": "y"}).status_code == 302
    assert release_queries.released_number(congress.id) == 1
