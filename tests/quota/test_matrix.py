from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from congress_app.kernel.errors import RuleViolation
from congress_app.quota.matrix import Matrix, check
from congress_app.quota.problem import Method

MATRIX = Matrix(
    rows=("Hà Nội", "Huế"),
    cols=("Thu", "Chi trả"),
    row_seats=(3, 2),
    col_seats=(4, 1),
    weights=((5, Fraction(1, 2)), (3, 0)),
    floors=((0, 1), (0, 0)),
    ceilings=((None, None), (1, 2)),
)


def test_bounds_of_cells_heed_ceilings_margins_and_missing_weight() -> None:
    assert MATRIX.lows == [[0, 1], [0, 0]]
    assert MATRIX.highs == [[3, 1], [1, 0]]
    assert replace(MATRIX, floors=(), ceilings=()).highs == [[3, 1], [2, 0]]
    assert MATRIX.whole_weights == [[10, 1], [6, 0]]


def test_rows_and_columns_can_change_places() -> None:
    assert MATRIX.permuted([1, 0], [1, 0]) == Matrix(
        rows=("Huế", "Hà Nội"),
        cols=("Chi trả", "Thu"),
        row_seats=(2, 3),
        col_seats=(1, 4),
        weights=((0, 3), (Fraction(1, 2), 5)),
        floors=((0, 0), (1, 0)),
        ceilings=((2, 1), (None, None)),
    )


@pytest.mark.parametrize(
    ("change", "code", "sentence"),
    [
        (
            {"col_seats": (4, 3)},
            "margins_differ",
            (
                "Tổng số suất của các đơn vị là 5, tổng chỉ tiêu của các nhóm là 7: lệch 2. "
                "Hãy sửa cho hai tổng bằng nhau."
            ),
        ),
        ({"rows": ("Huế", "Huế")}, "duplicate_row", "“Huế” xuất hiện 2 lần."),
        ({"cols": ("Thu", "Thu")}, "duplicate_column", "“Thu” xuất hiện 2 lần."),
        (
            {"weights": ((5, 1), (-3, 0))},
            "negative_weight",
            "Ô Huế – Thu có trọng số nhỏ hơn 0.",
        ),
        (
            {"floors": ((0, 0), (2, 0))},
            "floor_over_ceiling",
            "Ô Huế – Thu có sàn 2 lớn hơn trần 1. Hãy giảm sàn hoặc nâng trần.",
        ),
        (
            {"ceilings": ((-1, None), (1, 2))},
            "negative_bound",
            "Ô Hà Nội – Thu có sàn hoặc trần nhỏ hơn 0.",
        ),
        (
            {"row_seats": (-1, 6)},
            "negative_bound",
            "Số suất của đơn vị và chỉ tiêu của nhóm không thể nhỏ hơn 0.",
        ),
        (
            {"method": Method.ADAMS},
            "unknown_method",
            "Cơ cấu hai chiều chỉ chia theo Webster hoặc Jefferson.",
        ),
    ],
)
def test_contradictions_are_refused(change: dict[str, object], code: str, sentence: str) -> None:
    check(MATRIX)
    with pytest.raises(RuleViolation) as refusal:
        check(replace(MATRIX, **change))  # type: ignore[arg-type]

    assert (refusal.value.code, str(refusal.value)) == (code, sentence)
