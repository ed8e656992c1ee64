"""Random matrices for the composition tests, and the best filling by trying them all."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import prod

from hypothesis import strategies as st

from congress_app.quota.matrix import Matrix
from congress_app.quota.problem import Method

SIGNPOSTS = {
    Method.WEBSTER: lambda k: k - Fraction(1, 2),
    Method.JEFFERSON: Fraction,
}


@st.composite
def matrices(
    draw: st.DrawFn, *, most_rows: int = 4, most_cols: int = 4, most_seats: int = 4
) -> Matrix:
    """Any matrix with margins of equal sum; many of them cannot be filled."""
    height, width = draw(st.integers(1, most_rows)), draw(st.integers(1, most_cols))
    cells = [(i, j) for i in range(height) for j in range(width)]
    weight = st.one_of(st.just(0), st.integers(1, 12), st.fractions(Fraction(1, 9), 12))
    seats = draw(st.lists(st.sampled_from(cells), max_size=most_seats * height))
    floor = st.sampled_from((0, 0, 0, 0, 1))
    ceiling = st.sampled_from((None, None, None, 1, 2))

    def table(values: st.SearchStrategy[object]) -> tuple[tuple[object, ...], ...]:
        return tuple(tuple(draw(values) for _ in range(width)) for _ in range(height))

    return Matrix(
        rows=tuple(f"r{i}" for i in range(height)),
        cols=tuple(f"c{j}" for j in range(width)),
        row_seats=tuple(sum(at == i for at, _ in seats) for i in range(height)),
        col_seats=tuple(sum(at == j for _, at in seats) for j in range(width)),
        weights=table(weight),  # type: ignore[arg-type]
        floors=table(floor),  # type: ignore[arg-type]
        ceilings=table(ceiling),  # type: ignore[arg-type]
        method=draw(st.sampled_from((Method.WEBSTER, Method.JEFFERSON))),
    )


def fillings(matrix: Matrix) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Every matrix of seats that obeys margins and bounds."""
    lines = [_lines(matrix, i) for i in range(len(matrix.rows))]
    for filling in product(*lines):
        if tuple(map(sum, zip(*filling, strict=True))) == matrix.col_seats:
            yield filling


def _lines(matrix: Matrix, row: int) -> list[tuple[int, ...]]:
    ranges = []
    for j, weight in enumerate(matrix.weights[row]):
        low = matrix.floors[row][j] if matrix.floors else 0
        ceiling = matrix.ceilings[row][j] if matrix.ceilings else None
        high = matrix.row_seats[row] if ceiling is None else ceiling
        ranges.append(range(low, (high if weight else low) + 1))
    return [line for line in product(*ranges) if sum(line) == matrix.row_seats[row]]


def merit(matrix: Matrix, filling: tuple[tuple[int, ...], ...]) -> Fraction:
    """The product of weight over signpost of every seat above the floors; more is better."""
    post = SIGNPOSTS[matrix.method]
    return prod(
        (
            matrix.weights[i][j] / post(k)
            for i, row in enumerate(filling)
            for j, seats in enumerate(row)
            for k in range((matrix.floors[i][j] if matrix.floors else 0) + 1, seats + 1)
        ),
        start=Fraction(1),
    )
