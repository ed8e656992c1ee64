"""The choice against every plan there is."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings

from congress_app.kernel.errors import RuleViolation
from congress_app.programme.selection.deciding import Limits, Plan, select
from congress_app.programme.selection.problem import Problem
from congress_app.programme.selection.reading import read_problem
from congress_app.programme.selection.reasons import Loss
from tests.programme.selection.problems import EXAMPLE, bodies, every_plan


def problem_of(body: dict[str, Any]) -> Problem:
    return read_problem(json.dumps(body).encode(), "t.json")


@given(bodies())
@settings(max_examples=150, deadline=None)
def test_the_choice_is_the_best_of_all_plans(body: dict[str, Any]) -> None:
    plans = every_plan(body)
    problem = problem_of(body)
    if not plans:
        with pytest.raises(RuleViolation) as raised:
            select(problem)
        assert raised.value.code == "infeasible"
        return
    found = select(problem)
    assert (found.best.score, list(found.best.chosen)) == plans[0]
    assert found.proven
    assert [plan.score for plan in found.runners_up] == [worth for worth, _ in plans[1:4]]
    by_ids = {tuple(ids): worth for worth, ids in plans}
    for name in {speech["id"] for speech in body["speeches"]} - set(found.best.chosen):
        with_it = [worth for worth, ids in plans if name in ids]
        reason = found.why_not[name]
        if not with_it:
            assert reason == Loss()
        else:
            assert reason.loss == plans[0][0] - with_it[0]
            assert reason.plan is not None
            assert name in reason.plan
            assert by_ids[reason.plan] == with_it[0]


@given(bodies())
@settings(max_examples=25, deadline=None)
def test_the_order_of_the_file_changes_nothing(body: dict[str, Any]) -> None:
    turned = body | {"speeches": body["speeches"][::-1]}
    assert problem_of(turned) == problem_of(body)


def test_the_documented_example_gives_the_documented_answer() -> None:
    body = EXAMPLE | {"locked_out": ["1"]}
    found = select(problem_of(body))
    assert found.best == Plan(("2", "3", "4"), Fraction(253), Fraction(19))
    assert found.runners_up[0] == Plan(("2", "4", "5"), Fraction(246), Fraction(19))
    assert found.why_not == {"1": Loss(), "5": Loss(Fraction(7), ("2", "4", "5"))}


def test_equal_plans_are_settled_by_id_and_stay_so() -> None:
    speeches = [
        {"id": f"s{number}", "minutes": 5, "score": 80, "sex": "F"} for number in range(12, 0, -1)
    ]
    problem = problem_of({"budget_minutes": 15, "speeches": speeches})
    found = [select(problem) for _ in range(3)]
    assert found[0].best.chosen == ("s1", "s2", "s3")
    assert found[0] == found[1] == found[2]
    assert all(plan.score == 240 for plan in found[0].runners_up)


def test_a_share_counts_all_that_are_chosen() -> None:
    speeches = [
        {"id": "1", "minutes": 5, "score": 90},  # sex unknown: chosen, and no woman's
        {"id": "2", "minutes": 5, "score": 80, "sex": "M"},
        {"id": "3", "minutes": 5, "score": 10, "sex": "F"},
    ]
    body = {"budget_minutes": 10, "min_share": {"women": 0.5}, "speeches": speeches}
    assert select(problem_of(body)).best.chosen == ("1", "3")


def test_without_time_nothing_is_claimed() -> None:
    problem = problem_of(EXAMPLE)
    with pytest.raises(RuleViolation) as raised:
        select(problem, Limits(best=0.0, all=0.0))
    assert raised.value.code == "time_limit"


def test_without_time_for_reasons_losses_are_told_as_unproven() -> None:
    body = EXAMPLE | {"min": {}, "min_share": {}}
    found = select(problem_of(body), Limits(best=5.0, all=0.9), clock=iter_clock(0.0, 0.0, 5.0))
    assert found.proven
    assert not any(reason.proven for reason in found.why_not.values())
    assert set(found.why_not) | set(found.unanswered) | set(found.best.chosen) == set("12345")


def iter_clock(*moments: float) -> Any:
    """A clock that tells these moments, the last one for ever."""
    left = list(moments)
    return lambda: left.pop(0) if len(left) > 1 else left[0]


def test_a_problem_without_speeches_has_the_empty_plan() -> None:
    found = select(problem_of({"budget_minutes": 5, "speeches": []}))
    assert (found.best, found.proven) == (Plan((), Fraction(0), Fraction(0)), True)


def test_decimals_count_exactly() -> None:
    tenths = [{"id": str(n), "minutes": 0.1, "score": 0.000001 * n} for n in range(1, 4)]
    problem = problem_of({"budget_minutes": 0.3, "speeches": tenths})
    assert select(problem).best == Plan(("1", "2", "3"), Fraction(6, 1_000_000), Fraction(3, 10))
    tight = replace(problem, budget=Fraction(29, 100))
    assert select(tight).best.chosen == ("2", "3")
