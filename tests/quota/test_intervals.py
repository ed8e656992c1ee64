from __future__ import annotations

from fractions import Fraction
from math import ceil, floor, isqrt

import pytest
from hypothesis import given

from congress_app.quota.apportionment import apportion
from congress_app.quota.intervals import DivisorInterval
from congress_app.quota.problem import Method, Problem, TieChain, Unit
from tests.quota.problems import DIVISOR_METHODS, SIGNPOSTS, problems, thorough, with_figures


def test_the_interval_runs_from_the_strongest_refused_to_the_weakest_given_claim() -> None:
    assert apportion(with_figures(53, 24, 23, seats=10)).divisor == DivisorInterval(
        24 / Fraction(5, 2), 53 / Fraction(11, 2), 1, Fraction("9.62")
    )


def test_a_tie_leaves_one_divisor_only() -> None:
    interval = apportion(with_figures(5, 5, seats=3, ties=TieChain(seed="x"))).divisor

    assert interval == DivisorInterval(Fraction(10, 3), Fraction(10, 3), 1, Fraction(10, 3))


def test_huntington_hill_keeps_the_squares_of_the_ends() -> None:
    interval = apportion(with_figures(50, 30, seats=8, method=Method.HUNTINGTON_HILL)).divisor

    # 30 ÷ √(3·4) = 8.66 is refused, 30 ÷ √(2·3) = 12.2 and 50 ÷ √(4·5) = 11.2 are given.
    assert interval == DivisorInterval(Fraction(2500, 30), Fraction(2500, 20), 2, Fraction(10))
    assert interval.ends == pytest.approx((9.1287, 11.1803), abs=1e-4)


def test_where_bounds_or_first_seats_decide_there_is_no_divisor() -> None:
    assert apportion(with_figures(5, 9, seats=1, method=Method.ADAMS)).divisor is None
    assert apportion(Problem((Unit("A", 5, floor=2, ceiling=2),), 2)).divisor is None


def test_without_a_refused_seat_any_small_divisor_will_do() -> None:
    interval = apportion(Problem((Unit("A", 5, ceiling=2), Unit("B", 7, ceiling=1)), 3)).divisor

    assert interval == DivisorInterval(Fraction(0), Fraction(10, 3), 1, Fraction(2))


@thorough
@given(problems(DIVISOR_METHODS, bounded=False, least=1))
def test_the_chosen_divisor_gives_the_division(problem: Problem) -> None:
    result = apportion(problem)
    interval = result.divisor
    if interval is None or result.ties:
        return
    post = SIGNPOSTS[problem.method]

    for line in result.lines:
        quotient = (Fraction(line.unit.weight) / interval.chosen) ** interval.power
        assert line.seats == 0 or quotient >= post(line.seats)
        assert quotient <= post(line.seats + 1)


@thorough
@given(problems((Method.WEBSTER, Method.HUNTINGTON_HILL), bounded=False, least=1))
def test_no_rounder_divisor_would_do(problem: Problem) -> None:
    interval = apportion(problem).divisor
    if interval is None or interval.high is None or interval.low == interval.high:
        return
    step = Fraction(10)
    while (interval.chosen / step).denominator == 1:
        step *= 10
    low, high = interval.low / step**interval.power, interval.high / step**interval.power
    first = (isqrt(floor(low)) if interval.power == 2 else floor(low)) + 1

    # No multiple of the next larger power of ten lies strictly between the ends.
    assert first**interval.power >= high or ceil(high) < first
