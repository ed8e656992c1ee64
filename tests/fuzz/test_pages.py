"""Every form of the site, sent back changed: a clear answer, never a broken server.

`FUZZ_REQUESTS` says how many requests each visitor tries (300; `make fuzz`: 10,000)
and `FUZZ_SEED` what chance starts from.
"""

from __future__ import annotations

import os
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.accounts import demonstration
from congress_app.accounts.models import User
from congress_app.database import db
from congress_app.delegates import state_services
from congress_app.delegates.credentials import State
from congress_app.delegates.models import Delegate
from congress_app.kernel.permissions import Role, system_actor
from tests.fuzz.visitor import NEVER, Visitor

pytestmark = pytest.mark.demonstration

REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "300"))
SEED = os.environ.get("FUZZ_SEED", "2020")
HOME = ["/", "/season", "/congresses"]


@pytest.mark.parametrize("role", list(Role))
def test_no_form_breaks_the_server(app: Flask, role: Role) -> None:
    own = db.session.scalar(select(User.id).where(User.username == role.value))
    assert own is not None
    db.session.remove()
    never = (*NEVER, f"/users/{own}/", "/me/sessions/")
    visitor = Visitor(signed_in(app, role), Random(f"{SEED}/{role}"), HOME, never)
    walk(visitor)
    # He was let in and reached things: a visitor who only meets refusals tests nothing.
    assert visitor.statuses[200] > REQUESTS / 3
    assert visitor.accepted > REQUESTS / 100


def test_nothing_breaks_behind_a_delegate_s_link(app: Flask) -> None:
    # Convened: he may still confirm or decline.
    convened = select(Delegate).where(Delegate.state == State.CONVENED)
    delegate = db.session.scalars(convened.order_by(Delegate.id)).first()
    assert delegate is not None
    own = "/d/" + state_services.make_link(delegate, actor=system_actor())
    db.session.remove()
    visitor = Visitor(app.test_client(), Random(f"{SEED}/delegate"), [own])
    walk(visitor)
    assert visitor.statuses[200] > REQUESTS / 10


def test_a_stranger_breaks_nothing(app: Flask) -> None:
    visitor = Visitor(app.test_client(), Random(f"{SEED}/stranger"), ["/sign-in", "/d/x", *HOME])
    walk(visitor)
    assert visitor.statuses[200] > REQUESTS / 10


def walk(visitor: Visitor) -> None:
    """So many requests, and none that the server could not answer."""
    while visitor.requests < REQUESTS:
        visitor.visit()
    assert "\n\n".join(dict.fromkeys(visitor.broken)) == ""


def signed_in(app: Flask, role: Role) -> Any:
    client = app.test_client()
    data = {"username": role.value, "password": demonstration.PASSWORD}
    assert client.post("/sign-in", data=data).status_code == 302
    return client
