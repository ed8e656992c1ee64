"""What the quota tests draw from: random problems, and the rules once more, written naively.

The naive rules know nothing of the engine: plain fractions, every allocation tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from itertools import product
from math import floor
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st

from congress_app.quota.problem import Method, Problem, StepRule, TieChain, Unit

GOLDEN = Path(__file__).parents[1] / "golden" / "apportionment"

thorough = settings(max_examples=80, deadline=None)

DIVISOR_METHODS = (
    Method.WEBSTER,
    Method.JEFFERSON,
    Method.ADAMS,
    Method.DEAN,
    Method.HUNTINGTON_HILL,
    Method.MODIFIED_SAINTE_LAGUE,
)
REMAINDER_METHODS = (Method.LARGEST_REMAINDER, Method.LARGEST_REMAINDER_RAW)
PROPORTIONAL = DIVISOR_METHODS + REMAINDER_METHODS

LOT = TieChain(seed="Hội nghị điển hình tiên tiến")


# Made once: building and checking a strategy takes far longer than drawing from it.
integers, one_of_the = cache(st.integers), cache(st.sampled_from)
_bases, _floors = st.sampled_from((0, 0, 0, 1, 2)), st.sampled_from((None, None, 0, 1, 2, 3))


@cache
def weights(largest: int = 40, *, least: int = 0) -> st.SearchStrategy[int | Fraction]:
    """Small weights, whole and broken, so that ties and bounds are met often."""
    return st.one_of(
        st.integers(least, largest),
        st.fractions(max(least, 0), largest, max_denominator=4).filter(lambda w: w >= least),
    )


@cache
def ceilings(least: int) -> st.SearchStrategy[int | None]:
    return st.one_of(st.none(), st.integers(least, least + 4))


@cache
def locks(least: int, most: int) -> st.SearchStrategy[int | None]:
    return st.one_of(*[st.none()] * 5, st.integers(least, most))


@cache
@st.composite
def units(draw: st.DrawFn, *, bounded: bool = True, least: int = 0) -> Unit:
    """A unit whose own bounds agree with one another; its code is set by `problems`."""
    weight = draw(weights(least=least))
    if not bounded:
        return Unit("", weight)
    base, low = draw(_bases), draw(_floors)
    least_seats = max(base, low or 0)
    high = draw(ceilings(least_seats))
    lock = draw(locks(least_seats, least_seats + 3 if high is None else high))
    return Unit("", weight, base=base, floor=low, ceiling=high, lock=lock)


@st.composite
def problems(
    draw: st.DrawFn,
    methods: tuple[Method, ...] = PROPORTIONAL,
    *,
    bounded: bool = True,
    most_units: int = 6,
    most_seats: int = 14,
    least: int = 0,
    ties: TieChain = LOT,
) -> Problem:
    """A problem that has an answer: seats lie between the least and the most of the units."""
    count = draw(integers(1, most_units))
    drawn = [draw(units(bounded=bounded, least=least)) for _ in range(count)]
    named = tuple(
        Unit(f"{at:02d}", u.weight, "", u.base, u.floor, u.ceiling, u.lock)
        for at, u in enumerate(drawn)
    )
    if not any(u.weight > 0 and u.lock is None for u in named):
        named = (*named, Unit("99", draw(integers(1, 9))))
    problem = Problem(named, 0, draw(one_of_the(methods)), ties=ties, step=StepRule(5))
    fewest = sum(problem.low(u) for u in named)
    highs = [problem.high(u) for u in named]
    most = fewest + most_seats if None in highs else sum(h for h in highs if h is not None)
    return replaced(problem, seats=draw(integers(fewest, min(most, fewest + most_seats))))


def with_figures(*weights: int | Fraction, seats: int, **parts: object) -> Problem:
    units = tuple(Unit(chr(65 + at), weight) for at, weight in enumerate(weights))
    return replaced(Problem(units, seats), **parts)


def replaced(problem: Problem, **changes: object) -> Problem:
    """The problem with some of its parts changed."""
    parts = {name: getattr(problem, name) for name in Problem.__slots__}
    return Problem(**{**parts, **changes})


def with_weight(problem: Problem, code: str, weight: int | Fraction) -> Problem:
    """The problem with another weight for one unit."""
    return replaced(
        problem,
        units=tuple(
            Unit(u.code, weight, u.name, u.base, u.floor, u.ceiling, u.lock)
            if u.code == code
            else u
            for u in problem.units
        ),
    )


def bounds(problem: Problem) -> list[tuple[int, int]]:
    """Least and most seats of every unit in all."""
    seats = problem.seats or 0
    pairs = ((problem.low(u), problem.high(u)) for u in problem.units)
    return [(low, seats if high is None else high) for low, high in pairs]


# Signposts as the textbooks print them; Huntington–Hill squared.
SIGNPOSTS: dict[Method, Callable[[int], Fraction]] = {
    Method.WEBSTER: lambda k: k - Fraction(1, 2),
    Method.JEFFERSON: Fraction,
    Method.ADAMS: lambda k: Fraction(k - 1),
    Method.DEAN: lambda k: (
        Fraction(0) if k == 1 else 1 / ((Fraction(1, k - 1) + Fraction(1, k)) / 2)
    ),
    Method.HUNTINGTON_HILL: lambda k: Fraction(k * (k - 1)),
    Method.MODIFIED_SAINTE_LAGUE: lambda k: Fraction(7, 10) if k == 1 else k - Fraction(1, 2),
}


def naive_claim(method: Method, unit: Unit, seat: int) -> tuple[int, Fraction]:
    """Claim to the `seat`-th proportional seat; a signpost 0 stands above everything."""
    post = SIGNPOSTS[method](seat)
    weight = Fraction(unit.weight)
    if post == 0:
        return 1, weight
    return 0, (weight**2 if method is Method.HUNTINGTON_HILL else weight) / post


def naive_divisor_answers(problem: Problem) -> list[list[int]]:
    """Every allocation in which no refused claim is above a given one."""
    answers = []
    for seats in _allocations(problem):
        given = [
            naive_claim(problem.method, u, had - u.fixed)
            for u, had, (low, _) in zip(problem.units, seats, bounds(problem), strict=True)
            if had > low
        ]
        refused = [
            naive_claim(problem.method, u, had - u.fixed + 1)
            for u, had, (_, high) in zip(problem.units, seats, bounds(problem), strict=True)
            if had < high
        ]
        if not given or not refused or max(refused) <= min(given):
            answers.append(seats)
    return answers


def _allocations(problem: Problem) -> Iterator[list[int]]:
    ranges = [range(low, high + 1) for low, high in bounds(problem)]
    for seats in product(*ranges):
        if sum(seats) == problem.seats:
            yield list(seats)


def naive_shares(problem: Problem) -> list[Fraction]:
    """Shares within the bounds, found by trying every set of units held at a bound."""
    limits = bounds(problem)
    total = problem.seats or 0
    free_units = [at for at, (low, high) in enumerate(limits) if low < high]
    for sides in product((-1, 0, 1), repeat=len(free_units)):
        shares = [Fraction(low) for low, _ in limits]
        for at, side in zip(free_units, sides, strict=True):
            shares[at] = Fraction(limits[at][0] if side <= 0 else limits[at][1])
        free = [at for at, side in zip(free_units, sides, strict=True) if side == 0]
        rate = _rate(problem, shares, free, total)
        if rate is None:
            continue
        for at in free:
            shares[at] = problem.units[at].fixed + rate * problem.units[at].weight
        if sum(shares) == total and _consistent(problem, shares, rate, free_units, sides):
            return shares
    raise AssertionError("no shares within the bounds")


def _rate(problem: Problem, shares: list[Fraction], free: list[int], total: int) -> Fraction | None:
    whole = sum(problem.units[at].weight for at in free)
    held = sum(share for at, share in enumerate(shares) if at not in free)
    rest = total - held - sum(problem.units[at].fixed for at in free)
    if not free:
        return None if rest else Fraction(0)
    return Fraction(rest) / whole


def _consistent(
    problem: Problem,
    shares: list[Fraction],
    rate: Fraction,
    free_units: list[int],
    sides: tuple[int, ...],
) -> bool:
    limits = bounds(problem)
    if 0 not in sides:
        # Nobody is free: some rate must hold these floors up and those ceilings down.
        reached = [
            (at, side, problem.units[at]) for at, side in zip(free_units, sides, strict=True)
        ]
        least = [
            Fraction(limits[at][1] - u.fixed) / u.weight for at, side, u in reached if side > 0
        ]
        most = [Fraction(limits[at][0] - u.fixed) / u.weight for at, side, u in reached if side < 0]
        return not least or not most or max(least) <= min(most)
    for at, side in zip(free_units, sides, strict=True):
        natural = problem.units[at].fixed + rate * problem.units[at].weight
        low, high = limits[at]
        fits = (low <= natural <= high, natural >= high, natural <= low)[side]
        if not fits:
            return False
    return all(low <= share <= high for share, (low, high) in zip(shares, limits, strict=True))


def naive_remainder_answers(problem: Problem) -> list[list[int]]:
    """Whole parts, then one seat each for some of the largest remainders."""
    shares = naive_shares(problem)
    parts = [floor(share) for share in shares]
    left = (problem.seats or 0) - sum(parts)
    rests = [share - part for share, part in zip(shares, parts, strict=True)]
    answers = []
    for more in product((0, 1), repeat=len(parts)):
        if sum(more) != left or any(m and not rest for m, rest in zip(more, rests, strict=True)):
            continue
        given = [rest for rest, m in zip(rests, more, strict=True) if m]
        refused = [rest for rest, m in zip(rests, more, strict=True) if not m]
        if not given or not refused or max(refused) <= min(given):
            answers.append([part + m for part, m in zip(parts, more, strict=True)])
    return answers


def naive_raw_answers(problem: Problem) -> list[list[int]]:
    """Every allocation in which no unit misses its raw share by more than a served one did."""
    playing = [u for u in problem.units if u.lock is None and u.weight]
    taken = sum(problem.low(u) for u in problem.units if u not in playing)
    pool = (problem.seats or 0) - taken - sum(u.fixed for u in playing)
    whole = sum(Fraction(u.weight) for u in playing)
    answers = []
    for seats in _allocations(problem):
        given, refused = [], []
        for u, had, (low, high) in zip(problem.units, seats, bounds(problem), strict=True):
            if u not in playing:
                continue
            missing = u.weight * pool / whole - (had - u.fixed)
            if had > low:
                given.append(missing + 1)
            if had < high:
                refused.append(missing)
        if not given or not refused or max(refused) <= min(given):
            answers.append(seats)
    return answers
