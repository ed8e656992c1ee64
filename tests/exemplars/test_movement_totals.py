"""Half-year and yearly sums of movements: every part has its line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from congress_app.exemplars.movement_totals import (
    Period,
    Slot,
    SlotState,
    Totals,
    slots,
    totals,
    totals_by,
)
from congress_app.exemplars.movements import MovementFacts, Quarter, ResultFacts

FIRST, SECOND = Quarter(2023, 1), Quarter(2023, 2)
MOVEMENT = MovementFacts(7, "/1/", date(2023, 1, 1), date(2023, 6, 30))


def test_each_report_owed_is_in_one_state() -> None:
    results = [
        ResultFacts(7, 2, FIRST, 90, date(2023, 4, 20)),
        ResultFacts(7, 3, FIRST, None, date(2023, 4, 3)),
    ]
    assert slots([MOVEMENT], {7: [2, 3]}, results, date(2023, 5, 1)) == [
        Slot(7, 2, FIRST, SlotState.MEASURED, 90, 5),
        Slot(7, 2, SECOND, SlotState.WAITING),
        Slot(7, 3, FIRST, SlotState.WORDS),
        Slot(7, 3, SECOND, SlotState.WAITING),
    ]


def test_a_unit_that_is_asked_no_more_keeps_what_it_reported() -> None:
    merged = ResultFacts(7, 9, FIRST, 80, date(2023, 4, 3))
    found = slots([MOVEMENT], {7: [2]}, [merged], date(2023, 5, 1))
    assert [(slot.unit_id, slot.state) for slot in found] == [
        (2, SlotState.MISSING),
        (2, SlotState.WAITING),
        (9, SlotState.MEASURED),
    ]


def test_the_average_is_of_those_that_tell_a_percentage() -> None:
    found = [
        Slot(7, 2, FIRST, SlotState.MEASURED, 100),
        Slot(7, 3, FIRST, SlotState.MEASURED, 85, 2),
        Slot(7, 4, FIRST, SlotState.WORDS),
        Slot(7, 5, FIRST, SlotState.MISSING),
    ]
    assert totals(found) == Totals(measured=2, words=1, missing=1, late=1, percents=185)
    assert totals(found).average == Fraction(185, 2)
    assert totals(found).unknown == 2
    assert totals(found[2:]).average is None


def test_halves_hold_two_quarters_each_and_the_year_four() -> None:
    year = [Quarter(2023, number) for number in (1, 2, 3, 4)]
    assert [Period(2023, 1).holds(quarter) for quarter in year] == [True, True, False, False]
    assert [Period(2023, 2).holds(quarter) for quarter in year] == [False, False, True, True]
    assert [Period(2023).holds(quarter) for quarter in year] == [True] * 4
    assert not Period(2022).holds(FIRST)


SLOTS = st.builds(
    Slot,
    st.integers(1, 3),
    st.integers(1, 4),
    st.builds(Quarter, st.integers(2022, 2023), st.integers(1, 4)),
    st.sampled_from(tuple(SlotState)),
)


@given(st.lists(SLOTS))
def test_the_parts_of_every_grouping_sum_to_the_whole(found: Sequence[Slot]) -> None:
    whole = totals(found)
    assert whole.slots == len(found)
    for key in (lambda slot: slot.unit_id, lambda slot: slot.quarter):
        parts = totals_by(found, key).values()
        for name in ("measured", "words", "missing", "waiting", "late", "percents", "slots"):
            assert sum(getattr(part, name) for part in parts) == getattr(whole, name)
