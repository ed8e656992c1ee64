from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.kernel.errors import RuleViolation
from congress_app.quota.answer import compose_answer
from congress_app.quota.composition import (
    NO_LABEL,
    Spread,
    Unfillable,
    compose,
    one_label_each,
    spread,
)
from congress_app.quota.flow import violated_cut
from congress_app.quota.matrix import Matrix
from congress_app.quota.problem import Method, TieChain, Unit
from congress_app.quota.reading import CELL_COLUMNS, read_matrix, read_table
from tests.quota.matrices import fillings, matrices, merit
from tests.quota.problems import GOLDEN, thorough

OFFICIAL = sorted(path.stem for path in (GOLDEN / "matrices").glob("*.csv"))


@pytest.mark.parametrize("table", OFFICIAL)
def test_reproduces_official_matrices(table: str) -> None:
    text = (GOLDEN / "matrices" / f"{table}.csv").read_text(encoding="utf-8")
    rows = read_table(text, table, CELL_COLUMNS[:5], CELL_COLUMNS).rows

    composition = compose(read_matrix(text, file=table))

    cells = compose_answer(composition)["cells"]
    assert cells == [
        {"row": line["row"], "col": line["col"], "seats": int(line["expected"])} for _, line in rows
    ]
    assert not composition.equivalent


def test_finds_all_official_matrices() -> None:
    assert len(OFFICIAL) == 8


TIED = Matrix(
    rows=("1", "2", "3"),
    cols=("A", "B", "C"),
    row_seats=(1, 1, 1),
    col_seats=(1, 1, 1),
    weights=((20, 50, 50), (50, 20, 20), (50, 20, 20)),
)


def test_a_tie_among_matrices_is_known_as_such() -> None:
    composition = compose(TIED)

    assert composition.equivalent
    best = max(merit(TIED, filling) for filling in fillings(TIED))
    assert merit(TIED, composition.seats) == best


@thorough
@given(matrices())
def test_margins_and_cells_are_exact(matrix: Matrix) -> None:
    try:
        seats = compose(matrix).seats
    except Unfillable:
        assert violated_cut(matrix) is not None
        return

    assert tuple(map(sum, seats)) == matrix.row_seats
    assert tuple(map(sum, zip(*seats, strict=True))) == matrix.col_seats
    for i, row in enumerate(seats):
        for j, had in enumerate(row):
            ceiling = matrix.ceilings[i][j]
            assert had >= matrix.floors[i][j]
            assert ceiling is None or had <= ceiling
            assert matrix.weights[i][j] or had == matrix.floors[i][j]


@thorough
@given(matrices(most_rows=3, most_cols=3, most_seats=3))
def test_no_other_filling_is_better_and_equals_are_announced(matrix: Matrix) -> None:
    merits = {filling: merit(matrix, filling) for filling in fillings(matrix)}
    if not merits:
        return

    composition = compose(matrix)

    best = max(merits.values())
    assert merits[composition.seats] == best
    assert composition.equivalent == (list(merits.values()).count(best) > 1)


@thorough
@given(matrices(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_decides_nothing(
    matrix: Matrix, shuffler: random.Random
) -> None:
    rows, cols = list(range(len(matrix.rows))), list(range(len(matrix.cols)))
    shuffler.shuffle(rows)
    shuffler.shuffle(cols)
    try:
        straight = compose(matrix)
    except Unfillable:
        return
    shuffled = compose(matrix.permuted(rows, cols))

    assert shuffled.equivalent == straight.equivalent
    assert shuffled.seats == tuple(tuple(straight.seats[i][j] for j in cols) for i in rows)
    assert json.dumps(compose_answer(straight)) == json.dumps(compose_answer(compose(matrix)))


def test_what_cannot_be_filled_is_said_with_what_could_give_way() -> None:
    matrix = replace(TIED, row_seats=(1, 1, 1), floors=((1, 0, 0), (1, 0, 0), (0, 0, 0)))

    with pytest.raises(Unfillable) as refusal:
        compose(matrix)

    assert refusal.value.code == "composition_infeasible"
    assert str(refusal.value) == (
        "Các mức sàn ở nhóm A cộng lại là 2 suất, vượt chỉ tiêu 1 của nhóm: thừa 1."
    )
    assert [str(detail) for detail in refusal.value.details] == [
        "Có thể: giảm sàn ô 1 – A từ 1 xuống 0.",
        "Có thể: đổi chỉ tiêu của nhóm C từ 1 thành 0; đổi chỉ tiêu của nhóm A từ 1 thành 2.",
    ]
    assert len(refusal.value.proposals) == 2


UNITS = (Unit("A", 60), Unit("B", 30), Unit("C", 10, floor=1), Unit("D", 0))
SEATS = {"A": 3, "B": 3, "C": 3, "D": 2}


def test_an_attribute_is_spread_within_the_seats_of_each_unit() -> None:
    found = spread(7, UNITS, SEATS)

    assert (found.result.by_code, found.target, found.missing) == (
        {"A": 3, "B": 3, "C": 1, "D": 0},
        7,
        0,
    )


def test_a_soft_target_moves_to_the_nearest_that_can_be_met() -> None:
    high, low = spread(10, UNITS, SEATS), spread(0, UNITS, SEATS)

    assert (high.result.seats, high.missing) == (9, 1)
    assert (low.result.seats, low.missing) == (1, -1)
    assert isinstance(high, Spread)


def test_a_hard_target_is_refused_with_its_numbers() -> None:
    for target, code in (
        (10, "only_weightless_units"),
        (12, "ceilings_under_total"),
        (0, "floors_over_total"),
    ):
        with pytest.raises(RuleViolation) as refusal:
            spread(target, UNITS, SEATS, hard=True)
        assert refusal.value.code == code


def test_a_tie_in_a_spread_goes_by_the_chain() -> None:
    units = (Unit("A", 1), Unit("B", 1))
    drawn = spread(1, units, {"A": 1, "B": 1}, ties=TieChain(order=("B", "A")))

    assert drawn.result.by_code == {"A": 0, "B": 1}


def test_each_seat_carries_at_most_one_label() -> None:
    weights = {
        ("A", "nữ"): 30,
        ("A", "dân tộc thiểu số"): 5,
        ("B", "nữ"): 9,
        ("B", "dân tộc thiểu số"): 20,
    }

    matrix = one_label_each(
        {"A": 3, "B": 2}, {"nữ": 2, "dân tộc thiểu số": 1}, weights, {("A", "nữ"): 1}
    )
    composition = compose(matrix)

    assert matrix.cols == ("nữ", "dân tộc thiểu số", NO_LABEL)
    assert matrix.col_seats == (2, 1, 2)
    assert matrix.floors == ((1, 0, 0), (0, 0, 0))
    assert composition.seats == ((2, 0, 1), (0, 1, 1))


def test_more_labels_than_seats_are_refused() -> None:
    with pytest.raises(RuleViolation) as refusal:
        one_label_each({"A": 2}, {"nữ": 2, "trẻ": 1}, {("A", "nữ"): 1, ("A", "trẻ"): 1})

    assert refusal.value.code == "labels_over_seats"
    assert str(refusal.value) == (
        "Các chỉ tiêu cơ cấu cộng lại là 3, nhưng chỉ có 2 suất và mỗi suất chỉ mang một nhãn. "
        "Hãy giảm chỉ tiêu hoặc cho phép một suất mang nhiều nhãn."
    )


def test_jefferson_and_webster_differ_where_they_should() -> None:
    matrix = Matrix(("A", "B"), ("x", "y"), (5, 5), (7, 3), ((27, 13), (63, 4)))

    assert compose(matrix).seats == ((3, 2), (4, 1))
    assert compose(replace(matrix, method=Method.JEFFERSON)).seats == ((2, 3), (5, 0))
