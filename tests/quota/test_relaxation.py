from __future__ import annotations

from hypothesis import given

from congress_app.quota.flow import violated_cut
from congress_app.quota.matrix import Matrix
from congress_app.quota.relaxation import CellChange, Kind, Relaxation, relaxations, relaxed
from tests.quota.matrices import matrices
from tests.quota.problems import thorough
from tests.quota.test_flow import of


def proposed(matrix: Matrix) -> tuple[Relaxation, ...]:
    cut = violated_cut(matrix)
    assert cut is not None
    return relaxations(matrix, cut)


def test_floors_margins_and_ceilings_are_proposed_each_by_itself() -> None:
    floors = proposed(of((2, 2), (1, 3), floors=((1, 0), (1, 0))))
    ceilings = proposed(of((4, 1), (2, 3), ceilings=((2, 1), (None, None))))

    assert floors == (
        Relaxation((CellChange(Kind.FLOOR, "A", "x", 1, 0),)),
        Relaxation(
            (
                CellChange(Kind.COL_SEATS, None, "y", 3, 2),
                CellChange(Kind.COL_SEATS, None, "x", 1, 2),
            )
        ),
    )
    assert ceilings == (
        Relaxation((CellChange(Kind.CEILING, "A", "y", 1, 2),)),
        Relaxation(
            (
                CellChange(Kind.ROW_SEATS, "A", None, 4, 3),
                CellChange(Kind.ROW_SEATS, "B", None, 1, 2),
            )
        ),
    )


def test_where_one_kind_is_not_enough_they_are_mixed() -> None:
    # A has no place at all, and B is promised more of x than there is.
    matrix = of((1, 3), (1, 3), weights=((0, 0), (1, 1)), floors=((0, 0), (2, 0)))

    (proposal,) = proposed(matrix)

    assert {change.kind for change in proposal.changes} == {Kind.FLOOR, Kind.ROW_SEATS}
    assert violated_cut(relaxed(matrix, proposal)) is None


def test_changes_in_words() -> None:
    said = [
        str(CellChange(kind, "Huế", "nữ", 2, 1200).sentence())
        for kind in (Kind.FLOOR, Kind.CEILING, Kind.ROW_SEATS, Kind.COL_SEATS)
    ]

    assert said == [
        "giảm sàn ô Huế – nữ từ 2 xuống 1.200",
        "nâng trần ô Huế – nữ từ 2 lên 1.200",
        "đổi số suất của Huế từ 2 thành 1.200",
        "đổi chỉ tiêu của nhóm nữ từ 2 thành 1.200",
    ]


@thorough
@given(matrices())
def test_every_proposal_can_be_filled_and_keeps_the_sum(matrix: Matrix) -> None:
    cut = violated_cut(matrix)
    if cut is None:
        return

    for proposal in relaxations(matrix, cut):
        eased = relaxed(matrix, proposal)
        assert proposal.changes
        assert violated_cut(eased) is None
        assert sum(eased.row_seats) == sum(matrix.row_seats) == sum(eased.col_seats)
