"""Counts by unit without a row for a few."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from congress_app.scanners.unnamed import COMPANY, UnitCount, in_company

ROWS = st.lists(
    st.builds(
        lambda unit, convened, share: UnitCount(unit, convened, convened * share // 10),
        st.sampled_from(["", *"ABCDEFGH"]),
        st.integers(1, 12),
        st.integers(0, 10),
    ),
    unique_by=lambda row: row.unit,
)


def test_small_delegations_stand_together_under_no_name() -> None:
    rows = [UnitCount("A", 9, 4), UnitCount("B", 1, 1), UnitCount("", 3, 2), UnitCount("C", 4, 0)]
    assert in_company(rows) == [UnitCount("A", 9, 4), UnitCount("", 8, 3)]


def test_a_single_one_takes_the_smallest_named_one_in() -> None:
    rows = [UnitCount("A", 9, 4), UnitCount("B", 6, 6), UnitCount("C", 1, 0)]
    assert in_company(rows) == [UnitCount("A", 9, 4), UnitCount("", 7, 6)]
    assert in_company(rows[:2]) == rows[:2]
    assert in_company([]) == []


@given(ROWS)
def test_no_row_is_of_a_few_and_sums_stay(rows: list[UnitCount]) -> None:
    told = in_company(rows)
    whole = sum(row.convened for row in rows)
    assert sum(row.convened for row in told) == whole
    assert sum(row.present for row in told) == sum(row.present for row in rows)
    assert whole < COMPANY or all(row.convened >= COMPANY for row in told)
