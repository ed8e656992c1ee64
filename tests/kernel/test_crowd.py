"""How crowded it is, and when to ask again."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.kernel.crowd import LOOKERS_SHARE, Crowd


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
    assert (crowd_of().waiting, crowd_of().ask_again(0.004, 15.0, 60.0)) == (0.0, 15.0)


def test_a_wait_that_lasts_is_told_and_one_long_one_hardly() -> None:
    assert crowd_of(*[0.2] * 500).waiting == pytest.approx(0.2, rel=0.001)
    assert crowd_of(5.0).waiting == pytest.approx(0.1)


def test_who_asks_is_told_the_next_time_that_is_free() -> None:
    crowd = crowd_of()
    told = [crowd.ask_again(LOOKERS_SHARE, 2.0, 60.0) for _ in range(5)]
    assert told == [2.0, 2.0, 3.0, 4.0, 5.0]
    assert crowd.ask_again(LOOKERS_SHARE, 2.0, 5.0) == 5.0


def test_what_is_booked_passes_with_time() -> None:
    hands = Hands()
    crowd = Crowd(now=lambda: hands.now)
    told = [crowd.ask_again(30 * LOOKERS_SHARE, 15.0, 60.0)]
    for hands.now in (20.0, 100.0):
        told.append(crowd.ask_again(10 * LOOKERS_SHARE, 15.0, 60.0))
    assert told == pytest.approx([30.0, 20.0, 15.0])


def test_a_crowd_that_came_at_once_does_not_come_at_once_again() -> None:
    crowd, each = crowd_of(), 0.01
    told = [crowd.ask_again(each, 15.0, 60.0) for _ in range(1000)]
    # Each has the time of his own answer, in the share that is given to such.
    gaps = [later - sooner for sooner, later in pairwise(told) if later > 15.0]
    assert gaps[1:] == pytest.approx([each / LOOKERS_SHARE] * (len(gaps) - 1))
    assert told[-1] == pytest.approx(1000 * each / LOOKERS_SHARE)


def test_a_book_that_is_full_is_free_again_after_a_minute() -> None:
    hands = Hands()
    crowd = Crowd(now=lambda: hands.now)
    crowd.ask_again(1e9, 15.0, 60.0)
    hands.now = 60.0
    assert crowd.ask_again(0.0, 15.0, 60.0) == 15.0


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
    took: list[float], calm: float, times: float
) -> None:
    crowd = crowd_of()
    for seconds in took:
        assert calm <= crowd.ask_again(seconds, calm, calm * times) <= calm * times
