"""The answer of `speeches select` and of a stored run, as JSON data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from congress_app.programme.selection.deciding import Plan, Selection
from congress_app.programme.selection.problem import Problem, plain
from congress_app.programme.selection.reasons import Loss


def answer_of(selection: Selection) -> dict[str, Any]:
    """`chosen`, `score`, `minutes`, `proven`, `runners_up`, `why_not`.

    `gap` (a part of the score) only where it is not proven; `unanswered` only where time
    ran out for some of `why_not`, whose losses then may carry `"proven": false`.
    """
    best = selection.best
    body: dict[str, Any] = {
        "chosen": list(best.chosen),
        "score": plain(best.score),
        "minutes": plain(best.minutes),
        "proven": selection.proven,
    }
    if not selection.proven:
        body["gap"] = selection.gap
    body["runners_up"] = [_runner(plan) for plan in selection.runners_up]
    body["why_not"] = {name: _loss(loss) for name, loss in selection.why_not.items()}
    if selection.unanswered:
        body["unanswered"] = list(selection.unanswered)
    return body


def _runner(plan: Plan) -> dict[str, Any]:
    return {"chosen": list(plan.chosen), "score": plain(plan.score)}


def _loss(loss: Loss) -> dict[str, Any]:
    told: dict[str, Any] = {
        "loss": None if loss.loss is None else plain(loss.loss),
        "plan": None if loss.plan is None else list(loss.plan),
    }
    return told if loss.proven else told | {"proven": False}


def problem_as_data(problem: Problem) -> dict[str, Any]:
    """The problem as a selection file holds it.

    Kept with a run: written as JSON and read by `read_problem` it is the same problem.
    """
    return {
        "budget_minutes": plain(problem.budget),
        "changeover_minutes": plain(problem.changeover),
        "max_per_unit": problem.max_per_unit,
        "min_share": {name: plain(share) for name, share in problem.shares.items()},
        "min": _counts(problem.least),
        "max": _counts(problem.most),
        "topic_penalty": plain(problem.topic_penalty),
        "locked_in": sorted(problem.locked_in),
        "locked_out": sorted(problem.locked_out),
        "speeches": [
            {
                "id": offer.id,
                **offer.marks,
                "minutes": plain(offer.minutes),
                "score": plain(offer.score),
            }
            for offer in problem.offers
        ],
    }


def _counts(table: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    return {attribute: dict(limits) for attribute, limits in table.items()}
