from __future__ import annotations

from fractions import Fraction

import pytest

from congress_app.quota.apportionment import apportion
from congress_app.quota.explanation import Words, explain, explain_tie, shown_weight
from congress_app.quota.problem import Bonus, Method, Problem, StepRule, TieChain, Unit
from congress_app.quota.sensitivity import sensitivity
from congress_app.quota.ties import Tie

UNITS = (
    Unit("01", 1240, "Hà Nội"),
    Unit("79", 1530, "TP. Hồ Chí Minh"),
    Unit("27", 311, "Bắc Ninh", base=1),
    Unit("04", 21, "Cao Bằng", floor=2),
    Unit("KCQ", 500, "Khối cơ quan", lock=5),
    Unit("00", 0, "Ban mới lập", floor=1),
    Unit("24", 312, "Bắc Giang", ceiling=3),
)


def told(method: Method, seats: int = 60, **parts: object) -> dict[str, str]:
    result = apportion(Problem(UNITS, seats, method, step=StepRule(60), **parts))
    return {code: str(said) for code, said in explain(result, sensitivity(result)).items()}


def test_webster_shows_the_division_the_rounding_and_the_way_to_the_next_seat() -> None:
    assert told(Method.WEBSTER) == {
        "01": "Hà Nội: 1.240 đại biểu ÷ 64 = 19,4 → 19; thêm 30 người sẽ được 20",
        "79": "TP. Hồ Chí Minh: 1.530 đại biểu ÷ 64 = 23,9 → 24; thêm 113 người sẽ được 25",
        "27": "Bắc Ninh: 311 đại biểu ÷ 64 = 4,9 → 5, cộng 1 suất cố định thành 6; "
        "thêm 48 người sẽ được 7",
        "04": "Cao Bằng: 21 đại biểu ÷ 64 = 0,3 → nâng lên mức sàn: 2; thêm 142 người sẽ được 3",
        "KCQ": "Khối cơ quan: khóa ở 5 suất",
        "00": "Ban mới lập: trọng số 0, nhận đúng mức sàn 1 suất; thêm 98 người sẽ được 2",
        "24": "Bắc Giang: 312 đại biểu ÷ 64 = 4,9 → dừng ở mức trần: 3",
    }


def test_other_divisors_name_their_rounding() -> None:
    assert told(Method.JEFFERSON)["01"] == (
        "Hà Nội: 1.240 đại biểu ÷ 62,1 = 19,97, làm tròn xuống → 19; thêm 4 người sẽ được 20"
    )
    assert "làm tròn lên" in told(Method.ADAMS)["01"]
    assert "trung bình điều hòa" in told(Method.DEAN)["01"]
    assert "trung bình nhân" in told(Method.HUNTINGTON_HILL)["01"]
    assert "suất đầu cần từ 0,7" in told(Method.MODIFIED_SAINTE_LAGUE)["01"]


def test_remainders_show_share_and_remainder() -> None:
    said = told(Method.LARGEST_REMAINDER)

    assert said["01"] == (
        "Hà Nội: 1.240 đại biểu × 48 suất ÷ 3.081 = 19,32, số dư 0,32 không được thêm suất → 19; "
        "thêm 31 người sẽ được 20"
    )
    assert said["27"] == (
        "Bắc Ninh: 311 đại biểu × 48 suất ÷ 3.081 = 4,85, số dư 0,85 được thêm một suất → "
        "5, cộng 1 suất cố định thành 6; thêm 47 người sẽ được 7"
    )
    assert said["24"] == "Bắc Giang: 312 đại biểu, phần được chia 4,86 → dừng ở mức trần: 3"


def test_base_and_step_shows_steps_and_remainder() -> None:
    units = (Unit("HN", 457_000, "Hà Nội", base=13, bonuses=(Bonus("Thủ đô", 10),)), UNITS[3])
    result = apportion(Problem(units, None, Method.BASE_STEP, step=StepRule(12000)))
    said = explain(result, sensitivity(result), Words("đảng viên", "đảng viên"))

    assert str(said["HN"]) == (
        "Hà Nội: 23 suất cố định; 457.000 đảng viên ÷ 12.000 = 38, dư 1.000 (chưa đến 6.001) → 61; "
        "thêm 5.001 đảng viên sẽ được 62"
    )
    assert str(said["04"]).startswith(
        "Cao Bằng: 0 suất cố định; 21 đảng viên ÷ 12.000 = 0, dư 21 (chưa đến 6.001) → "
        "nâng lên mức sàn: 2"
    )


def test_a_tie_is_told_to_winner_and_loser() -> None:
    units = (Unit("A", 5, "An Giang"), Unit("B", 5, "Bắc Kạn"))
    result = apportion(Problem(units, 3, ties=TieChain(order=("B", "A"))))

    said = {code: str(text) for code, text in explain(result, {}).items()}

    assert said == {
        "A": "An Giang: 5 đại biểu ÷ 3,33 = 1,5 → 1; 2 đơn vị ngang nhau cho 1 suất, "
        "không được do thứ tự bốc thăm đã nhập",
        "B": "Bắc Kạn: 5 đại biểu ÷ 3,33 = 1,5 → 2; 2 đơn vị ngang nhau cho 1 suất, "
        "được nhờ thứ tự bốc thăm đã nhập",
    }
    assert str(explain_tie(result.ties[0], {"A": "An Giang", "B": "Bắc Kạn"})) == (
        "Bắc Kạn, An Giang ngang nhau hoàn toàn khi còn 1 suất; "
        "Bắc Kạn được, quyết định bằng thứ tự bốc thăm đã nhập."
    )


def test_a_tie_of_many_names_only_the_first() -> None:
    tie = Tie(tuple("ABCDEFGHIJ"), 9, "lot")

    assert str(explain_tie(tie, {})) == (
        "A, B, C, D, E, F, G, H và 2 mục khác ngang nhau hoàn toàn khi còn 9 suất; "
        "A, B, C, D, E, F, G, H và 1 mục khác được, "
        "quyết định bằng bốc thăm công khai theo chuỗi đã công bố."
    )


def test_where_first_seats_go_by_weight_there_is_no_divisor_to_show() -> None:
    units = (Unit("A", 5), Unit("B", 9))
    result = apportion(Problem(units, 1, Method.ADAMS))

    assert str(explain(result, {})["B"]) == (
        "B: 9 đại biểu; sàn, trần và thứ tự trọng số quyết định → 1"
    )


def test_the_quotient_has_the_decimals_that_show_its_rounding() -> None:
    # 1005 ÷ 100 × … : 10,4975 must not be shown as 10,5 and then rounded down to 10.
    units = (Unit("A", 41_990), Unit("B", 58_010))
    result = apportion(Problem(units, 25))

    assert str(explain(result, {})["A"]) == "A: 41.990 đại biểu ÷ 4.000 = 10,498 → 10"


@pytest.mark.parametrize(
    ("weight", "text"),
    [
        (1240, "1.240"),
        (Fraction(25, 2), "12,5"),
        (Fraction(1, 4), "0,25"),
        (Fraction(7, 3), "2,33"),
    ],
)
def test_weights_are_shown_the_vietnamese_way(weight: int | Fraction, text: str) -> None:
    assert shown_weight(weight) == text
