from __future__ import annotations

from dataclasses import dataclass

import pytest

from congress_app.quota.ranking import certify, rank


@dataclass
class Offers:
    """Claims written out, and any guess to start from."""

    claims: list[list[int]]
    lows: list[int]
    highs: list[int]
    start: list[int]

    def claim(self, at: int, seat: int) -> int:
        return self.claims[at][seat - 1]

    def guess(self, pool: int) -> list[int]:
        return list(self.start)


CLAIMS = [[90, 60, 30, 5], [80, 50, 20, 4], [70, 10, 3, 2]]


@pytest.mark.parametrize("start", [[0, 0, 0], [3, 3, 3], [1, 1, 3], [0, 3, 2], [2, 2, 1]], ids=str)
def test_any_guess_ends_at_the_strongest_claims(start: list[int]) -> None:
    ranked = rank(Offers(CLAIMS, [0, 0, 0], [3, 3, 3], start), 5)

    assert (ranked.seats, ranked.weakest, ranked.strongest) == ([2, 2, 1], 50, 30)
    assert (ranked.last, ranked.next, ranked.given, ranked.refused) == (1, 0, [], [])


def test_bounds_come_before_claims() -> None:
    ranked = rank(Offers(CLAIMS, [0, 0, 3], [3, 1, 3], [0, 0, 3]), 5)

    assert (ranked.seats, ranked.weakest, ranked.strongest) == ([1, 1, 3], 80, 60)


def test_equal_claims_at_the_cut_are_a_tie() -> None:
    claims = [[90, 50, 1], [80, 50, 1], [50, 3, 1]]

    ranked = rank(Offers(claims, [0, 0, 0], [2, 2, 2], [2, 1, 0]), 4)

    assert sorted([*ranked.given, *ranked.refused]) == [0, 1, 2]
    assert len(ranked.given) == 2
    assert ranked.weakest == ranked.strongest == 50


@pytest.mark.parametrize(
    ("seats", "weakest", "strongest"),
    [([2, 2, 2], 10, 30), ([2, 2, 0], 50, 40), ([4, 1, 0], 5, 4)],
    ids=["not the strongest", "not the sum", "over the ceiling"],
)
def test_a_wrong_division_gets_no_certificate(
    seats: list[int], weakest: int, strongest: int
) -> None:
    offers = Offers(CLAIMS, [0, 0, 0], [3, 3, 3], seats)
    pool = 6 if seats == [2, 2, 2] else 5

    with pytest.raises(AssertionError):
        certify(offers, pool, seats, weakest, strongest)
    certify(offers, 5, [2, 2, 1], 50, 30)
