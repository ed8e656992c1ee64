"""What is a spelling, and what has become another human being."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.delegates import identity
from congress_app.delegates.duplicates import compare, loose_name_key
from congress_app.delegates.identity import Bond, Change, Fact, Hold
from congress_app.delegates.registration import PersonFacts
from congress_app.kernel.partial_date import PartialDate

BIRTHS = st.one_of(
    st.none(),
    st.builds(PartialDate, st.integers(1960, 1961)),
    st.builds(PartialDate, st.integers(1960, 1961), st.integers(1, 2)),
    st.builds(PartialDate, st.integers(1960, 1961), st.integers(1, 2), st.integers(1, 2)),
)
FACTS = st.builds(
    PersonFacts,
    st.sampled_from(["Lê Thị Quý", "LÊ THỊ QUÝ", "Lê Thị Quí", "Le Thi Quy", "Lê An"]),
    birth=BIRTHS,
    sex=st.sampled_from([None, "F", "M"]),
    position=st.sampled_from([None, "Giám đốc"]),
)
NATION = Bond(1, "/1/", "Đại hội ngành", Hold.LIST)
PROVINCE = Bond(2, "/1/2/", "Hội nghị tỉnh", Hold.PLACE)


@given(st.lists(FACTS, min_size=1, max_size=5))
def test_corrections_one_after_the_other_never_lead_to_somebody_else(
    steps: list[PersonFacts],
) -> None:
    now = first = steps[0]
    for wanted in steps[1:]:
        if not identity.of_person(now, wanted):
            now = wanted
    assert loose_name_key(now.full_name) == loose_name_key(first.full_name)
    assert compare(first, now) is not None
    assert first.sex in (None, now.sex)
    assert first.birth is None or (now.birth is not None and first.birth.agrees_with(now.birth))


@given(FACTS)
def test_nothing_changed_is_no_change(facts: PersonFacts) -> None:
    assert identity.of_person(facts, facts) == ()


def test_the_facts_are_named() -> None:
    known = PersonFacts("Lê Thị Phương", PartialDate(1967, 12, 13), "F")
    other = PersonFacts("Kẻ Mạo Danh", PartialDate(1990, 2, 1), "M")
    assert identity.of_person(known, other) == (Fact.NAME, Fact.BIRTH, Fact.SEX)
    assert identity.of_person(known, PersonFacts("lê thị PHƯƠNG", known.birth, "F")) == ()
    vaguer = PersonFacts("Lê Thị Phương", PartialDate(1967), "F")
    assert identity.of_person(known, vaguer) == (Fact.BIRTH,)
    assert identity.of_person(vaguer, known) == ()
    assert identity.of_person(PersonFacts("Lê Thị Phương"), known) == ()


@pytest.mark.parametrize(
    ("before", "after", "is_same"),
    [
        ("Nguyen Van Hung", "Nguyễn Văn Hùng", True),
        ("NGUYỄN VĂN HÙNG", "Nguyễn Văn Hùng", True),
        ("Lê Hoà", "Lê Hòa", True),
        ("Lê Thúy Quý", "Lê Thuý Quí", True),
        ("Trần Mỹ", "Trần Mĩ", True),
        ("Đ/c Lê Hòa", "Lê Hòa", True),
        ("Nguyễn Văn Hùng", "Nguyễn Văn Hưng", False),
        ("Lê Thị Hoa", "Lê Thị Hòa", False),
        ("Lê Thị Hòa", "Le Thi Hoa", False),
        ("Đỗ An", "Do An", False),
    ],
)
def test_accents_tell_people_apart(before: str, after: str, is_same: bool) -> None:
    found = identity.of_person(PersonFacts(before), PersonFacts(after))
    assert found == (() if is_same else (Fact.NAME,))


def test_the_category_of_a_place() -> None:
    assert identity.of_place("guest", "official") == (Fact.CATEGORY,)
    assert identity.of_place("official", "official") == ()


def test_who_it_is_binds_everywhere_and_the_category_here() -> None:
    person = Change("Lê An", (Fact.SEX, Fact.CATEGORY), 2)
    place = Change("Lê An", (Fact.CATEGORY,), 2)
    assert person.bound_by([NATION, PROVINCE]) == [NATION, PROVINCE]
    assert place.bound_by([NATION, PROVINCE]) == [PROVINCE]

    def of_the_province(path: str) -> bool:
        return path.startswith("/1/2/")

    own = "/1/2/"
    assert identity.barring(person, [PROVINCE, NATION], own, of_the_province) == NATION
    assert identity.barring(place, [PROVINCE, NATION], own, of_the_province) is None
    assert identity.barring(person, [], own, of_the_province) is None
    # Of a congress that is over nobody need be found: who decides here does, with a reason.
    over = replace(NATION, is_over=True)
    assert identity.barring(person, [over], own, of_the_province) is None
    assert identity.barring(person, [over], own, lambda _path: False) == over
    assert str(person.words()) == "giới tính, thành phần"
