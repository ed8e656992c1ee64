"""What a supervisor's device may do, and what it may not."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.badges import token
from congress_app.badges.models import Badge
from congress_app.checkin.models import Presence, Scan
from congress_app.database import db
from congress_app.kernel import clock
from congress_app.kernel.permissions import system_actor
from congress_app.scanners import services, supervisor_services
from congress_app.scanners.models import Device
from tests.builders import a_congress, a_unit
from tests.checkin.door import Scene, a_scene, confirmed
from tests.conftest import FrozenClock


@pytest.fixture
def scene(app: Flask, frozen_clock: FrozenClock) -> Scene:
    return a_scene()


class Desk:
    """A supervisor's device that speaks JSON."""

    def __init__(self, client: FlaskClient, scene: Scene, profile: str = "supervisor") -> None:
        actor = system_actor()
        made = supervisor_services.invite(scene.congress, "Máy S", "Cửa B", profile, actor=actor)
        self.pin = made.pin
        paired = services.pair(made.code, None, address="test")
        self.client, self.device_id = client, paired.device.id
        self.headers = {"Authorization": f"Bearer {paired.token}"}

    def post(self, path: str, **body: Any) -> Any:
        return self.client.post(f"/api/v1/{path}", json=body, headers=self.headers)

    def open_up(self, pin: str | None = None) -> Any:
        answer = self.post("supervisor", pin=pin or self.pin, person="Trần Văn Giám")
        if answer.status_code == 200:
            self.headers["X-Supervisor-Session"] = answer.get_json()["session"]
        return answer

    def find(self, text: str) -> Any:
        return self.client.get("/api/v1/delegates", query_string={"q": text}, headers=self.headers)

    def admit(self, delegate_id: int, **changes: Any) -> Any:
        body = {"uuid": str(uuid4()), "direction": "in", "scanned_at": clock.now().isoformat()}
        return self.post(f"delegates/{delegate_id}/scans", **(body | changes))


@pytest.fixture
def desk(client: FlaskClient, scene: Scene) -> Desk:
    return Desk(client, scene)


def code_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.get_json()["error"]["code"]


def test_before_the_pin_nothing_opens(desk: Desk, scene: Scene) -> None:
    answers = [
        desk.find("anh"),
        desk.admit(scene.delegate.id),
        desk.post("scans/1/take-back", reason="x"),
        desk.post("walk-ins"),
    ]
    assert [code_of(answer) for answer in answers] == [(403, "supervisor_locked")] * 4


def test_a_steward_s_device_has_no_pin(client: FlaskClient, scene: Scene) -> None:
    desk = Desk(client, scene, "steward")
    assert desk.pin is None
    assert code_of(desk.open_up("123456")) == (403, "not_supervisor")


def test_the_pin_opens_for_a_quarter_of_an_hour(
    desk: Desk, scene: Scene, frozen_clock: FrozenClock
) -> None:
    assert desk.open_up().status_code == 200
    name = scene.delegate.person.full_name
    (found,) = desk.find(name).get_json()["delegates"]
    assert (found["name"], found["is_present"], found["last_scan_id"]) == (name, False, None)
    frozen_clock.advance(minutes=15)
    assert code_of(desk.find(name)) == (403, "supervisor_locked")


def test_five_wrong_pins_lock(desk: Desk, frozen_clock: FrozenClock) -> None:
    wrong = "000000" if desk.pin != "000000" else "111111"
    answers = [desk.open_up(wrong) for _ in range(5)]
    assert [code_of(answer) for answer in answers] == [(403, "wrong_pin")] * 5
    assert "Còn 4 lần thử" in answers[0].get_json()["error"]["message"]
    refused = desk.open_up()
    assert code_of(refused) == (429, "pin_locked")
    assert refused.headers["Retry-After"] == "301"
    frozen_clock.advance(minutes=6)
    assert desk.open_up().status_code == 200


def test_wrong_pins_and_the_wait_they_bring_stand_in_the_log(desk: Desk) -> None:
    wrong = "000000" if desk.pin != "000000" else "111111"
    for _ in range(7):
        desk.open_up(wrong)
    told = db.session.scalars(select(Entry).where(Entry.action == "device.pin_refused")).all()
    assert [entry.changes for entry in told] == [
        {"reason": "wrong_pin", "failures": count, "wait_seconds": 300 if count == 5 else 0}
        for count in range(1, 6)
    ]
    assert {(entry.actor_kind, entry.actor_name, entry.address) for entry in told} == {
        ("device", "Máy S", "127.0.0.1")
    }


def test_opening_stands_in_the_log_without_the_pin(desk: Desk) -> None:
    desk.open_up()
    (told,) = db.session.scalars(select(Entry).where(Entry.action == "device.supervise"))
    assert told.changes == {"supervisor_name": "Trần Văn Giám"}


def test_the_log_tells_from_where_a_supervisor_acted(desk: Desk, scene: Scene) -> None:
    desk.open_up()
    desk.admit(scene.delegate.id)
    (found,) = desk.find(scene.delegate.person.full_name).get_json()["delegates"]
    desk.post(f"scans/{found['last_scan_id']}/take-back", reason="Nhầm người")
    words = {"category": "guest", "organisation": "UBND", "ground": "Giấy mời", "reason": "Đến sau"}
    desk.post("walk-ins", name="Vũ Thị Hoa", **words)
    supervisor = Entry.actor_name.startswith("Máy S"), Entry.actor_kind == "device"
    wanted = select(Entry.action, Entry.address).where(*supervisor, Entry.action != "device.pair")
    told = dict(db.session.execute(wanted).all())
    assert {"device.supervise", "checkin.take_back", "checkin.walk_in"} <= set(told)
    assert set(told.values()) == {"127.0.0.1"}


def test_a_walk_in_is_of_a_unit_of_this_congress(desk: Desk, scene: Scene) -> None:
    desk.open_up()
    elsewhere, here = a_unit(), a_unit(parent=scene.congress.unit)
    words = {"category": "guest", "ground": "Giấy mời", "reason": "Đến sau"}

    def enter(code: str) -> Any:
        return desk.post("walk-ins", name="Vũ Thị Hoa", unit_code=code, **words)

    assert code_of(enter(elsewhere.code)) == (404, "unknown_unit")
    assert enter(here.code).status_code == 201


def test_rolling_the_token_closes_the_open_panel(desk: Desk, scene: Scene) -> None:
    desk.open_up()
    device = db.session.scalars(select(Device)).one()
    services.roll(device, actor=system_actor())
    db.session.rollback()
    assert (device.supervisor_hash, device.supervisor_until) == (None, None)


def test_an_admission_by_hand_names_the_supervisor_and_replays(desk: Desk, scene: Scene) -> None:
    desk.open_up()
    uuid = str(uuid4())
    first, again = (desk.admit(scene.delegate.id, uuid=uuid).get_json() for _ in range(2))
    assert (first["verdict"], first["replayed"]) == ("accepted", False)
    assert (again["verdict"], again["replayed"]) == ("accepted", True)
    (scan,) = db.session.scalars(select(Scan))
    assert (scan.source, scan.operator, scan.gate) == ("manual", "Trần Văn Giám", "Cửa B")


def test_a_wrong_scan_is_taken_back_in_the_supervisor_s_name(desk: Desk, scene: Scene) -> None:
    desk.open_up()
    desk.admit(scene.delegate.id)
    (found,) = desk.find(scene.delegate.person.full_name).get_json()["delegates"]
    answer = desk.post(f"scans/{found['last_scan_id']}/take-back", reason="Nhầm người")
    assert answer.get_json() == {"taken_back": found["last_scan_id"]}
    db.session.rollback()
    assert [row.is_present for row in db.session.scalars(select(Presence))] == [False]
    correction = db.session.scalars(select(Scan).where(Scan.source == "correction")).one()
    assert (correction.operator, correction.note) == ("Trần Văn Giám (Máy S)", "Nhầm người")


def test_a_walk_in_is_registered_badged_and_admitted(desk: Desk, scene: Scene) -> None:
    desk.open_up()
    guest = {
        "name": "Vũ Thị Hoa",
        "category": "guest",
        "organisation": "Ủy ban nhân dân tỉnh",
        "ground": "Đại diện lãnh đạo",
        "reason": "Đi thay theo giấy giới thiệu số 12",
    }
    answer = desk.post("walk-ins", **guest)
    told = answer.get_json()
    assert (answer.status_code, told["verdict"]) == (201, "accepted")
    assert told["delegate"]["name"] == "Vũ Thị Hoa"
    code = token.read(told["badge_code"]).code
    assert db.session.scalars(select(Badge).where(Badge.code == code)).one().state == "active"
    (scan,) = db.session.scalars(select(Scan))
    assert (scan.operator, scan.gate) == ("Trần Văn Giám", "Cửa B")
    faults = [
        ({"category": "elected"}, (422, "not_for_walk_in")),
        ({"category": "x"}, (400, "bad_category")),
        ({"unit_code": "nowhere"}, (404, "unknown_unit")),
        ({"organisation": ""}, (400, "bad_organisation")),
        ({"name": " "}, (400, "bad_name")),
    ]
    for change, fault in faults:
        assert code_of(desk.post("walk-ins", **(guest | change))) == fault


def test_what_is_elsewhere_is_not_there(desk: Desk, scene: Scene) -> None:
    desk.open_up()
    stranger = confirmed(a_congress(a_unit("99")))
    assert code_of(desk.admit(stranger.id)) == (404, "unknown_delegate")
    assert code_of(desk.post("scans/999999/take-back", reason="x")) == (404, "unknown_scan")
    assert desk.find(stranger.person.full_name).get_json()["delegates"] == []


@pytest.mark.parametrize(
    "body", [{}, {"pin": "1"}, {"pin": 1, "person": "A"}, {"pin": "1", "person": "\u200b"}]
)
def test_an_unreadable_opening_is_400(desk: Desk, body: dict[str, Any]) -> None:
    assert desk.post("supervisor", **body).status_code == 400


def test_a_search_needs_two_letters_or_a_number(desk: Desk) -> None:
    desk.open_up()
    assert code_of(desk.find("a")) == (400, "search_too_short")
    assert desk.find("7").status_code == 200


def test_only_the_hash_of_the_pin_is_kept(desk: Desk) -> None:
    device = db.session.get_one(Device, desk.device_id)
    assert str(desk.pin) not in str({c.name: getattr(device, c.name) for c in Device.__table__.c})


@pytest.mark.parametrize("text", ["²", "①", "٣"])
def test_a_sign_that_only_looks_like_a_number_finds_nobody(desk: Desk, text: str) -> None:
    desk.open_up()
    answer = desk.find(text)
    assert answer.status_code in (200, 400)
    assert answer.get_json().get("delegates", []) == []
