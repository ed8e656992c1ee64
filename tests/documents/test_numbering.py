"""Numbers without gaps."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from congress_app.documents import numbering


@given(st.integers(1, 500), st.integers(0, 30))
def test_a_series_has_no_gaps(first: int, count: int) -> None:
    last: int | None = None
    given_out = []
    for _ in range(count):
        last = numbering.next_number(last, first)
        given_out.append(last)
    assert given_out == list(range(first, first + count))
    assert numbering.gaps(given_out, first) == []


def test_a_gap_is_found() -> None:
    assert numbering.gaps([1, 2, 4, 7]) == [3, 5, 6]
    assert numbering.gaps([]) == []


def test_a_series_belongs_to_the_year_of_the_paper() -> None:
    assert numbering.year_of(date(2020, 12, 31)) == 2020
