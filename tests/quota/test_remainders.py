from __future__ import annotations

from fractions import Fraction

from hypothesis import given

from congress_app.quota.feasibility import field_of
from congress_app.quota.problem import Method, Problem
from congress_app.quota.remainders import RemainderClaims, Shares, constrained, remainder_claims
from tests.quota.problems import naive_shares, problems, thorough


def test_shares_within_their_bounds_still_sum_to_the_pool() -> None:
    # 100 seats by 10 : 30 : 60; the first is held up at 20, the last down at 50.
    assert constrained([10, 30, 60], [20, 0, 0], [100, 100, 50], 100) == Shares(30, 30, [-1, 0, 1])


def test_a_bound_that_only_binds_because_of_another_is_found() -> None:
    # Holding 40 up at 60 leaves 40 for 50 : 10; then 10 falls below its floor of 7.
    assert constrained([40, 50, 10], [60, 0, 7], [100] * 3, 100) == Shares(33, 50, [-1, 0, -1])


def test_everybody_may_be_held() -> None:
    assert constrained([1, 1], [3, 0], [9, 2], 5) == Shares(0, 1, [-1, 1])
    assert constrained([], [], [], 0) == Shares(0, 1, [])


def test_claims_to_remainders_are_ordered_like_the_remainders() -> None:
    claims = RemainderClaims([7, 5], [0, 0], [9, 9], Shares(10, 12, []))

    # Shares 5.83 and 4.17.
    assert (claims.guess(9), claims.guess(10)) == ([5, 4], [6, 4])
    assert [claims.claim(0, 6), claims.claim(1, 5)] == [10, 2]


@thorough
@given(problems((Method.LARGEST_REMAINDER,), most_units=5))
def test_constrained_shares_are_the_ones_found_by_trying(problem: Problem) -> None:
    field = field_of(problem)
    _, shares = remainder_claims(problem.method, field)
    found = naive_shares(problem)

    for at, place in enumerate(field.places):
        exact = Fraction(field.weights[at] * shares.above, shares.below)
        if shares.held[at]:
            exact = Fraction(field.lows[at] if shares.held[at] < 0 else field.highs[at])
        assert problem.units[place].fixed + exact == found[place]
