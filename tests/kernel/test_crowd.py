"""How crowded it is, and when to ask again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.kernel.crowd import Crowd


class Hands:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0


def crowd_of(*waits: float) -> Crowd:
    crowd = Crowd(now=lambda: 0.0)
    for seconds in waits:
        crowd.note(seconds)
    return crowd


def test_where_nobody_waits_everybody_asks_as_ever() -> None:
    assert (crowd_of().waiting, crowd_of(0.0).ask_again(15.0, 60.0)) == (0.0, 15.0)


def test_a_wait_that_lasts_is_told_and_one_long_one_hardly() -> None:
    assert crowd_of(*[0.2] * 500).waiting == pytest.approx(0.2, rel=0.001)
    assert crowd_of(5.0).waiting == pytest.approx(0.1)


def test_a_tenth_of_a_second_doubles_the_time_to_the_next_question() -> None:
    crowd = crowd_of(*[0.1] * 1000)
    assert crowd.ask_again(15.0, 60.0) == pytest.approx(30.0)
    assert crowd.ask_again(15.0, 20.0) == 20.0


def test_when_nobody_came_for_a_while_nobody_waits() -> None:
    hands = Hands()
    crowd = Crowd(now=lambda: hands.now)
    for _ in range(1000):
        crowd.note(0.3)
    told = []
    for hands.now in (2.0, 2.1):
        told.append(round(crowd.waiting, 3))
    assert told == [0.3, 0.0]
    crowd.note(0.1)  # and what was before counts no more
    assert crowd.waiting == pytest.approx(0.002)


@given(st.lists(st.floats(0, 1000), max_size=50), st.floats(0.1, 100), st.floats(1, 10))
def test_nobody_is_told_sooner_than_when_it_is_calm_nor_later_than_at_most(
    waits: list[float], calm: float, times: float
) -> None:
    asked = crowd_of(*waits).ask_again(calm, calm * times)
    assert calm <= asked <= calm * times
