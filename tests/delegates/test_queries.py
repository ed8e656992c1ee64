"""Lists of delegates: order, filters, reach, and a constant number of statements."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from congress_app.congresses.models import Congress
from congress_app.congresses.presets import GUIDANCE_2020
from congress_app.delegates import delegation_queries, intake_queries, queries
from congress_app.delegates.census import CensusRow
from congress_app.delegates.listing import Wanted
from congress_app.delegates.models import Delegate
from congress_app.units.models import Unit
from tests import builders


@pytest.fixture
def congress(app: Flask) -> Congress:
    """A provincial congress under the guidance of 2020."""
    return builders.a_congress(rules=GUIDANCE_2020)


@pytest.fixture
def districts(congress: Congress) -> tuple[Unit, Unit]:
    """Two districts; the second goes first by protocol."""
    first = builders.a_unit("D1", congress.unit, "huyen", name="BHXH huyện Đồng Văn", precedence=2)
    second = builders.a_unit("D2", congress.unit, "huyen", name="BHXH huyện Yên Minh", precedence=1)
    return first, second


def delegate(congress: Congress, name: str, unit: Unit | None = None, **columns: Any) -> Delegate:
    facts = {key: columns.pop(key) for key in list(columns) if not hasattr(Delegate, key)}
    person = builders.a_person(name, unit, **facts)
    columns.setdefault("category", "official" if unit else "guest")
    return builders.a_delegate(congress, person, **columns)


def names(congress: Congress, within: tuple[str, ...] | None = None, **wanted: Any) -> list[str]:
    sensitive = wanted.pop("sensitive", False)
    found = queries.delegates(
        congress,
        Wanted(**wanted),
        within=within or (congress.unit.path,),
        sensitive=sensitive,
    )
    assert queries.count(
        congress, Wanted(**wanted), within=within or (congress.unit.path,), sensitive=sensitive
    ) == len(found)
    return [row.person.full_name for row in found]


def test_names_stand_by_given_name_in_vietnamese_order(congress: Congress) -> None:
    for name in ("Lê Bình", "Trần Ân", "Vũ Ánh", "Nguyễn An", "Đỗ Ăn", "Lý An"):
        delegate(congress, name)
    assert names(congress) == [
        "Lý An",
        "Nguyễn An",
        "Vũ Ánh",
        "Đỗ Ăn",
        "Trần Ân",
        "Lê Bình",
    ]
    assert names(congress, sort="-name")[0] == "Lê Bình"


def test_order_by_number_and_by_delegation(
    congress: Congress, districts: tuple[Unit, Unit]
) -> None:
    first, second = districts
    delegate(congress, "Lê Khách", None, number=1)
    delegate(congress, "Lê Ba", first, number=3)
    delegate(congress, "Lê Hai", second, number=2)
    assert names(congress, sort="number") == ["Lê Khách", "Lê Hai", "Lê Ba"]
    assert names(congress, sort="-number") == ["Lê Ba", "Lê Hai", "Lê Khách"]
    assert names(congress, sort="delegation") == ["Lê Hai", "Lê Ba", "Lê Khách"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nguyen thi hoa", ["Nguyễn Thị Hòa"]),
        ("Hoà", ["Nguyễn Thị Hòa"]),
        ("QUI", ["Lý Quý"]),
        ("lí", ["Lý Quý"]),
        ("dong van", ["Nguyễn Thị Hòa"]),
        ("UBND", ["Trần Khách"]),
        ("Phó Giám", ["Lý Quý"]),
        ("7", ["Lý Quý"]),
        ("100%", []),
        ("không có ai", []),
    ],
)
def test_search_without_accents(
    congress: Congress, districts: tuple[Unit, Unit], text: str, found: list[str]
) -> None:
    delegate(congress, "Nguyễn Thị Hòa", districts[0], number=1)
    delegate(congress, "Lý Quý", districts[1], number=7, position="Phó Giám đốc")
    delegate(congress, "Trần Khách", None, number=2, organisation="UBND tỉnh")
    assert names(congress, text=text) == found


def test_filters(congress: Congress, districts: tuple[Unit, Unit]) -> None:
    first, second = districts
    delegate(congress, "Lê A", first, category="elected", state="nominated", sex="F")
    delegate(congress, "Lê B", second, state="declined", priorities=["new_model"], phone="09")
    delegate(congress, "Lê C", None, exception_document="1/QĐ", ethnicity="Tày", birth_year=None)
    assert names(congress, category="elected") == ["Lê A"]
    assert names(congress, state="declined") == ["Lê B"]
    assert names(congress, state="active") == ["Lê A", "Lê C"]
    assert names(congress, state="gone") == ["Lê B"]
    assert names(congress, delegation=first.id) == ["Lê A"]
    assert names(congress, delegation=0) == ["Lê C"]
    assert names(congress, priority="new_model") == ["Lê B"]
    assert names(congress, priority="women") == ["Lê A"]
    assert names(congress, excepted=True) == ["Lê C"]
    assert names(congress, gap="birth") == ["Lê C"]
    assert names(congress, gap="phone") == ["Lê A", "Lê C"]
    assert names(congress, gap="any") == ["Lê A", "Lê B", "Lê C"]


def test_sensitive_filters_answer_only_who_may_ask(congress: Congress) -> None:
    delegate(congress, "Lê A", ethnicity="Tày")
    delegate(congress, "Lê B", ethnicity="Kinh", party_member=True)
    assert names(congress, priority="ethnic_minority") == []
    assert names(congress, priority="ethnic_minority", sensitive=True) == ["Lê A"]
    assert names(congress, gap="party_member") == []
    assert names(congress, gap="party_member", sensitive=True) == ["Lê A"]


def test_a_reader_of_a_district_sees_only_its_people(
    congress: Congress, districts: tuple[Unit, Unit]
) -> None:
    first, second = districts
    mine = delegate(congress, "Lê A", first)
    other = delegate(congress, "Lê B", second)
    delegate(congress, "Lê C", None)
    within = (first.path,)
    assert names(congress, within) == ["Lê A"]
    assert queries.delegate_by_id(congress, mine.id, within=within) is mine
    assert queries.delegate_by_id(congress, other.id, within=within) is None
    assert queries.counts_by_state(congress, within=within) == {"confirmed": 1}
    assert len(queries.census_rows(congress, within=within)) == 1


def test_delegates_of_another_congress_are_not_found(congress: Congress) -> None:
    foreign = builders.a_delegate(builders.a_congress())
    assert names(congress) == []
    assert queries.delegate_by_id(congress, foreign.id, within=("/",)) is None


def test_the_list_takes_the_same_statements_for_one_and_three_rows(
    congress: Congress, districts: tuple[Unit, Unit], count_queries: Any
) -> None:
    def statements() -> int:
        with count_queries() as seen:
            for row in queries.delegates(congress, Wanted(), within=(congress.unit.path,)):
                assert row.person.full_name
                assert row.person.unit is None or row.person.unit.name
                assert row.delegation_unit is None or row.delegation_unit.name
                assert all(ground.text for ground in row.grounds)
                assert row.replaced_by is None or row.replaced_by.person.full_name
        return len(seen)

    new = delegate(congress, "Lê A", districts[0])
    builders.a_ground(new)
    assert congress.unit.path
    assert statements() == 2
    for name in ("Lê B", "Lê C"):
        gone = delegate(congress, name, districts[1], state="replaced", replaced_by_id=new.id)
        builders.a_ground(gone)
    assert congress.unit.path
    assert statements() == 2


def test_delegations_with_quota_and_head(congress: Congress, districts: tuple[Unit, Unit]) -> None:
    first, second = districts
    delegate(congress, "Lê A", first, category="elected")
    delegate(congress, "Lê B", first, state="convened")
    delegate(congress, "Lê C", first, state="withdrawn")
    delegate(congress, "Lê D", None)
    builders.an_allocation(congress, {second: 4})
    rows = delegation_queries.delegations(congress, within=(congress.unit.path,))
    assert [
        (row.name, row.elected, row.seats, row.left, row.total, row.confirmed) for row in rows
    ] == [
        ("BHXH huyện Yên Minh", 0, 4, 4, 0, 0),
        ("BHXH huyện Đồng Văn", 1, 0, -1, 2, 1),
        ("", 0, None, None, 1, 1),
    ]
    mine = delegation_queries.delegations(congress, within=(second.path,))
    assert [(row.name, row.seats) for row in mine] == [("BHXH huyện Yên Minh", 4)]


def test_quota_filled(congress: Congress, districts: tuple[Unit, Unit]) -> None:
    first, second = districts
    whole = (congress.unit.path,)
    delegate(congress, "Lê A", first, category="elected")
    assert delegation_queries.quota_filled(congress, within=whole) is None
    builders.an_allocation(congress, {first: 2, second: 4})
    assert delegation_queries.quota_filled(congress, within=whole) == (1, 6)
    assert delegation_queries.quota_filled(congress, within=(second.path,)) == (0, 4)
    assert delegation_queries.quota_filled(congress, within=("/999/",)) is None


def test_cap_status_counts_places_held(congress: Congress) -> None:
    delegate(congress, "Lê A")
    delegate(congress, "Lê B", state="declined")
    status = intake_queries.cap_status(congress)
    assert (status.limit, status.used, status.left, status.by_category) == (
        300,
        1,
        299,
        {"guest": 1},
    )


def test_census_rows(congress: Congress) -> None:
    delegate(congress, "Lê A", sex="F", ethnicity="Tày", field="it", priorities=["good_deed"])
    delegate(congress, "Lê B", state="withdrawn")
    assert queries.census_rows(congress, within=(congress.unit.path,)) == [
        CensusRow("guest", "F", "Tày", ("good_deed",), "it")
    ]
