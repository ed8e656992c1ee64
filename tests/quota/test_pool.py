from __future__ import annotations

import pytest

from congress_app.kernel.errors import RuleViolation
from congress_app.quota.pool import Pool, Taken


def test_the_pool_is_a_sum_one_can_follow() -> None:
    pool = Pool(500, (Taken("đại biểu chính thức", 180), Taken("dự phòng", 20)))

    assert pool.seats == 300
    assert str(pool.explain()) == (
        "500 − 180 đại biểu chính thức − 20 dự phòng = 300 suất để phân bổ"
    )
    assert str(Pool(1500).explain()) == "1.500 = 1.500 suất để phân bổ"


def test_more_taken_than_there_is_is_refused() -> None:
    with pytest.raises(RuleViolation) as refusal:
        Pool(300, (Taken("khách mời", 40), Taken("đại biểu chính thức", 270)))

    assert refusal.value.code == "pool_overdrawn"
    assert str(refusal.value) == (
        "Số đại biểu tối đa là 300 nhưng các thành phần khác đã chiếm 310. "
        "Hãy giảm số dành sẵn hoặc xem lại danh sách đại biểu chính thức."
    )
    assert Pool(310, (Taken("khách mời", 40), Taken("đại biểu chính thức", 270))).seats == 0


def test_a_negative_place_is_no_way_to_more_seats() -> None:
    with pytest.raises(RuleViolation):
        Pool(300, (Taken("khách mời", -1),))
