"""The description of the API, held against what the API really answers."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from congress_app.kernel import clock
from congress_app.scanners.openapi import PATHS, SCHEMAS
from congress_app.web import rates
from congress_app.web.rates import Rate
from tests.checkin.door import Scene, a_scene, confirmed
from tests.conftest import FrozenClock
from tests.scanners.test_supervisor_api import Desk

TYPES = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict}


@pytest.fixture
def scene(app: Flask, frozen_clock: FrozenClock) -> Scene:
    return a_scene()


@pytest.fixture
def desk(client: FlaskClient, scene: Scene) -> Desk:
    made = Desk(client, scene)
    assert made.open_up().status_code == 200
    return made


def faults(schema: dict[str, Any], value: Any, place: str = "answer") -> list[str]:
    """Where a value is not as described; properties nobody described are faults too."""
    if "$ref" in schema:
        return faults(SCHEMAS[schema["$ref"].rpartition("/")[2]], value, place)
    if "allOf" in schema:
        parts = [
            SCHEMAS[p["$ref"].rpartition("/")[2]] if "$ref" in p else p for p in schema["allOf"]
        ]
        described = {k: v for part in parts for k, v in part["properties"].items()}
        wanted = [name for part in parts for name in part["required"]]
        return faults({"type": "object", "properties": described, "required": wanted}, value, place)
    if "anyOf" in schema and "type" not in schema:
        tried = [faults(each, value, place) for each in schema["anyOf"]]
        return [] if [] in tried else [fault for each in tried for fault in each]
    if "enum" in schema:
        return [] if value in schema["enum"] else [f"{place}: {value!r}"]
    if "const" in schema:
        return [] if value == schema["const"] else [f"{place}: {value!r}"]
    if schema["type"] == "null":
        return [] if value is None else [f"{place}: not null"]
    if not isinstance(value, TYPES[schema["type"]]):
        return [f"{place}: {value!r} is no {schema['type']}"]
    return _inside(schema, value, place)


def _inside(schema: dict[str, Any], value: Any, place: str) -> list[str]:
    if isinstance(value, list):
        kind = schema.get("items")
        return [
            f
            for n, one in enumerate(value)
            for f in (faults(kind, one, f"{place}[{n}]") if kind else [])
        ]
    if not isinstance(value, dict) or not ({"properties", "additionalProperties"} & schema.keys()):
        return []
    described, others = schema.get("properties", {}), schema.get("additionalProperties")
    found = [
        f"{place}.{name} is missing" for name in schema.get("required", []) if name not in value
    ]
    for name, one in value.items():
        kind = described.get(name, others)
        found += (
            faults(kind, one, f"{place}.{name}") if kind else [f"{place}.{name} is not described"]
        )
    return found


def held(path: str, method: str, answer: Any) -> tuple[int, list[str]]:
    """The status, and where the answer is not as the description says."""
    described = PATHS[path][method]["responses"]
    if str(answer.status_code) not in described:
        return answer.status_code, [f"{answer.status_code} is not described"]
    schema = described[str(answer.status_code)]["content"]["application/json"]["schema"]
    return answer.status_code, faults(schema, answer.get_json())


def scan(code: str, **more: Any) -> dict[str, Any]:
    plain = {"uuid": str(uuid4()), "code": code, "direction": "in"}
    return plain | {"scanned_at": clock.now().isoformat()} | more


def test_scans_and_batches_answer_as_described(desk: Desk, scene: Scene) -> None:
    first = scan(scene.badge.code)
    asked = [
        first,
        first,
        first | {"direction": "out"},
        scan(scene.badge.code),
        scan("rubbish"),
        {},
    ]
    told = [held("/scans", "post", desk.post("scans", **each)) for each in asked]
    assert told == [(200, []), (200, []), (409, []), (200, []), (200, []), (400, [])]
    late = [scan(scene.badge.code), {"uuid": 7}, "x", scan("rubbish", door_verdict="refused")]
    assert held("/scans/batch", "post", desk.post("scans/batch", scans=late)) == (200, [])
    assert held("/scans/batch", "post", desk.post("scans/batch", scans=[1] * 501)) == (413, [])
    desk.headers["Authorization"] = "Bearer nobody"
    assert held("/scans", "post", desk.post("scans", **first)) == (401, [])


def test_what_devices_read_is_as_described(desk: Desk, scene: Scene) -> None:
    confirmed(scene.congress, category="guest")
    desk.post("scans", **scan(scene.badge.code))
    for path in ("/attendance", "/feed", "/openapi.json"):
        answer = desk.client.get(f"/api/v1{path}", headers=desk.headers)
        assert held(path, "get", answer) == (200, [])
    units = desk.client.get("/api/v1/attendance", headers=desk.headers).get_json()["by_unit"]
    assert units == [{"unit": "", "convened": 2, "present": 1}]


def test_every_call_names_the_refusal_of_a_crowd(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rates, "PLAIN", Rate(0))
    monkeypatch.setattr(rates, "REFUSED", Rate(0))
    calls = [(path, method) for path, methods in PATHS.items() for method in methods]
    told = {
        call: held(*call, client.open(f"/api/v1{re.sub('{.*}', '1', call[0])}", method=call[1]))
        for call in calls
    }
    assert told == dict.fromkeys(calls, (429, []))


def test_supervisors_calls_answer_as_described(desk: Desk, scene: Scene) -> None:
    assert held("/supervisor", "post", desk.open_up()) == (200, [])
    assert held("/supervisor", "post", desk.open_up("000")) == (403, [])
    person = scene.delegate
    admitted = desk.admit(person.id)
    assert held("/delegates/{delegate_id}/scans", "post", admitted) == (200, [])
    assert held("/delegates/{delegate_id}/scans", "post", desk.admit(10**6)) == (404, [])
    found = desk.find(person.person.full_name)
    assert held("/delegates", "get", found) == (200, [])
    number = found.get_json()["delegates"][0]["last_scan_id"]
    back = [desk.post(f"scans/{number}/take-back", reason="nhầm") for _twice in range(2)]
    path = "/scans/{scan_id}/take-back"
    assert [held(path, "post", answer) for answer in back] == [(200, []), (422, [])]
    guest = {"category": "guest", "organisation": "Hội Nông dân", "ground": "Giấy mời số 7"}
    walked = desk.post("walk-ins", name="Giàng A Páo", reason="Chưa kịp đăng ký", **guest)
    assert held("/walk-ins", "post", walked) == (201, [])
    assert held("/walk-ins", "post", desk.post("walk-ins", name="A")) == (400, [])
