"""A speaker declines: the smallest change."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given, settings

from congress_app.kernel.errors import RuleViolation
from congress_app.programme.selection.deciding import select
from congress_app.programme.selection.repair import Change, smallest_change
from tests.programme.selection.problems import EXAMPLE, bodies, every_plan
from tests.programme.selection.test_deciding import problem_of


def test_the_others_stay_and_one_comes_in() -> None:
    change = smallest_change(problem_of(EXAMPLE), ["2", "3", "4"], ["3"])
    assert (change.chosen, change.added, change.dropped) == (("2", "4", "5"), ("5",), ())


def test_a_lock_on_the_speaker_gone_does_not_hold() -> None:
    body = EXAMPLE | {"locked_in": ["3"]}
    assert smallest_change(problem_of(body), ["2", "3", "4"], ["3"]).added == ("5",)


def test_nobody_can_stand_in() -> None:
    with pytest.raises(RuleViolation) as raised:
        smallest_change(problem_of(EXAMPLE), ["2", "3", "4"], ["2"])
    assert raised.value.code == "infeasible"


@given(bodies())
@settings(max_examples=60, deadline=None)
def test_no_plan_keeps_more_and_none_of_these_is_worth_more(body: dict[str, Any]) -> None:
    plans = every_plan(body | {"locked_in": []})
    assume(plans and plans[0][1])
    problem = problem_of(body | {"locked_in": []})
    chosen = select(problem).best.chosen
    gone = chosen[0]
    kept = set(chosen) - {gone}
    without = [(len(kept & set(ids)), worth) for worth, ids in plans if gone not in ids]
    if not without:
        with pytest.raises(RuleViolation):
            smallest_change(problem, chosen, [gone])
        return
    change: Change = smallest_change(problem, chosen, [gone])
    assert (len(kept & set(change.chosen)), change.score) == max(without)
    assert change.proven
    assert set(change.chosen) == (kept | set(change.added)) - set(change.dropped)
