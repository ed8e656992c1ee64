"""The feed while delegates come in: only who is where is looked at."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from congress_app.badges import queries as badge_queries
from congress_app.badges import services as badges
from congress_app.badges import token
from congress_app.congresses.services import pulse
from congress_app.database import transaction
from congress_app.kernel.permissions import system_actor
from tests.builders import a_badge
from tests.checkin.door import Scene, confirmed
from tests.conftest import FrozenClock
from tests.scanners.following import Follower


def test_scans_alone_have_no_card_compared(
    phone: Follower, scene: Scene, count_queries: Any
) -> None:
    pulse(scene.congress.id)
    phone.follow()
    scene.ask()
    with count_queries() as seen:
        assert phone.follow() == [1]
    assert [each for each in seen if "person.full_name" in each] == []


def test_scans_do_not_put_off_what_raises_no_counter(
    phone: Follower, scene: Scene, frozen_clock: FrozenClock
) -> None:
    others = [a_badge(confirmed(scene.congress), token.new_code()) for _ in range(3)]
    pulse(scene.congress.id)
    phone.follow()
    with transaction():
        scene.delegate.person.organisation = "Sở Y tế"
    units = []
    for badge in others:
        frozen_clock.advance(seconds=50)
        scene.ask(code=badge.code)
        phone.follow()
        card = phone.card(scene.badge.code)
        units.append(card and card["unit"] == "Sở Y tế")
    assert units == [False, False, True]


def test_a_device_that_followed_holds_what_a_new_one_is_told(
    phone: Follower, client: FlaskClient, scene: Scene
) -> None:
    phone.follow()
    scene.ask()
    phone.follow()
    badges.reissue(
        scene.congress,
        scene.delegate,
        "Mất thẻ",
        seen=badge_queries.standing_of(scene.delegate.id),
        actor=system_actor(),
    )
    phone.follow()
    a_badge(confirmed(scene.congress), token.new_code())
    pulse(scene.congress.id)
    scene.ask()
    phone.follow()
    new = Follower(client, scene)
    new.follow()
    assert phone.roster == new.roster
