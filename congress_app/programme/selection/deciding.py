"""Find the best plan, the next best ones, and what each speech left out would cost."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.sentences import N_, Sentence
from congress_app.programme.selection.checking import faults_of, worth
from congress_app.programme.selection.clashes import explain
from congress_app.programme.selection.model import End, Found, Model
from congress_app.programme.selection.problem import Problem
from congress_app.programme.selection.reasons import Loss, reasons
from congress_app.programme.selection.rules import rules_of

RUNNERS = 3
TOO_LONG = N_(
    "Chưa tìm được phương án nào trong {seconds} giây. Hãy nới bớt quy tắc "
    "hoặc giảm số tham luận đưa vào."
)
# So many choices have weights that are still exact beside each other in one objective.
_CHUNK = 16


@dataclass(frozen=True)
class Limits:
    """Seconds for the best plan, and for everything together.

    The whole answer is promised within ten seconds; a command needs some of them to begin.
    """

    best: float = 5.0
    all: float = 7.0


@dataclass(frozen=True)
class Plan:
    """Ids in order, score less topics, minutes with changeovers."""

    chosen: tuple[str, ...]
    score: Fraction
    minutes: Fraction


@dataclass(frozen=True)
class Selection:
    """The answer. `gap` is the part of the score that a better plan might add, at most.

    `why_not` has every speech left out; `unanswered` those for which time ran out before
    any plan with them was found.
    """

    best: Plan
    proven: bool
    gap: float
    runners_up: tuple[Plan, ...]
    why_not: dict[str, Loss] = field(default_factory=dict)
    unanswered: tuple[str, ...] = ()


def select(
    problem: Problem, limits: Limits | None = None, clock: Callable[[], float] = time.monotonic
) -> Selection:
    """The best plan with its company.

    Raises RuleViolation `infeasible` when no plan keeps the rules (its details name the
    clashing ones and the smallest relaxations), `time_limit` when none was found in time.
    """
    limits = limits or Limits()
    until = clock() + limits.all
    rules = rules_of(problem)
    model = Model(problem, rules)
    found = model.solve(limits.best)
    if found.end == End.IMPOSSIBLE:
        raise explain(problem, rules, lambda: until - clock())
    if found.end == End.UNDECIDED:
        raise RuleViolation("time_limit", Sentence(TOO_LONG, seconds=limits.best))
    following = _following(problem, found, lambda: until - clock())
    if found.end == End.BEST and following and following[0].value == found.value:
        first = _first_among_equals(problem, found, lambda: until - clock())
        following = [each for each in (found, *following) if each.plan != first.plan][:RUNNERS]
        found = first
    best = _plan(problem, found.plan)
    why_not, unanswered = reasons(problem, rules, found, following, lambda: until - clock())
    return Selection(
        best=best,
        proven=found.end == End.BEST,
        gap=0.0 if found.end == End.BEST else _gap(found),
        runners_up=tuple(_plan(problem, each.plan) for each in following),
        why_not=why_not,
        unanswered=unanswered,
    )


def _gap(found: Found) -> float:
    return round(abs(found.bound - found.value) / max(abs(found.value), 1), 6)


def _plan(problem: Problem, places: frozenset[int]) -> Plan:
    chosen = tuple(problem.ids(places))
    plan = Plan(chosen, problem.score_of(places), problem.minutes_of(places))
    broken = faults_of(problem, chosen)
    if broken or worth(problem, chosen) != plan.score:
        # The solver and the checker disagree: a mistake of ours, never an answer.
        raise AssertionError(f"the plan {chosen} fails the check: {broken}")
    return plan


def _following(problem: Problem, best: Found, left: Callable[[], float]) -> list[Found]:
    """The next best plans, each found with the ones before it forbidden."""
    model = Model(problem, rules_of(problem))
    model.forbid(best.plan)
    found: list[Found] = []
    while len(found) < RUNNERS and left() > 0:
        # Half of what is left: the reasons want their share.
        each = model.solve(left() / 2)
        if each.end != End.BEST:
            break
        found.append(each)
        model.forbid(each.plan)
    return found


def _first_among_equals(problem: Problem, best: Found, left: Callable[[], float]) -> Found:
    """Of all plans with the best value the one that has the earlier id where two differ."""
    model = Model(problem, rules_of(problem))
    model.at_least(best.value)
    plan = best.plan
    size = len(problem.offers)
    for start in range(0, size, _CHUNK):
        chunk = range(start, min(start + _CHUNK, size))
        model.aim({place: float(1 << (chunk.stop - 1 - place)) for place in chunk})
        each = model.solve(left())
        if each.end != End.BEST:
            break
        plan = each.plan
        for place in chunk:
            model.fix(place, int(place in plan), int(place in plan))
    return Found(best.end, plan, best.value, best.bound)
