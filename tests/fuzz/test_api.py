"""Every call of the API with bodies made from its own description.

Whatever is sent, the answer is one that the description names for that call.
"""

from __future__ import annotations

import json
import os
import re
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congress_app.scanners.openapi import PATHS
from tests.checkin.door import Scene, a_scene
from tests.conftest import FrozenClock
from tests.fuzz.schemas import bodies
from tests.fuzz.values import NASTY
from tests.scanners.test_openapi import held
from tests.scanners.test_supervisor_api import Desk

EXAMPLES = int(os.environ.get("FUZZ_REQUESTS", "1000")) // 10
CALLS = [(path, method) for path, methods in PATHS.items() for method in methods]


@pytest.fixture
def scene(app: Flask, frozen_clock: FrozenClock) -> Scene:
    return a_scene()


@pytest.mark.parametrize(("path", "method"), CALLS)
def test_whatever_is_sent_the_answer_is_described(
    path: str, method: str, client: FlaskClient, scene: Scene, frozen_clock: FrozenClock
) -> None:
    desk = Desk(client, scene)
    assert desk.open_up().status_code == 200
    code, place = scene.badge.code, scene.delegate.id
    schema = (
        PATHS[path][method].get("requestBody", {"content": {"application/json": {"schema": {}}}})
    )["content"]["application/json"]["schema"]
    raw = st.sampled_from(
        [b"", b"{", b"\xff\xfe", b'{"a":' * 900, b"[" * 9_000, b"1e99999", b"NaN"]
    )

    @settings(
        max_examples=EXAMPLES,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
        derandomize=True,
    )
    @given(st.one_of(bodies(schema), bodies(schema), raw), st.sampled_from(NASTY), st.booleans())
    def ask(body: Any, odd: str, known: bool) -> None:
        # A throttle is another test's subject: time passes between the calls.
        frozen_clock.move_to(frozen_clock.now + timedelta(seconds=9))
        if known and isinstance(body, dict) and "code" in body:
            body["code"] = code
        answer = client.open(
            f"/api/v1{re.sub('{.*}', str(place) if known else quote(odd, safe=''), path)}",
            method=method.upper(),
            query_string={"after": odd, "q": odd},
            data=body if isinstance(body, bytes) else json.dumps(body),
            content_type="application/json",
            headers=desk.headers,
        )
        status, faults = held(path, method, answer)
        assert faults == [], (status, body)

    ask()
