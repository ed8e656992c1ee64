"""The portrait at the door: for whom was scanned live, to who scanned, and to nobody else."""

from __future__ import annotations

from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from congress_app.badges.models import BadgePhoto
from congress_app.database import transaction
from congress_app.kernel import clock
from congress_app.scanners import pairing
from tests import builders
from tests.checkin.door import Scene, a_scene
from tests.conftest import FrozenClock

JPEG = b"\xff\xd8\xff\xe0 a portrait"


@pytest.fixture
def scene(app: Flask, frozen_clock: FrozenClock) -> Scene:
    return a_scene()


def device(scene: Scene, name: str) -> dict[str, str]:
    token = pairing.new_token()
    builders.a_device(scene.congress, name=name, token_hash=pairing.digest(token))
    return {"Authorization": f"Bearer {token}"}


def a_photo(scene: Scene) -> None:
    with transaction() as session:
        session.add(
            BadgePhoto(
                delegate_id=scene.delegate.id,
                data=JPEG,
                updated_at=clock.now(),
                updated_by="test",
            )
        )


def scan(scene: Scene) -> dict[str, str]:
    return {
        "uuid": str(uuid4()),
        "code": scene.badge.code,
        "direction": "in",
        "scanned_at": clock.now().isoformat(),
    }


def test_the_door_that_scanned_sees_the_portrait_and_no_other(
    client: FlaskClient, scene: Scene
) -> None:
    a_photo(scene)
    mine, other = device(scene, "A"), device(scene, "B")
    sent = scan(scene)
    answer = client.post("/api/v1/scans", json=sent, headers=mine).get_json()
    assert (answer["verdict"], answer["delegate"]["photo"]) == ("accepted", True)
    address = f"/api/v1/scans/{sent['uuid']}/photo"
    shown = client.get(address, headers=mine)
    assert (shown.status_code, shown.mimetype, shown.data) == (200, "image/jpeg", JPEG)
    assert client.get(address, headers=other).status_code == 404
    assert client.get(address).status_code == 401


def test_a_scan_handed_in_later_shows_nobody(client: FlaskClient, scene: Scene) -> None:
    a_photo(scene)
    mine, sent = device(scene, "A"), scan(scene)
    client.post("/api/v1/scans/batch", json={"scans": [sent]}, headers=mine)
    assert client.get(f"/api/v1/scans/{sent['uuid']}/photo", headers=mine).status_code == 404


def test_without_a_portrait_the_answer_says_so(client: FlaskClient, scene: Scene) -> None:
    mine, sent = device(scene, "A"), scan(scene)
    answer = client.post("/api/v1/scans", json=sent, headers=mine).get_json()
    assert answer["delegate"]["photo"] is False
    assert client.get(f"/api/v1/scans/{sent['uuid']}/photo", headers=mine).status_code == 404
