"""The checker finds each broken rule, and agrees with the description of the file."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.programme.selection.checking import faults_of, worth
from tests.programme.selection.problems import EXAMPLE, bodies, lawful, value
from tests.programme.selection.test_deciding import problem_of


@given(bodies(), st.data())
def test_it_agrees_with_the_description(body: dict[str, Any], data: st.DataObject) -> None:
    plan = tuple(each for each in body["speeches"] if data.draw(st.booleans()))
    ids = [each["id"] for each in plan]
    problem = problem_of(body)
    assert (faults_of(problem, ids) == []) == lawful(body, plan)
    assert worth(problem, ids) == value(body, plan)


@pytest.mark.parametrize(
    ("change", "chosen", "broken"),
    [
        ({}, ["2", "3", "9"], ["chosen"]),
        ({}, ["2", "2"], ["chosen"]),
        ({"budget_minutes": 18}, ["2", "3", "4"], ["budget_minutes"]),
        ({"changeover_minutes": 1}, ["2", "3", "4"], ["budget_minutes"]),
        ({"min_share": {"women": 0.5}}, ["2", "3", "4"], ["min_share.women"]),
        ({}, ["2", "4"], ["min.field.XD"]),
        ({"max": {"field": {"XD": 0}}}, ["2", "3"], ["max.field.XD"]),
        ({"locked_in": ["5"], "locked_out": ["3"]}, ["2", "3"], ["locked_in.5", "locked_out.3"]),
    ],
)
def test_a_broken_rule_is_named(
    change: dict[str, Any], chosen: list[str], broken: list[str]
) -> None:
    assert faults_of(problem_of(EXAMPLE | change), chosen) == broken
