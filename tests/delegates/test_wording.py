"""Words of a cell to codes of the rulebook."""

from __future__ import annotations

import pytest

from congress_app.congresses.presets import GUIDANCE_2020
from congress_app.congresses.rulebook import Category
from congress_app.delegates import wording
from congress_app.delegates.registration import GroundFacts

LINES = GUIDANCE_2020.level("upper_base").subcategories


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Khách mời", Category.GUEST),
        ("ĐẠI BIỂU KHÁCH MỜI", Category.GUEST),
        ("chinh thuc", Category.OFFICIAL),
        ("Đại biểu chính thức mời", Category.OFFICIAL),
        ("Đương nhiên", Category.OFFICIAL),
        ("Bầu", Category.ELECTED),
        ("Đại biểu được bầu", Category.ELECTED),
    ],
)
def test_categories(text: str, category: Category) -> None:
    assert wording.category_of(text) is category


@pytest.mark.parametrize("text", ["Quan sát viên", "", "x"])
def test_no_category(text: str) -> None:
    with pytest.raises(ValueError, match="no category"):
        wording.category_of(text)


def test_grounds_with_years_and_documents() -> None:
    text = "CSTĐ ngành năm 2017, QĐ số 123/QĐ-BHXH; Chiến sỹ thi đua toàn quốc\nHuân chương"
    assert wording.grounds_of(text, LINES) == (
        GroundFacts("Chiến sĩ thi đua ngành BHXH", "fighter_sector", 2017, "123/QĐ-BHXH"),
        GroundFacts("Chiến sĩ thi đua toàn quốc", "fighter_national"),
        GroundFacts("Huân chương"),
    )


def test_two_years_are_not_one() -> None:
    (ground,) = wording.grounds_of("CSTĐ cơ sở 2016, 2017", LINES)
    assert (ground.code, ground.year) == ("fighter_base", None)


def test_priorities_by_title_short_form_and_own_words() -> None:
    choices = GUIDANCE_2020.priorities
    text = "Có giải pháp công tác hay, mô hình mới; Nữ, dân tộc; Vùng khó khăn; nữ"
    assert wording.priorities_of(text, choices) == (
        "new_model",
        "women",
        "ethnic_minority",
        "Vùng khó khăn",
    )


def test_fields_of_work() -> None:
    assert wording.choice_of("ke hoach - tai chinh", GUIDANCE_2020.fields) == "finance"
    assert wording.choice_of("Báo chí", GUIDANCE_2020.fields) == "Báo chí"
