"""The desk of conflicts as the supervisor meets it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.checkin import services
from congress_app.checkin.models import Scan, ScanConflict
from congress_app.database import db
from tests.builders import a_device
from tests.checkin.door import Scene, a_scene
from tests.conftest import AsRole, FrozenClock


@pytest.fixture
def scene(app: Flask, frozen_clock: FrozenClock) -> Scene:
    return a_scene()


@pytest.fixture
def conflict(scene: Scene, frozen_clock: FrozenClock) -> ScanConflict:
    scene.ask(was_offline=True)
    frozen_clock.advance(minutes=5)
    other = replace(scene.door, device_id=2, device_name="Máy 2", gate="Cửa B")
    services.scan(scene.request(was_offline=True, door_verdict="accepted"), other)
    return db.session.scalars(select(ScanConflict)).one()


def test_the_list_shows_both_doors_and_times(
    scene: Scene, conflict: ScanConflict, as_role: AsRole
) -> None:
    client = as_role("supervisor")
    page = client.get(f"/congresses/{scene.congress.id}/conflicts").text
    words = ("Cửa A", "Cửa B", "08:00", "08:05", scene.delegate.person.full_name)
    assert [word for word in words if word not in page] == []
    door = client.get(f"/congresses/{scene.congress.id}/checkin").text
    assert "Mâu thuẫn: 1 chờ xử lý" in door


def test_settling_needs_a_note_and_then_names_who_did_it(
    scene: Scene, conflict: ScanConflict, as_role: AsRole
) -> None:
    client, path = as_role("supervisor"), f"/congresses/{scene.congress.id}/conflicts"
    without = client.post(f"{path}/{conflict.id}", data={"resolution": "kept"})
    assert without.status_code == 422
    done = client.post(
        f"{path}/{conflict.id}", data={"resolution": "second_taken_back", "note": "quét nhầm"}
    )
    assert (done.status_code, done.headers["Location"]) == (302, path)
    closed = client.get(f"{path}?state=closed").text
    assert client.user.display_name in closed  # type: ignore[attr-defined]
    assert "quét nhầm" in closed
    again = client.post(f"{path}/{conflict.id}", data={"resolution": "kept", "note": "x"})
    assert again.status_code == 409


def test_a_revoked_device_s_scans_are_settled_together(scene: Scene, as_role: AsRole) -> None:
    device = a_device(scene.congress, state="revoked")
    door = replace(scene.door, device_id=device.id, is_quarantined=True)
    services.scan(scene.request(was_offline=True), door)
    client, path = as_role("supervisor"), f"/congresses/{scene.congress.id}/conflicts"
    assert "Xử lý tất cả" in client.get(path).text
    data = {"resolution": "admitted", "note": "đối chiếu danh sách giấy"}
    assert client.post(f"{path}/devices/{device.id}", data=data).status_code == 302
    assert len(db.session.scalars(select(Scan).where(Scan.source == "desk")).all()) == 1
    assert "Không có mâu thuẫn nào" in client.get(path).text


def test_who_only_scans_does_not_settle(
    scene: Scene, conflict: ScanConflict, as_role: AsRole
) -> None:
    path = f"/congresses/{scene.congress.id}/conflicts/{conflict.id}"
    assert as_role("checkin").get(path).status_code == 403
