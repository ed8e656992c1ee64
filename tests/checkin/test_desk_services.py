"""At the desk: by hand, taken back, excused."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.checkin import desk_services, presence, queries, scan_queries
from congress_app.checkin.decision import Direction, Outcome, Reason
from congress_app.checkin.models import Presence, Scan
from congress_app.database import db
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound, RuleViolation
from congress_app.kernel.permissions import system_actor
from tests.checkin.door import Scene, a_scene, confirmed
from tests.conftest import FrozenClock

ACTOR = system_actor("Chị Lan")


@pytest.fixture
def scene(app: Flask, frozen_clock: FrozenClock) -> Scene:
    return a_scene()


def latest() -> Scan:
    return db.session.scalars(select(Scan).order_by(Scan.id.desc()).limit(1)).one()


def test_by_hand_without_a_badge(scene: Scene) -> None:
    delegate = confirmed(scene.congress)
    answer = desk_services.admit_by_hand(scene.congress, delegate.id, Direction.IN, actor=ACTOR)
    scan = latest()
    assert answer.verdict is Outcome.ACCEPTED
    assert (scan.source, scan.operator, scan.badge_id) == ("manual", "Chị Lan", None)


def test_by_hand_obeys_the_same_rules(scene: Scene) -> None:
    scene.ask()
    again = desk_services.admit_by_hand(
        scene.congress, scene.delegate.id, Direction.IN, actor=ACTOR
    )
    assert again.reason is Reason.ALREADY_IN


def test_a_scan_taken_back_leaves_both_rows_and_nobody_inside(scene: Scene) -> None:
    scene.ask()
    wrong = latest()
    desk_services.take_back(scene.congress, wrong, "quét nhầm", actor=ACTOR)
    correction = latest()
    assert (correction.corrects_id, correction.operator, correction.note) == (
        wrong.id,
        "Chị Lan",
        "quét nhầm",
    )
    row = db.session.scalars(select(Presence)).one()
    assert (row.is_present, row.first_in_at) == (False, None)
    assert presence.fold(scan_queries.scan_lines(scene.congress.id)) == {}
    assert scene.ask().verdict is Outcome.ACCEPTED


def test_only_a_standing_scan_can_be_taken_back(scene: Scene) -> None:
    scene.ask()
    accepted = latest()
    scene.ask()
    refused = latest()
    desk_services.take_back(scene.congress, accepted, "nhầm", actor=ACTOR)
    for scan in (accepted, refused, latest()):
        with pytest.raises(RuleViolation) as raised:
            desk_services.take_back(scene.congress, scan, "lại", actor=ACTOR)
        assert raised.value.code == "not_correctable"


def test_an_excuse_counts_until_the_delegate_comes(scene: Scene) -> None:
    number = (scene.session.id, scene.delegate.id)
    desk_services.excuse(scene.congress, *number, "ốm", actor=ACTOR)
    desk_services.excuse(scene.congress, *number, "đi công tác", actor=ACTOR)
    [row] = queries.door_list(scene.congress.id, scene.session, "", "excused")
    before = queries.attendance(scene.congress.id, scene.session)
    scene.ask()
    after = queries.attendance(scene.congress.id, scene.session)
    assert row.excuse == "đi công tác"
    assert (before.present, before.excused) == (0, 1)
    assert (after.present, after.excused) == (1, 0)


def test_an_excuse_stays_in_its_congress(scene: Scene) -> None:
    other = a_scene()
    for numbers in (
        (other.session.id, scene.delegate.id),
        (scene.session.id, other.delegate.id),
    ):
        with pytest.raises(NotFound):
            desk_services.excuse(scene.congress, *numbers, "ốm", actor=ACTOR)


def test_the_door_list_finds_without_accents_and_by_number(scene: Scene) -> None:
    name = scene.delegate.person.full_name
    scene.delegate.number = 127
    db.session.commit()
    found = [
        [row.name for row in queries.door_list(scene.congress.id, scene.session, text, "all")]
        for text in ("nguyen van", "127", "khong co ai")
    ]
    assert found == [[name], [name], []]


def test_the_door_list_by_standing(scene: Scene) -> None:
    confirmed(scene.congress)
    scene.ask()
    sizes = {
        standing: len(queries.door_list(scene.congress.id, scene.session, "", standing))
        for standing in ("all", "present", "absent", "excused", "nonsense")
    }
    assert sizes == {"all": 2, "present": 1, "absent": 1, "excused": 0, "nonsense": 2}


def test_the_session_to_show(scene: Scene, frozen_clock: FrozenClock) -> None:
    number = scene.congress.id
    assert queries.session_now(number, clock.now()) == scene.session
    assert queries.session_now(number, scene.session.doors_close_at) == scene.session
    assert queries.session_now(-1, clock.now()) is None
