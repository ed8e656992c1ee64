"""The feed as a device follows it."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from congress_app.badges import queries as badge_queries
from congress_app.badges import services as badges
from congress_app.badges import token
from congress_app.congresses.services import pulse
from congress_app.database import db, transaction
from congress_app.kernel.permissions import system_actor
from congress_app.scanners import feed_api, feed_queries, feed_services, sealing, services
from congress_app.scanners.feed_models import FeedEntry
from congress_app.scanners.models import Device
from tests.builders import a_badge, a_session
from tests.checkin.door import Scene, a_scene, confirmed
from tests.conftest import FrozenClock
from tests.scanners.following import Follower


def test_a_badge_opens_its_own_card_and_nothing_else_does(phone: Follower, scene: Scene) -> None:
    phone.follow()
    person = scene.delegate.person
    assert phone.card(scene.badge.code) == {
        "kind": "active.confirmed.official",
        "delegate_id": scene.delegate.id,
        "number": None,
        "name": person.full_name,
        "position": person.position,
        "unit": person.organisation,
        "category": "official",
        "seat": None,
    }
    assert phone.card(token.new_code()) is None


def test_what_lies_open_names_no_code_and_nobody(phone: Follower, scene: Scene) -> None:
    scene.ask()
    phone.follow()
    told = json.dumps([[*name, data] for name, data in phone.roster.items()], ensure_ascii=False)
    person = scene.delegate.person
    names = (person.full_name, person.organisation, scene.badge.code)
    assert [word for word in names if str(word) in told] == []


def test_after_the_last_number_nothing_comes_again(phone: Follower) -> None:
    assert phone.follow()[0] > 0
    assert phone.follow() == [0]


def test_a_scan_moves_a_standing_only(phone: Follower, scene: Scene) -> None:
    phone.follow()
    scene.ask()
    assert phone.follow() == [1]
    lock = sealing.lock_of(scene.badge.code, phone.ask().get_json()["salt"])
    told = phone.roster["presence", f"{scene.session.id}|{lock.locator}"]
    assert (told["standing"], told["gate"]) == ("in", "Cửa A")


def test_a_reissued_badge_stays_as_superseded(phone: Follower, scene: Scene) -> None:
    phone.follow()
    old = scene.badge.code
    new = badges.reissue(
        scene.congress,
        scene.delegate,
        "Mất thẻ",
        seen=badge_queries.standing_of(scene.delegate.id),
        actor=system_actor(),
    )
    phone.follow()
    (before, after) = (phone.card(old), phone.card(new.code))
    assert before is not None
    assert after is not None
    assert (before["kind"], after["kind"]) == (
        "superseded.confirmed.official",
        "active.confirmed.official",
    )


def test_what_is_gone_leaves_a_tombstone(phone: Follower, scene: Scene) -> None:
    extra = a_session(scene.congress, title="Phiên trù bị")
    pulse(scene.congress.id)
    phone.follow()
    assert ("session", str(extra.id)) in phone.roster
    with transaction() as session:
        session.delete(extra)
    pulse(scene.congress.id)
    phone.follow()
    assert ("session", str(extra.id)) not in phone.roster
    late = Follower(phone.client, scene)
    late.follow()
    assert late.roster == phone.roster


def test_a_feed_cut_three_times_resumes(
    client: FlaskClient, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(12):
        a_badge(confirmed(scene.congress), token.new_code())
    monkeypatch.setattr(feed_api, "PAGE", 9)
    phone, whole = Follower(client, scene), Follower(client, scene)
    whole.follow()
    for _cut in range(3):
        told = phone.page()
        assert (len(told["entries"]), told["complete"]) == (9, False)
        phone.ask()  # an answer that never arrives changes nothing
    scene.ask()
    phone.follow()
    whole.follow()
    assert phone.roster == whole.roster
    assert phone.next == whole.next


def test_while_locks_are_derived_the_feed_is_not_complete(
    client: FlaskClient, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        a_badge(confirmed(scene.congress), token.new_code())
    monkeypatch.setattr(feed_services, "DERIVING_SECONDS", 0)
    phone = Follower(client, scene)
    finished = [phone.page()["complete"] for _ in range(4)]
    assert finished == [False, False, False, True]
    assert len([kind for kind, _key in phone.roster if kind == "badge"]) == 4


def test_a_number_never_given_out_begins_anew(phone: Follower) -> None:
    phone.follow()
    told = phone.ask(after=phone.next + 1).get_json()
    assert (told["reset"], told["next"]) == (True, phone.next)
    assert len(told["entries"]) == len(phone.roster)


@pytest.mark.parametrize("after", ["-1", "x", "1.5", "9" * 12, "²"])
def test_a_number_that_is_none_is_400(phone: Follower, after: str) -> None:
    answer = phone.client.get("/api/v1/feed", query_string={"after": after}, headers=phone.headers)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (400, "bad_after")


def test_a_revoked_device_reads_nothing(phone: Follower) -> None:
    device = db.session.get_one(Device, phone.device_id)
    services.revoke(device, actor=system_actor())
    answer = phone.ask()
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (401, "device_revoked")


def test_when_the_congress_is_closed_devices_wipe(phone: Follower, scene: Scene) -> None:
    with transaction():
        scene.congress.state = "closed"
    told = phone.ask().get_json()
    assert (told["wipe"], told["entries"], told["next"]) == (True, [], 0)


def test_lines_for_finding_names_reach_supervisors_only(
    phone: Follower, client: FlaskClient, scene: Scene
) -> None:
    supervisor = Follower(client, scene, "supervisor")
    phone.follow()
    supervisor.follow()
    assert [key for kind, key in phone.roster if kind == "index"] == []
    (line,) = (data for (kind, _), data in supervisor.roster.items() if kind == "index")
    state = feed_queries.state(scene.congress.id)
    assert state is not None
    opened = sealing.unseal(sealing.read(state.index_key), str(scene.delegate.id), line["sealed"])
    assert json.loads(opened)["name"] == scene.delegate.person.full_name


def test_a_device_of_one_session_is_told_so(phone: Follower, scene: Scene) -> None:
    with transaction():
        db.session.get_one(Device, phone.device_id).session_ids = [scene.session.id]
    told = phone.ask().get_json()
    assert told["serves"] == [scene.session.id]
    assert [row["window"] for row in told["timeline"]] == ["before", "within", "after"]
    assert {row["session_id"] for row in told["timeline"]} == {scene.session.id}


def test_the_device_s_own_words_are_kept(phone: Follower) -> None:
    phone.ask(**{"X-Queue-Length": "3", "X-App-Version": "abc"})
    device = db.session.get_one(Device, phone.device_id)
    assert (device.queue_length, device.app_version) == (3, "abc")
    phone.ask(**{"X-Queue-Length": "-3"})
    db.session.refresh(device)
    assert device.queue_length is None


def test_a_quiet_feed_costs_few_statements(phone: Follower, count_queries: Any) -> None:
    phone.follow()
    with count_queries() as seen:
        phone.ask()
    assert len(seen) <= 6


def test_a_renamed_unit_arrives_after_a_while(
    phone: Follower, scene: Scene, frozen_clock: FrozenClock
) -> None:
    phone.follow()
    with transaction():
        scene.delegate.person.organisation = "Sở Y tế"
    assert phone.follow() == [0]
    frozen_clock.advance(minutes=3)
    phone.follow()
    card = phone.card(scene.badge.code)
    assert card is not None
    assert card["unit"] == "Sở Y tế"


def test_a_large_roster_is_not_compared_at_every_scan(
    phone: Follower, scene: Scene, frozen_clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone.follow()
    state = feed_queries.state(scene.congress.id)
    assert state is not None
    with transaction():
        state.took_ms = 500
    monkeypatch.setattr(feed_services, "REST_FACTOR", 20)
    scene.ask()
    assert phone.follow() == [0]
    frozen_clock.advance(seconds=11)
    assert phone.follow() == [1]


def test_devices_asking_at_once_make_one_sequence(app: Flask) -> None:
    scene = a_scene()
    congress_id = scene.congress.id
    for _ in range(8):
        a_badge(confirmed(scene.congress), token.new_code())

    def ask(_turn: int) -> None:
        with app.app_context():
            feed_services.bring_up_to_date(congress_id)
            db.session.remove()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(ask, range(12)))
    db.session.rollback()
    state = feed_services.bring_up_to_date(congress_id)
    numbers = db.session.scalars(select(FeedEntry.seq)).all()
    assert len(numbers) == len(set(numbers))
    assert (state.is_whole, state.sequence) == (True, max(numbers))
