"""Every form of the site, sent back changed: a clear answer, never a broken server.

`FUZZ_REQUESTS` says how many requests are tried with each role (1,000; `make fuzz`: 10,000)
and `FUZZ_SEED` what chance starts from.
"""

from __future__ import annotations

import os
from random import Random
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from congress_app.accounts import demonstration
from congress_app.demo import services
from congress_app.demo.sizes import Size
from congress_app.kernel.permissions import Role, system_actor
from tests.fuzz.visitor import Visitor

REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "1000"))
SEED = os.environ.get("FUZZ_SEED", "2020")


@pytest.fixture
def demonstration_season(app: Flask, client: FlaskClient) -> Flask:
    services.load(Size.SMALL, 2020, actor=system_actor())
    return app


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.ADMIN])
def test_no_form_breaks_the_server(demonstration_season: Flask, role: Role) -> None:
    chance = Random(f"{SEED}/{role}")
    visitor = Visitor(
        signed_in(demonstration_season, role), chance, ["/", "/season", "/congresses"]
    )
    while visitor.requests < REQUESTS:
        visitor.visit()
    assert "\n\n".join(dict.fromkeys(visitor.broken)) == ""
    # He was let in and reached things: a visitor who only meets refusals tests nothing.
    assert visitor.statuses[200] > REQUESTS / 3


def signed_in(app: Flask, role: Role) -> Any:
    client = app.test_client()
    data = {"username": role.value, "password": demonstration.PASSWORD}
    assert client.post("/sign-in", data=data).status_code == 302
    return client
