from __future__ import annotations

from hypothesis import given

from congress_app.quota.flow import Cut, violated_cut
from congress_app.quota.matrix import Matrix
from tests.quota.matrices import fillings, matrices
from tests.quota.problems import thorough


def of(row_seats: tuple[int, ...], col_seats: tuple[int, ...], **parts: object) -> Matrix:
    rows = tuple("ABC"[: len(row_seats)])
    cols = tuple("xyz"[: len(col_seats)])
    weights = tuple(tuple(1 for _ in cols) for _ in rows)
    return Matrix(rows, cols, row_seats, col_seats, **{"weights": weights, **parts})  # type: ignore[arg-type]


def test_finds_no_cut_where_there_is_a_filling() -> None:
    assert violated_cut(of((3, 2), (1, 4))) is None
    assert violated_cut(of((0, 0), (0, 0))) is None


def test_finds_rows_whose_columns_are_too_small() -> None:
    # A and B can only go to x, which takes 2 of their 5.
    matrix = of((3, 2, 1), (2, 4), weights=((1, 0), (1, 0), (1, 1)))

    assert violated_cut(matrix) == Cut(rows=(0, 1), cols=(0,), need=5, room=2, cells=0)


def test_counts_what_other_rows_are_guaranteed() -> None:
    matrix = of((2, 2), (2, 2), weights=((1, 0), (1, 1)), floors=((0, 0), (1, 0)))

    cut = violated_cut(matrix)

    assert cut == Cut(rows=(0,), cols=(0,), need=2, room=1, cells=0)
    assert cut.missing == 1


def test_counts_what_ceilings_let_through() -> None:
    matrix = of((4, 1), (2, 3), ceilings=((2, 1), (None, None)))

    assert violated_cut(matrix) == Cut(rows=(0,), cols=(), need=4, room=0, cells=3)


def test_floors_that_overfill_a_row_or_a_column_are_cuts_too() -> None:
    over_row = violated_cut(of((1, 3), (2, 2), floors=((1, 1), (0, 0))))
    over_col = violated_cut(of((2, 2), (1, 3), floors=((1, 0), (1, 0))))

    assert over_row == Cut(rows=(1,), cols=(0, 1), need=3, room=2, cells=0)
    assert over_col == Cut(rows=(), cols=(0,), need=0, room=-1, cells=0)


@thorough
@given(matrices(most_rows=3, most_cols=3, most_seats=3))
def test_a_cut_is_found_exactly_where_no_filling_exists(matrix: Matrix) -> None:
    cut = violated_cut(matrix)

    assert (cut is None) == (next(fillings(matrix), None) is not None)
    assert cut is None or cut.missing > 0
