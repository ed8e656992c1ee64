"""What every division promises, tried on random problems and against naive rules."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from heapq import heapify, heappop, heappush
from itertools import pairwise
from math import ceil, floor

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from congress_app.kernel.errors import RuleViolation
from congress_app.quota.answer import allocate
from congress_app.quota.apportionment import apportion
from congress_app.quota.problem import Method, Problem, Unit
from tests.quota.problems import (
    DIVISOR_METHODS,
    LOT,
    PROPORTIONAL,
    bounds,
    naive_claim,
    naive_divisor_answers,
    naive_raw_answers,
    naive_remainder_answers,
    problems,
    replaced,
    thorough,
    with_weight,
)


@thorough
@given(problems())
def test_gives_all_seats_within_bounds_and_locks(problem: Problem) -> None:
    result = apportion(problem)

    assert result.seats == problem.seats
    for line, (low, high) in zip(result.lines, bounds(problem), strict=True):
        assert low <= line.seats <= high
        if line.unit.lock is not None:
            assert line.seats == line.unit.lock
        elif line.unit.weight == 0:
            assert line.seats == low


@thorough
@given(problems(DIVISOR_METHODS, most_units=4, most_seats=8))
def test_agrees_with_every_allocation_tried_by_divisors(problem: Problem) -> None:
    answers = naive_divisor_answers(problem)
    result = apportion(problem)

    assert [line.seats for line in result.lines] in answers
    assert bool(result.ties) == (len(answers) > 1)


@thorough
@given(problems((Method.LARGEST_REMAINDER,), most_units=4, most_seats=10))
def test_agrees_with_every_allocation_tried_by_remainders(problem: Problem) -> None:
    answers = naive_remainder_answers(problem)
    result = apportion(problem)

    assert [line.seats for line in result.lines] in answers
    assert bool(result.ties) == (len(answers) > 1)


@thorough
@given(problems((Method.LARGEST_REMAINDER_RAW,), most_units=4, most_seats=8))
def test_agrees_with_every_allocation_tried_by_raw_remainders(problem: Problem) -> None:
    answers = naive_raw_answers(problem)
    result = apportion(problem)

    assert [line.seats for line in result.lines] in answers
    assert bool(result.ties) == (len(answers) > 1)


@thorough
@given(problems((*PROPORTIONAL, Method.BASE_STEP)), st.randoms(use_true_random=False))
def test_the_order_of_the_input_decides_nothing(problem: Problem, shuffler: random.Random) -> None:
    shuffled = list(problem.units)
    shuffler.shuffle(shuffled)

    other = apportion(replaced(problem, units=tuple(shuffled)))

    assert other.by_code == apportion(problem).by_code
    assert other.problem.fingerprint() == problem.fingerprint()


@thorough
@given(problems(), st.fractions(Fraction(1, 50), 1000))
def test_only_proportions_of_weights_matter(problem: Problem, factor: Fraction) -> None:
    scaled = replaced(
        problem,
        units=tuple(
            Unit(u.code, u.weight * factor, u.name, u.base, u.floor, u.ceiling, u.lock)
            for u in problem.units
        ),
    )

    assert apportion(scaled).by_code == apportion(problem).by_code


@thorough
@given(problems(bounded=False))
def test_equal_weights_differ_by_at_most_one_and_larger_weights_never_have_fewer(
    problem: Problem,
) -> None:
    lines = sorted(apportion(problem).lines, key=lambda line: line.unit.weight)

    for smaller, larger in pairwise(lines):
        if smaller.unit.weight == larger.unit.weight:
            assert abs(smaller.seats - larger.seats) <= 1
        else:
            assert smaller.seats <= larger.seats


@thorough
@given(problems(DIVISOR_METHODS))
def test_one_seat_more_takes_nobodys_seat_under_divisors(problem: Problem) -> None:
    assert problem.seats is not None
    try:
        larger = apportion(replaced(problem, seats=problem.seats + 1))
    except RuleViolation as refusal:
        assert refusal.code in ("ceilings_under_total", "only_weightless_units")  # noqa: PT017
        return

    for before, after in zip(apportion(problem).lines, larger.lines, strict=True):
        assert before.seats <= after.seats


@thorough
@given(problems(DIVISOR_METHODS), st.data())
def test_locking_a_unit_where_it_stands_changes_nobody_under_divisors(
    problem: Problem, data: st.DataObject
) -> None:
    result = apportion(problem)
    chosen = data.draw(st.sampled_from(result.lines))
    locked = replaced(
        problem,
        units=tuple(
            Unit(u.code, u.weight, u.name, u.base, u.floor, u.ceiling, chosen.seats)
            if u.code == chosen.code
            else u
            for u in problem.units
        ),
    )

    assert apportion(locked).by_code == result.by_code


@thorough
@given(problems((Method.LARGEST_REMAINDER, Method.LARGEST_REMAINDER_RAW), bounded=False))
def test_largest_remainder_stays_within_the_share_rounded_down_and_up(problem: Problem) -> None:
    for line in apportion(problem).lines:
        assert floor(line.share) <= line.seats <= ceil(line.share)


@thorough
@given(problems(), st.data())
def test_raising_its_own_floor_never_costs_a_unit_a_seat(
    problem: Problem, data: st.DataObject
) -> None:
    unit = data.draw(st.sampled_from([u for u in problem.units if u.lock is None]))
    raised = replaced(
        problem,
        units=tuple(
            Unit(u.code, u.weight, u.name, u.base, (u.floor or 0) + 1, u.ceiling, u.lock)
            if u.code == unit.code
            else u
            for u in problem.units
        ),
    )
    try:
        after = apportion(raised).by_code[unit.code]
    except RuleViolation as refusal:
        note(refusal.code)
        return

    assert after >= apportion(problem).by_code[unit.code]


@thorough
@given(problems(), st.data())
def test_more_weight_never_costs_a_unit_a_seat(problem: Problem, data: st.DataObject) -> None:
    unit = data.draw(st.sampled_from([u for u in problem.units if u.weight]))
    heavier = with_weight(problem, unit.code, unit.weight + data.draw(st.integers(1, 40)))

    assert apportion(heavier).by_code[unit.code] >= apportion(problem).by_code[unit.code]


@thorough
@given(problems((*PROPORTIONAL, Method.BASE_STEP)))
def test_the_same_question_has_the_same_answer_to_the_byte(problem: Problem) -> None:
    assert json.dumps(allocate(problem)) == json.dumps(allocate(problem))


@pytest.mark.parametrize("method", DIVISOR_METHODS)
@pytest.mark.parametrize("seed", range(4))
def test_a_whole_season_agrees_with_seats_handed_out_one_by_one(method: Method, seed: int) -> None:
    draw = random.Random(seed)
    units = []
    for at in range(88):
        low = draw.choice((None, None, 1, 3))
        high = draw.choice((None, None, None, (low or 0) + draw.randint(1, 9)))
        weight = Fraction(draw.randint(1, 60_000), draw.choice((1, 1, 10, 7)))
        units.append(Unit(f"{at}", weight, "", draw.choice((0, 0, 2)), low, high))
    problem = Problem(tuple(u for u in units if u.ceiling is None or u.ceiling >= u.fixed), 700)
    problem = replaced(problem, method=method, ties=LOT)
    seats = [low for low, _ in bounds(problem)]
    queue: list[tuple[tuple[int, Fraction], int]] = []

    def offer(at: int) -> None:
        unit = problem.units[at]
        if seats[at] < bounds_of[at][1]:
            kind, claim = naive_claim(method, unit, seats[at] - unit.fixed + 1)
            heappush(queue, ((-kind, -claim), at))

    bounds_of = bounds(problem)
    heapify(queue)
    for at in range(len(seats)):
        offer(at)
    while sum(seats) < 700:
        _, at = heappop(queue)
        seats[at] += 1
        offer(at)

    result = apportion(problem)

    assert result.ties == ()
    assert [line.seats for line in result.lines] == seats
