"""Base + step, the rule of the Party congresses: the total is the outcome.

A unit gets its base and named bonuses, one seat for every full step of its weight, and one
more when the remainder reaches the threshold; then its bounds hold. (13 for each
organisation, 1 for every 12,000 members, 6,001 left give one more: XIII and XIV congresses.)
"""

from __future__ import annotations

from fractions import Fraction

from congress_app.quota.problem import Number, Problem, StepRule, Unit


def steps_of(rule: StepRule, weight: Number) -> tuple[int, Number, bool]:
    """Full steps in a weight, what remains, and whether the remainder gives one more."""
    full = weight // rule.step
    rest = weight - full * rule.step
    return int(full), rest, rest >= rule.limit


def step_seats(problem: Problem, rule: StepRule, unit: Unit) -> tuple[int, int]:
    """Seats of a unit without and within its bounds; the problem was checked."""
    full, _, more = steps_of(rule, unit.weight)
    free = unit.fixed + full + more
    high = problem.high(unit)
    bounded = max(free, problem.low(unit))
    return free, bounded if high is None else min(bounded, high)


def step_share(rule: StepRule, unit: Unit) -> Fraction:
    """What the rule would give without rounding."""
    return unit.fixed + Fraction(unit.weight) / rule.step


def weight_for_steps(rule: StepRule, steps: int) -> Number:
    """The smallest weight that counts as `steps` steps (at least 1)."""
    return (steps - 1) * rule.step + rule.limit
