from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from congress_app.quota.divisors import RULES, DivisorClaims
from congress_app.quota.feasibility import field_of
from congress_app.quota.problem import Problem, Unit
from tests.quota.problems import DIVISOR_METHODS, SIGNPOSTS, naive_claim, problems, thorough


def test_signposts_are_those_of_the_textbooks() -> None:
    for method in DIVISOR_METHODS:
        exact = [Fraction(*RULES[method].signpost(k)) for k in range(1, 20)]
        assert exact == [SIGNPOSTS[method](k) for k in range(1, 20)]
        assert exact == sorted(set(exact))


@thorough
@given(
    st.sampled_from(DIVISOR_METHODS),
    st.lists(st.integers(1, 10**30), min_size=2, max_size=2),
    st.lists(st.integers(1, 41), min_size=2, max_size=2),
)
def test_claims_compare_exactly_as_the_fractions_do(
    method: str, weights: list[int], seats: list[int]
) -> None:
    units = (Unit("A", weights[0]), Unit("B", weights[1]))
    claims = DivisorClaims(RULES[method], field_of(Problem(units, 40)))  # type: ignore[index]
    whole = [claims.claim(at, seat) for at, seat in enumerate(seats)]
    exact = [
        naive_claim(method, unit, seat)  # type: ignore[arg-type]
        for unit, seat in zip(units, seats, strict=True)
    ]

    assert (whole[0] < whole[1]) == (exact[0] < exact[1])
    assert (whole[0] == whole[1]) == (exact[0] == exact[1])


@thorough
@given(problems(DIVISOR_METHODS))
def test_a_guess_stays_within_the_bounds(problem: Problem) -> None:
    field = field_of(problem)
    guess = DivisorClaims(RULES[problem.method], field).guess(field.pool)

    assert len(guess) == len(field.places)
    for low, had, high in zip(field.lows, guess, field.highs, strict=True):
        assert low <= had <= high


def test_a_guess_is_near_even_where_one_weight_dwarfs_all_others() -> None:
    units = (Unit("A", 10**60, ceiling=5), *(Unit(str(at), at + 1) for at in range(60)))
    field = field_of(Problem(units, 500))

    guess = DivisorClaims(RULES[DIVISOR_METHODS[0]], field).guess(field.pool)

    assert guess[0] == 5
    assert abs(sum(guess) - 500) <= 20
