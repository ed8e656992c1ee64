"""What a delegate may answer to the convocation by the own link, and until when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.database import db
from congress_app.delegates.models import Delegate
from congress_app.programme.models import Session
from tests.agenda.test_routes import a_guest_of, link
from tests.builders import a_presence
from tests.conftest import FrozenClock


@pytest.fixture
def delegate(app: Flask, frozen_clock: FrozenClock) -> Delegate:
    return a_guest_of()


def state_of(delegate: Delegate) -> tuple[str, str | None]:
    db.session.rollback()
    stored = db.session.get_one(Delegate, delegate.id)
    return stored.state, stored.state_reason


@pytest.fixture
def before_the_doors(frozen_clock: FrozenClock) -> None:
    """A minute before the first door opens; the session's starts two hours later."""
    frozen_clock.advance(hours=-1, minutes=-1)


def test_declining_needs_a_reason_and_keeps_it(
    client: FlaskClient, delegate: Delegate, before_the_doors: None
) -> None:
    address = link(delegate)
    without = client.post(f"{address}/decline", data={"reason": " "})
    assert without.status_code == 422
    client.post(f"{address}/decline", data={"reason": "Đi công tác"})
    assert state_of(delegate) == ("declined", "Đi công tác")


def test_who_confirmed_may_still_decline(
    client: FlaskClient, frozen_clock: FrozenClock, app: Flask
) -> None:
    address = link(a_guest_of("confirmed"))
    frozen_clock.advance(hours=-2)
    text = client.get(address).get_data(as_text=True)
    assert ("Tôi sẽ dự" in text, "Tôi không dự được" in text) == (False, True)
    assert client.post(f"{address}/decline", data={"reason": "Ốm"}).status_code == 302


@pytest.mark.parametrize("called", ["convened", "confirmed"])
def test_once_a_door_has_opened_nobody_declines_by_the_link(
    client: FlaskClient, frozen_clock: FrozenClock, app: Flask, called: str
) -> None:
    delegate = a_guest_of(called)
    address, opened = link(delegate), frozen_clock.now - timedelta(hours=1)
    shown = {}
    for seconds in (-1, 0):
        frozen_clock.move_to(opened + timedelta(seconds=seconds))
        shown[seconds] = "Báo không dự được" in client.get(address).get_data(as_text=True)
    assert shown == {-1: True, 0: False}
    answer = client.post(f"{address}/decline", data={"reason": "Ốm"})
    assert answer.status_code == 422
    assert "hãy báo Ban tổ chức" in answer.get_data(as_text=True)
    assert state_of(delegate) == (called, None)


def test_who_is_in_a_hall_does_not_decline_by_the_link(
    client: FlaskClient, frozen_clock: FrozenClock, app: Flask
) -> None:
    delegate = a_guest_of("confirmed")
    address = link(delegate)
    frozen_clock.advance(hours=-2)
    session = db.session.scalars(select(Session)).one()
    a_presence(session, delegate)
    assert "Báo không dự được" not in client.get(address).get_data(as_text=True)
    answer = client.post(f"{address}/decline", data={"reason": "Ốm"})
    assert (answer.status_code, state_of(delegate)) == (422, ("confirmed", None))


@pytest.mark.parametrize(("answer", "state"), [("confirm", "confirmed"), ("decline", "declined")])
def test_a_second_tap_says_what_stands_already_and_is_no_second_answer(
    client: FlaskClient, frozen_clock: FrozenClock, app: Flask, answer: str, state: str
) -> None:
    delegate = a_guest_of(state)
    frozen_clock.advance(hours=-2)
    again = client.post(f"{link(delegate)}/{answer}", data={"reason": "Ốm"})
    assert (again.status_code, state_of(delegate)) == (302, (state, None))
    told = select(Entry.action).where(Entry.subject_kind == "delegate")
    assert list(db.session.scalars(told)) == ["delegate.link_make"]


@pytest.mark.parametrize("state", ["nominated", "withdrawn", "replaced"])
@pytest.mark.parametrize("answer", ["confirm", "decline"])
def test_who_was_not_called_is_asked_nothing_and_answers_nothing(
    client: FlaskClient, frozen_clock: FrozenClock, app: Flask, state: str, answer: str
) -> None:
    delegate = a_guest_of(state)
    frozen_clock.advance(hours=-2)
    address = link(delegate)
    assert "Xác nhận tham dự" not in client.get(address).get_data(as_text=True)
    refused = client.post(f"{address}/{answer}", data={"reason": "Ốm"})
    assert refused.status_code == 422
    assert "Nếu có nhầm lẫn, hãy báo Ban tổ chức." in refused.get_data(as_text=True)
    assert state_of(delegate) == (state, None)


def test_who_has_withdrawn_cannot_confirm(client: FlaskClient, app: Flask) -> None:
    address = link(a_guest_of("withdrawn"))
    assert "Tôi sẽ dự" not in client.get(address).get_data(as_text=True)
    assert client.post(f"{address}/confirm").status_code == 422
