"""Quarters, who reports, and what is due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from congress_app.exemplars.movements import (
    Due,
    Lack,
    MovementFacts,
    Quarter,
    Reporters,
    ResultFacts,
    days_late,
    deadline,
    lacks,
    quarter_of,
    quarters,
    reporting,
)


@dataclass(frozen=True)
class Unit:
    """A unit as the rules read it."""

    id: int
    path: str


SECTOR, PROVINCE, CITY = Unit(1, "/1/"), Unit(2, "/1/2/"), Unit(3, "/1/3/")
DISTRICT, OFFICE = Unit(4, "/1/2/4/"), Unit(5, "/1/2/5/")
UNITS = (SECTOR, PROVINCE, DISTRICT, OFFICE, CITY)
DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))


def movement(
    starts_on: date = date(2023, 2, 10), ends_on: date = date(2023, 8, 20), **rest: object
) -> MovementFacts:
    """A movement of the sector from February to August 2023."""
    return MovementFacts(7, "/1/", starts_on, ends_on, **rest)  # type: ignore[arg-type]


def report(unit: Unit, quarter: Quarter, reported_on: date) -> ResultFacts:
    """A report of the movement."""
    return ResultFacts(7, unit.id, quarter, 90, reported_on)


@given(DAYS)
def test_every_day_lies_in_its_quarter_and_quarters_follow_each_other(day: date) -> None:
    quarter = quarter_of(day)
    assert quarter.first_day <= day <= quarter.last_day
    assert quarter.last_day + timedelta(days=1) == quarter.next().first_day
    assert quarter < quarter.next()


def silent(
    made: MovementFacts, results: Sequence[ResultFacts] = ()
) -> dict[tuple[int, Quarter], int]:
    there = {result.key for result in results}
    return {
        (made.id, quarter): sum(
            (made.id, unit.id, quarter) not in there for unit in reporting(made, UNITS)
        )
        for quarter in quarters(made)
    }


def test_a_movement_is_reported_for_each_quarter_it_touches() -> None:
    assert quarters(movement()) == [Quarter(2023, 1), Quarter(2023, 2), Quarter(2023, 3)]
    one_day = movement(date(2023, 12, 31), date(2024, 1, 1))
    assert quarters(one_day) == [Quarter(2023, 4), Quarter(2024, 1)]


def test_closing_early_ends_it_closing_late_changes_nothing() -> None:
    closed = movement(closed_on=date(2023, 4, 1))
    assert quarters(closed) == [Quarter(2023, 1), Quarter(2023, 2)]
    assert deadline(closed, Quarter(2023, 2)) == date(2023, 4, 16)
    assert quarters(movement(closed_on=date(2024, 1, 5))) == quarters(movement())


def test_a_report_is_due_fifteen_days_after_the_quarter_or_the_movements_end() -> None:
    assert deadline(movement(), Quarter(2023, 2)) == date(2023, 7, 15)
    assert deadline(movement(), Quarter(2023, 3)) == date(2023, 9, 4)
    assert deadline(movement(report_days=5), Quarter(2023, 3)) == date(2023, 8, 25)


def test_direct_units_base_units_or_the_unit_itself_report() -> None:
    assert reporting(movement(), UNITS) == [PROVINCE, CITY]
    assert reporting(movement(reporters=Reporters.BASE), UNITS) == [DISTRICT, OFFICE, CITY]
    alone = MovementFacts(8, "/1/2/4/", date(2023, 1, 1), date(2023, 3, 31))
    assert reporting(alone, UNITS) == [DISTRICT]


def test_a_unit_whose_number_begins_like_anothers_is_not_below_it() -> None:
    other = Unit(20, "/1/20/")
    below = Unit(21, "/1/20/21/")
    own = MovementFacts(8, "/1/2/", date(2023, 1, 1), date(2023, 3, 31), reporters="base")
    assert reporting(own, (*UNITS, other, below)) == [DISTRICT, OFFICE]


def test_nothing_is_due_before_the_quarter_is_over_and_all_afterwards() -> None:
    assert lacks([movement()], silent(movement()), date(2023, 3, 31)) == []
    first, last = Quarter(2023, 1), date(2023, 4, 15)
    found = lacks([movement()], silent(movement()), date(2023, 4, 1))
    assert found == [Lack(7, first, last, -14, count=2)]
    assert found[0].of(CITY.id) == Due(7, CITY.id, first, last, -14)


def test_what_was_reported_is_not_due_and_a_day_too_late_is_overdue() -> None:
    there = [report(PROVINCE, Quarter(2023, 1), date(2023, 4, 2))]
    on_time = lacks([movement()], silent(movement(), there), date(2023, 4, 15))
    too_late = lacks([movement()], silent(movement(), there), date(2023, 4, 16))
    assert [(one.count, one.days, one.is_overdue) for one in on_time] == [(1, 0, False)]
    assert [(one.count, one.days, one.is_overdue) for one in too_late] == [(1, 1, True)]


def test_the_longest_waiting_stands_first() -> None:
    found = lacks([movement()], silent(movement()), date(2023, 12, 1))
    assert [one.quarter.number for one in found] == [1, 2, 3]


def test_a_report_is_late_by_the_day_it_was_first_written() -> None:
    in_time = report(CITY, Quarter(2023, 1), date(2023, 4, 15))
    late = report(CITY, Quarter(2023, 1), date(2023, 4, 18))
    early = report(CITY, Quarter(2023, 1), date(2023, 3, 1))
    assert [days_late(movement(), one) for one in (in_time, late, early)] == [0, 3, 0]


@given(DAYS, DAYS, DAYS, st.sampled_from(tuple(Reporters)), st.data())
def test_due_and_reported_never_overlap_and_together_are_all_that_is_over(
    one: date, other: date, today: date, reporters: Reporters, data: st.DataObject
) -> None:
    made = movement(min(one, other), max(one, other), reporters=reporters)
    asked = {(unit.id, quarter) for unit in reporting(made, UNITS) for quarter in quarters(made)}
    told = data.draw(st.sets(st.sampled_from(sorted(asked))))
    results = [ResultFacts(7, unit_id, quarter, None, today) for unit_id, quarter in told]
    found = {row.quarter: row.count for row in lacks([made], silent(made, results), today)}
    over = {key for key in asked if min(key[1].last_day, made.last_day) < today}
    assert found == Counter(quarter for _unit, quarter in over - told)
