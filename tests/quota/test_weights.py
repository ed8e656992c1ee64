from __future__ import annotations

from fractions import Fraction

from congress_app.quota.weights import WeightSource, mixed, weight_warnings


def test_a_mix_adds_each_source_times_its_coefficient() -> None:
    people = WeightSource("Đại biểu dự hội nghị cơ sở", {"A": 1240, "B": 310})
    area = WeightSource("Diện tích", {"A": 3359, "C": 100}, Fraction(9, 5))

    assert mixed([people], ["A", "B", "C"]) == {"A": 1240, "B": 310, "C": 0}
    assert mixed([people, area], ["A", "B", "C"]) == {
        "A": 1240 + Fraction(9, 5) * 3359,
        "B": 310,
        "C": 180,
    }


def said(weights: list[int], cap: int | None) -> list[str]:
    named = {str(at): weight for at, weight in enumerate(weights)}
    return [str(warning) for warning in weight_warnings(named, cap)]


def test_warns_when_more_than_a_third_sit_at_the_cap() -> None:
    assert said([300, 300, 120, 90, 80], 300) == [
        (
            "2 trong 5 đơn vị (40,0 %) có trọng số bằng mức tối đa 300: "
            "trọng số không còn phân biệt được các đơn vị. Hãy chọn nguồn trọng số khác."
        )
    ]
    assert said([300, 300, 120, 90, 80, 70], 300) == []


def test_warns_when_more_than_a_third_are_equal() -> None:
    assert said([50, 50, 120, 90, 80], None) == [
        (
            "2 trong 5 đơn vị (40,0 %) có cùng trọng số 50: nhiều suất sẽ phải quyết định bằng "
            "tiêu chí phụ hoặc bốc thăm. Hãy xem lại nguồn trọng số."
        )
    ]
    assert said([50, 50, 120, 90, 80, 70], None) == []


def test_does_not_warn_of_two_different_units_or_of_none() -> None:
    assert said([1, 2], None) == []
    assert said([], 300) == []
