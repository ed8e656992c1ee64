"""The smallest change when a chosen speaker declines.

Every speech that stays is worth more than any difference in score, so as many as the rules
allow are kept; among the plans that keep them the one with the best score is taken.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.sentences import N_, Sentence
from congress_app.programme.selection.checking import faults_of
from congress_app.programme.selection.model import End, Model
from congress_app.programme.selection.problem import Problem
from congress_app.programme.selection.rules import rules_of

NOTHING_LEFT = N_("Thiếu tham luận này thì không còn phương án nào giữ được mọi quy tắc.")


@dataclass(frozen=True)
class Change:
    """The plan after the change and what came and went; ids in order."""

    chosen: tuple[str, ...]
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    score: Fraction
    minutes: Fraction
    proven: bool


def smallest_change(
    problem: Problem, chosen: Iterable[str], gone: Iterable[str], seconds: float = 5.0
) -> Change:
    """The plan nearest to `chosen` without the speeches in `gone`.

    Raises RuleViolation `infeasible` when the rules allow no plan without them.
    """
    left = frozenset(gone)
    kept = frozenset(chosen) - left
    problem = _without(problem, left)
    model = Model(problem, rules_of(problem))
    stays = {place: 1.0 for place, offer in enumerate(problem.offers) if offer.id in kept}
    scores = model.costs
    model.aim(stays)
    most = model.solve(seconds)
    if most.end not in (End.BEST, End.GOOD):
        raise RuleViolation("infeasible", Sentence(NOTHING_LEFT))
    model.at_least(most.value)
    model.aim(scores)
    found = model.solve(seconds)
    # Out of time: the plan that keeps most is an answer already.
    found = found if found.end in (End.BEST, End.GOOD) else most
    ids = problem.ids(found.plan)
    if broken := faults_of(problem, ids):
        raise AssertionError(f"the change {ids} fails the check: {broken}")
    return Change(
        chosen=tuple(ids),
        added=tuple(name for name in ids if name not in kept),
        dropped=tuple(problem.ids(stays.keys() - found.plan)),
        score=problem.score_of(found.plan),
        minutes=problem.minutes_of(found.plan),
        proven=most.end == found.end == End.BEST,
    )


def _without(problem: Problem, gone: frozenset[str]) -> Problem:
    """The problem with these speeches out, also where they were locked in."""
    known = frozenset(offer.id for offer in problem.offers)
    return replace(
        problem,
        locked_in=problem.locked_in - gone,
        locked_out=problem.locked_out | (gone & known),
    )
