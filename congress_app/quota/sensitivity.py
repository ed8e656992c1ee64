"""How far a unit is from one seat more and from one seat fewer, all else as it is.

`gain_at` is the smallest own weight that brings at least one seat more, `lose_at` the largest
that brings at least one fewer, both exact on the grid the weights are written in (whole
people, or tenths where the table has tenths); None where no weight does. A tie is decided by
the problem's chain with the changed weight; one the chain leaves open counts neither way.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from congress_app.quota.apportionment import Apportionment
from congress_app.quota.divisor_margins import DivisorMargins
from congress_app.quota.divisors import RULES
from congress_app.quota.problem import Method, Number, Problem, StepRule, Unit
from congress_app.quota.remainder_margins import RemainderMargins
from congress_app.quota.steps import step_seats, weight_for_steps


@dataclass(frozen=True, slots=True)
class Margin:
    """The own weights at which a unit gains or loses a seat; None where there is none."""

    gain_at: Number | None = None
    lose_at: Number | None = None


def sensitivity(result: Apportionment) -> dict[str, Margin]:
    """Margins of every unit of a finished division, by code; locked units have none."""
    problem = result.problem
    if problem.method is Method.BASE_STEP and problem.step is not None:
        return {unit.code: _step_margin(problem, problem.step, unit) for unit in problem.units}
    workings = result.workings
    if workings is None:
        raise ValueError("this division was not made by apportion()")
    margins: DivisorMargins | RemainderMargins = (
        DivisorMargins(problem, workings)
        if problem.method in RULES
        else RemainderMargins(problem, workings)
    )
    places = {place: at for at, place in enumerate(workings.field.places)}
    found: dict[str, Margin] = {}
    for place, unit in enumerate(problem.units):
        if unit.lock is not None:
            found[unit.code] = Margin()
        elif place in places:
            at = places[place]
            grid = workings.field.grid
            found[unit.code] = Margin(
                _weight(margins.gain(at), grid), _weight(margins.lose(at), grid)
            )
        else:
            found[unit.code] = Margin(_weight(margins.gain_from_nothing(unit), workings.field.grid))
    return found


def _weight(steps: int | None, grid: int) -> Number | None:
    if steps is None or grid == 1:
        return steps
    exact = Fraction(steps, grid)
    return exact.numerator if exact.denominator == 1 else exact


def _step_margin(problem: Problem, rule: StepRule, unit: Unit) -> Margin:
    if unit.lock is not None:
        return Margin()
    _, seats = step_seats(problem, rule, unit)
    ceiling = problem.ceiling if unit.ceiling is None else unit.ceiling
    grid = problem.grid
    gain = lose = None
    if ceiling is None or seats < ceiling:
        gain = ceil(weight_for_steps(rule, seats + 1 - unit.fixed) * grid)
    if seats > problem.low(unit):
        lose = ceil(weight_for_steps(rule, seats - unit.fixed) * grid) - 1
    return Margin(_weight(gain, grid), _weight(lose, grid))
