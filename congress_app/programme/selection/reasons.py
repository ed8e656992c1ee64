"""Why a speech was left out: the best plan that has it, and what that plan loses.

Each speech left out is a problem of its own, so 200 of them want a quick way. The relaxed
problem with the speech forced in gives a bound z and, for every other choice, what leaving
its place costs at least. Choices that cost more than d stay where they are; if the small
problem that remains has a plan worth z - d or more, that plan is the best of the whole one,
since every other plan costs more than d. If not, d is doubled.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from congress_app.programme.selection.checking import faults_of, worth
from congress_app.programme.selection.model import End, Found, Model
from congress_app.programme.selection.problem import Problem
from congress_app.programme.selection.rules import Rule

# Rounding inside the solver.
_EDGE = 1e-6
# Seconds kept for plans found by hand when the search does not get through.
_RESERVE = 1.0

Left = Callable[[], float]


@dataclass(frozen=True)
class Loss:
    """What forcing a speech in costs, and with which plan; both None when nothing allows it.

    `proven` is False when time ran out: the loss is then at most the one told.
    """

    loss: Fraction | None = None
    plan: tuple[str, ...] | None = None
    proven: bool = True


class Forcing:
    """Answers "the best plan with this speech", one after the other."""

    def __init__(self, problem: Problem, rules: Sequence[Rule], best: Found) -> None:
        self._relaxed = Model(problem, rules)
        self._relaxed.relax()
        self._model = Model(problem, rules)
        bound = self._relaxed.prices()
        self._width = max(1.0, bound[0] - best.value) if bound else 1.0

    def best_with(self, place: int, left: Left) -> Found:
        """The best plan that holds the speech at the place."""
        self._relaxed.fix(place, 1, 1)
        relaxed = self._relaxed.prices()
        self._relaxed.fix(place, 0, 1)
        if relaxed is None:
            return Found(End.IMPOSSIBLE)
        bound, prices = relaxed
        width = self._width
        while True:
            low = [1.0 if price > width + _EDGE else 0.0 for price in prices]
            high = [0.0 if price < -width - _EDGE else 1.0 for price in prices]
            low[place] = high[place] = 1.0
            self._model.narrow(low, high)
            found = self._model.solve(left())
            if found.end == End.BEST and found.value >= bound - width:
                return found
            if found.end in (End.GOOD, End.UNDECIDED):
                return found
            if sum(high) - sum(low) >= len(prices) - 1:
                return found  # nothing was held back, so this is the whole problem
            width *= 2


def reasons(
    problem: Problem, rules: Sequence[Rule], best: Found, others: Sequence[Found], left: Left
) -> tuple[dict[str, Loss], tuple[str, ...]]:
    """The loss of each speech left out, and the ids no plan was found for in time.

    The best scores are asked first: where time runs out, it is for the others.
    """
    forcing = Forcing(problem, rules, best)
    told: dict[int, Loss | None] = {}
    seen = [best, *others]
    outside = [place for place in range(len(problem.offers)) if place not in best.plan]
    for place in sorted(outside, key=lambda each: -problem.offers[each].score):
        if problem.offers[place].id in problem.locked_out:
            told[place] = Loss()
            continue
        # The next best plans are the best ones with what they hold and the best does not.
        found = next((each for each in others if place in each.plan), None)
        if found is None and left() > _RESERVE:
            found = forcing.best_with(place, lambda: left() - _RESERVE)
            seen.append(found)
        told[place] = _told(problem, best, place, found, seen, left)
    losses = {place: loss for place, loss in sorted(told.items()) if loss is not None}
    return (
        {problem.offers[place].id: loss for place, loss in losses.items()},
        tuple(problem.offers[place].id for place in outside if place not in losses),
    )


def _told(
    problem: Problem,
    best: Found,
    place: int,
    found: Found | None,
    seen: Sequence[Found],
    left: Left,
) -> Loss | None:
    if found is not None and found.end == End.IMPOSSIBLE:
        return Loss()
    proven = found is not None and found.end == End.BEST and best.end == End.BEST
    if found is not None and found.end == End.BEST:
        plan: frozenset[int] | None = found.plan
    else:
        with_it = [each.plan for each in seen if place in each.plan]
        near = _near(problem, best.plan, place, left)
        plan = max([*with_it, *near], key=problem.score_of, default=None)
    if plan is None:
        return None
    ids = problem.ids(plan)
    if faults_of(problem, ids):
        raise AssertionError(f"the plan {ids} fails the check")
    loss = Fraction(best.value, problem.score_scale) - worth(problem, ids)
    return Loss(loss, tuple(ids), proven)


def _near(problem: Problem, plan: frozenset[int], place: int, left: Left) -> list[frozenset[int]]:
    """Plans with the speech in the place of none, one or two of the chosen ones."""
    found: list[frozenset[int]] = []
    for size in range(3):
        for gone in combinations(sorted(plan), size):
            if left() < 0:
                return found
            each = plan - set(gone) | {place}
            # The whole check is slow; most plans fail by their minutes alone.
            if problem.minutes_of(each) > problem.budget:
                continue
            if not faults_of(problem, problem.ids(each)):
                found.append(each)
        if found:
            return found
    return found
