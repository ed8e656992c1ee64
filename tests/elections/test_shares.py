from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.elections.shares import percent, percent_text, tenths
from tests.elections.rounds import thorough


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (260, 295, "88,1 %"),
        (1, 2, "50,0 %"),
        (501, 1001, "50,1 %"),
        (500, 1001, "49,9 %"),
        (1, 5000, "0,1 %"),
        (4999, 5000, "99,9 %"),
        (7, 7, "100,0 %"),
        (0, 7, "0,0 %"),
        (0, 0, "–"),
    ],
)
def test_shares_for_people(part: int, whole: int, shown: str) -> None:
    assert percent_text(part, whole) == shown


def test_shares_for_machines() -> None:
    assert (percent(260, 295), percent(0, 0)) == (88.1, None)


@thorough
@given(st.integers(1, 100_000), st.data())
def test_shown_and_exact_stand_on_the_same_side(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    exact, shown = Fraction(part * 1000, whole), tenths(part, whole)
    assert shown is not None
    assert abs(shown - exact) <= 1
    for edge in (0, 500, 1000):
        assert (shown > edge, shown < edge) == (exact > edge, exact < edge)
