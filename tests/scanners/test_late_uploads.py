"""What a device hands in late and nobody may count before a person decides."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from congress_app.checkin import conflict_queries, conflict_services
from congress_app.checkin.conflict_queries import Quarantine
from congress_app.checkin.decision import Resolution
from congress_app.checkin.models import Presence, Scan, ScanConflict
from congress_app.congresses import lifecycle
from congress_app.database import db, transaction
from congress_app.kernel import clock
from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.permissions import system_actor
from congress_app.scanners import feed_queries, services
from tests import builders
from tests.builders.moves import moved
from tests.checkin.door import Scene
from tests.conftest import MORNING, CountQueries, FrozenClock
from tests.scanners.following import Follower


@pytest.fixture
def locator(phone: Follower, scene: Scene, frozen_clock: FrozenClock) -> str:
    """The only badge of the roster, as the device names it; an hour has gone by."""
    phone.follow()
    frozen_clock.advance(hours=1)
    (found,) = feed_queries.locators(scene.congress.id).values()
    return found


def post(phone: Follower, path: str, body: dict[str, Any]) -> Any:
    return phone.client.post(f"/api/v1/{path}", json=body, headers=phone.headers)


def a_late_one(locator: str, scene: Scene, minute: int, direction: str = "in") -> dict[str, Any]:
    """A scan of the badge, so many minutes after the device was paired."""
    return {
        "uuid": str(uuid4()),
        "locator": locator,
        "direction": direction,
        "scanned_at": (MORNING + timedelta(minutes=minute)).isoformat(),
        "session_id": scene.session.id,
    }


def told(phone: Follower, *scans: dict[str, Any]) -> list[tuple[str, str | None]]:
    """Verdict and reason of each, handed in now by a device with a right clock."""
    sent = {"scans": list(scans), "sent_at": clock.now().isoformat()}
    answer = post(phone, "scans/batch", sent)
    return [(one["verdict"], one["reason"]) for one in answer.get_json()["results"]]


def present() -> list[bool]:
    return list(db.session.scalars(select(Presence.is_present)))


def close(scene: Scene) -> None:
    with transaction():
        scene.congress.state = "closed"


def test_a_device_cannot_tell_of_the_time_before_it_was_there(
    phone: Follower, scene: Scene, locator: str
) -> None:
    with transaction():
        scene.session.doors_open_at = MORNING - timedelta(hours=2)
    assert told(phone, a_late_one(locator, scene, -60)) == [("conflict", "before_pairing")]
    assert present() == []
    assert told(phone, a_late_one(locator, scene, 5)) == [("accepted", None)]
    assert present() == [True]


def test_what_was_scanned_under_another_pairing_waits_for_a_person(
    phone: Follower, scene: Scene, locator: str
) -> None:
    late = a_late_one(locator, scene, 5)
    assert told(phone, late | {"device_id": phone.device_id + 1}) == [
        ("conflict", "before_pairing")
    ]
    by_hand = a_late_one(locator, scene, 7) | {"device_id": phone.device_id + 1}
    assert told(phone, by_hand | {"source": "manual"}) == [("conflict", "before_pairing")]
    mine = a_late_one(locator, scene, 6) | {"device_id": phone.device_id}
    assert told(phone, mine) == [("accepted", None)]
    wrong = post(phone, "scans/batch", {"scans": [late | {"device_id": "x"}]})
    assert wrong.get_json()["results"][0]["error"]["code"] == "bad_scan"


def test_before_the_doors_opened_is_a_conflict_too(
    phone: Follower, scene: Scene, locator: str
) -> None:
    with transaction():
        scene.session.doors_open_at = MORNING + timedelta(minutes=10)
    assert told(phone, a_late_one(locator, scene, 9)) == [("conflict", "too_early")]
    assert present() == []


def test_the_minute_a_numbered_report_tells_of_is_not_changed_by_late_scans(
    phone: Follower, scene: Scene, locator: str
) -> None:
    until = MORNING + timedelta(minutes=20)
    builders.a_credential_report(scene.congress, as_of=until, session_id=scene.session.id)
    assert told(phone, a_late_one(locator, scene, 20)) == [("conflict", "already_reported")]
    assert present() == []
    assert told(phone, a_late_one(locator, scene, 21)) == [("accepted", None)]


@pytest.mark.parametrize("of_another", [False, True])
def test_a_report_in_which_no_scan_of_the_session_is_counted_holds_none_back(
    phone: Follower, scene: Scene, locator: str, of_another: bool
) -> None:
    """It was made without a session, or on another one."""
    other = builders.a_session(scene.congress, scene.session.doors_close_at) if of_another else None
    until = MORNING + timedelta(minutes=20)
    builders.a_credential_report(
        scene.congress, as_of=until, session_id=other.id if other else None
    )
    assert told(phone, a_late_one(locator, scene, 20)) == [("accepted", None)]


@pytest.mark.parametrize(
    ("state", "source", "verdict"),
    [
        ("certified", "scans", ("conflict", "already_reported")),
        ("certified", "typed", ("accepted", None)),
        ("open", "scans", ("accepted", None)),
    ],
)
def test_the_hall_of_a_certified_vote_is_not_changed_by_late_scans(
    phone: Follower,
    scene: Scene,
    locator: str,
    state: str,
    source: str,
    verdict: tuple[str, str | None],
) -> None:
    election = builders.an_election(scene.congress, state=state)
    at = MORNING + timedelta(minutes=20)
    of_scans = scene.session.id if source == "scans" else None
    builders.a_round(
        election, presence_at=at, presence_source=source, session_id=of_scans, outcome="result"
    )
    assert told(phone, a_late_one(locator, scene, 20)) == [verdict]


@pytest.mark.parametrize(
    ("absent", "verdict"), [(0, ("accepted", None)), (1, ("conflict", "already_reported"))]
)
def test_a_vote_in_another_session_rests_on_this_one_by_who_came_to_none(
    phone: Follower, scene: Scene, locator: str, absent: int, verdict: tuple[str, str | None]
) -> None:
    other = builders.a_session(scene.congress, scene.session.doors_close_at)
    builders.a_round(
        builders.an_election(scene.congress, state="certified"),
        presence_at=MORNING + timedelta(minutes=20),
        presence_source="scans",
        session_id=other.id,
        absent_throughout=absent,
        outcome="result",
    )
    assert told(phone, a_late_one(locator, scene, 20)) == [verdict]


def test_what_late_scans_are_measured_by_is_asked_once_for_a_batch(
    phone: Follower, scene: Scene, locator: str, count_queries: CountQueries
) -> None:
    """Also when all of them wait; what is reported later is seen by the next batch."""
    limiting = ("FROM credential_report", "FROM election_round", "SELECT congress.state")

    def asked(*minutes: int) -> list[int]:
        with count_queries() as seen:
            told(phone, *(a_late_one(locator, scene, minute) for minute in minutes))
        return [sum(words in one.replace("\n", "") for one in seen) for words in limiting]

    one = asked(1)
    assert one[:2] == [1, 1]
    assert asked(2, 3, 4, 5) == one
    until = MORNING + timedelta(minutes=20)
    builders.a_credential_report(scene.congress, as_of=until, session_id=scene.session.id)
    assert told(phone, a_late_one(locator, scene, 20)) == [("conflict", "already_reported")]


def test_what_was_scanned_before_the_closing_waits_for_a_person_who_may_let_it_count(
    phone: Follower, scene: Scene, locator: str
) -> None:
    close(scene)
    late = a_late_one(locator, scene, 5)
    assert told(phone, late) == [("conflict", "congress_closed")]
    assert told(phone, late) == [("conflict", "congress_closed")]
    assert present() == []
    device = phone.device_id
    waiting = Quarantine(device, "Máy", "Cửa A", 1)
    assert conflict_queries.quarantines(scene.congress.id) == [waiting]
    conflict_services.close_quarantine(
        scene.congress, device, Resolution.ADMITTED, "đối chiếu", actor=system_actor()
    )
    assert present() == [True]


def test_a_congress_opened_again_gives_its_devices_the_roster_and_takes_their_scans(
    phone: Follower, scene: Scene, locator: str
) -> None:
    close(scene)
    held_back = a_late_one(locator, scene, 5)
    assert told(phone, held_back) == [("conflict", "congress_closed")]
    wiped = phone.page()
    assert (wiped["wipe"], phone.next) == (True, 0)
    phone.roster.clear()
    moved(scene.congress, "open", note="Bấm nhầm", actor=system_actor())
    phone.follow()
    assert phone.card(scene.badge.code) is not None
    assert told(phone, held_back) == [("conflict", "congress_closed")]
    assert present() == []
    assert told(phone, a_late_one(locator, scene, 6)) == [("accepted", None)]
    live = a_late_one(locator, scene, 60, "out") | {"code": scene.badge.code}
    assert post(phone, "scans", live).get_json()["verdict"] == "accepted"
    assert present() == [False]


def test_who_is_in_cannot_be_sent_out_after_the_closing(
    phone: Follower, scene: Scene, locator: str
) -> None:
    assert told(phone, a_late_one(locator, scene, 5)) == [("accepted", None)]
    close(scene)
    leaving = a_late_one(locator, scene, 30, "out")
    assert told(phone, leaving) == [("conflict", "congress_closed")]
    assert present() == [True]


def test_two_entries_of_one_badge_stay_as_they_are_once_the_congress_is_over(
    phone: Follower, scene: Scene, locator: str
) -> None:
    told(phone, a_late_one(locator, scene, 5), a_late_one(locator, scene, 6))
    (conflict,) = db.session.scalars(select(ScanConflict))
    assert conflict.kind == "already_in"
    close(scene)
    assert conflict_queries.resolutions_for(conflict, "closed") == (Resolution.KEPT,)
    with pytest.raises(RuleViolation) as refused:
        conflict_services.close(
            scene.congress,
            conflict.id,
            Resolution.FIRST_TAKEN_BACK,
            "sau bế mạc",
            actor=system_actor(),
        )
    assert refused.value.code == "resolution_unfit"


def test_a_live_scan_after_the_closing_has_its_last_answer(
    phone: Follower, scene: Scene, locator: str
) -> None:
    close(scene)
    live = a_late_one(locator, scene, 60) | {"code": scene.badge.code}
    answer = post(phone, "scans", live)
    over = str(lifecycle.over("closed", scene.congress.name))
    assert (answer.status_code, answer.get_json()["error"]) == (
        422,
        answer.get_json()["error"] | {"code": "congress_closed", "message": over},
    )
    assert db.session.scalars(select(Scan)).all() == []


def test_no_device_is_paired_after_the_closing(
    client: FlaskClient, scene: Scene, frozen_clock: FrozenClock
) -> None:
    invited = services.invite(scene.congress, "Máy", "Cửa A", "steward", actor=system_actor())
    close(scene)
    answer = client.post("/api/v1/devices/pair", json={"pairing_code": invited.code})
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (422, "congress_closed")
    db.session.rollback()
    assert invited.device.state == "waiting"
