"""The list of an award item: its order, what is proposed to be read, its stored form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.exemplars.awards import AwardFacts
from congress_app.programme.honours import (
    PLAIN_AWARD,
    Honour,
    HonourLine,
    facts_of,
    honours_of,
    in_order,
    usual_award,
)


def award(name: str, year: int | None) -> AwardFacts:
    return AwardFacts("", name, year)


def test_places_decide_and_who_has_none_stands_last() -> None:
    one, two, new = Honour(1, "Một"), Honour(2, "Hai"), Honour(3, "Mới")
    assert in_order([(0, new), (2, two), (1, one)]) == [one, two, new]
    assert in_order([(1, two), (1, one)]) == [two, one]


@pytest.mark.parametrize(
    ("awards", "read"),
    [
        ([], PLAIN_AWARD),
        ([award("Bằng khen", None)], "Bằng khen"),
        ([award("Bằng khen", None), award("Huân chương", 2016)], "Huân chương"),
        ([award("Huân chương", 2016), award("Cờ thi đua", 2018)], "Cờ thi đua"),
        ([award("Huân chương", 2018), award("Cờ thi đua", 2018)], "Huân chương"),
    ],
)
def test_the_award_decided_last_is_proposed(awards: list[AwardFacts], read: str) -> None:
    assert usual_award(awards) == read


def test_a_unit_is_not_read_twice() -> None:
    assert HonourLine(1, "Lê An", "BHXH huyện", "CSTĐ").spoken == "Lê An, BHXH huyện: CSTĐ"
    assert HonourLine(1, "BHXH huyện", "BHXH huyện", "Cờ").spoken == "BHXH huyện: Cờ"


@given(st.lists(st.builds(Honour, st.integers(1), st.text())))
def test_the_stored_form_reads_back(honours: list[Honour]) -> None:
    stored = facts_of(honours).honours
    assert list(honours_of(stored)) == honours
    assert (stored is None) == (honours == [])
