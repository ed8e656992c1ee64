"""The presets against the guidance of 30/09/2019, figure by figure."""

from datetime import date

import pytest

from congress_app.congresses.presets import GUIDANCE_2020, PRESETS, STRUCTURE_2025
from congress_app.congresses.rulebook import Category, Duration, Level, Rulebook
from congress_app.congresses.validity import faults

BASE = GUIDANCE_2020.level("base")
UPPER_BASE = GUIDANCE_2020.level("upper_base")
NATIONAL = GUIDANCE_2020.level("national")


def test_caps_of_2020():
    everybody = tuple(Category)
    assert (BASE.cap.limit("001"), BASE.everyone_attends) == (None, True)
    assert [UPPER_BASE.cap.limit(code) for code in ("02", "KCQ", "01", "79")] == [
        300,
        350,
        350,
        350,
    ]
    assert UPPER_BASE.cap.counted == everybody
    assert NATIONAL.cap.limit("VN") == 500
    assert NATIONAL.cap.counted == (Category.OFFICIAL, Category.ELECTED)


def test_days_of_2020():
    assert (BASE.deadline, BASE.durations) == (date(2020, 1, 30), (Duration.HALF_DAY,))
    assert (UPPER_BASE.deadline, UPPER_BASE.durations) == (date(2020, 4, 30), tuple(Duration))
    assert (NATIONAL.window, NATIONAL.durations) == (
        (date(2020, 7, 1), date(2020, 9, 30)),
        tuple(Duration),
    )


def test_a_base_conference_may_be_combined_with_two_others():
    assert [choice.code for choice in BASE.combinable] == ["year_end", "staff"]
    assert (UPPER_BASE.combinable, NATIONAL.combinable) == ((), ())


def test_composition_of_2020_counts_as_the_guidance_lists_it():
    def counts(rules):
        return [len(rules.lines_of(category)) for category in Category]

    assert counts(BASE) == [0, 1, 0]
    assert counts(UPPER_BASE) == [6, 9, 1]
    assert counts(NATIONAL) == [3, 11, 1]


def test_fighters_of_the_base_level_are_not_in_the_national_list():
    def awards(rules):
        return [line.code for line in rules.subcategories if line.award]

    assert awards(UPPER_BASE) == ["fighter_national", "fighter_sector", "fighter_base"]
    assert awards(NATIONAL) == ["fighter_national", "fighter_sector"]
    assert GUIDANCE_2020.award_years == (2015, 2019)


def test_the_press_is_official_and_each_province_has_one_post():
    press = [NATIONAL.subcategory(code) for code in ("press", "sector_press")]
    assert [line.category for line in press] == [Category.OFFICIAL, Category.OFFICIAL]
    assert NATIONAL.subcategory("province_council_post").per_unit == 1


def test_five_priorities_and_the_mandatory_items():
    assert [choice.code for choice in GUIDANCE_2020.priorities] == [
        "good_deed",
        "new_model",
        "direct_duty",
        "women",
        "ethnic_minority",
    ]
    assert UPPER_BASE.mandatory_items == ("summary_report", "speech", "election")
    assert NATIONAL.mandatory_items == ("summary_report", "speech")


def test_the_structure_of_2025_has_other_units_and_marks_its_proposals():
    assert STRUCTURE_2025.level_of_kind("co_so") is Level.BASE
    assert STRUCTURE_2025.level_of_kind("huyen") is None
    assert [rules.expected_units for rules in STRUCTURE_2025.levels.values()] == [None, 35, 1]
    assert STRUCTURE_2025.award_years == (2021, 2025)
    assert "deadline" in STRUCTURE_2025.level("upper_base").proposed
    assert "window" in STRUCTURE_2025.level("national").proposed
    assert STRUCTURE_2025.level("upper_base").subcategory("district_leaders").title == (
        "Đại diện lãnh đạo BHXH cơ sở"
    )


@pytest.mark.parametrize("book", PRESETS.values(), ids=PRESETS)
def test_a_preset_is_sound(book: Rulebook):
    assert faults(book) == []
    fields = {name for rules in book.levels.values() for name in rules.proposed}
    assert fields <= set(BASE.__dataclass_fields__)
