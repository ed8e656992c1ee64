"""The rulebook as a value: figures by unit, look-ups, and the way to JSON and back."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.congresses import rulebook
from congress_app.congresses.presets import GUIDANCE_2020, PRESETS
from congress_app.congresses.rulebook import (
    Cap,
    Category,
    Choice,
    Duration,
    Level,
    LevelRules,
    Priority,
    Rulebook,
    SubCategory,
)

CODES = st.text("abcdefghij_0123456789", min_size=1, max_size=12)
WORDS = st.text(min_size=1, max_size=20)
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
YEARS = st.tuples(st.integers(2000, 2040), st.integers(2000, 2040))
CHOICES = st.lists(st.builds(Choice, CODES, WORDS), max_size=3).map(tuple)
LINES = st.builds(
    SubCategory,
    CODES,
    st.sampled_from(Category),
    WORDS,
    st.booleans(),
    st.none() | st.integers(1, 5),
)
RULES = st.builds(
    LevelRules,
    event_name=WORDS,
    cap=st.builds(
        Cap,
        st.none() | st.integers(1, 5000),
        st.dictionaries(CODES, st.integers(1, 5000), max_size=3),
        st.lists(st.sampled_from(Category), unique=True).map(tuple),
    ),
    durations=st.lists(st.sampled_from(Duration), unique=True).map(tuple),
    subcategories=st.lists(LINES, max_size=4).map(tuple),
    deadline=st.none() | DAYS,
    window=st.none() | st.tuples(DAYS, DAYS),
    combinable=CHOICES,
    mandatory_items=st.lists(CODES, max_size=3).map(tuple),
    election_form=st.sampled_from(["secret", "show_of_hands"]),
    everyone_attends=st.booleans(),
    unit_kinds=st.lists(CODES, max_size=3).map(tuple),
    expected_units=st.none() | st.integers(1, 3000),
    quorum=st.sampled_from([None, Fraction(2, 3), Fraction(1, 2)]),
    proposed=st.lists(CODES, max_size=3).map(tuple),
)
BOOKS = st.builds(
    Rulebook,
    key=CODES,
    name=WORDS,
    source=WORDS,
    award_years=YEARS,
    report_period=YEARS,
    levels=st.fixed_dictionaries(dict.fromkeys(Level, RULES)),
    priorities=st.lists(st.builds(Priority, CODES, WORDS, st.booleans()), max_size=3).map(tuple),
    fields=CHOICES,
)


@given(BOOKS)
def test_the_stored_form_reads_back_as_the_same_rulebook(book):
    stored = json.loads(json.dumps(rulebook.to_json(book)))
    assert rulebook.from_json(stored) == book


@pytest.mark.parametrize("key", PRESETS)
def test_presets_read_back_as_themselves(key):
    book = PRESETS[key]
    assert rulebook.from_json(json.loads(json.dumps(rulebook.to_json(book)))) == book


def test_a_cap_has_exceptions_by_unit_code():
    cap = Cap(300, {"KCQ": 350, "01": 350})
    assert [cap.limit(code) for code in ("KCQ", "01", "79", "")] == [350, 350, 300, 300]
    assert Cap().limit("01") is None


def test_a_line_is_found_by_its_code():
    rules = GUIDANCE_2020.level("national")
    assert rules.subcategory("press") == SubCategory(
        "press", Category.OFFICIAL, "Cơ quan báo chí Trung ương và địa phương"
    )
    assert rules.subcategory("fighter_base") is None


def test_lines_of_a_category_keep_their_order():
    codes = [line.code for line in GUIDANCE_2020.level("national").lines_of("guest")]
    assert codes == ["party_state_leaders", "ministries", "management_council"]


def test_one_level_is_replaced_and_the_others_stay():
    changed = replace(GUIDANCE_2020.level("base"), event_name="Hội nghị")
    book = GUIDANCE_2020.with_level("base", changed)
    assert book.level("base") == changed
    assert book.level("upper_base") == GUIDANCE_2020.level("upper_base")
    assert GUIDANCE_2020.level("base").event_name == "Hội nghị điển hình tiên tiến"


def test_the_level_follows_from_the_kind_of_unit():
    kinds = ["huyen", "phong", "don_vi_truc_thuoc", "tinh", "khoi_co_quan", "nganh", "co_so"]
    assert [GUIDANCE_2020.level_of_kind(kind) for kind in kinds] == [
        *[Level.BASE] * 3,
        *[Level.UPPER_BASE] * 2,
        Level.NATIONAL,
        None,
    ]


def test_rules_frozen_before_there_was_a_quorum_get_the_proposed_one():
    stored = rulebook.to_json(GUIDANCE_2020)
    for rules in stored["levels"].values():
        del rules["quorum"]
        rules["proposed"].remove("quorum")
    assert rulebook.from_json(stored) == GUIDANCE_2020


def test_priorities_stored_before_the_mark_are_sensitive_unless_we_know_them() -> None:
    own = Priority("ton_giao", "Người có đạo", sensitive=False)
    book = replace(GUIDANCE_2020, priorities=(*GUIDANCE_2020.priorities, own))
    stored = json.loads(json.dumps(rulebook.to_json(book)))
    known = {"good_deed", "new_model", "direct_duty", "women"}
    assert rulebook.from_json(stored).open_priorities == {*known, "ton_giao"}
    for item in stored["priorities"]:
        del item["sensitive"]
    assert rulebook.from_json(stored).open_priorities == known
