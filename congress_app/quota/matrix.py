"""A composition to be filled: rows (units) by columns (fields, levels or other labels).

Both margins are fixed numbers of seats; a cell has a weight, a floor and perhaps a ceiling.
A cell of weight 0 gets exactly its floor.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from math import lcm

from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.sentences import Sentence
from congress_app.kernel.vietnamese import number
from congress_app.quota.problem import Method, Number

MATRIX_METHODS = frozenset({Method.WEBSTER, Method.JEFFERSON})


@dataclass(frozen=True)
class Matrix:
    """The question: `weights[row][col]`, margins, and bounds of cells.

    `floors` and `ceilings` may be empty: no floor, no ceiling; a ceiling None is none.
    """

    rows: tuple[str, ...]
    cols: tuple[str, ...]
    row_seats: tuple[int, ...]
    col_seats: tuple[int, ...]
    weights: tuple[tuple[Number, ...], ...]
    floors: tuple[tuple[int, ...], ...] = ()
    ceilings: tuple[tuple[int | None, ...], ...] = ()
    method: Method = Method.WEBSTER

    @cached_property
    def lows(self) -> list[list[int]]:
        """Fewest seats of every cell."""
        if self.floors:
            return [list(row) for row in self.floors]
        return [[0] * len(self.cols) for _ in self.rows]

    @cached_property
    def highs(self) -> list[list[int]]:
        """Most seats of every cell: ceiling and both margins; its floor without weight."""
        return [[self._high(i, j) for j in range(len(self.cols))] for i in range(len(self.rows))]

    def _high(self, row: int, col: int) -> int:
        low = self.lows[row][col]
        if self.weights[row][col] == 0:
            return low
        ceiling = self.ceilings[row][col] if self.ceilings else None
        most = min(self.row_seats[row], self.col_seats[col])
        return max(low, most if ceiling is None else min(most, ceiling))

    @cached_property
    def whole_weights(self) -> list[list[int]]:
        """All weights multiplied by their common denominator."""
        grid = lcm(*{weight.denominator for row in self.weights for weight in row})
        return [[int(weight * grid) for weight in row] for row in self.weights]

    def permuted(self, rows: list[int], cols: list[int]) -> Matrix:
        """The same question with rows and columns in another order."""
        return replace(
            self,
            rows=tuple(self.rows[i] for i in rows),
            cols=tuple(self.cols[j] for j in cols),
            row_seats=tuple(self.row_seats[i] for i in rows),
            col_seats=tuple(self.col_seats[j] for j in cols),
            weights=tuple(tuple(self.weights[i][j] for j in cols) for i in rows),
            floors=tuple(tuple(self.floors[i][j] for j in cols) for i in rows if self.floors),
            ceilings=tuple(tuple(self.ceilings[i][j] for j in cols) for i in rows if self.ceilings),
        )


def check(matrix: Matrix) -> None:
    """Raise RuleViolation for figures that contradict each other before any division.

    Codes: `unknown_method`, `duplicate_row`, `duplicate_column`, `negative_weight`,
    `negative_bound`, `floor_over_ceiling`, `margins_differ`.
    """
    faults = _names(matrix) + _cells(matrix)
    if matrix.method not in MATRIX_METHODS:
        said = Sentence("Cơ cấu hai chiều chỉ chia theo Webster hoặc Jefferson.")
        faults.insert(0, ("unknown_method", said))
    rows, cols = sum(matrix.row_seats), sum(matrix.col_seats)
    if rows != cols:
        said = Sentence(
            "Tổng số suất của các đơn vị là {rows}, tổng chỉ tiêu của các nhóm là {cols}: "
            "lệch {gap}. Hãy sửa cho hai tổng bằng nhau.",
            rows=number(rows),
            cols=number(cols),
            gap=number(abs(rows - cols)),
        )
        faults.append(("margins_differ", said))
    if faults:
        code, sentence = faults[0]
        raise RuleViolation(code, sentence, [said for _, said in faults])


def _names(matrix: Matrix) -> list[tuple[str, Sentence]]:
    faults: list[tuple[str, Sentence]] = []
    for code, names in (("duplicate_row", matrix.rows), ("duplicate_column", matrix.cols)):
        for name, times in Counter(names).items():
            if times > 1:
                said = Sentence("“{name}” xuất hiện {times} lần.", name=name, times=times)
                faults.append((code, said))
    if min((*matrix.row_seats, *matrix.col_seats), default=0) < 0:
        said = Sentence("Số suất của đơn vị và chỉ tiêu của nhóm không thể nhỏ hơn 0.")
        faults.append(("negative_bound", said))
    return faults


def _cells(matrix: Matrix) -> list[tuple[str, Sentence]]:
    faults: list[tuple[str, Sentence]] = []
    for i, row in enumerate(matrix.rows):
        for j, col in enumerate(matrix.cols):
            floor = matrix.lows[i][j]
            ceiling = matrix.ceilings[i][j] if matrix.ceilings else None
            where: dict[str, object] = {"row": row, "col": col}
            if matrix.weights[i][j] < 0:
                said = Sentence("Ô {row} – {col} có trọng số nhỏ hơn 0.", **where)
                faults.append(("negative_weight", said))
            if floor < 0 or (ceiling is not None and ceiling < 0):
                said = Sentence("Ô {row} – {col} có sàn hoặc trần nhỏ hơn 0.", **where)
                faults.append(("negative_bound", said))
            elif ceiling is not None and floor > ceiling:
                said = Sentence(
                    "Ô {row} – {col} có sàn {floor} lớn hơn trần {ceiling}. "
                    "Hãy giảm sàn hoặc nâng trần.",
                    **where,
                    floor=number(floor),
                    ceiling=number(ceiling),
                )
                faults.append(("floor_over_ceiling", said))
    return faults
