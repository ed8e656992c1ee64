"""Why nothing fits."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings

from congress_app.kernel.errors import RuleViolation
from congress_app.programme.selection.clashes import clashing
from congress_app.programme.selection.deciding import select
from congress_app.programme.selection.model import End, Model
from congress_app.programme.selection.rules import rules_of
from tests.programme.selection.problems import EXAMPLE, bodies, every_plan
from tests.programme.selection.test_deciding import problem_of


def told(body: dict[str, Any]) -> list[tuple[Any, ...]]:
    with pytest.raises(RuleViolation) as raised:
        select(problem_of(body))
    assert raised.value.code == "infeasible"
    return [
        (each["kind"], each["rule"], each.get("to", each["limit"]))
        for each in raised.value.details
        if isinstance(each, dict)
    ]


def test_a_minimum_nobody_can_reach() -> None:
    assert told(EXAMPLE | {"min": {"field": {"VH": 3}}}) == [
        ("clash", "min.field.VH", 3),
        ("relaxation", "min.field.VH", 1),
    ]


def test_locks_that_do_not_fit_the_minutes() -> None:
    body = EXAMPLE | {"min_share": {}, "min": {}, "locked_in": ["1", "2", "3"]}
    assert told(body | {"budget_minutes": 18.5}) == [
        ("clash", "budget_minutes", 18.5),
        ("clash", "locked_in.1", None),
        ("clash", "locked_in.2", None),
        ("clash", "locked_in.3", None),
        ("relaxation", "budget_minutes", 20),
        ("relaxation", "locked_in.1", None),
        ("relaxation", "locked_in.2", None),
        ("relaxation", "locked_in.3", None),
    ]


def test_a_share_is_relaxed_to_the_highest_that_can_be_kept() -> None:
    body = EXAMPLE | {"min": {}, "min_share": {"women": 0.6}, "locked_in": ["1", "3"]}
    assert ("relaxation", "min_share.women", 0.3333) in told(body)
    kept = body | {"min_share": {"women": 0.3333}}
    assert set(select(problem_of(kept)).best.chosen) >= {"1", "3"}


def test_two_clashes_side_by_side_are_relaxed_together() -> None:
    body = EXAMPLE | {"min": {"field": {"VH": 3, "XD": 4}}}
    with pytest.raises(RuleViolation) as raised:
        select(problem_of(body))
    together = [each for each in raised.value.details if isinstance(each, dict)][1:]
    assert [(each["rule"], each["together"]) for each in together] == [
        ("min.field.VH", True),
        ("min.field.XD", True),
    ]


@given(bodies())
@settings(max_examples=60, deadline=None)
def test_the_clash_is_impossible_and_minimal_and_each_relaxation_helps(
    body: dict[str, Any],
) -> None:
    assume(not every_plan(body))
    problem = problem_of(body)
    clash = clashing(problem, rules_of(problem), lambda: 5.0)
    assert Model(problem, clash).solve(5.0).end == End.IMPOSSIBLE
    for rule in clash:
        without = [each for each in clash if each is not rule]
        assert Model(problem, without).solve(5.0).end == End.BEST
    for _kind, key, to in (each for each in told(body) if each[0] == "relaxation"):
        head, _, rest = key.partition(".")
        if to is None:
            continue
        if head == "budget_minutes":
            wider = replace(problem, budget=Fraction(str(to)))
        elif head == "max_per_unit":
            wider = replace(problem, max_per_unit=to)
        elif head == "min_share":
            wider = replace(problem, shares={**problem.shares, rest: Fraction(str(to))})
        else:
            continue
        assert select(wider).proven
