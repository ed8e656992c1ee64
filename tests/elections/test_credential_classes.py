"""Into which line of the report a fact falls."""

from __future__ import annotations

import pytest

from congress_app.congresses.rulebook import Category, SubCategory
from congress_app.delegates.registration import GroundFacts, PersonFacts
from congress_app.elections.credential_classes import (
    DelegateFacts,
    age_group,
    block_of,
    delegation_of,
    education_of,
    route_of,
    theory_of,
    title_of,
)

LINES = (
    SubCategory("leaders", Category.OFFICIAL, "Lãnh đạo"),
    SubCategory("fighter", Category.OFFICIAL, "Chiến sĩ thi đua", award=True),
    SubCategory("exemplar", Category.OFFICIAL, "Gương điển hình"),
    SubCategory("press", Category.GUEST, "Báo chí"),
    SubCategory("below", Category.ELECTED, "Bầu"),
)


@pytest.mark.parametrize(
    ("category", "codes", "route"),
    [
        ("elected", [], "by_election"),
        ("elected", ["fighter"], "by_election"),
        ("official", ["leaders"], "by_office"),
        ("official", ["fighter", "leaders"], "by_office"),
        ("official", ["fighter"], "by_appointment"),
        ("official", ["exemplar", "fighter"], "by_appointment"),
        ("official", [], None),
        ("official", ["press"], None),
        ("official", [None], None),
    ],
)
def test_route(category: str, codes: list[str | None], route: str | None) -> None:
    grounds = [GroundFacts("…", code) for code in codes]
    assert route_of(category, grounds, {line.code: line for line in LINES}) == route


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Tiến sĩ Luật", "doctor"),
        ("PGS.TS", "doctor"),
        ("ThS. Kinh tế", "master"),
        ("thạc sỹ", "master"),
        ("Cử nhân Kế toán", "university"),
        ("ĐH", "university"),
        ("Bác sĩ", "university"),
        ("Cao đẳng", "college"),
        ("Trung cấp kế toán", "intermediate"),
        ("12/12", "other"),
        ("  ", None),
        (None, None),
    ],
)
def test_education(text: str | None, level: str | None) -> None:
    assert education_of(text) == level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Cao cấp", "high"),
        ("Cử nhân chính trị", "high"),
        ("trung cấp LLCT", "intermediate"),
        ("Sơ cấp", "basic"),
        ("Chưa qua đào tạo", "none"),
        ("đang học", "other"),
        (None, None),
    ],
)
def test_theory(text: str | None, level: str | None) -> None:
    assert theory_of(text) == level


@pytest.mark.parametrize(
    ("honours", "grounds", "title"),
    [
        ("CSTĐ cơ sở 2017; CSTĐ ngành 2018", [], "fighter_sector"),
        (None, ["Chiến sĩ thi đua toàn quốc"], "fighter_national"),
        ("Anh hùng Lao động", ["Chiến sĩ thi đua toàn quốc"], "hero"),
        ("Chiến sỹ thi đua cấp tỉnh", [], "fighter_sector"),
        ("Bằng khen của Thủ tướng", ["Chiến sĩ thi đua cơ sở"], "fighter_base"),
        ("Bằng khen của Thủ tướng", ["Lãnh đạo"], "other"),
        ("Không", [], "none"),
        (None, ["Lãnh đạo BHXH tỉnh"], None),
        ("", [], None),
    ],
)
def test_title(honours: str | None, grounds: list[str], title: str | None) -> None:
    assert title_of(honours, grounds) == title


def test_age_groups() -> None:
    ages = [22, 30, 31, 40, 41, 50, 51, 60, 61, 98, None]
    expected = ["30", "30", "40", "40", "50", "50", "60", "60", "over", "over", None]
    assert [age_group(age) for age in ages] == expected


def test_block_and_delegation() -> None:
    inside = DelegateFacts(1, "official", PersonFacts("A"), delegation="BHXH huyện A", kind="huyen")
    outside = DelegateFacts(2, "official", PersonFacts("B", organisation="Báo Nhân dân"))
    nobody = DelegateFacts(3, "official", PersonFacts("C"))
    assert [block_of(one) for one in (inside, outside, nobody)] == ["huyen", "outside", None]
    assert [delegation_of(one) for one in (inside, outside, nobody)] == [
        "BHXH huyện A",
        "outside",
        None,
    ]
