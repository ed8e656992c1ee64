"""Entries by the minute as bars."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from congress_app.checkin.arrivals import MOST_BARS, Bar, picture

START = datetime(2020, 6, 15, 0, 30, tzinfo=UTC)


def minute(number: int) -> datetime:
    return START + timedelta(minutes=number)


def test_bars_of_one_minute_with_the_gap_left_open() -> None:
    drawn = picture({minute(0): 4, minute(2): 8})
    assert drawn is not None
    assert (drawn.step, [bar.count for bar in drawn.bars]) == (1, [4, 0, 8, *[0] * 7])
    assert drawn.bars[:2] == (
        Bar(minute(0), 4, x=15.7, y=99.0, width=54.9, height=71.0),
        Bar(minute(1), 0, x=86.1, y=170.0, width=54.9, height=0.0),
    )
    assert [bar.starts for bar in drawn.labelled] == [minute(n) for n in (0, 2, 4, 6, 8)]


def test_nobody_yet_is_no_picture() -> None:
    assert picture({}) is None


def test_a_long_morning_is_told_in_wider_bars() -> None:
    drawn = picture({minute(1): 1, minute(100): 2})
    assert drawn is not None
    assert (drawn.step, drawn.bars[0].starts) == (5, minute(0))


@given(st.dictionaries(st.integers(0, 4000), st.integers(1, 90), min_size=1, max_size=60))
def test_nobody_is_lost_and_everything_lies_inside(entries: dict[int, int]) -> None:
    drawn = picture({minute(number): count for number, count in entries.items()})
    assert drawn is not None
    assert sum(bar.count for bar in drawn.bars) == sum(entries.values())
    assert 10 <= len(drawn.bars) <= max(10, MOST_BARS)
    for bar in drawn.bars:
        assert drawn.left <= bar.x <= bar.x + bar.width <= drawn.right
        assert 0 < bar.y <= drawn.base
