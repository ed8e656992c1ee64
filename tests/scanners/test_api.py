"""The API as a device meets it."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.kernel import clock
from congress_app.kernel.permissions import system_actor
from congress_app.scanners import openapi, services
from congress_app.scanners.models import Device
from tests.builders import a_hall, seated
from tests.checkin.door import Scene, a_scene
from tests.conftest import FrozenClock


@pytest.fixture
def scene(app: Flask, frozen_clock: FrozenClock) -> Scene:
    return a_scene()


def a_code(congress: Congress) -> str:
    invited = services.invite(congress, "Máy mới", "Cửa B", "steward", actor=system_actor())
    return invited.code


def a_token(scene: Scene) -> str:
    return services.pair(a_code(scene.congress), None, address="test").token


class Phone:
    """A paired device that speaks JSON."""

    def __init__(self, client: FlaskClient, token: str) -> None:
        self.client = client
        self.headers = {"Authorization": f"Bearer {token}"}

    def post(self, path: str, body: Any) -> Any:
        return self.client.post(f"/api/v1/{path}", json=body, headers=self.headers)

    def get(self, path: str) -> Any:
        return self.client.get(f"/api/v1/{path}", headers=self.headers)


@pytest.fixture
def phone(client: FlaskClient, scene: Scene) -> Phone:
    return Phone(client, a_token(scene))


def body(code: str, **changes: Any) -> dict[str, Any]:
    plain = {
        "uuid": str(uuid4()),
        "code": code,
        "direction": "in",
        "scanned_at": clock.now().isoformat(),
    }
    return plain | changes


def test_a_code_pairs_once(client: FlaskClient, scene: Scene) -> None:
    code = a_code(scene.congress)
    wanted = {"pairing_code": f"{code[:4]} {code[4:]}", "name": "Điện thoại chị Lan"}
    first = client.post("/api/v1/devices/pair", json=wanted)
    second = client.post("/api/v1/devices/pair", json=wanted)
    told = first.get_json()
    assert (first.status_code, told["congress_id"], told["gate"], told["profile"]) == (
        201,
        scene.congress.id,
        "Cửa B",
        "steward",
    )
    assert told["name"] == "Điện thoại chị Lan"
    assert (second.status_code, second.get_json()["error"]["code"]) == (404, "pairing_unknown")


def test_a_code_lives_ten_minutes(
    client: FlaskClient, scene: Scene, frozen_clock: FrozenClock
) -> None:
    code = a_code(scene.congress)
    frozen_clock.advance(minutes=10)
    assert client.post("/api/v1/devices/pair", json={"pairing_code": code}).status_code == 404


def test_guessing_codes_is_throttled(
    client: FlaskClient, scene: Scene, frozen_clock: FrozenClock
) -> None:
    for guess in range(10):
        client.post("/api/v1/devices/pair", json={"pairing_code": f"{guess:08d}"})
    right = {"pairing_code": a_code(scene.congress)}
    refused = client.post("/api/v1/devices/pair", json=right)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "600")
    frozen_clock.advance(minutes=9)
    frozen_clock.advance(minutes=2)
    late = {"pairing_code": a_code(scene.congress)}
    assert client.post("/api/v1/devices/pair", json=late).status_code == 201


@pytest.mark.parametrize("sent", [None, [], "x", {"pairing_code": 5}, {"name": "a"}])
def test_an_unreadable_pairing_is_400(client: FlaskClient, scene: Scene, sent: Any) -> None:
    assert client.post("/api/v1/devices/pair", json=sent).status_code == 400


def test_a_scan_answers_in_the_contract_s_shape(phone: Phone, scene: Scene) -> None:
    sent = body(scene.badge.code)
    answer = phone.post("scans", sent).get_json()
    person = scene.delegate.person
    assert answer == {
        "uuid": sent["uuid"],
        "verdict": "accepted",
        "reason": None,
        "message": "Mời vào.",
        "replayed": False,
        "delegate": {
            "delegate_id": scene.delegate.id,
            "number": None,
            "name": person.full_name,
            "position": person.position,
            "unit": person.organisation,
            "category": scene.delegate.category,
            "category_label": "Đại biểu chính thức",
            "seat": None,
            "photo": False,
        },
        "first_seen": None,
    }


def test_a_scan_tells_the_seat_and_the_hall_where_there_are_two(phone: Phone, scene: Scene) -> None:
    congress = scene.delegate.congress
    seated(a_hall(congress, name="Nhà hát"), "B2", scene.delegate)
    answer = phone.post("scans", body(scene.badge.code)).get_json()
    assert answer["delegate"]["seat"] == "B2"
    a_hall(congress, name="Hội trường 2")
    answer = phone.post("scans", body(scene.badge.code)).get_json()
    assert answer["delegate"]["seat"] == "Nhà hát · B2"


def test_a_second_scan_tells_the_first(phone: Phone, scene: Scene) -> None:
    phone.post("scans", body(scene.badge.code))
    answer = phone.post("scans", body(scene.badge.code)).get_json()
    assert (answer["verdict"], answer["reason"]) == ("refused", "already_in")
    assert answer["first_seen"] == {"at": clock.now().isoformat(), "gate": "Cửa B"}


def test_a_replay_and_a_reused_uuid(phone: Phone, scene: Scene) -> None:
    sent = body(scene.badge.code)
    phone.post("scans", sent)
    assert phone.post("scans", sent).get_json()["replayed"] is True
    other = phone.post("scans", sent | {"direction": "out"})
    assert (other.status_code, other.get_json()["error"]["code"]) == (409, "uuid_reused")


def test_a_batch_judges_each_scan_for_itself(phone: Phone, scene: Scene) -> None:
    sent: list[Any] = [
        body(scene.badge.code),
        {"uuid": "x"},
        body(scene.badge.code),
        7,
        body("123"),
    ]
    results = phone.post("scans/batch", {"scans": sent}).get_json()["results"]
    assert [result.get("verdict") for result in results] == [
        "accepted",
        None,
        "conflict",
        None,
        "conflict",
    ]
    assert [result["error"]["code"] for result in results if "error" in result] == ["bad_scan"] * 2
    assert [result["uuid"] for result in results[:3]] == [sent[0]["uuid"], "x", sent[2]["uuid"]]


def test_a_batch_of_501_is_too_large_and_writes_nothing(phone: Phone, scene: Scene) -> None:
    many = phone.post("scans/batch", {"scans": [body(scene.badge.code)] * 501})
    assert many.status_code == 413
    assert phone.get("attendance").get_json()["present"] == 0


def test_attendance_counts_who_is_here(phone: Phone, scene: Scene) -> None:
    phone.post("scans", body(scene.badge.code))
    told = phone.get("attendance").get_json()
    assert (told["convened"], told["present"], told["excused"]) == (1, 1, 0)
    assert told["by_category"] == {
        "official": {"label": "Đại biểu chính thức", "convened": 1, "present": 1}
    }


def test_a_plain_door_may_not_call_a_scan_an_admission_by_name(phone: Phone, scene: Scene) -> None:
    by_hand = body(scene.badge.code) | {"source": "manual"}
    live = phone.post("scans", by_hand)
    assert (live.status_code, live.get_json()["error"]["code"]) == (403, "not_by_hand")
    (late,) = phone.post("scans/batch", {"scans": [by_hand]}).get_json()["results"]
    assert late["error"]["code"] == "not_by_hand"
    assert phone.get("attendance").get_json()["present"] == 0


def test_when_the_congress_is_over_a_device_reads_nothing_more(phone: Phone, scene: Scene) -> None:
    scanned = body(scene.badge.code)
    phone.post("scans", scanned)
    with transaction():
        scene.congress.state = "closed"
    read = ["attendance", f"scans/{scanned['uuid']}/photo"]
    assert [phone.get(path).status_code for path in read] == [422, 422]
    assert phone.get("feed").get_json()["wipe"] is True
    assert phone.post("scans/batch", {"scans": [body("x")]}).status_code == 200


@pytest.mark.parametrize("header", [None, "Bearer", "Bearer nonsense", "Basic abc"])
def test_without_a_token_nothing_is_told(
    client: FlaskClient, scene: Scene, header: str | None
) -> None:
    headers = {"Authorization": header} if header else {}
    answers = [
        client.get("/api/v1/attendance", headers=headers),
        client.post("/api/v1/scans", json=body(scene.badge.code), headers=headers),
        client.post("/api/v1/scans/batch", json={"scans": []}, headers=headers),
    ]
    assert [answer.status_code for answer in answers] == [401] * 3


def test_a_revoked_device_is_told_so(phone: Phone, scene: Scene) -> None:
    from_token = services.pair(a_code(scene.congress), None, address="test")
    revoked = Phone(phone.client, from_token.token)
    services.revoke(from_token.device, actor=system_actor())
    answer = revoked.post("scans", body(scene.badge.code))
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (401, "device_revoked")


def test_rolling_a_token_ends_the_old_one(phone: Phone, scene: Scene) -> None:
    paired = services.pair(a_code(scene.congress), None, address="test")
    old = Phone(phone.client, paired.token)
    fresh = Phone(phone.client, services.roll(paired.device, actor=system_actor()).token)
    assert (old.get("attendance").status_code, fresh.get("attendance").status_code) == (401, 200)


def test_no_sensitive_word_leaves_the_api(phone: Phone, scene: Scene) -> None:
    text = phone.post("scans", body(scene.badge.code)).get_data(as_text=True)
    words = ("phone", "birth", "ethnicity", "party", "email")
    assert [word for word in words if word in text] == []


def test_the_description_names_every_route(app: Flask, client: FlaskClient) -> None:
    routes = {
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule.removeprefix("/api/v1"))
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
    }
    assert set(openapi.PATHS) == routes
    assert client.get("/api/v1/openapi.json").get_json() == openapi.DESCRIPTION


def test_the_device_was_heard_of(phone: Phone, scene: Scene, frozen_clock: FrozenClock) -> None:
    frozen_clock.advance(minutes=1)
    phone.post("scans", body(scene.badge.code))
    db.session.rollback()
    assert db.session.scalars(select(Device.last_seen_at)).all() == [clock.now()]


def test_a_device_s_name_is_composed_and_cleaned(client: FlaskClient, scene: Scene) -> None:
    name = "Ma\u0301y cu\u031b\u0309a\ud800\x00 A"
    sent = {"pairing_code": a_code(scene.congress), "name": name}
    answer = client.post("/api/v1/devices/pair", json=sent)
    assert (answer.status_code, answer.get_json()["name"]) == (201, "Máy cửa A")


def test_a_field_of_a_wrong_kind_stops_no_other_scan_of_the_batch(
    phone: Phone, scene: Scene
) -> None:
    scans = [
        body(scene.badge.code, session_id=10**30),
        body(scene.badge.code, source=["camera"]),
        body("rubbish"),
    ]
    results = phone.post("scans/batch", {"scans": scans}).get_json()["results"]
    told = [(one.get("verdict"), (one.get("error") or {}).get("code")) for one in results]
    assert told == [(None, "bad_scan"), ("accepted", None), ("conflict", None)]


def test_pairing_stands_in_the_log_with_the_address(client: FlaskClient, scene: Scene) -> None:
    sent = {"pairing_code": a_code(scene.congress), "name": "Điện thoại chị Lan"}
    client.post("/api/v1/devices/pair", json=sent)
    (told,) = db.session.scalars(select(Entry).where(Entry.action == "device.pair"))
    assert (told.actor_name, told.changes, told.unit_path) == (
        "Điện thoại chị Lan",
        {"name": "Điện thoại chị Lan"},
        scene.congress.unit.path,
    )
