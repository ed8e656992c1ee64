"""A released result on the hall's screen."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from tests.builders import a_hall_link
from tests.conftest import FrozenClock
from tests.elections.voting import a_list, counted, released, taken_down


def test_the_hall_sees_a_result_from_its_release_for_two_hours(
    app: Flask, client: FlaskClient, frozen_clock: FrozenClock
) -> None:
    election = a_list(seats=1, names=2)
    round_ = counted(election, [90, 10])
    screen = f"/hall/{a_hall_link(election.congress).token}"
    assert "hall__result" not in client.get(screen).text
    released(round_)
    page = client.get(screen).text
    assert ("hall__result" in page, "Kết quả bầu đại biểu đi dự" in page) == (True, True)
    assert page.count("hall__mark") == len(election.candidates)
    frozen_clock.advance(hours=2, minutes=1)
    assert "hall__result" not in client.get(screen).text


def test_a_round_declared_void_leaves_the_screen(
    app: Flask, client: FlaskClient, frozen_clock: FrozenClock
) -> None:
    election = a_list(seats=1, names=2)
    round_ = released(counted(election, [90, 10]))
    screen = f"/hall/{a_hall_link(election.congress).token}"
    assert "hall__result" in client.get(screen).text
    taken_down(round_, "Nhầm")
    assert "hall__result" not in client.get(screen).text
