"""Golden cases for every clause of "official delegate by title"."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.congresses.presets import GUIDANCE_2020 as BOOK
from congress_app.congresses.rulebook import Category, Level, SubCategory
from congress_app.delegates.exemplar_titles import Answer, propose, registration_of, titles_of
from congress_app.delegates.registration import GroundFacts, PersonFacts, Registration
from congress_app.exemplars.awards import AwardFacts
from congress_app.exemplars.facts import ExemplarFacts, Kind

PROVINCE, NATIONAL, BASE = Level.UPPER_BASE, Level.NATIONAL, Level.BASE
SECTOR, AT_BASE = "Chiến sĩ thi đua ngành", "Chiến sỹ thi đua cơ sở"


def sector(year: int | None, number: str | None = "12/QĐ-BHXH") -> AwardFacts:
    return AwardFacts("sector_fighter", SECTOR, year, number)


def base(year: int | None, number: str | None = "7/QĐ-BHXH") -> AwardFacts:
    return AwardFacts("base_fighter", AT_BASE, year, number)


def of(*awards: AwardFacts, level: str = PROVINCE, kind: str = Kind.INDIVIDUAL):
    return propose(kind, awards, titles_of(BOOK, level))


@pytest.mark.parametrize(
    ("awards", "level", "answer", "reason"),
    [
        ((sector(2015),), PROVINCE, "proposed", f"“{SECTOR}”, quyết định 12/QĐ-BHXH năm 2015."),
        ((sector(2019),), NATIONAL, "proposed", f"“{SECTOR}”, quyết định 12/QĐ-BHXH năm 2019."),
        ((sector(2014),), PROVINCE, "not_proposed",
         f"“{SECTOR}”: quyết định năm 2014 nằm ngoài 2015–2019."),
        ((sector(2020), sector(2013)), NATIONAL, "not_proposed",
         f"“{SECTOR}”: quyết định năm 2020 nằm ngoài 2015–2019."),
        ((sector(None),), PROVINCE, "unknown",
         f"“{SECTOR}”: chưa ghi năm quyết định (cần 2015–2019)."),
        ((sector(2013), sector(None)), PROVINCE, "unknown",
         f"“{SECTOR}”: chưa ghi năm quyết định (cần 2015–2019)."),
        ((base(2017),), PROVINCE, "proposed", f"“{AT_BASE}”, quyết định 7/QĐ-BHXH năm 2017."),
        ((base(2017),), NATIONAL, "not_proposed",
         f"“{AT_BASE}” chỉ là căn cứ ở hội nghị Cấp trên cơ sở."),
        ((), PROVINCE, "not_proposed",
         "Không có danh hiệu nào là căn cứ mời chính thức của hội nghị này."),
        ((AwardFacts("order", "Huân chương Lao động", 2017),), PROVINCE, "not_proposed",
         "Không có danh hiệu nào là căn cứ mời chính thức của hội nghị này."),
        ((sector(2017),), BASE, "not_proposed",
         "Quy định của hội nghị này không mời đại biểu theo danh hiệu."),
        ((sector(2017, None),), PROVINCE, "proposed",
         f"“{SECTOR}”, quyết định chưa ghi số, năm 2017."),
        ((base(2016), sector(2018)), PROVINCE, "proposed",
         (f"“{SECTOR}”, quyết định 12/QĐ-BHXH năm 2018; "
          f"“{AT_BASE}”, quyết định 7/QĐ-BHXH năm 2016.")),
    ],
)  # fmt: skip
def test_every_answer_has_its_reason(
    awards: tuple[AwardFacts, ...], level: str, answer: str, reason: str
) -> None:
    found = of(*awards, level=level)
    assert (found.answer.value, str(found.reason)) == (answer, reason)


def test_a_collective_is_no_delegate() -> None:
    found = of(sector(2017), kind=Kind.COLLECTIVE)
    assert found.answer is Answer.NOT_PROPOSED
    assert found.claims == ()


def test_a_name_without_a_kind_is_read_by_its_spelling() -> None:
    found = of(AwardFacts("", "CHIẾN SỸ THI ĐUA TOÀN QUỐC", 2016, "5/QĐ-TTg"))
    assert found.grounds == (
        GroundFacts("Chiến sĩ thi đua toàn quốc", "fighter_national", 2016, "5/QĐ-TTg"),
    )


def test_every_line_gives_one_ground_the_last_with_a_number() -> None:
    found = of(base(2016), base(2018), base(2019, None), sector(2017))
    assert found.grounds == (
        GroundFacts("Chiến sĩ thi đua ngành BHXH", "fighter_sector", 2017, "12/QĐ-BHXH"),
        GroundFacts("Chiến sĩ thi đua cơ sở", "fighter_base", 2018, "7/QĐ-BHXH"),
    )


def test_a_line_an_organiser_added_counts_by_its_own_title() -> None:
    rules = BOOK.level(NATIONAL)
    line = SubCategory("golden", Category.OFFICIAL, "Giải thưởng Bàn tay vàng", award=True)
    book = BOOK.with_level(NATIONAL, replace(rules, subcategories=(*rules.subcategories, line)))
    award = AwardFacts("", "Giải thưởng Bàn tay vàng năm 2018", 2018, "3/QĐ")
    assert propose(Kind.INDIVIDUAL, [award], titles_of(book, NATIONAL)).grounds == (
        GroundFacts("Giải thưởng Bàn tay vàng", "golden", 2018, "3/QĐ"),
    )


@given(st.integers(2000, 2030) | st.none(), st.sampled_from([PROVINCE, NATIONAL]))
def test_only_the_year_of_the_decision_decides(year: int | None, level: str) -> None:
    first, last = BOOK.award_years
    inside = year is not None and first <= year <= last
    wanted = Answer.UNKNOWN if year is None else Answer.PROPOSED if inside else Answer.NOT_PROPOSED
    assert of(sector(year), level=level).answer is wanted


def test_what_is_written_down_holds_the_grounds_and_nothing_sensitive() -> None:
    facts = ExemplarFacts(
        kind=Kind.INDIVIDUAL,
        name="Lê An",
        unit_id=5,
        detected_year=2018,
        field="collection",
        position="Viên chức",
        sex="F",
        is_minority=True,
        is_direct=True,
        solution="Thu tận nhà",
    )
    proposal = of(sector(2018))
    assert registration_of(facts, proposal, BOOK) == Registration(
        PersonFacts("Lê An", sex="F", position="Viên chức", unit_id=5),
        Category.OFFICIAL,
        (GroundFacts("Chiến sĩ thi đua ngành BHXH", "fighter_sector", 2018, "12/QĐ-BHXH"),),
        "collection",
        ("direct_duty", "new_model"),
    )
