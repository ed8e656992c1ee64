"""Fill a matrix in proportion to its weights with both margins exact.

First a float guess: rows and columns are scaled in turn until the rounded cells sum to their
margins (Pukelsheim's discrete alternate scaling). What is left over is moved along cheapest
chains. Then `potentials.prove` corrects and proves the result with whole numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heapreplace
from math import exp, log

from congress_app.quota.divisors import RULES
from congress_app.quota.matrix import Matrix
from congress_app.quota.potentials import Filled, Ratio, certify, has_equivalent, prove

# Turns of scaling; more only pays where ties keep it from ending at all.
_TURNS = 40
# The guess keeps to numbers a float can multiply; the proof corrects what that costs.
_FAINTEST, _STRONGEST = 1e-60, 1e90


@dataclass(frozen=True, slots=True)
class Biproportion:
    """Seats by row and column; `equivalent` when another matrix is exactly as good."""

    seats: list[list[int]]
    equivalent: bool


def fill(matrix: Matrix) -> Biproportion:
    """The biproportional matrix; it must have been found feasible before."""
    if not (matrix.rows and matrix.cols):
        return Biproportion([[] for _ in matrix.rows], equivalent=False)
    scaling = _Scaling(matrix)
    scaling.run()
    scaling.move_leftovers()
    filled = Filled(
        matrix.whole_weights,
        matrix.lows,
        matrix.highs,
        scaling.seats,
        RULES[matrix.method].signpost,
    )
    labels = prove(filled, scaling.labels())
    certify(filled, labels)
    _check_margins(matrix, filled)
    return Biproportion(filled.seats, has_equivalent(filled, labels))


def _check_margins(matrix: Matrix, filled: Filled) -> None:
    rows = [sum(row) for row in filled.seats]
    cols = [sum(col) for col in zip(*filled.seats, strict=True)]
    bounded = all(
        low <= had <= high
        for lows, seats, highs in zip(filled.lows, filled.seats, filled.highs, strict=True)
        for low, had, high in zip(lows, seats, highs, strict=True)
    )
    if (rows, cols, bounded) != (list(matrix.row_seats), list(matrix.col_seats), True):
        raise AssertionError("the matrix misses its margins")


class _Scaling:
    """The float guess: multipliers of rows and columns, and the seats they round to."""

    def __init__(self, matrix: Matrix) -> None:
        self._matrix = matrix
        largest = max((max(row) for row in matrix.whole_weights), default=0) or 1
        self._weights = [
            [max(weight / largest, _FAINTEST) for weight in row] for row in matrix.whole_weights
        ]
        signpost = RULES[matrix.method].signpost
        tallest = max(matrix.row_seats, default=0) + 2
        self._signposts = [0.0] + [a / b for a, b in map(signpost, range(1, tallest))]
        self._rows = [1.0] * len(matrix.rows)
        self._cols = [1.0] * len(matrix.cols)
        self.seats = [list(row) for row in matrix.lows]

    def run(self) -> None:
        """Scale columns, then rows, until the columns come out right or the turns are over."""
        matrix = self._matrix
        columns = range(len(matrix.cols))
        for _ in range(_TURNS):
            for i, weights in enumerate(self._weights):
                claims = [weight * col for weight, col in zip(weights, self._cols, strict=True)]
                self.seats[i], self._rows[i] = self._divide(
                    claims, matrix.lows[i], matrix.highs[i], matrix.row_seats[i]
                )
            totals = [sum(row[j] for row in self.seats) for j in columns]
            if totals == list(matrix.col_seats):
                return
            for j in columns:
                claims = [row[j] * r for row, r in zip(self._weights, self._rows, strict=True)]
                lows = [row[j] for row in matrix.lows]
                highs = [row[j] for row in matrix.highs]
                _, self._cols[j] = self._divide(claims, lows, highs, matrix.col_seats[j])

    def _divide(
        self, claims: list[float], lows: list[int], highs: list[int], total: int
    ) -> tuple[list[int], float]:
        # One line by its divisor rule; the multiplier lies midway between given and refused.
        signposts = self._signposts
        seats = list(lows)
        wanted = [
            (-claim / signposts[low + 1], at)
            for at, (claim, low, high) in enumerate(zip(claims, lows, highs, strict=True))
            if low < high
        ]
        heapify(wanted)
        weakest = None
        for _ in range(total - sum(lows)):
            priority, at = wanted[0]
            weakest = -priority
            seats[at] += 1
            if seats[at] < highs[at]:
                heapreplace(wanted, (-claims[at] / signposts[seats[at] + 1], at))
            else:
                heappop(wanted)
        strongest = -wanted[0][0] if wanted else None
        if weakest is None or strongest is None:
            middle = weakest or strongest or 1.0
        else:
            middle = (weakest + strongest) / 2
        return seats, 1 / min(max(middle, 1 / _STRONGEST), _STRONGEST)

    def move_leftovers(self) -> None:
        """Move seats from columns with too many to columns with too few, cheapest chain first."""
        targets = self._matrix.col_seats
        while True:
            totals = [sum(row[j] for row in self.seats) for j in range(len(targets))]
            over = [j for j, total in enumerate(totals) if total > targets[j]]
            under = {j for j, total in enumerate(totals) if total < targets[j]}
            if not over:
                return
            for row, gives, takes in self._chain(over, under):
                self.seats[row][gives] -= 1
                self.seats[row][takes] += 1

    def _chain(self, over: Sequence[int], under: set[int]) -> list[tuple[int, int, int]]:
        # Bellman and Ford among columns: a step moves one seat of a row from one to another.
        steps = self._steps()
        infinite = float("inf")
        costs = [0.0 if j in over else infinite for j in range(len(self._cols))]
        parents: list[tuple[int, int] | None] = [None] * len(costs)
        for _ in costs:
            changed = False
            for (gives, takes), (cost, row) in steps.items():
                reached = costs[gives] + cost
                if reached < costs[takes] - 1e-12 and takes not in over:
                    costs[takes], parents[takes], changed = reached, (gives, row), True
            if not changed:
                break
        end = min(under, key=lambda j: costs[j])
        chain: list[tuple[int, int, int]] = []
        while end not in over:
            step = parents[end]
            if step is None or len(chain) > len(costs):
                raise AssertionError("a fillable matrix has a chain to every column in need")
            gives, row = step
            chain.append((row, gives, end))
            end = gives
        return chain

    def _steps(self) -> dict[tuple[int, int], tuple[float, int]]:
        # For every two columns the row that moves a seat from one to the other cheapest.
        matrix, signposts = self._matrix, self._signposts
        best: dict[tuple[int, int], tuple[float, int]] = {}
        for i, seats in enumerate(self.seats):
            given: list[tuple[int, float]] = []
            wanted: list[tuple[int, float]] = []
            for j, had in enumerate(seats):
                weight = self._weights[i][j]
                if had > matrix.lows[i][j]:
                    given.append((j, log(weight / signposts[had])))
                if had < matrix.highs[i][j]:
                    wanted.append((j, -log(weight / signposts[had + 1])))
            for gives, gain in given:
                for takes, cost in wanted:
                    step = (gain + cost, i)
                    if gives != takes and step < best.get((gives, takes), (float("inf"), 0)):
                        best[gives, takes] = step
        return best

    def labels(self) -> list[Ratio]:
        """Multipliers of rows and reciprocals of those of columns, as exact ratios."""
        # Both sides are moved together so that neither leaves the range of floats.
        middle = exp(sum(log(col) for col in self._cols) / len(self._cols))
        rows = [(row * middle).as_integer_ratio() for row in self._rows]
        return rows + [(middle / col).as_integer_ratio() for col in self._cols]
