"""When a composition cannot be filled: what could give way, each proposal proven to work.

Nothing is relaxed by itself. Each `Relaxation` is a small set of changes that makes the
matrix fillable; a person accepts one, and `relaxed` applies it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from congress_app.kernel.sentences import Sentence
from congress_app.kernel.vietnamese import number
from congress_app.quota.flow import Cut, violated_cut
from congress_app.quota.matrix import Matrix


class Kind(StrEnum):
    """What a change touches."""

    FLOOR = "floor"
    CEILING = "ceiling"
    ROW_SEATS = "row_seats"
    COL_SEATS = "col_seats"


@dataclass(frozen=True, slots=True)
class CellChange:
    """One figure that would change; `row` or `col` is None for a margin."""

    kind: Kind
    row: str | None
    col: str | None
    before: int
    after: int

    def sentence(self) -> Sentence:
        """The change in words."""
        figures: dict[str, object] = {
            "row": self.row,
            "col": self.col,
            "before": number(self.before),
            "after": number(self.after),
        }
        if self.kind is Kind.FLOOR:
            return Sentence("giảm sàn ô {row} – {col} từ {before} xuống {after}", **figures)
        if self.kind is Kind.CEILING:
            return Sentence("nâng trần ô {row} – {col} từ {before} lên {after}", **figures)
        if self.kind is Kind.ROW_SEATS:
            return Sentence("đổi số suất của {row} từ {before} thành {after}", **figures)
        return Sentence("đổi chỉ tiêu của nhóm {col} từ {before} thành {after}", **figures)


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Changes that together make the matrix fillable."""

    changes: tuple[CellChange, ...]


# A way to ease one cut: what it would change, None when it has nothing to offer.
Way = Callable[[Matrix, Cut], Relaxation | None]

# More cuts than this in a row are no longer a small set of changes.
_ROUNDS = 20


def relaxed(matrix: Matrix, relaxation: Relaxation) -> Matrix:
    """The matrix with the changes of an accepted relaxation."""
    row_seats, col_seats = list(matrix.row_seats), list(matrix.col_seats)
    floors = [list(row) for row in matrix.lows]
    ceilings: list[list[int | None]] = [
        list(matrix.ceilings[i]) if matrix.ceilings else [None] * len(matrix.cols)
        for i in range(len(matrix.rows))
    ]
    for change in relaxation.changes:
        i = matrix.rows.index(change.row) if change.row is not None else -1
        j = matrix.cols.index(change.col) if change.col is not None else -1
        if change.kind is Kind.FLOOR:
            floors[i][j] = change.after
        elif change.kind is Kind.CEILING:
            ceilings[i][j] = change.after
        elif change.kind is Kind.ROW_SEATS:
            row_seats[i] = change.after
        else:
            col_seats[j] = change.after
    return replace(
        matrix,
        row_seats=tuple(row_seats),
        col_seats=tuple(col_seats),
        floors=tuple(tuple(row) for row in floors),
        ceilings=tuple(tuple(row) for row in ceilings),
    )


def relaxations(matrix: Matrix, cut: Cut) -> tuple[Relaxation, ...]:
    """Proposals that resolve the cut and leave the matrix fillable, gentlest first.

    Each keeps to one kind of change; only where no kind suffices alone they are mixed.
    """
    ways: tuple[Way, ...] = (
        _lower_floors,
        _raise_ceilings,
        lambda asked, found: _move_margin(asked, found, Kind.COL_SEATS),
        lambda asked, found: _move_margin(asked, found, Kind.ROW_SEATS),
    )
    proposals = [_resolve(matrix, cut, way) for way in ways]
    if not any(proposals):
        proposals = [_resolve(matrix, cut, lambda asked, found: _first(ways, asked, found))]
    return tuple(proposal for proposal in proposals if proposal is not None)


def _first(ways: tuple[Way, ...], matrix: Matrix, cut: Cut) -> Relaxation | None:
    steps = (way(matrix, cut) for way in ways)
    return next((step for step in steps if step is not None), None)


def _resolve(matrix: Matrix, cut: Cut, way: Way) -> Relaxation | None:
    # One cut after another in the same way, until the matrix can be filled.
    merged: dict[tuple[Kind, str | None, str | None], CellChange] = {}
    eased, left = matrix, cut
    for _ in range(_ROUNDS):
        step = way(eased, left)
        if step is None:
            return None
        for change in step.changes:
            place = (change.kind, change.row, change.col)
            before = merged[place].before if place in merged else change.before
            merged[place] = replace(change, before=before)
        eased = relaxed(eased, step)
        following = violated_cut(eased)
        if following is None:
            return Relaxation(tuple(c for c in merged.values() if c.before != c.after))
        left = following
    return None


def _lower_floors(matrix: Matrix, cut: Cut) -> Relaxation | None:
    # Floors of other rows take the cut's columns away; the largest gives way first.
    cells = [
        (matrix.lows[i][j], i, j)
        for i in range(len(matrix.rows))
        if i not in cut.rows
        for j in cut.cols
        if matrix.lows[i][j]
    ]
    return _spread_over(matrix, cut.missing, cells, Kind.FLOOR)


def _raise_ceilings(matrix: Matrix, cut: Cut) -> Relaxation | None:
    cells = []
    for i in cut.rows:
        for j in range(len(matrix.cols)):
            if j in cut.cols or not matrix.weights[i][j] or not matrix.ceilings:
                continue
            room = min(matrix.row_seats[i], matrix.col_seats[j]) - matrix.highs[i][j]
            if room > 0 and matrix.ceilings[i][j] is not None:
                cells.append((room, i, j))
    return _spread_over(matrix, cut.missing, cells, Kind.CEILING)


def _spread_over(
    matrix: Matrix, missing: int, cells: list[tuple[int, int, int]], kind: Kind
) -> Relaxation | None:
    # `cells` are (room to give, row, column).
    changes: list[CellChange] = []
    for room, i, j in sorted(cells, key=lambda cell: (-cell[0], cell[1:])):
        step = min(room, missing)
        before = matrix.lows[i][j] if kind is Kind.FLOOR else matrix.highs[i][j]
        after = before - step if kind is Kind.FLOOR else before + step
        changes.append(CellChange(kind, matrix.rows[i], matrix.cols[j], before, after))
        missing -= step
        if missing == 0:
            return Relaxation(tuple(changes))
    return None


def _move_margin(matrix: Matrix, cut: Cut, kind: Kind) -> Relaxation | None:
    # The cut's columns take seats over from another column; its rows hand seats on.
    if kind is Kind.COL_SEATS:
        names, seats, takers = matrix.cols, matrix.col_seats, set(cut.cols)
    else:
        names, seats = matrix.rows, matrix.row_seats
        takers = set(range(len(names))) - set(cut.rows)
    givers = [at for at in range(len(names)) if at not in takers and seats[at] >= cut.missing]
    if not (givers and takers):
        return None
    giver = max(givers, key=lambda at: (seats[at], names[at]))
    taker = max(takers, key=lambda at: (seats[at], names[at]))
    return Relaxation(
        tuple(
            CellChange(
                kind,
                names[at] if kind is Kind.ROW_SEATS else None,
                names[at] if kind is Kind.COL_SEATS else None,
                seats[at],
                seats[at] + step,
            )
            for at, step in ((giver, -cut.missing), (taker, cut.missing))
        )
    )
