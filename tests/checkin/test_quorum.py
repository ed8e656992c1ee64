"""The quorum line."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.checkin.quorum import COUNTED, Quorum, quorum

TWO_THIRDS, HALF = Fraction(2, 3), Fraction(1, 2)


@pytest.mark.parametrize(
    ("share", "convened", "present", "needed", "missing"),
    [
        (TWO_THIRDS, 300, 200, 200, 0),
        (TWO_THIRDS, 300, 199, 200, 1),
        (TWO_THIRDS, 301, 200, 201, 1),
        (HALF, 41, 20, 21, 1),
        (HALF, 40, 20, 20, 0),
        (TWO_THIRDS, 1, 0, 1, 1),
        (TWO_THIRDS, 0, 0, 1, 1),
    ],
)
def test_how_many_are_needed(
    share: Fraction, convened: int, present: int, needed: int, missing: int
) -> None:
    line = Quorum(share, convened, present)
    assert (line.needed, line.missing, line.is_reached) == (needed, missing, missing == 0)


def test_the_line_in_words() -> None:
    told = [str(Quorum(TWO_THIRDS, 1500, present).sentence) for present in (1204, 996)]
    assert told == [
        "Đủ số có mặt tối thiểu: 1.204 trên 1.500, cần 1.000 (2/3).",
        "Chưa đủ số có mặt tối thiểu: 996 trên 1.500, cần 1.000 (2/3), còn thiếu 4.",
    ]


def test_without_a_rule_there_is_no_line_and_guests_do_not_count() -> None:
    assert quorum(None, 300, 10) is None
    assert quorum(HALF, 4, 2, is_proposed=True) == Quorum(HALF, 4, 2, is_proposed=True)
    assert COUNTED == ("official", "elected")


@given(st.fractions(0, 1), st.integers(0, 2000), st.integers(0, 2000))
def test_needed_is_the_smallest_number_of_at_least_the_share(
    share: Fraction, convened: int, present: int
) -> None:
    line = Quorum(share, convened, present)
    assert line.needed >= share * convened
    assert line.needed == 1 or line.needed - 1 < share * convened
    assert line.is_reached == (present >= line.needed)
