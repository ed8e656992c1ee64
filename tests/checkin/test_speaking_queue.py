"""Turns in a discussion."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.checkin.speaking_queue import Waiting, in_turn


def order(waiting: list[Waiting], last: int | None = None) -> list[int]:
    return [each.id for each in in_turn(waiting, last)]


def test_first_come_first_heard() -> None:
    assert order([Waiting(2, 1), Waiting(1, 1), Waiting(3, 1)]) == [1, 2, 3]


@pytest.mark.parametrize(("last", "expected"), [(None, [1, 4, 2, 3]), (1, [4, 1, 2, 3])])
def test_two_queues_take_turns(last: int | None, expected: list[int]) -> None:
    waiting = [Waiting(1, 1), Waiting(2, 1), Waiting(3, 1), Waiting(4, 2)]
    assert order(waiting, last) == expected


def test_who_left_is_passed_over() -> None:
    assert order([Waiting(1, 1, is_present=False), Waiting(2, 1)]) == [2]


@given(
    st.lists(st.tuples(st.sampled_from([1, 2]), st.booleans()), max_size=20),
    st.sampled_from([None, 1, 2]),
)
def test_everybody_present_is_called_once_and_fairly(
    rows: list[tuple[int, bool]], last: int | None
) -> None:
    waiting = [Waiting(key, queue, here) for key, (queue, here) in enumerate(rows)]
    called = in_turn(waiting, last)
    assert sorted(each.id for each in called) == [w.id for w in waiting if w.is_present]
    for queue in (1, 2):
        line = [each.id for each in called if each.queue == queue]
        assert line == sorted(line)
    # The same queue twice running only once the other one is empty.
    for place, (one, two) in enumerate(pairwise(called)):
        if one.queue == two.queue:
            assert {each.queue for each in called[place:]} == {one.queue}
