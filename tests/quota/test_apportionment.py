"""The engine against published outcomes, against naive rules, and against its own promises."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from congress_app.kernel.errors import RuleViolation
from congress_app.quota.answer import allocate
from congress_app.quota.apportionment import Binding, apportion
from congress_app.quota.problem import Bonus, Method, Problem, StepRule, TieChain, TieKey, Unit
from congress_app.quota.reading import UNIT_COLUMNS, read_table, read_units
from congress_app.quota.ties import Tie
from tests.quota.problems import (
    DIVISOR_METHODS,
    GOLDEN,
    LOT,
    PROPORTIONAL,
    bounds,
    naive_divisor_answers,
    naive_raw_answers,
    naive_remainder_answers,
    problems,
    replaced,
    thorough,
    with_figures,
    with_weight,
)


def published() -> list[tuple[str, str]]:
    """Every table with each of its outcome columns."""
    cases = []
    for path in sorted(GOLDEN.glob("*.csv")):
        header = path.read_text(encoding="utf-8").splitlines()[0].split(",")
        cases += [(path.stem, column) for column in header if "@" in column]
    return cases


@pytest.mark.parametrize(("table", "outcome"), published())
def test_reproduces_published_outcomes(table: str, outcome: str) -> None:
    method, _, seats = outcome.partition("@")
    text = (GOLDEN / f"{table}.csv").read_text(encoding="utf-8")
    rows = read_table(text, table, UNIT_COLUMNS[:2], UNIT_COLUMNS)
    problem = Problem(read_units(rows), int(seats), Method(method))

    result = apportion(problem)

    assert result.by_code == {cells["code"]: int(cells[outcome]) for _, cells in rows.rows}
    assert result.ties == ()
    assert result.seats == int(seats)


def test_finds_all_golden_tables() -> None:
    assert len(published()) == 49


def test_three_equal_remainders_for_two_seats_are_a_tie_that_must_be_decided() -> None:
    problem = with_figures(2, 1, 1, 2, 2, seats=2, method=Method.LARGEST_REMAINDER)

    with pytest.raises(RuleViolation) as refusal:
        apportion(problem)

    assert refusal.value.code == "tie_undecided"
    assert refusal.value.details == ({"codes": ["A", "D", "E"], "seats": 2},)
    assert "A, D, E" in str(refusal.value)


def test_a_lot_decides_the_tie_and_says_so() -> None:
    problem = with_figures(
        2, 1, 1, 2, 2, seats=2, method=Method.LARGEST_REMAINDER, ties=TieChain(seed="2020")
    )

    result = apportion(problem)

    (tie,) = result.ties
    assert set(tie.codes) == {"A", "D", "E"}
    assert (tie.seats, tie.decided_by) == (2, "lot")
    assert result.by_code == {code: int(code in tie.codes[:2]) for code in "ABCDE"}


def test_an_order_drawn_on_paper_decides_the_tie() -> None:
    problem = with_figures(
        2,
        1,
        1,
        2,
        2,
        seats=2,
        method=Method.LARGEST_REMAINDER,
        ties=TieChain(order=("E", "A", "D")),
    )

    result = apportion(problem)

    assert result.ties == (Tie(("E", "A", "D"), 2, "order"),)
    assert result.by_code == {"A": 1, "B": 0, "C": 0, "D": 0, "E": 1}


def test_keys_of_the_organiser_go_before_weight_and_lot() -> None:
    # 3/1.5 = 1/0.5: the larger weight would win, the key says otherwise.
    key = TieKey("Đơn vị tiêu biểu", {"B": 1})
    weight_first = apportion(with_figures(3, 1, seats=2, ties=LOT))
    key_first = apportion(with_figures(3, 1, seats=2, ties=TieChain(keys=(key,), seed="x")))

    assert weight_first.by_code == {"A": 2, "B": 0}
    assert weight_first.ties == (Tie(("A", "B"), 1, "weight"),)
    assert key_first.by_code == {"A": 1, "B": 1}
    assert key_first.ties == (Tie(("B", "A"), 1, "keys"),)


@pytest.mark.parametrize("method", [Method.ADAMS, Method.DEAN, Method.HUNTINGTON_HILL])
def test_fewer_seats_than_units_go_by_weight_where_everybody_gets_a_first_seat(
    method: Method,
) -> None:
    result = apportion(with_figures(5, 900, 7, 6, seats=2, method=method))

    assert result.by_code == {"A": 0, "B": 1, "C": 1, "D": 0}


def test_base_seats_lie_under_the_proportional_ones() -> None:
    units = (
        Unit("HN", 90, base=2, bonuses=(Bonus("Thủ đô", 3),)),
        Unit("HG", 10, base=2),
    )

    result = apportion(Problem(units, 17))

    assert result.by_code == {"HN": 5 + 9, "HG": 2 + 1}
    assert [line.share for line in result.lines] == [14, 3]


def test_the_party_rule_of_1_for_12000_members() -> None:
    units = (
        Unit("A", 12000 * 3 + 6000, base=13),
        Unit("B", 12000 * 3 + 6001, base=13),
        Unit("C", 457_000, base=13, bonuses=(Bonus("Hà Nội", 10),)),
        Unit("D", 400, base=24, ceiling=20 + 4),
    )
    rule = StepRule(12000, 6001)

    result = apportion(Problem(units, None, Method.BASE_STEP, step=rule))

    assert result.by_code == {"A": 16, "B": 17, "C": 13 + 10 + 38, "D": 24}
    assert result.seats == 118
    assert apportion(Problem(units, 5, Method.BASE_STEP, step=StepRule(12000))).seats == 118


def test_says_what_binds() -> None:
    units = (
        Unit("floor", 1, floor=3),
        Unit("ceiling", 600, ceiling=4),
        Unit("lock", 100, lock=7),
        Unit("weightless", 0, floor=1),
        Unit("free", 300),
        Unit("idle", 300, floor=1),
    )

    for method in PROPORTIONAL:
        result = apportion(Problem(units, 25, method, ties=LOT))
        assert {line.code: line.binding for line in result.lines} == {
            "floor": Binding.FLOOR,
            "ceiling": Binding.CEILING,
            "lock": Binding.LOCK,
            "weightless": Binding.FLOOR,
            "free": None,
            "idle": None,
        }


def test_an_empty_table_has_an_empty_answer() -> None:
    assert apportion(Problem((), 0)).lines == ()


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


@pytest.mark.parametrize("method", PROPORTIONAL)
def test_weights_beyond_floats_are_divided_exactly(method: Method) -> None:
    huge = 10**400
    problem = with_figures(3 * huge, 2 * huge, huge + 1, seats=12, method=method, ties=LOT)
    small = with_figures(
        3, 2, Fraction(1 + Fraction(1, 10**400)), seats=12, method=method, ties=LOT
    )

    assert apportion(problem).by_code == {"A": 6, "B": 4, "C": 2}
    assert apportion(small).by_code == {"A": 6, "B": 4, "C": 2}


@pytest.mark.parametrize("method", DIVISOR_METHODS)
def test_a_hair_of_weight_decides_what_a_float_could_not_see(method: Method) -> None:
    hair = 10**40
    heavier_first = apportion(with_figures(hair + 1, hair, seats=7, method=method))
    heavier_last = apportion(with_figures(hair, hair + 1, seats=7, method=method))

    assert heavier_first.by_code == {"A": 4, "B": 3}
    assert heavier_last.by_code == {"A": 3, "B": 4}
    assert heavier_first.ties == ()
