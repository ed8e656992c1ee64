"""Seats to units, from a season's size to a hundred thousand units; exact throughout.

Prints JSON lines: seconds (best of a few runs) beside the limit, and the highest memory of
the process. Where the packages `apportionment` or `votelib` happen to be installed, their
times for the same case stand beside, with whether they came to the same seats; neither
knows floors, ceilings or locks, so only the plain cases are put to them.
"""

from __future__ import annotations

import json
import random
import resource
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from congress_app.quota.apportionment import apportion
from congress_app.quota.explanation import explain
from congress_app.quota.fairness import fairness, paradox
from congress_app.quota.problem import Method, Problem, TieChain, Unit
from congress_app.quota.sensitivity import sensitivity

SIX_METHODS = (
    Method.WEBSTER,
    Method.LARGEST_REMAINDER,
    Method.LARGEST_REMAINDER_RAW,
    Method.JEFFERSON,
    Method.ADAMS,
    Method.HUNTINGTON_HILL,
)


def units(count: int) -> tuple[Unit, ...]:
    """Units with 20 to 5,000 people each, always the same."""
    draw = random.Random(2020)
    return tuple(Unit(f"u{at}", draw.randint(20, 5000)) for at in range(count))


def best(work: Callable[[], object], runs: int) -> float:
    """Seconds of the quickest run."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def divide(problem: Problem, limit: float, runs: int) -> None:
    """One division by one method."""
    seconds = best(lambda: apportion(problem), runs)
    figures: dict[str, object] = {
        "case": f"{len(problem.units)} units, {problem.seats} seats, floor {problem.floor}, "
        f"{problem.method}",
        "seconds": round(seconds, 5),
        "limit_s": limit,
        "within": seconds <= limit,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    if problem.floor == 0:
        figures |= beside(problem)
    print(json.dumps(figures), flush=True)


def beside(problem: Problem) -> dict[str, object]:
    """The same case, once, by the packages that are installed."""
    found: dict[str, object] = {}
    ours = list(apportion(problem).by_code.values())
    for name, work in (
        ("apportionment", lambda: by_apportionment(problem)),
        ("votelib", lambda: by_votelib(problem)),
    ):
        if find_spec(name) is not None:
            start = time.perf_counter()
            theirs = work()
            found[f"{name}_s"] = round(time.perf_counter() - start, 5)
            found[f"{name}_agrees"] = theirs == ours
    return found


def by_apportionment(problem: Problem) -> list[int]:
    """The package of Lackner, with fractions."""
    names = {Method.WEBSTER: "saintelague", Method.LARGEST_REMAINDER: "hamilton"}
    compute = import_module("apportionment.methods").compute
    votes = [unit.weight for unit in problem.units]
    codes = [unit.code for unit in problem.units]
    seats = compute(names[problem.method], votes, problem.seats, fractions=True, parties=codes)
    return [int(had) for had in seats]


def by_votelib(problem: Problem) -> list[int]:
    """The package of Šimbera."""
    module = import_module("votelib.evaluate.proportional")
    evaluator = (
        module.HighestAverages("sainte_lague")
        if problem.method is Method.WEBSTER
        else module.LargestRemainder("hare")
    )
    votes = {unit.code: unit.weight for unit in problem.units}
    seats = evaluator.evaluate(votes, problem.seats)
    return [int(seats.get(unit.code, 0)) for unit in problem.units]


def whole_page(count: int, seats: int, limit: float) -> None:
    """All the allocation page shows: six methods, each with margins, figures and sentences."""
    table, chain = units(count), TieChain(seed="2020")

    def work() -> None:
        for method in SIX_METHODS:
            result = apportion(Problem(table, seats, method, floor=1, ties=chain))
            explain(result, sensitivity(result))
            fairness(result)
            paradox(result)

    seconds = best(work, 3)
    figures = {
        "case": f"{count} units, {seats} seats, {len(SIX_METHODS)} methods with diagnostics, "
        "sensitivity and explanations",
        "seconds": round(seconds, 5),
        "limit_s": limit,
        "within": seconds <= limit,
    }
    print(json.dumps(figures), flush=True)


def main() -> None:
    """Every case, the largest last."""
    chain = TieChain(seed="2020")
    for method in (*SIX_METHODS, Method.DEAN, Method.MODIFIED_SAINTE_LAGUE):
        divide(Problem(units(88), 500, method, floor=1, ties=chain), 0.01, 20)
    whole_page(88, 500, 0.5)
    for method in (Method.WEBSTER, Method.LARGEST_REMAINDER):
        divide(Problem(units(88), 500, method, ties=chain), 0.01, 20)
        divide(Problem(units(700), 2000, method, ties=chain), 0.05, 10)
        divide(Problem(units(700), 2000, method, floor=1, ties=chain), 0.05, 10)
    for method in (Method.WEBSTER, Method.LARGEST_REMAINDER, Method.HUNTINGTON_HILL):
        divide(Problem(units(100_000), 1_000_000, method, floor=1, ties=chain), 3.0, 2)


if __name__ == "__main__":
    main()
