"""Doors without network report late and in any order; the end is the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.badges import queries as badge_queries
from congress_app.badges import services as badge_services
from congress_app.checkin import log_queries, services
from congress_app.checkin.answer import Answer, FirstSeen
from congress_app.checkin.decision import Outcome, Reason
from congress_app.checkin.intake import Asked, Door
from congress_app.checkin.models import Presence, Scan, ScanConflict
from congress_app.checkin.presence import Standing
from congress_app.database import db
from congress_app.kernel import clock
from congress_app.kernel.errors import TooMany
from congress_app.kernel.permissions import system_actor
from tests.checkin.door import Scene, a_scene
from tests.conftest import MORNING, FrozenClock


@pytest.fixture
def scene(app: Flask, frozen_clock: FrozenClock) -> Scene:
    return a_scene()


def at(minute: int) -> object:
    return MORNING + timedelta(minutes=minute)


def report(scene: Scene, gate: str, minute: int, direction: str = "in", **more: object) -> Answer:
    """An offline door hands in one scan, its clock measured and right."""
    door = Door(scene.congress.id, ord(gate), f"Máy {gate}", gate=f"Cửa {gate}")
    request = scene.request(at=at(minute), direction=direction, was_offline=True, **more)
    return services.scan(request, replace(door, is_clock_measured=True))


def standing(scene: Scene) -> Standing:
    row = db.session.scalars(select(Presence)).one()
    # The log numbers rows as they came; which row counts is told by its time and gate.
    return Standing(row.is_present, row.first_in_at, row.first_gate, row.last_at, None)


def pairs() -> list[tuple[str, str | None, str | None]]:
    """Open conflicts: kind, gate of the first scan, gate of the second."""
    found = db.session.scalars(select(ScanConflict).where(ScanConflict.state == "open"))
    return sorted((c.kind, c.first.gate if c.first else None, c.second.gate) for c in found)


def whole(scene: Scene) -> bool:
    return log_queries.verify(scene.congress.id).mismatches == ()


@pytest.mark.parametrize("order", [("A", "B"), ("B", "A")])
def test_two_offline_doors_admit_one_badge_whichever_uploads_first(
    scene: Scene, frozen_clock: FrozenClock, order: tuple[str, str]
) -> None:
    frozen_clock.advance(hours=1)
    minutes = {"A": 0, "B": 5}
    answers = [report(scene, gate, minutes[gate]) for gate in order]
    assert [answer.verdict for answer in answers] == [Outcome.ACCEPTED, Outcome.CONFLICT]
    other = order[0]
    assert answers[1].first_seen == FirstSeen(at(minutes[other]), f"Cửa {other}")
    assert standing(scene) == Standing(True, at(0), "Cửa A", at(0))
    assert pairs() == [("already_in", "Cửa A", "Cửa B")]
    assert whole(scene)


@pytest.mark.parametrize("order", list(permutations("ABC")))
def test_three_doors_end_the_same_in_every_order(
    scene: Scene, frozen_clock: FrozenClock, order: tuple[str, ...]
) -> None:
    frozen_clock.advance(hours=1)
    minutes = {"A": 0, "B": 5, "C": 10}
    verdicts = [report(scene, gate, minutes[gate]).verdict for gate in order]
    assert sorted(verdicts) == [Outcome.ACCEPTED, Outcome.CONFLICT, Outcome.CONFLICT]
    assert standing(scene) == Standing(True, at(0), "Cửa A", at(0))
    assert pairs() == [("already_in", "Cửa A", "Cửa B"), ("already_in", "Cửa A", "Cửa C")]
    assert whole(scene)


def test_a_late_exit_and_entry_fall_into_their_place(
    scene: Scene, frozen_clock: FrozenClock
) -> None:
    scene.ask()
    frozen_clock.advance(minutes=30)
    scene.ask(direction="out")
    assert report(scene, "B", 10, "out").verdict == Outcome.ACCEPTED
    assert report(scene, "B", 20, "in").verdict == Outcome.ACCEPTED
    assert standing(scene) == Standing(False, at(0), "Cửa A", at(30))
    assert (pairs(), whole(scene)) == ([], True)


def test_an_entry_reported_before_the_exit_it_followed_counts_in_the_end(
    scene: Scene, frozen_clock: FrozenClock
) -> None:
    scene.ask()
    frozen_clock.advance(hours=1)
    assert report(scene, "C", 20).verdict == Outcome.CONFLICT
    assert report(scene, "B", 10, "out").verdict == Outcome.ACCEPTED
    assert standing(scene) == Standing(True, at(0), "Cửa A", at(20))
    assert whole(scene)


def test_an_exit_reported_before_its_entry_counts_in_the_end(
    scene: Scene, frozen_clock: FrozenClock
) -> None:
    frozen_clock.advance(hours=1)
    assert report(scene, "B", 10, "out").reason == Reason.NOT_IN
    assert report(scene, "A", 0).verdict == Outcome.ACCEPTED
    assert standing(scene) == Standing(False, at(0), "Cửa A", at(10))
    assert whole(scene)


def test_leaving_before_entering_is_a_conflict_and_moves_nobody(
    scene: Scene, frozen_clock: FrozenClock
) -> None:
    frozen_clock.advance(hours=1)
    answer = report(scene, "A", 0, "out")
    assert (answer.verdict, answer.reason) == (Outcome.CONFLICT, Reason.NOT_IN)
    assert pairs() == [("not_in", None, "Cửa A")]
    assert whole(scene)


def test_after_the_network_failed_the_same_uuid_is_the_same_scan(scene: Scene) -> None:
    """The live call was stored, its answer got lost, and the door sends it again in a batch."""
    live = scene.request()
    services.scan(live, scene.door)
    again = services.scan(replace(live, was_offline=True, door_verdict="accepted"), scene.door)
    assert (again.verdict, again.replayed, pairs()) == (Outcome.ACCEPTED, True, [])
    assert len(db.session.scalars(select(Scan)).all()) == 1


def test_a_clock_three_hours_off_is_corrected_offline_and_does_not_matter_live(
    scene: Scene, frozen_clock: FrozenClock
) -> None:
    frozen_clock.advance(minutes=30)
    fast = timedelta(hours=3)
    door = replace(scene.door, clock_offset=-fast, is_clock_measured=True)
    request = scene.request(at=MORNING + timedelta(minutes=10) + fast, was_offline=True)
    services.scan(replace(request, sent_at=clock.now() + fast), door)
    stored = db.session.scalars(select(Scan)).one()
    assert (stored.verdict, stored.corrected_at) == ("accepted", at(10))
    assert (stored.clock_offset_ms, stored.sent_at) == (-3 * 3_600_000, clock.now() + fast)
    out = services.scan(scene.request(at=clock.now() + fast, direction="out"), door)
    assert out.verdict == Outcome.ACCEPTED
    assert standing(scene) == Standing(False, at(10), "Cửa A", clock.now())


@pytest.mark.parametrize("hours", [-3, 3])
def test_an_unmeasured_clock_three_hours_off_is_not_believed(scene: Scene, hours: int) -> None:
    answer = scene.ask(at=clock.now() + timedelta(hours=hours), was_offline=True)
    assert (answer.verdict, answer.reason) == (Outcome.CONFLICT, Reason.CLOCK_SKEW)
    assert db.session.scalars(select(Presence)).all() == []
    stored = db.session.scalars(select(Scan)).one()
    assert (stored.corrected_at, stored.session_id) == (clock.now(), scene.session.id)


def test_the_server_s_clock_put_back_keeps_the_order_of_a_live_day(
    scene: Scene, frozen_clock: FrozenClock
) -> None:
    scene.ask()
    frozen_clock.advance(seconds=-30)
    assert scene.ask(direction="out").verdict == Outcome.ACCEPTED
    assert standing(scene) == Standing(False, at(0), "Cửa A", at(0))
    assert whole(scene)


def test_who_was_turned_away_at_the_door_is_not_in(scene: Scene) -> None:
    answer = scene.ask(was_offline=True, door_verdict="refused", door_reason="superseded")
    assert (answer.verdict, answer.reason) == (Outcome.REFUSED, Reason.SUPERSEDED)
    assert (db.session.scalars(select(Presence)).all(), pairs()) == ([], [])
    stored = db.session.scalars(select(Scan)).one()
    assert (stored.door_verdict, stored.verdict) == ("refused", "refused")


def test_a_door_that_let_in_an_old_badge_puts_it_on_the_desk(scene: Scene) -> None:
    old = scene.badge.code
    badge_services.reissue(
        scene.congress,
        scene.delegate,
        "mất",
        seen=badge_queries.standing_of(scene.delegate.id),
        actor=system_actor(),
    )
    answer = scene.ask(old, was_offline=True, door_verdict="accepted")
    assert (answer.verdict, answer.reason) == (Outcome.CONFLICT, Reason.SUPERSEDED)
    (conflict,) = db.session.scalars(select(ScanConflict))
    assert (conflict.kind, conflict.delegate_id) == ("superseded", scene.delegate.id)
    assert (conflict.second.door_verdict, conflict.second.badge_version) == ("accepted", 1)


@pytest.mark.parametrize(
    ("minutes", "reason"),
    [(-61, Reason.TOO_EARLY), (-60, None), (239, None), (240, Reason.TOO_LATE)],
)
def test_the_session_s_edges_hold_for_late_scans(
    scene: Scene, frozen_clock: FrozenClock, minutes: int, reason: Reason | None
) -> None:
    frozen_clock.advance(hours=5)
    assert report(scene, "A", minutes, session_id=scene.session.id).reason == reason


def test_a_door_open_over_midnight_at_the_venue(app: Flask, frozen_clock: FrozenClock) -> None:
    # 16:59:59 UTC is 23:59:59 in Vietnam.
    frozen_clock.move_to(MORNING.replace(hour=16, minute=59, second=59))
    scene = a_scene()
    assert scene.ask().verdict == Outcome.ACCEPTED
    frozen_clock.advance(seconds=1)
    assert scene.ask(direction="out").verdict == Outcome.ACCEPTED
    frozen_clock.advance(hours=4)
    assert scene.ask().reason == Reason.SESSION_CLOSED


def test_a_session_for_guests_keeps_others_out(app: Flask, frozen_clock: FrozenClock) -> None:
    scene = a_scene(categories=["guest"])
    assert scene.ask().reason == Reason.WRONG_SESSION


def test_a_device_scans_for_its_own_sessions_only(scene: Scene) -> None:
    foreign = replace(scene.door, session_ids=frozenset({scene.session.id + 1}))
    named = scene.request(session_id=scene.session.id)
    assert services.scan(named, foreign).reason == Reason.WRONG_SESSION
    assert services.scan(scene.request(), foreign).reason == Reason.SESSION_CLOSED
    own = replace(scene.door, session_ids=frozenset({scene.session.id}))
    assert services.scan(scene.request(), own).verdict == Outcome.ACCEPTED


def test_guessing_is_slowed_down_by_device_and_known_badges_still_pass(
    scene: Scene, frozen_clock: FrozenClock
) -> None:
    for guess in range(services.GUESSES_OF_DEVICE):
        assert scene.ask(f"guess {guess}").reason == Reason.UNKNOWN
    with pytest.raises(TooMany) as raised:
        scene.ask("one more")
    assert (raised.value.code, raised.value.retry_after) == ("code_throttled", 300)
    assert scene.ask().verdict == Outcome.ACCEPTED
    frozen_clock.advance(minutes=5)
    assert scene.ask("later").reason == Reason.UNKNOWN


def test_guessing_is_slowed_down_by_address_as_well(scene: Scene) -> None:
    doors = [replace(scene.door, device_id=n, address="10.0.0.9") for n in range(2, 7)]
    for door in doors[:4]:
        for guess in range(services.GUESSES_OF_DEVICE):
            services.scan(scene.request(f"guess {guess}"), door)
    with pytest.raises(TooMany):
        services.scan(scene.request("one more"), doors[4])


def test_rubbish_of_an_offline_door_is_kept_until_it_is_too_much(scene: Scene) -> None:
    for piece in range(services.GUESSES_OF_DEVICE + 5):
        answer = scene.ask(f"rubbish {piece}", was_offline=True)
        assert (answer.verdict, answer.reason) == (Outcome.CONFLICT, Reason.UNKNOWN)
    services.check_upload(scene.door)


def test_a_group_that_fails_in_the_database_is_done_one_by_one(scene: Scene) -> None:
    """Two scans under one uuid in one piece: the second is the replay of the first."""
    request = scene.request(was_offline=True)
    asked = [Asked(request, scene.door), Asked(request, scene.door)]
    first, second = services.scan_all(asked)
    assert isinstance(first, Answer)
    assert isinstance(second, Answer)
    assert (first.replayed, second.replayed) == (False, True)
