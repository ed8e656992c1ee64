"""Which session it is by its doors."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from congress_app.checkin import scan_queries
from congress_app.checkin.doors import Doors, held_at, open_at, opened_by, prepared_at
from tests.builders import a_congress, a_session

START = datetime(2020, 6, 15, tzinfo=UTC)


def hour(number: float) -> datetime:
    return START + timedelta(hours=number)


def doors(*hours: tuple[float, float]) -> list[Doors]:
    return [Doors(n, hour(opens), hour(closes)) for n, (opens, closes) in enumerate(hours, start=1)]


def test_doors_open_at_their_instant_and_close_before_theirs() -> None:
    one = doors((1, 3))
    assert [open_at(one, hour(at)) for at in (0.99, 1, 2.99, 3)] == [None, 1, 1, None]


def test_of_two_open_doors_the_later_opened_and_of_equals_the_first() -> None:
    assert open_at(doors((1, 9), (2, 9), (0, 9)), hour(5)) == 2
    assert open_at(doors((1, 9), (1, 4)), hour(3)) == 1


def test_who_may_be_in_a_hall_came_in_since_the_first_of_the_doors_still_open() -> None:
    day = doors((1, 4), (3, 7))
    opened = [opened_by(day, hour(at)) for at in (0, 1, 3.5, 4, 8)]
    assert opened == [None, hour(1), hour(1), hour(3), hour(3)]


def test_a_session_that_runs_over_sits_until_the_next_doors_of_the_day_open() -> None:
    two = doors((1, 3), (5, 7), (20, 22))
    # Midnight at the venue comes in hour 17: the day before does not sit in the morning.
    held = [held_at(two, hour(at)) for at in (0, 2, 4, 6, 8, 16, 18, 21, 40, 50)]
    assert held == [1, 1, 1, 2, 2, 2, 3, 3, 3, 3]
    assert held_at((), hour(0)) is None


def test_between_doors_the_papers_wanted_are_those_of_the_next_session() -> None:
    two = doors((1, 3), (5, 7))
    assert [prepared_at(two, hour(at)) for at in (0, 2, 4, 6, 8)] == [1, 1, 2, 2, 2]
    assert prepared_at((), hour(0)) is None


spans = st.lists(st.tuples(st.integers(0, 9), st.integers(1, 5)), max_size=5)


@given(spans, st.integers(-1, 16))
def test_what_is_counted_sits(found: list[tuple[int, int]], at: int) -> None:
    each = doors(*((opens, opens + length) for opens, length in found))
    counted = open_at(each, hour(at))
    assert counted is None or held_at(each, hour(at)) == counted


def test_the_database_says_the_same(app: Flask) -> None:
    congress = a_congress()
    hours = ((1, 9), (1, 4), (3, 5), (12, 14))
    rows = [
        a_session(congress, hour(opens), doors_open_at=hour(opens), doors_close_at=hour(closes))
        for opens, closes in hours
    ]
    all_doors = [Doors(row.id, row.doors_open_at, row.doors_close_at) for row in rows]
    for at in (0, 1, 2, 3, 4, 5, 8, 9, 11, 12, 14):
        asked, _facts = scan_queries.session_for(congress.id, None, hour(at))
        assert asked == open_at(all_doors, hour(at))
