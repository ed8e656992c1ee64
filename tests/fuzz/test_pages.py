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

from congress_app.accounts import demonstration
from congress_app.kernel.permissions import Role
from tests.fuzz.visitor import Visitor

pytestmark = pytest.mark.demonstration

REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "1000"))
SEED = os.environ.get("FUZZ_SEED", "2020")


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.ADMIN])
def test_no_form_breaks_the_server(app: Flask, role: Role) -> None:
    chance = Random(f"{SEED}/{role}")
    visitor = Visitor(signed_in(app, role), chance, ["/", "/season", "/congresses"])
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
