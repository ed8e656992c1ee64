"""Can the cells be filled at all? A maximal flow from rows to columns, or the cut against it.

Ford and Fulkerson: the seats that can be placed are limited by the tightest cut, and that
cut is what an organiser must hear: which rows need more than their columns can give.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from congress_app.quota.matrix import Matrix


@dataclass(frozen=True, slots=True)
class Cut:
    """Rows and columns that cannot go together.

    The rows need `need` seats; the columns have `room` left for them (their targets less what
    other rows are guaranteed there), all their other cells hold at most `cells`;
    `missing` = need - room - cells > 0.
    """

    rows: tuple[int, ...]
    cols: tuple[int, ...]
    need: int
    room: int
    cells: int

    @property
    def missing(self) -> int:
        """Seats that have no place."""
        return self.need - self.room - self.cells


def violated_cut(matrix: Matrix) -> Cut | None:
    """The cut that forbids every filling, None when the matrix can be filled.

    Margins must have equal sums (checked before).
    """
    lows, highs = matrix.lows, matrix.highs
    for i in range(len(matrix.rows)):
        if sum(lows[i]) > matrix.row_seats[i]:
            return _row_overfull(matrix, i)
    for j in range(len(matrix.cols)):
        if sum(row[j] for row in lows) > matrix.col_seats[j]:
            return _cut(matrix, [], [j])
    network = _Network(
        [seats - sum(lows[i]) for i, seats in enumerate(matrix.row_seats)],
        [seats - sum(row[j] for row in lows) for j, seats in enumerate(matrix.col_seats)],
        [[b - a for a, b in zip(*pair, strict=True)] for pair in zip(lows, highs, strict=True)],
    )
    reached = network.fill()
    return None if reached is None else _cut(matrix, *reached)


def _row_overfull(matrix: Matrix, row: int) -> Cut:
    # All other rows need more than the columns leave them beside this row's floors.
    others = [i for i in range(len(matrix.rows)) if i != row]
    return _cut(matrix, others, list(range(len(matrix.cols))))


def _cut(matrix: Matrix, rows: list[int], cols: list[int]) -> Cut:
    inside, within = set(rows), set(cols)
    guaranteed = sum(
        matrix.lows[i][j] for i in range(len(matrix.rows)) if i not in inside for j in cols
    )
    return Cut(
        rows=tuple(rows),
        cols=tuple(cols),
        need=sum(matrix.row_seats[i] for i in rows),
        room=sum(matrix.col_seats[j] for j in cols) - guaranteed,
        cells=sum(
            matrix.highs[i][j] for i in rows for j in range(len(matrix.cols)) if j not in within
        ),
    )


class _Network:
    """Seats still to place in rows and columns above the floors, and the room of cells."""

    def __init__(self, rows: list[int], cols: list[int], room: list[list[int]]) -> None:
        self._rows = rows
        self._cols = cols
        self._room = room
        self._used = [[0] * len(cols) for _ in rows]

    def fill(self) -> tuple[list[int], list[int]] | None:
        """Place everything; else the rows and columns still reached from rows with need."""
        for i, row in enumerate(self._room):
            for j in range(len(row)):
                self._put(i, j, min(self._rows[i], self._cols[j], row[j]))
        while any(self._rows):
            came_from, end = self._search()
            if end is None:
                rows = sorted(node for kind, node in came_from if kind == "row")
                cols = sorted(node for kind, node in came_from if kind == "col")
                return rows, cols
            self._push(came_from, end)
        return None

    def _put(self, row: int, col: int, seats: int) -> None:
        self._rows[row] -= seats
        self._cols[col] -= seats
        self._room[row][col] -= seats
        self._used[row][col] += seats

    def _search(self) -> tuple[dict[tuple[str, int], tuple[str, int] | None], int | None]:
        # Breadth first from every row in need to a column with room.
        came_from: dict[tuple[str, int], tuple[str, int] | None] = {
            ("row", i): None for i, need in enumerate(self._rows) if need
        }
        queue = deque(came_from)
        while queue:
            node = queue.popleft()
            kind, at = node
            if kind == "col" and self._cols[at]:
                return came_from, at
            for following in self._neighbours(kind, at):
                if following not in came_from:
                    came_from[following] = node
                    queue.append(following)
        return came_from, None

    def _neighbours(self, kind: str, at: int) -> list[tuple[str, int]]:
        if kind == "row":
            return [("col", j) for j, room in enumerate(self._room[at]) if room]
        return [("row", i) for i, used in enumerate(self._used) if used[at]]

    def _push(self, came_from: dict[tuple[str, int], tuple[str, int] | None], end: int) -> None:
        path = [("col", end)]
        while (before := came_from[path[-1]]) is not None:
            path.append(before)
        path.reverse()
        forward = [(path[k][1], path[k + 1][1]) for k in range(0, len(path) - 1, 2)]
        back = [(path[k + 1][1], path[k][1]) for k in range(1, len(path) - 1, 2)]
        seats = min(
            self._rows[path[0][1]],
            self._cols[end],
            *(self._room[i][j] for i, j in forward),
            *(self._used[i][j] for i, j in back),
        )
        self._rows[path[0][1]] -= seats
        self._cols[end] -= seats
        for i, j in forward:
            self._room[i][j] -= seats
            self._used[i][j] += seats
        for i, j in back:
            self._room[i][j] += seats
            self._used[i][j] -= seats
