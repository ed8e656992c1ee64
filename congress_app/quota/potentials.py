"""Proof that a filled matrix is the best one: exact multipliers, or a round trip that improves.

A matrix is biproportional when row and column multipliers exist such that every scaled weight
rounds to its cell: r·w/c at least the signpost of the last seat given, at most that of the
next one (Balinski and Demange 1989; Rote and Zachariasen 2007 for the network view). Such
multipliers are shortest distances in the network of possible moves; they are found with
whole numbers only. Where they do not exist, moves along some cycle improve the matrix.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

# (numerator, denominator) of a positive number; kept unreduced, reducing costs more.
Ratio = tuple[int, int]
# Row nodes are 0 … rows-1, column nodes follow.
Arc = tuple[int, int, int, int]


@dataclass(slots=True)
class Filled:
    """A matrix of seats within its bounds and margins, to be judged and improved in place."""

    weights: list[list[int]]
    lows: list[list[int]]
    highs: list[list[int]]
    seats: list[list[int]]
    signpost: Callable[[int], tuple[int, int]]

    @property
    def height(self) -> int:
        """How many rows; the column nodes are numbered from here."""
        return len(self.weights)

    def arcs_from(self, node: int) -> list[Arc]:
        """Moves that bound another node by this one: (target, step, numerator, denominator).

        From column c to row r (one seat more): r ≤ c · signpost(next) / weight; from row to
        column (one seat fewer): c ≤ r · weight / signpost(last).
        """
        arcs: list[Arc] = []
        height = self.height
        if node < height:
            for j, had in enumerate(self.seats[node]):
                if had > self.lows[node][j]:
                    above, below = self.signpost(had)
                    arcs.append((height + j, -1, self.weights[node][j] * below, above))
            return arcs
        j = node - height
        for i, row in enumerate(self.seats):
            if row[j] < self.highs[i][j]:
                above, below = self.signpost(row[j] + 1)
                arcs.append((i, 1, above, self.weights[i][j] * below))
        return arcs


def prove(filled: Filled, start: list[Ratio]) -> list[Ratio]:
    """Improve the matrix until it is optimal; give multipliers that prove it, exactly.

    `start` are guessed multipliers of rows, then reciprocals of those of columns.
    """
    while True:
        labels, cycle = _relax(filled, list(start))
        if cycle is None:
            return labels
        height = filled.height
        for source, target in cycle:
            if source < height:
                filled.seats[source][target - height] -= 1
            else:
                filled.seats[target][source - height] += 1


def _relax(filled: Filled, labels: list[Ratio]) -> tuple[list[Ratio], list[tuple[int, int]] | None]:
    # Lower labels until every arc holds; a node bounded by itself closes an improving cycle.
    parents: list[int | None] = [None] * len(labels)
    queue = deque(range(len(labels)))
    waiting = set(queue)
    while queue:
        source = queue.popleft()
        waiting.discard(source)
        above, below = labels[source]
        for target, _, numerator, denominator in filled.arcs_from(source):
            top, bottom = above * numerator, below * denominator
            old_top, old_bottom = labels[target]
            if top * old_bottom >= old_top * bottom:
                continue
            cycle = _cycle(parents, source, target)
            if cycle:
                return labels, cycle
            labels[target] = (top, bottom)
            parents[target] = source
            if target not in waiting:
                waiting.add(target)
                queue.append(target)
    return labels, None


def _cycle(parents: list[int | None], source: int, target: int) -> list[tuple[int, int]] | None:
    arcs = [(source, target)]
    node: int | None = source
    while node is not None and node != target:
        before = parents[node]
        if before is not None:
            arcs.append((before, node))
        node = before
    return arcs if node == target else None


def certify(filled: Filled, labels: list[Ratio]) -> None:
    """Check every cell against the multipliers; AssertionError would be this program's fault."""
    for source, (above, below) in enumerate(labels):
        for target, _, numerator, denominator in filled.arcs_from(source):
            top, bottom = labels[target]
            if above * numerator * bottom < top * below * denominator:
                raise AssertionError("the matrix has no certificate")


def has_equivalent(filled: Filled, labels: list[Ratio]) -> bool:
    """Is there another optimal matrix? Exactly when moves that cost nothing close a cycle."""
    free: list[list[int]] = []
    for source, (above, below) in enumerate(labels):
        free.append(
            [
                target
                for target, _, numerator, denominator in filled.arcs_from(source)
                if above * numerator * labels[target][1] == labels[target][0] * below * denominator
            ]
        )
    entering = [0] * len(free)
    for targets in free:
        for target in targets:
            entering[target] += 1
    done = [node for node, count in enumerate(entering) if count == 0]
    for node in done:
        for target in free[node]:
            entering[target] -= 1
            if entering[target] == 0:
                done.append(target)
    return len(done) < len(free)
