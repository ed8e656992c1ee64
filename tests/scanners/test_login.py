"""What the server is told of who calls, so that our devices' scans go first."""

from __future__ import annotations

import pytest
from flask import request
from flask.testing import FlaskClient

from congress_app.kernel.permissions import system_actor
from congress_app.scanners import queries, services
from congress_app.scanners.pairing import digest
from tests.checkin.door import Scene
from tests.scanners.test_supervisor_api import Desk


@pytest.fixture
def desk(client: FlaskClient, scene: Scene) -> Desk:
    return Desk(client, scene)


def told(desk: Desk, authorization: str) -> object:
    """What stands beside the request after a scan that cannot be read."""
    with desk.client:
        desk.client.post("/api/v1/scans", headers={"Authorization": authorization}, json={})
        return request.environ.get("congress.device")


def test_the_server_is_told_whether_a_device_is_ours(desk: Desk) -> None:
    ours = desk.headers["Authorization"]
    secret = ours.removeprefix("Bearer ")
    assert told(desk, ours) == (digest(secret), True)
    assert told(desk, "Bearer nobody") == (digest("nobody"), False)
    assert told(desk, f"Basic {secret}") == (digest(secret), False)
    device = queries.device_by_id(desk.device_id)
    assert device is not None
    services.revoke(device, actor=system_actor())
    assert told(desk, ours) == (digest(secret), False)


def test_an_open_call_makes_nobody_a_device(client: FlaskClient) -> None:
    with client:
        client.get("/api/v1/openapi.json", headers={"Authorization": "Bearer mine"})
        assert "congress.device" not in request.environ
