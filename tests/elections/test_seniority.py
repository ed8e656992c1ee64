from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from congress_app.elections.seniority import Seniority, oldest, surely_older
from congress_app.kernel.partial_date import PartialDate
from tests.elections.rounds import BIRTHS, thorough


def test_an_unknown_part_tells_nothing() -> None:
    year, month, day = PartialDate(1970), PartialDate(1970, 3), PartialDate(1970, 3, 31)
    assert surely_older(PartialDate(1969), year)
    assert not surely_older(year, month)
    assert not surely_older(month, day)
    assert surely_older(month, PartialDate(1970, 4, 1))
    assert not surely_older(None, year)
    assert not surely_older(year, None)


def test_equal_births_leave_the_seat_open() -> None:
    births = {"A": PartialDate(1970, 1, 1), "B": PartialDate(1970, 1, 1), "C": PartialDate(1980)}
    assert oldest(births, 1) == Seniority(frozenset(), frozenset("AB"))
    assert oldest(births, 2) == Seniority(frozenset("AB"), frozenset())


@thorough
@given(st.dictionaries(st.sampled_from("ABCDE"), BIRTHS, min_size=1), st.integers(1, 4))
def test_agrees_with_trying_every_possible_order(
    births: dict[str, PartialDate | None], seats: int
) -> None:
    possible = [
        order
        for order in permutations(births)
        if not any(
            surely_older(births[later], births[earlier])
            for at, earlier in enumerate(order)
            for later in order[at:]
        )
    ]
    always = {key for key in births if all(key in order[:seats] for order in possible)}
    ever = {key for key in births if any(key in order[:seats] for order in possible)}
    assert oldest(births, seats) == Seniority(frozenset(always), frozenset(ever - always))
