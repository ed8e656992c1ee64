from __future__ import annotations

from congress_app.quota.cuts import cut_sentence
from congress_app.quota.flow import violated_cut
from congress_app.quota.matrix import Matrix
from tests.quota.test_flow import of


def told(matrix: Matrix) -> str:
    cut = violated_cut(matrix)
    assert cut is not None
    return str(cut_sentence(matrix, cut))


def test_rows_that_need_more_than_their_columns_have() -> None:
    assert told(of((1, 2, 3), (2, 3, 1), weights=((1, 0, 0), (1, 0, 0), (1, 1, 1)))) == (
        "Thiếu 1 chỗ: A, B phải nhận 3 suất, nhưng các nhóm x chỉ còn 2 suất cho các đơn vị này "
        "và những ô khác của các đơn vị này chứa tối đa 0 suất."
    )


def test_rows_that_need_more_than_their_cells_hold() -> None:
    assert told(of((4, 1), (2, 3), ceilings=((2, 1), (None, None)))) == (
        "Thiếu 1 chỗ: A phải nhận 4 suất, nhưng mọi ô của các đơn vị này chỉ chứa tối đa 3 suất."
    )


def test_a_group_that_all_units_together_cannot_fill() -> None:
    weights = ((1, 1), (1, 1), (1, 0))
    assert told(of((3, 3, 3), (4, 5), weights=weights, ceilings=((9, 2), (9, 2), (9, 9)))) == (
        "Thiếu 1 chỗ: các nhóm y cần 5 suất, nhưng các ô của mọi đơn vị ở đó "
        "chỉ chứa tối đa 4 suất."
    )


def test_a_group_that_some_units_must_fill() -> None:
    weights = ((1, 1), (1, 0), (1, 0))
    assert told(of((3, 3, 3), (4, 5), weights=weights)) == (
        "Thiếu 2 chỗ: các nhóm y cần 5 suất, nhưng A chỉ còn 3 suất cho các nhóm này "
        "và các đơn vị khác chứa tối đa 0 suất ở đó."
    )


def test_floors_beyond_a_unit_and_beyond_a_group() -> None:
    assert told(of((1, 3), (2, 2), floors=((1, 1), (0, 0)))) == (
        "Các mức sàn của A cộng lại là 2, vượt số suất 1 được phân bổ: thừa 1."
    )
    assert told(of((2, 2), (1, 3), floors=((1, 0), (1, 0)))) == (
        "Các mức sàn ở nhóm x cộng lại là 2 suất, vượt chỉ tiêu 1 của nhóm: thừa 1."
    )
