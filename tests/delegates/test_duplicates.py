"""When two entries may be one person."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.delegates.duplicates import (
    Known,
    Likeness,
    People,
    compare,
    describe,
    loose_name_key,
    search_keys,
    stored_name_key,
)
from congress_app.delegates.registration import PersonFacts
from congress_app.kernel.partial_date import PartialDate
from congress_app.kernel.vietnamese import fold

DAY = PartialDate(1980, 7, 5)
NAMES = st.lists(
    st.sampled_from(["Nguyễn", "Lý", "Lí", "Thị", "Hòa", "Hoà", "Quý", "Quí", "Mây", "Mai", "Y"]),
    min_size=1,
    max_size=4,
).map(" ".join)


def person(name: str, birth: PartialDate | None = DAY, unit: int | None = 1) -> PersonFacts:
    return PersonFacts(name, birth, unit_id=unit)


@pytest.mark.parametrize(
    ("other", "likeness"),
    [
        (person("Nguyễn Thị Hòa"), Likeness.SAME),
        (person("NGUYỄN  THỊ HÒA "), Likeness.SAME),
        (person("Đ/c Nguyễn Thị Hòa"), Likeness.SAME),
        (person(unicodedata.normalize("NFD", "Nguyễn Thị Hòa")), Likeness.SAME),
        (person("Nguyễn Thị Hoà"), Likeness.ACCENTS),
        (person("Nguyen Thi Hoa"), Likeness.ACCENTS),
        (person("Nguyễn Thị Hòa", PartialDate(1980)), Likeness.BIRTH),
        (person("Nguyễn Thị Hòa", None), Likeness.BIRTH),
        (person("Nguyễn Thị Hòa", unit=2), Likeness.UNIT),
        (person("Nguyễn Thị Hoa", unit=2), Likeness.UNIT),
        (person("Nguyễn Thị Hòa", PartialDate(1980), unit=2), None),
        (person("Nguyễn Thị Hòa", PartialDate(1981, 7, 5)), None),
        (person("Nguyễn Thị Hòe"), None),
    ],
)
def test_likeness(other: PersonFacts, likeness: Likeness | None) -> None:
    one = person("Nguyễn Thị Hòa")
    assert compare(one, other) == likeness
    assert compare(other, one) == likeness


@pytest.mark.parametrize(
    ("one", "other"), [("Quý", "Quí"), ("Lý", "Lí"), ("Mỹ", "Mĩ"), ("Hòa", "Hoà"), ("Thúy", "Thuý")]
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert loose_name_key(f"Trần Văn {one}") == loose_name_key(f"Trần Văn {other}")


def test_mai_and_may_are_two_names() -> None:
    assert loose_name_key("Trần Thị Mai") != loose_name_key("Trần Thị Mây")


def test_outsiders_agree_by_their_organisation() -> None:
    one = PersonFacts("Lê An", None, organisation="UBND tỉnh")
    assert compare(one, PersonFacts("Lê An", None, organisation="Ubnd  Tỉnh")) is Likeness.SAME
    assert compare(one, PersonFacts("Lê An", None, organisation="Tỉnh ủy")) is None
    assert compare(one, PersonFacts("Lê An", None, unit_id=3)) is None


@given(NAMES, NAMES)
def test_search_keys_find_every_loose_spelling(one: str, other: str) -> None:
    assert fold(one) in search_keys(one)
    assert (fold(other) in search_keys(one)) == (loose_name_key(one) == loose_name_key(other))


@given(st.lists(NAMES, max_size=12), NAMES)
def test_the_index_finds_what_comparing_with_everybody_finds(names: list[str], name: str) -> None:
    known = [Known(number, person(text)) for number, text in enumerate(names)]
    found = {match.person.id for match in People(known).matches(person(name))}
    assert found == {k.id for k in known if compare(person(name), k.facts)}


def test_matches_come_most_alike_first_and_in_words() -> None:
    people = People([Known(1, person("Le An")), Known(2, person("Lê An"))])
    matches = people.matches(person("Lê An"))
    assert [(match.person.id, match.likeness) for match in matches] == [
        (2, Likeness.SAME),
        (1, Likeness.ACCENTS),
    ]
    assert str(describe(matches[1], "BHXH tỉnh A")) == (
        "“Le An”, sinh 05/07/1980, BHXH tỉnh A (họ tên chỉ khác dấu)"
    )


TITLES = st.sampled_from(
    ["", "Ông ", "Bà: ", "ông.", "Đ/c ", "Đồng chí ", "đ.c. ", "ÔNG ", "Ông Ích ", "Bàng ", "đ/c"]
)


@given(TITLES, NAMES)
def test_the_stored_key_tells_the_loose_name_as_the_name_does(title: str, name: str) -> None:
    told = title + name
    assert stored_name_key(told, fold(told)) == loose_name_key(told)
    assert stored_name_key(told, "") == loose_name_key(told)
