"""Presence read from the log."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from congress_app.badges import token
from congress_app.checkin import desk_services, queries
from congress_app.checkin.attendance import PresenceAsOf
from congress_app.kernel import clock
from congress_app.kernel.permissions import system_actor
from tests.builders import a_badge, a_delegate, a_person, a_session
from tests.checkin.door import Scene, a_scene, confirmed
from tests.conftest import FrozenClock

ACTOR = system_actor("Chị Lan")


@pytest.fixture
def scene(app: Flask, frozen_clock: FrozenClock) -> Scene:
    return a_scene()


def test_presence_as_of_a_minute(scene: Scene, frozen_clock: FrozenClock) -> None:
    came, gone = scene.delegate, confirmed(scene.congress)
    excused, guest = confirmed(scene.congress), confirmed(scene.congress, category="guest")
    a_delegate(scene.congress, a_person(), state="replaced")
    code = token.new_code()
    a_badge(gone, code)
    session = scene.session.id
    scene.ask()
    scene.ask(code)
    desk_services.excuse(scene.congress, session, excused.id, "ốm", actor=ACTOR)
    before = clock.now()
    frozen_clock.advance(minutes=10)
    scene.ask(code, direction="out")
    everybody = frozenset({came.id, gone.id, excused.id, guest.id})
    away = frozenset({excused.id, guest.id})

    def told(**narrowed: object) -> PresenceAsOf:
        return queries.presence_as_of(scene.congress.id, session, clock.now(), **narrowed)  # type: ignore[arg-type]

    assert queries.presence_as_of(scene.congress.id, session, before) == PresenceAsOf(
        session, before, everybody, frozenset({came.id, gone.id}), frozenset({excused.id}), away
    )
    assert told() == PresenceAsOf(
        session, clock.now(), everybody, frozenset({came.id}), frozenset({excused.id}), away
    )
    assert told(categories=("official", "elected")).convened == everybody - {guest.id}


def test_who_came_to_another_session_is_not_absent_throughout(
    scene: Scene, frozen_clock: FrozenClock
) -> None:
    scene.ask()
    frozen_clock.advance(hours=5)
    later = a_session(scene.congress)
    told = queries.presence_as_of(scene.congress.id, later.id, clock.now() + timedelta(hours=1))
    assert (told.present, told.absent_throughout) == (frozenset(), frozenset())
