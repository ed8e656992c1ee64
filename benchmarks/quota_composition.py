"""Matrices of units by fields, filled in proportion to both margins and proven exactly.

Prints JSON lines: seconds (best of three) beside the limit. Where the package `votelib` is
installed, its biproportional evaluator is tried on the case without cell floors.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from congress_app.quota.apportionment import apportion
from congress_app.quota.composition import compose
from congress_app.quota.matrix import Matrix
from congress_app.quota.problem import Problem, TieChain, Unit


def a_matrix(rows: int, cols: int, seats: int, *, floors: bool) -> Matrix:
    """Weights of 1 to 300, one in twenty empty; margins by Webster; some cells with a floor."""
    draw = random.Random(2020)
    weights = tuple(
        tuple(0 if at and draw.random() < 0.05 else draw.randint(1, 300) for at in range(cols))
        for _ in range(rows)
    )
    row_seats = _margin([sum(row) for row in weights], seats, floor=1)
    col_seats = _margin([sum(col) for col in zip(*weights, strict=True)], seats, floor=0)
    room = col_seats[0]
    bounds = []
    for row, had in zip(weights, row_seats, strict=True):
        first = int(floors and had >= 4 and row[0] > 0 and room > 0)
        room -= first
        bounds.append((first, *(0 for _ in range(cols - 1))))
    return Matrix(
        rows=tuple(f"u{at}" for at in range(rows)),
        cols=tuple(f"f{at}" for at in range(cols)),
        row_seats=row_seats,
        col_seats=col_seats,
        weights=weights,
        floors=tuple(bounds) if floors else (),
    )


def _margin(weights: list[int], seats: int, *, floor: int) -> tuple[int, ...]:
    units = tuple(Unit(str(at), weight) for at, weight in enumerate(weights))
    division = apportion(Problem(units, seats, floor=floor, ties=TieChain(seed="2020")))
    return tuple(line.seats for line in division.lines)


def best(work: Callable[[], object]) -> float:
    """Seconds of the quickest of three runs."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def by_votelib(matrix: Matrix) -> list[list[int]]:
    """The same matrix by the package of Šimbera, districts being our rows."""
    module = import_module("votelib.evaluate.proportional")
    evaluator = module.BiproportionalEvaluator(
        divisor_function="sainte_lague",
        apportioner=dict(zip(matrix.rows, matrix.row_seats, strict=True)),
    )
    votes = {
        row: dict(zip(matrix.cols, weights, strict=True))
        for row, weights in zip(matrix.rows, matrix.weights, strict=True)
    }
    seats = evaluator.evaluate(votes, sum(matrix.row_seats))
    return [[int(seats[row].get(col, 0)) for col in matrix.cols] for row in matrix.rows]


def beside(matrix: Matrix) -> dict[str, object]:
    """The same case by votelib, once; or why it gave up."""
    failure = import_module("votelib.evaluate.core").VotingSystemError
    start = time.perf_counter()
    try:
        theirs = by_votelib(matrix)
    except failure as error:
        return {"votelib_error": str(error)}
    seconds = time.perf_counter() - start
    ours = [list(row) for row in compose(matrix).seats]
    return {"votelib_s": round(seconds, 5), "votelib_agrees": theirs == ours}


def measure(rows: int, cols: int, seats: int, limit: float, *, floors: bool) -> None:
    """One case."""
    matrix = a_matrix(rows, cols, seats, floors=floors)
    seconds = best(lambda: compose(matrix))
    figures: dict[str, object] = {
        "case": f"{rows} × {cols}, {seats} seats" + (", floors in cells" if floors else ""),
        "seconds": round(seconds, 5),
        "limit_s": limit,
        "within": seconds <= limit,
    }
    if not floors and find_spec("votelib") is not None:
        figures |= beside(matrix)
    print(json.dumps(figures), flush=True)


def main() -> None:
    """The season's matrix and one of every district in the country."""
    for floors in (False, True):
        measure(88, 8, 500, 0.5, floors=floors)
        measure(700, 10, 2000, 5.0, floors=floors)


if __name__ == "__main__":
    main()
