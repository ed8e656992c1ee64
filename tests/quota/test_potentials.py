from __future__ import annotations

from fractions import Fraction

import pytest

from congress_app.quota.potentials import Filled, Ratio, certify, has_equivalent, prove

EVEN: list[Ratio] = [(1, 1)] * 4


def webster(weights: list[list[int]], seats: list[list[int]]) -> Filled:
    most = [[sum(map(sum, seats)) if weight else 0 for weight in row] for row in weights]
    least = [[0] * len(row) for row in weights]
    return Filled(weights, least, most, seats, lambda k: (2 * k - 1, 2))


def test_a_poor_filling_is_improved_until_it_can_be_proven() -> None:
    filled = webster([[30, 10], [10, 30]], [[0, 4], [4, 0]])

    labels = prove(filled, EVEN)

    assert filled.seats == [[3, 1], [1, 3]]
    certify(filled, labels)
    assert not has_equivalent(filled, labels)


def test_proven_multipliers_scale_every_cell_to_its_rounding() -> None:
    filled = webster([[5100, 9800], [6000, 10000]], [[2, 3], [2, 2]])
    labels = [Fraction(*label) for label in prove(filled, EVEN)]

    for i, row in enumerate(filled.seats):
        for j, had in enumerate(row):
            scaled = filled.weights[i][j] * labels[i] / labels[2 + j]
            assert had - Fraction(1, 2) <= scaled <= had + Fraction(1, 2)


def test_multipliers_of_another_filling_prove_nothing() -> None:
    good = webster([[30, 10], [10, 30]], [[3, 1], [1, 3]])
    labels = prove(good, EVEN)

    with pytest.raises(AssertionError):
        certify(webster([[30, 10], [10, 30]], [[0, 4], [4, 0]]), labels)


def test_equal_cells_make_equivalent_fillings() -> None:
    filled = webster([[1, 1], [1, 1]], [[1, 0], [0, 1]])

    assert has_equivalent(filled, prove(filled, EVEN))


def test_a_filling_without_any_move_has_no_equal() -> None:
    filled = webster([[1, 0], [0, 1]], [[2, 0], [0, 5]])
    filled.highs = [[2, 0], [0, 5]]
    filled.lows = [[2, 0], [0, 5]]

    assert not has_equivalent(filled, prove(filled, EVEN))
