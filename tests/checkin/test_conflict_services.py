"""Conflicts are settled once, by a named person, with what follows from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.checkin import conflict_queries, conflict_services, log_queries, services
from congress_app.checkin.decision import Resolution
from congress_app.checkin.models import Presence, Scan, ScanConflict
from congress_app.database import db
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict, NotFound, RuleViolation
from congress_app.kernel.permissions import system_actor
from tests.builders import a_congress
from tests.checkin.door import Scene, a_scene
from tests.conftest import FrozenClock

ACTOR = system_actor()


@pytest.fixture
def scene(app: Flask, frozen_clock: FrozenClock) -> Scene:
    return a_scene()


def a_double(scene: Scene, frozen_clock: FrozenClock) -> ScanConflict:
    """Cửa A at 08:00, Cửa B at 08:05, one badge."""
    scene.ask(was_offline=True)
    frozen_clock.advance(minutes=5)
    other = replace(scene.door, device_id=2, device_name="Máy 2", gate="Cửa B")
    services.scan(scene.request(was_offline=True), other)
    return db.session.scalars(select(ScanConflict)).one()


def a_quarantined(scene: Scene, code: str | None = None) -> ScanConflict:
    door = replace(scene.door, is_quarantined=True, is_clock_measured=True)
    services.scan(scene.request(code, was_offline=True), door)
    return db.session.scalars(select(ScanConflict).order_by(ScanConflict.id.desc())).first()  # type: ignore[return-value]


def close(scene: Scene, conflict: ScanConflict, resolution: Resolution) -> None:
    conflict_services.close(scene.congress, conflict.id, resolution, "đã xem", actor=ACTOR)


def present(scene: Scene) -> tuple[bool, str | None] | None:
    row = db.session.scalars(select(Presence)).one_or_none()
    assert log_queries.verify(scene.congress.id).mismatches == ()
    return None if row is None else (row.is_present, row.first_gate)


def test_kept_closes_it_with_name_and_note_and_moves_nobody(
    scene: Scene, frozen_clock: FrozenClock
) -> None:
    conflict = a_double(scene, frozen_clock)
    close(scene, conflict, Resolution.KEPT)
    told = (conflict.state, conflict.closed_by, conflict.closed_at, conflict.note)
    assert told == ("closed", ACTOR.display_name, clock.now(), "đã xem")
    assert (conflict_queries.open_count(scene.congress.id), present(scene)) == (0, (True, "Cửa A"))
    entry = db.session.scalars(select(Entry).where(Entry.action == "checkin.conflict_close")).one()
    assert entry.changes == {"resolution": "kept", "note": "đã xem"}


@pytest.mark.parametrize(
    ("resolution", "gate"),
    [(Resolution.FIRST_TAKEN_BACK, "Cửa B"), (Resolution.SECOND_TAKEN_BACK, "Cửa A")],
)
def test_taking_one_back_leaves_the_other(
    scene: Scene, frozen_clock: FrozenClock, resolution: Resolution, gate: str
) -> None:
    close(scene, a_double(scene, frozen_clock), resolution)
    assert present(scene) == (True, gate)


def test_it_is_settled_once(scene: Scene, frozen_clock: FrozenClock) -> None:
    conflict = a_double(scene, frozen_clock)
    close(scene, conflict, Resolution.KEPT)
    with pytest.raises(Conflict) as raised:
        close(scene, conflict, Resolution.SECOND_TAKEN_BACK)
    assert raised.value.code == "conflict_closed"


def test_a_way_out_it_does_not_have_is_refused(scene: Scene, frozen_clock: FrozenClock) -> None:
    conflict = a_double(scene, frozen_clock)
    with pytest.raises(RuleViolation) as raised:
        close(scene, conflict, Resolution.ADMITTED)
    assert (raised.value.code, conflict.state) == ("resolution_unfit", "open")


def test_another_congress_does_not_have_it(scene: Scene, frozen_clock: FrozenClock) -> None:
    conflict, other = a_double(scene, frozen_clock), a_congress()
    with pytest.raises(NotFound):
        conflict_services.close(other, conflict.id, Resolution.KEPT, "x", actor=ACTOR)


def test_admitting_from_quarantine_adds_a_row_that_names_the_first(
    scene: Scene, frozen_clock: FrozenClock
) -> None:
    conflict = a_quarantined(scene)
    scanned = clock.now()
    assert present(scene) is None
    frozen_clock.advance(hours=1)
    close(scene, conflict, Resolution.ADMITTED)
    assert present(scene) == (True, "Cửa A")
    row = db.session.scalars(select(Scan).where(Scan.source == "desk")).one()
    assert (row.stands_for_id, row.corrected_at, row.received_at, row.operator) == (
        conflict.second_scan_id,
        scanned,
        scanned + timedelta(hours=1),
        ACTOR.display_name,
    )


def test_rejecting_from_quarantine_leaves_it_in_the_log_uncounted(scene: Scene) -> None:
    close(scene, a_quarantined(scene), Resolution.REJECTED)
    assert (present(scene), len(db.session.scalars(select(Scan)).all())) == (None, 1)


def test_all_scans_of_a_revoked_device_at_once_but_nobody_unknown_is_admitted(
    scene: Scene,
) -> None:
    a_quarantined(scene)
    unknown = a_quarantined(scene, "rubbish")
    (waiting,) = conflict_queries.quarantines(scene.congress.id)
    assert (waiting.device_id, waiting.scans) == (scene.door.device_id, 2)
    admitted = conflict_services.close_quarantine(
        scene.congress, scene.door.device_id, Resolution.ADMITTED, "đối chiếu", actor=ACTOR
    )
    assert (admitted, present(scene)) == (1, (True, "Cửa A"))
    still = conflict_queries.waiting_of(scene.congress.id, scene.door.device_id)
    assert still == [unknown.id]
    assert conflict_queries.resolutions_for(unknown, "open") == (Resolution.REJECTED,)
