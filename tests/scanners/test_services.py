"""What becomes of late and revoked devices' scans, of their clocks, and of guesses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.checkin import services as checkin
from congress_app.checkin.models import Scan
from congress_app.database import db
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound, TooMany
from congress_app.kernel.permissions import system_actor
from congress_app.scanners import services
from congress_app.scanners.models import Device, PairingFailure
from tests.checkin.door import Scene, a_scene
from tests.conftest import FrozenClock
from tests.scanners.test_api import Phone, a_code, a_token, body


@pytest.fixture
def scene(app: Flask, frozen_clock: FrozenClock) -> Scene:
    return a_scene()


@pytest.fixture
def phone(client: FlaskClient, scene: Scene) -> Phone:
    return Phone(client, a_token(scene))


def test_a_revoked_device_reads_nothing_and_hands_in_what_it_scanned(
    phone: Phone, scene: Scene
) -> None:
    paired = services.pair(a_code(scene.congress), None, address="test")
    revoked = Phone(phone.client, paired.token)
    before = body(scene.badge.code)
    revoked.post("scans/batch", {"scans": [before]})
    services.revoke(paired.device, actor=system_actor())
    late = body(scene.badge.code, direction="out")
    handed_in = revoked.post("scans/batch", {"scans": [before, late, body("rubbish")]})
    told = [(r["verdict"], r["reason"], r["delegate"]) for r in handed_in.get_json()["results"]]
    held = ("conflict", "device_revoked", None)
    assert told == [("accepted", None, None), held, held]
    assert [revoked.get(path).status_code for path in ("attendance", "feed")] == [401, 401]
    assert phone.get("attendance").get_json()["present"] == 1
    rows = db.session.scalars(select(Scan).where(Scan.reason == "device_revoked")).all()
    assert [(row.delegate_id, row.verdict) for row in rows] == [
        (scene.delegate.id, "conflict"),
        (None, "conflict"),
    ]


def test_quarantine_has_an_end(phone: Phone, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkin, "QUARANTINE_LIMIT", 2)
    paired = services.pair(a_code(scene.congress), None, address="test")
    services.revoke(paired.device, actor=system_actor())
    revoked = Phone(phone.client, paired.token)
    sent = {"scans": [body(scene.badge.code), body(scene.badge.code)]}
    assert revoked.post("scans/batch", sent).status_code == 200
    refused = revoked.post("scans/batch", {"scans": [body(scene.badge.code)]})
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "300")
    assert len(db.session.scalars(select(Scan)).all()) == 2


def test_the_clock_of_the_device_is_measured_and_kept(
    phone: Phone, scene: Scene, frozen_clock: FrozenClock
) -> None:
    frozen_clock.advance(minutes=30)
    fast = clock.now() + timedelta(hours=3)
    scans = [body(scene.badge.code, scanned_at=(fast - timedelta(minutes=10)).isoformat())]
    sent = {"scans": scans, "sent_at": fast.isoformat()}
    assert phone.post("scans/batch", sent).get_json()["results"][0]["verdict"] == "accepted"
    stored = db.session.scalars(select(Scan)).one()
    assert stored.corrected_at == clock.now() - timedelta(minutes=10)
    assert db.session.scalars(select(Device.clock_offset_ms)).one() == -3 * 3_600_000
    live = phone.post("scans", body(scene.badge.code, direction="out", scanned_at=fast.isoformat()))
    assert live.get_json()["verdict"] == "accepted"


def test_guessing_badge_codes_is_throttled_for_live_scans(phone: Phone, scene: Scene) -> None:
    for guess in range(checkin.GUESSES_OF_DEVICE):
        assert phone.post("scans", body(f"guess {guess}")).status_code == 200
    refused = phone.post("scans", body("one more"))
    told = refused.get_json()["error"]["code"]
    assert (refused.status_code, told, refused.headers["Retry-After"]) == (
        429,
        "code_throttled",
        "300",
    )
    assert phone.post("scans", body(scene.badge.code)).get_json()["verdict"] == "accepted"


def test_an_unreadable_time_of_sending_stops_the_batch_and_loses_nothing(
    phone: Phone, scene: Scene
) -> None:
    answer = phone.post("scans/batch", {"scans": [body(scene.badge.code)], "sent_at": "now"})
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (400, "bad_scan")
    assert db.session.scalars(select(Scan)).all() == []


def test_a_clock_found_right_is_believed_over_what_was_known_of_it(
    phone: Phone, scene: Scene
) -> None:
    """Somebody set the device's clock right: the offset of before moves no scan any more."""
    wrong = clock.now() - timedelta(hours=3)
    phone.post("scans/batch", {"scans": [], "sent_at": wrong.isoformat()})
    sent = body(scene.badge.code)
    phone.post("scans/batch", {"scans": [sent], "sent_at": clock.now().isoformat()})
    row = db.session.scalars(select(Scan)).one()
    assert (row.verdict, row.corrected_at, row.clock_offset_ms) == ("accepted", clock.now(), 0)


def pairing_fails(address: str, code: str = "0") -> str:
    with pytest.raises((NotFound, TooMany)) as caught:
        services.pair(code, None, address=address)
    return caught.value.code


def test_wrong_pairing_codes_and_the_wait_they_bring_stand_in_the_log(
    scene: Scene, frozen_clock: FrozenClock
) -> None:
    late = a_code(scene.congress)
    frozen_clock.advance(minutes=10)
    told = [pairing_fails("10.0.0.9", late)] + [pairing_fails("10.0.0.9") for _ in range(11)]
    assert told == ["pairing_unknown"] * 10 + ["pairing_throttled"] * 2
    entries = db.session.scalars(select(Entry).where(Entry.action == "device.pair_refused")).all()
    reasons = ["code_expired", *["wrong_pairing_code"] * 9]
    assert [entry.changes for entry in entries] == [
        {"reason": reason, "failures": count, "wait_seconds": 600 if count == 10 else 0}
        for count, reason in enumerate(reasons, 1)
    ]
    assert {(entry.actor_kind, entry.address) for entry in entries} == {("anonymous", "10.0.0.9")}
    assert [entry.unit_path for entry in entries[:2]] == [scene.congress.unit.path, None]


def test_of_wrong_pairing_codes_no_address_is_kept_and_nothing_for_long(
    scene: Scene, frozen_clock: FrozenClock
) -> None:
    for _ in range(3):
        pairing_fails("10.0.0.9")
    kept = db.session.scalars(select(PairingFailure)).all()
    assert (len(kept), [row for row in kept if "10.0.0.9" in row.address]) == (3, [])
    frozen_clock.advance(minutes=10, seconds=1)
    a_code(scene.congress)
    assert db.session.scalars(select(PairingFailure)).all() == []


def test_one_who_has_a_whole_network_of_ipv6_is_counted_once(scene: Scene) -> None:
    told = [pairing_fails(f"2001:db8:1:2::{number}") for number in range(11)]
    assert told[9:] == ["pairing_unknown", "pairing_throttled"]
    assert pairing_fails("2001:db8:1:3::1") == "pairing_unknown"
