"""Many numbers said shortly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.badges.number_ranges import ranges


@pytest.mark.parametrize(
    ("numbers", "said"),
    [([], ""), ([5], "5"), ([3, 1, 2, 7], "1–3, 7"), ([1, 2, 2], "1–2"), ([9, 7], "7, 9")],
)
def test_neighbours_are_drawn_together(numbers: list[int], said: str) -> None:
    assert ranges(numbers) == said


@given(st.sets(st.integers(1, 300)))
def test_what_is_said_names_exactly_the_numbers(numbers: set[int]) -> None:
    named: set[int] = set()
    for part in filter(None, ranges(numbers).split(", ")):
        first, _, last = part.partition("–")
        named |= set(range(int(first), int(last or first) + 1))
    assert named == numbers
