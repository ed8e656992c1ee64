"""What a division does to people: ratios, Gini, Gallagher, quota, floors, the paradox box.

Figures are exact fractions as far as there are any; units without weight take no part in
ratios. Gini and the ratios look at seats per weight over all units, locked ones too.
Gallagher, M. (1991), "Proportionality, disproportionality and electoral systems".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor, sqrt

from congress_app.kernel.errors import RuleViolation
from congress_app.quota.apportionment import Apportionment, apportion
from congress_app.quota.problem import REMAINDER_METHODS, Method, Number, Problem


@dataclass(frozen=True, slots=True)
class Change:
    """A unit whose seats differ between two divisions."""

    code: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Fairness:
    """Fairness figures of one division.

    `representation` is seats per weight of a unit over seats per weight of all (1 is even),
    None without weight. `max_min_ratio` compares the best with the worst represented unit,
    None when one has no seat. `gini` runs from 0 (even) to 1; `gallagher` is in percentage
    points. `outside_quota` are units with fewer seats than their share rounded down or more
    than it rounded up. `floors_moved` are the units whose seats differ without the floors
    (before: without, after: with), `floors_cost` the seats they moved; None when the same
    question without floors has no answer.
    """

    representation: dict[str, Fraction | None]
    max_min_ratio: Fraction | None
    gini: Fraction
    gallagher: float
    outside_quota: tuple[str, ...]
    floors_moved: tuple[Change, ...] | None
    floors_cost: int | None


def fairness(result: Apportionment) -> Fairness:
    """Compute every figure; runs the division once more without floors."""
    moved = floors_moved(result)
    cost = None if moved is None else sum(max(one.after - one.before, 0) for one in moved)
    represented = representation([(x.code, x.unit.weight, x.seats) for x in result.lines])
    ratios = [ratio for ratio in represented.values() if ratio is not None]
    least = min(ratios, default=Fraction(0))
    outside = tuple(
        line.code
        for line in result.lines
        if not floor(line.share) <= line.seats <= ceil(line.share)
    )
    return Fairness(
        representation=represented,
        max_min_ratio=max(ratios) / least if least else None,
        gini=_gini(result),
        gallagher=_gallagher(result),
        outside_quota=outside,
        floors_moved=moved,
        floors_cost=cost,
    )


def floors_moved(result: Apportionment) -> tuple[Change, ...] | None:
    """Whose seats the floors changed; None when there is no division without them."""
    problem = result.problem
    if problem.floor == 0 and not any(unit.floor for unit in problem.units):
        return ()
    units = tuple(
        replace(unit, floor=0) if unit.floor and unit.lock is None else unit
        for unit in problem.units
    )
    without = _attempt(replace(problem, units=units, floor=0))
    return None if without is None else _changes(without, result)


@dataclass(frozen=True, slots=True)
class Paradox:
    """Units that would lose a seat if there were one seat more (Alabama paradox)."""

    seats: int
    losers: tuple[Change, ...]


def paradox(result: Apportionment) -> Paradox | None:
    """The paradox box of largest remainder; None for methods that cannot show it.

    Also None when one seat more cannot be given (ceilings, or a tie nobody can break).
    """
    problem = result.problem
    if problem.method not in REMAINDER_METHODS or problem.seats is None:
        return None
    larger = _attempt(replace(problem, seats=problem.seats + 1))
    if larger is None:
        return None
    losers = tuple(one for one in _changes(result, larger) if one.after < one.before)
    return Paradox(problem.seats + 1, losers)


def compare(
    problem: Problem, methods: tuple[Method, ...]
) -> dict[Method, Apportionment | RuleViolation]:
    """The same question by several methods; a refusal stands in place of a division."""
    outcomes: dict[Method, Apportionment | RuleViolation] = {}
    for method in methods:
        try:
            outcomes[method] = apportion(replace(problem, method=method))
        except RuleViolation as refusal:
            outcomes[method] = refusal
    return outcomes


def _attempt(problem: Problem) -> Apportionment | None:
    try:
        return apportion(problem)
    except RuleViolation:
        return None


def _changes(before: Apportionment, after: Apportionment) -> tuple[Change, ...]:
    return tuple(
        Change(old.code, old.seats, new.seats)
        for old, new in zip(before.lines, after.lines, strict=True)
        if old.seats != new.seats
    )


def representation(lines: Sequence[tuple[str, Number, int]]) -> dict[str, Fraction | None]:
    """Seats per weight of each unit over those of all, by code; None without weight.

    `lines` are code, weight and seats.
    """
    total = sum(seats for _, _, seats in lines)
    whole = sum(weight for _, weight, _ in lines)
    return {
        code: Fraction(seats * whole) / (weight * total) if weight and total else None
        for code, weight, seats in lines
    }


def _gini(result: Apportionment) -> Fraction:
    # Twice the area between the diagonal and the Lorenz curve of seats over weight.
    pairs = [(weight, seats) for weight, seats in _whole(result) if weight]
    whole = sum(weight for weight, _ in pairs)
    total = sum(seats for _, seats in pairs)
    if not total or not whole:
        return Fraction(0)
    shift = 2 * max(weight for weight, _ in pairs).bit_length() + 1
    pairs.sort(key=lambda pair: (pair[1] << shift) // pair[0])
    below = passed = 0
    for weight, seats in pairs:
        below += weight * (2 * passed + seats)
        passed += seats
    return 1 - Fraction(below, whole * total)


def _gallagher(result: Apportionment) -> float:
    pairs = _whole(result)
    whole = sum(weight for weight, _ in pairs)
    total = sum(seats for _, seats in pairs)
    if not total or not whole:
        return 0.0
    squares = sum((weight * total - seats * whole) ** 2 for weight, seats in pairs)
    return 100 * sqrt(Fraction(squares, 2 * (whole * total) ** 2))


def _whole(result: Apportionment) -> list[tuple[int, int]]:
    # Weights in whole steps of the grid, with the seats.
    grid = result.problem.grid
    return [(int(line.unit.weight * grid), line.seats) for line in result.lines]
