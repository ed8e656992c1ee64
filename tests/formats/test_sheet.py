"""Addresses of cells, and rows that end early."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.formats.sheet import Row, Sheet, column_index, column_letter


@pytest.mark.parametrize(
    ("index", "letters"),
    [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")],
)
def test_columns_have_the_letters_of_spreadsheets(index: int, letters: str) -> None:
    assert column_letter(index) == letters
    assert column_index(letters.lower()) == index


@given(st.integers(0, 100_000))
def test_letters_lead_back_to_their_column(index: int) -> None:
    assert column_index(column_letter(index)) == index


def test_a_cell_beyond_the_last_filled_one_is_blank() -> None:
    row = Row(7, ("a", None, 3))
    assert [row.cell(place) for place in range(5)] == ["a", None, 3, None, None]


def test_the_width_is_that_of_the_widest_row() -> None:
    assert Sheet("DS", (Row(1, ("a",)), Row(2, ("b", "c", "d")))).width == 3
    assert Sheet("DS", ()).width == 0
