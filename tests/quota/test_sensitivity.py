"""Margins: two facts the press knew in 2021, and trial divisions on both sides of each."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from congress_app.kernel.errors import RuleViolation
from congress_app.quota.apportionment import apportion
from congress_app.quota.problem import Method, Number, Problem, StepRule, TieChain, Unit
from congress_app.quota.reading import read_problem
from congress_app.quota.sensitivity import Margin, sensitivity
from tests.quota.problems import (
    GOLDEN,
    LOT,
    PROPORTIONAL,
    problems,
    replaced,
    thorough,
    with_figures,
    with_weight,
)


def house_of_2020() -> Problem:
    text = (GOLDEN / "us_2020.csv").read_text(encoding="utf-8")
    return read_problem(text, seats=435, method=Method.HUNTINGTON_HILL)


def test_new_york_was_89_people_short_and_minnesota_26_from_losing() -> None:
    problem = house_of_2020()
    weights = {unit.code: unit.weight for unit in problem.units}

    margins = sensitivity(apportion(problem))

    assert margins["New York"].gain_at == weights["New York"] + 89 == 20215840
    assert margins["Minnesota"].lose_at == weights["Minnesota"] - 26 == 5709726


def test_base_and_step_margins_are_the_next_threshold_and_the_last() -> None:
    units = (Unit("A", 42001, base=13), Unit("B", 6000, base=13, ceiling=13), Unit("C", 5, lock=9))
    problem = Problem(units, None, Method.BASE_STEP, step=StepRule(12000, 6001))

    assert sensitivity(apportion(problem)) == {
        "A": Margin(gain_at=54001, lose_at=42000),
        "B": Margin(None, None),
        "C": Margin(None, None),
    }


def test_margins_are_as_fine_as_the_weights_are_written() -> None:
    units = (Unit("A", Fraction(25, 2), written="12.50"), Unit("B", 10, written="10"))

    margins = sensitivity(apportion(Problem(units, 3)))

    # B's second seat needs more than A's 12.50; its first yields to 12.50 ÷ 2.5 = 5 = 2.5 ÷ 0.5,
    # where the larger weight goes first.
    assert margins["B"] == Margin(gain_at=Fraction(1251, 100), lose_at=Fraction(5, 2))
    assert margins["A"].lose_at == Fraction(999, 100)


def test_a_tie_on_the_way_is_decided_by_the_chain() -> None:
    # At 3 : 1 both claim the second seat alike; the larger weight goes first.
    by_weight = sensitivity(apportion(with_figures(2, 1, seats=2)))
    assert by_weight["A"] == Margin(gain_at=3, lose_at=0)
    # Equal weights and no lot: nobody can say, so it counts neither way.
    unsaid = sensitivity(apportion(with_figures(3, 2, seats=1)))
    assert unsaid["B"].gain_at == 4
    drawn = with_figures(3, 2, seats=1, ties=TieChain(order=("B", "A")))
    assert sensitivity(apportion(drawn))["B"].gain_at == 3


def seats_with(problem: Problem, code: str, weight: Number) -> int | None:
    try:
        return apportion(with_weight(problem, code, weight)).by_code[code]
    except RuleViolation:
        return None


@thorough
@given(problems((*PROPORTIONAL, Method.BASE_STEP)), st.data())
def test_margins_are_where_trial_divisions_turn(problem: Problem, data: st.DataObject) -> None:
    result = apportion(problem)
    line = data.draw(st.sampled_from(result.lines))
    margin = sensitivity(result)[line.code]
    step = Fraction(1, problem.grid)

    if line.unit.lock is not None:
        assert margin == Margin(None, None)
        return
    if margin.gain_at is not None:
        assert margin.gain_at > line.unit.weight
        gained = seats_with(problem, line.code, margin.gain_at)
        assert gained is not None
        assert gained > line.seats
        assert seats_with(problem, line.code, margin.gain_at - step) == line.seats
    else:
        # No weight helps, not even one beyond all others together.
        assert seats_with(problem, line.code, 10**9) == line.seats
    if margin.lose_at is not None:
        assert 0 <= margin.lose_at < line.unit.weight
        lost = seats_with(problem, line.code, margin.lose_at)
        assert lost is not None
        assert lost < line.seats
        assert seats_with(problem, line.code, margin.lose_at + step) == line.seats
    else:
        # Not even without weight, or nobody else has room for its seats.
        assert seats_with(problem, line.code, 0) in (line.seats, None)


@thorough
@given(problems(ties=TieChain()), st.data())
def test_an_open_tie_counts_neither_as_gain_nor_as_loss(
    problem: Problem, data: st.DataObject
) -> None:
    try:
        result = apportion(problem)
    except RuleViolation:
        assume(False)
    line = data.draw(st.sampled_from([line for line in result.lines if line.unit.lock is None]))
    margin = sensitivity(result)[line.code]
    others = tuple(unit.code for unit in problem.units if unit.code != line.code)
    first = replaced(problem, ties=TieChain(order=(line.code, *others)))
    last = replaced(problem, ties=TieChain(order=(*others, line.code)))

    if margin.gain_at is not None:
        worst_luck = seats_with(last, line.code, margin.gain_at)
        assert worst_luck is not None
        assert worst_luck > line.seats
    if margin.lose_at is not None:
        best_luck = seats_with(first, line.code, margin.lose_at)
        assert best_luck is not None
        assert best_luck < line.seats


@pytest.mark.parametrize("method", PROPORTIONAL)
def test_margins_of_a_real_table_are_exact_to_one_person(method: Method) -> None:
    problem = replaced(house_of_2020(), method=method, floor=1, ties=LOT)
    result = apportion(problem)
    margins = sensitivity(result)

    for code in ("New York", "Minnesota", "Wyoming", "California"):
        seats, margin = result.by_code[code], margins[code]
        assert margin.gain_at is not None
        assert seats_with(problem, code, margin.gain_at) == seats + 1
        assert seats_with(problem, code, margin.gain_at - 1) == seats
        if code != "Wyoming":
            assert margin.lose_at is not None
            assert seats_with(problem, code, margin.lose_at) == seats - 1
            assert seats_with(problem, code, margin.lose_at + 1) == seats
