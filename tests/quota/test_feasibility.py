from __future__ import annotations

import pytest

from congress_app.kernel.errors import RuleViolation
from congress_app.quota.apportionment import apportion
from congress_app.quota.feasibility import Field, check, field_of
from congress_app.quota.problem import Bonus, Method, Problem, StepRule, Unit

REFUSALS = [
    (
        Problem((Unit("A", 5, floor=3), Unit("B", 5, base=2), Unit("C", 1, lock=4)), 8),
        "floors_over_total",
        (
            "Các mức sàn, số cố định và số khóa cộng lại là 9 suất, nhưng chỉ có 8 suất: thiếu 1. "
            "Hãy giảm sàn hoặc tăng tổng số suất."
        ),
    ),
    (
        Problem((Unit("A", 5, ceiling=3), Unit("B", 0, ceiling=2), Unit("C", 1, lock=4)), 1234),
        "ceilings_under_total",
        (
            "Các mức trần và số khóa cộng lại là 9 suất, nhưng phải chia 1.234 suất: thừa 1.225. "
            "Hãy nâng trần hoặc giảm tổng số suất."
        ),
    ),
    (
        Problem((Unit("A", 5, ceiling=3), Unit("B", 0, floor=1)), 10),
        "only_weightless_units",
        (
            "Còn 6 suất nhưng chỉ còn đơn vị có trọng số 0, mà đơn vị như vậy chỉ nhận đúng "
            "mức sàn. Hãy nhập trọng số, nâng trần của đơn vị khác hoặc giảm tổng số suất."
        ),
    ),
    (
        Problem((Unit("01", 5, "Hà Nội", floor=7, ceiling=3),), 5),
        "floor_over_ceiling",
        "Hà Nội có sàn 7 lớn hơn trần 3. Hãy giảm sàn hoặc nâng trần.",
    ),
    (
        Problem((Unit("01", 5, "Hà Nội"),), 5, floor=2, ceiling=1),
        "floor_over_ceiling",
        "Hà Nội có sàn 2 lớn hơn trần 1. Hãy giảm sàn hoặc nâng trần.",
    ),
    (
        Problem((Unit("01", 5, base=1, bonuses=(Bonus("Thủ đô", 3),), ceiling=3),), 5),
        "base_over_ceiling",
        "01 có 4 suất cố định, nhiều hơn trần 3. Hãy giảm số cố định hoặc nâng trần.",
    ),
    (
        Problem((Unit("01", 5, floor=3, ceiling=9, lock=2),), 5),
        "lock_out_of_bounds",
        (
            "01 bị khóa ở 2 suất nhưng sàn (hoặc số cố định) là 3 và trần là 9. "
            "Hãy sửa số khóa hoặc các giới hạn."
        ),
    ),
    (
        Problem((Unit("01", -5, "Hà Nội"),), 5),
        "negative_weight",
        "Hà Nội có trọng số -5, nhỏ hơn 0. Hãy sửa trọng số của đơn vị này.",
    ),
    (
        Problem((Unit("01", 5), Unit("01", 6)), 5),
        "duplicate_unit",
        "Mã đơn vị 01 xuất hiện 2 lần. Mỗi đơn vị chỉ được có một dòng.",
    ),
    (
        Problem((Unit("01", 5, ceiling=-1),), 5),
        "negative_bound",
        "01 có số cố định, sàn, trần hoặc số khóa nhỏ hơn 0. Hãy sửa dòng này.",
    ),
    (
        Problem((Unit("01", 5),), -3),
        "negative_seats",
        "Tổng số suất là -3, nhỏ hơn 0. Hãy nhập số từ 0 trở lên.",
    ),
    (
        Problem((Unit("01", 5),), None),
        "no_seats",
        "Chưa cho tổng số suất cần phân bổ. Hãy nhập tổng số suất.",
    ),
    (
        Problem((Unit("01", 5),), None, Method.BASE_STEP),
        "no_step",
        "Cách chia bậc thang cần biết cứ bao nhiêu người thì thêm một suất.",
    ),
    (
        Problem((Unit("01", 5),), None, Method.BASE_STEP, step=StepRule(100, 101)),
        "bad_step",
        (
            "Bậc thang 100 người, số dư từ 101: bậc phải lớn hơn 0 và "
            "mức số dư phải từ trên 0 đến bằng bậc."
        ),
    ),
]


@pytest.mark.parametrize(("problem", "code", "sentence"), REFUSALS, ids=[r[1] for r in REFUSALS])
def test_refuses_with_a_code_and_the_numbers(problem: Problem, code: str, sentence: str) -> None:
    with pytest.raises(RuleViolation) as refusal:
        apportion(problem)

    assert (refusal.value.code, str(refusal.value)) == (code, sentence)


def test_tells_all_faults_of_a_table_at_once() -> None:
    units = (Unit("A", -1), Unit("A", 2), Unit("B", 1, floor=3, ceiling=2))

    with pytest.raises(RuleViolation) as refusal:
        check(Problem(units, 3))

    assert [str(detail) for detail in refusal.value.details] == [
        "Mã đơn vị A xuất hiện 2 lần. Mỗi đơn vị chỉ được có một dòng.",
        "A có trọng số -1, nhỏ hơn 0. Hãy sửa trọng số của đơn vị này.",
        "B có sàn 3 lớn hơn trần 2. Hãy giảm sàn hoặc nâng trần.",
    ]


def test_a_floor_for_all_leaves_own_floors_and_locks_alone() -> None:
    units = (Unit("A", 1), Unit("B", 1, floor=0), Unit("C", 1, lock=0), Unit("D", 97))

    assert apportion(Problem(units, 10, floor=2)).by_code == {"A": 2, "B": 0, "C": 0, "D": 8}


def test_the_field_holds_only_units_in_play() -> None:
    units = (
        Unit("lock", 9, lock=4),
        Unit("in", 3, base=2, floor=3, ceiling=9),
        Unit("none", 0, floor=1),
        Unit("half", 1, written="1.5"),
    )

    assert field_of(Problem(units, 20)) == Field(
        places=[1, 3], weights=[30, 10], lows=[1, 0], highs=[7, 14], pool=13, grid=10
    )
