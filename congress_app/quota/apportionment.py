"""Divide seats among units: `apportion(problem)` is the way in.

Whole numbers and fractions decide, and every run ends with a proof (`ranking.certify`).
The share of a unit is what the rule would give without rounding and without floors and
ceilings: base + weight × proportional seats ÷ weight of all units in play; a locked unit's
share is its lock.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from congress_app.quota.divisors import RULES, DivisorClaims
from congress_app.quota.feasibility import Field, check, field_of
from congress_app.quota.intervals import DivisorInterval, divisor_interval
from congress_app.quota.problem import Method, Problem, StepRule, Unit
from congress_app.quota.ranking import Claims, Ranked, rank
from congress_app.quota.remainders import Shares, remainder_claims
from congress_app.quota.steps import step_seats, step_share
from congress_app.quota.ties import Order, Tie


class Binding(StrEnum):
    """What held a unit away from the figure the rule alone would give it."""

    FLOOR = "floor"
    CEILING = "ceiling"
    LOCK = "lock"


@dataclass(frozen=True, slots=True)
class Line:
    """The outcome for one unit: `seats` is its total, `share` its exact claim."""

    unit: Unit
    share: Fraction
    seats: int
    binding: Binding | None = None

    @property
    def code(self) -> str:
        """The unit's code."""
        return self.unit.code


@dataclass(frozen=True, slots=True)
class Workings:
    """What the run was made of, for sensitivity and explanation; positions as in `field`."""

    field: Field
    claims: Claims
    ranked: Ranked
    shares: Shares | None


@dataclass(frozen=True, slots=True)
class Apportionment:
    """A finished division; `lines` stand in the order of the problem's units."""

    problem: Problem
    lines: tuple[Line, ...]
    ties: tuple[Tie, ...] = ()
    divisor: DivisorInterval | None = None
    workings: Workings | None = None

    @property
    def seats(self) -> int:
        """All seats given."""
        return sum(line.seats for line in self.lines)

    @property
    def by_code(self) -> dict[str, int]:
        """Seats by unit code."""
        return {line.code: line.seats for line in self.lines}


def apportion(problem: Problem) -> Apportionment:
    """Divide the seats of a problem.

    Raises RuleViolation with a stable code when no division obeys the problem
    (`floors_over_total`, `ceilings_under_total`, `only_weightless_units`,
    `floor_over_ceiling`, `base_over_ceiling`, `lock_out_of_bounds`, `negative_weight`,
    `negative_bound`, `negative_seats`, `duplicate_unit`, `no_seats`, `no_step`, `bad_step`)
    or when a tie needs a decision (`tie_undecided`, details name the units).
    """
    check(problem)
    if problem.method is Method.BASE_STEP and problem.step is not None:
        return _by_steps(problem, problem.step)
    field = field_of(problem)
    if problem.method in RULES:
        rule = RULES[problem.method]
        claims: Claims = DivisorClaims(rule, field)
        shares = None
    else:
        claims, shares = remainder_claims(problem.method, field)
    ranked = rank(claims, field.pool)
    divisor = None if shares else divisor_interval(RULES[problem.method], field, ranked)
    ties = _break_ties(problem, field, ranked)
    workings = Workings(field, claims, ranked, shares)
    bindings = _bindings(workings)
    return Apportionment(problem, _lines(problem, workings, bindings), ties, divisor, workings)


def _break_ties(problem: Problem, field: Field, ranked: Ranked) -> tuple[Tie, ...]:
    # Moves the seats at stake to the winners of the chain, in `ranked.seats` itself.
    if not (ranked.given and ranked.refused):
        return ()
    units = {problem.units[field.places[at]].code: at for at in ranked.given + ranked.refused}
    tie = Order(problem.ties).settle(
        (problem.units[field.places[at]] for at in units.values()), len(ranked.given)
    )
    for at in ranked.given:
        ranked.seats[at] -= 1
    for code in tie.codes[: tie.seats]:
        ranked.seats[units[code]] += 1
    return (tie,)


def _bindings(workings: Workings) -> list[Binding | None]:
    # A bound binds when without it the run would have gone on: the unit's share was held,
    # or its floor seat has a weaker claim than a refused one (its ceiling: the reverse).
    if workings.shares and workings.shares.held:
        sides = {-1: Binding.FLOOR, 0: None, 1: Binding.CEILING}
        return [sides[side] for side in workings.shares.held]
    field, claims, ranked = workings.field, workings.claims, workings.ranked
    bindings: list[Binding | None] = []
    for at, had in enumerate(ranked.seats):
        binding = None
        if had == field.lows[at] > 0 and ranked.strongest is not None:
            if claims.claim(at, had) < ranked.strongest:
                binding = Binding.FLOOR
        elif (
            had == field.highs[at] < field.pool
            and ranked.weakest is not None
            and claims.claim(at, had + 1) > ranked.weakest
        ):
            binding = Binding.CEILING
        bindings.append(binding)
    return bindings


def _lines(
    problem: Problem, workings: Workings, bindings: list[Binding | None]
) -> tuple[Line, ...]:
    field, ranked = workings.field, workings.ranked
    whole = sum(field.weights) or 1
    lines: list[Line | None] = [None] * len(problem.units)
    played = zip(field.places, field.weights, ranked.seats, bindings, strict=True)
    for place, weight, seats, binding in played:
        unit = problem.units[place]
        fixed = unit.fixed
        share = Fraction(fixed * whole + weight * field.pool, whole)
        lines[place] = Line(unit, share, fixed + seats, binding)
    return tuple(
        line or _line_out_of_play(problem, unit)
        for line, unit in zip(lines, problem.units, strict=True)
    )


def _line_out_of_play(problem: Problem, unit: Unit) -> Line:
    seats = problem.low(unit)
    if unit.lock is not None:
        return Line(unit, Fraction(seats), seats, Binding.LOCK)
    binding = Binding.FLOOR if seats > unit.fixed else None
    return Line(unit, Fraction(unit.fixed), seats, binding)


def _by_steps(problem: Problem, rule: StepRule) -> Apportionment:
    lines: list[Line] = []
    for unit in problem.units:
        if unit.lock is not None:
            lines.append(_line_out_of_play(problem, unit))
            continue
        free, seats = step_seats(problem, rule, unit)
        binding = None
        if seats != free:
            binding = Binding.FLOOR if seats > free else Binding.CEILING
        lines.append(Line(unit, step_share(rule, unit), seats, binding))
    return Apportionment(problem, tuple(lines))
