from __future__ import annotations

import random

from hypothesis import given

from congress_app.quota.biproportion import Biproportion, fill
from congress_app.quota.flow import violated_cut
from congress_app.quota.matrix import Matrix
from tests.quota.matrices import fillings, matrices, merit
from tests.quota.problems import thorough


def test_an_empty_matrix_is_filled_with_nothing() -> None:
    assert fill(Matrix((), (), (), (), ())) == Biproportion([], equivalent=False)
    assert fill(Matrix(("A",), (), (0,), (), ((),))) == Biproportion([[]], equivalent=False)


def test_weights_far_beyond_floats_are_still_proven() -> None:
    matrix = Matrix(
        ("A", "B", "C"),
        ("x", "y", "z"),
        (3, 2, 4),
        (4, 3, 2),
        ((10**300, 1, 10**9), (1, 10**200, 7), (10**90, 5, 10**250)),
    )
    seats = tuple(map(tuple, fill(matrix).seats))

    assert merit(matrix, seats) == max(merit(matrix, filling) for filling in fillings(matrix))


def test_a_hair_decides_between_two_matrices() -> None:
    hair = 10**40
    one = Matrix(("A", "B"), ("x", "y"), (1, 1), (1, 1), ((hair + 1, hair), (hair, hair)))
    other = Matrix(("A", "B"), ("x", "y"), (1, 1), (1, 1), ((hair, hair + 1), (hair, hair)))

    assert fill(one) == Biproportion([[1, 0], [0, 1]], equivalent=False)
    assert fill(other) == Biproportion([[0, 1], [1, 0]], equivalent=False)


def test_a_season_of_88_units_and_8_fields_comes_out_with_exact_margins() -> None:
    draw = random.Random(2020)
    weights = tuple(
        tuple(draw.choice((0, draw.randint(1, 200))) for _ in range(8)) for _ in range(88)
    )
    seats = [[min(weight, draw.randint(0, 2)) for weight in row] for row in weights]
    matrix = Matrix(
        tuple(map(str, range(88))),
        tuple("abcdefgh"),
        tuple(map(sum, seats)),
        tuple(map(sum, zip(*seats, strict=True))),
        weights,
    )

    found = fill(matrix).seats

    assert tuple(map(sum, found)) == matrix.row_seats
    assert tuple(map(sum, zip(*found, strict=True))) == matrix.col_seats


@thorough
@given(matrices(most_rows=6, most_cols=5))
def test_every_fillable_matrix_is_filled_and_certified(matrix: Matrix) -> None:
    if violated_cut(matrix) is not None:
        return

    # `fill` proves its result by whole numbers and raises where that fails.
    found = fill(matrix).seats

    assert tuple(map(sum, found)) == matrix.row_seats
