"""Lists of congresses: who sees which, in what order, in how many statements."""

from datetime import date

import pytest

from congress_app.congresses import list_queries, services
from congress_app.congresses.list_queries import CongressRow, ListFilter
from congress_app.congresses.rulebook import Level
from congress_app.congresses.timing import Light
from tests.congresses.seasons import ACTOR, Country, a_country, a_plan


@pytest.fixture
def country(app, frozen_clock) -> Country:
    """The clock stands in June 2020: base and upper-base deadlines are over."""
    return a_country()


def codes(wanted=None, **kwargs):
    return [row.unit_code for row in list_queries.congress_rows(wanted or ListFilter(), **kwargs)]


def planned(country):
    for unit in (country.division, country.district, country.bureau):
        a_plan(country, unit)
    a_plan(country, country.province, held_on=date(2020, 7, 1), place="Hội trường A")
    a_plan(country, country.central, held_on=date(2020, 6, 20))
    a_plan(country, country.root, held_on=date(2020, 10, 14))


def test_a_row_says_all_a_list_shows(country):
    congress = a_plan(country, country.district, held_on=date(2020, 1, 20), place="Phòng họp")
    assert list_queries.congress_rows() == [
        CongressRow(
            id=congress.id,
            level="base",
            name="Hội nghị điển hình tiên tiến BHXH huyện Bát Xát",
            unit_code="10.082",
            unit_name="BHXH huyện Bát Xát",
            upper_name="BHXH tỉnh Lào Cai",
            is_pilot=False,
            held_on=date(2020, 1, 20),
            place="Phòng họp",
            state="draft",
            cap=None,
            light=Light.OVERDUE,
        )
    ]


def test_caps_come_from_the_frozen_rules(country):
    for unit in (country.root, country.central, country.province, country.district):
        a_plan(country, unit)
    assert {row.unit_code: row.cap for row in list_queries.congress_rows()} == {
        "VN": 500,
        "KCQ": 350,
        "10": 300,
        "10.082": None,
    }


def test_protocol_order_goes_by_level_and_then_by_the_tree(country):
    planned(country)
    assert codes() == ["VN", "KCQ", "10", "KCQ.TDKT", "10.082", "10.P1"]


def test_filters(country):
    planned(country)
    assert codes(ListFilter(level="upper_base")) == ["KCQ", "10"]
    assert codes(ListFilter(text="lao cai")) == ["10", "10.082", "10.P1"]
    assert codes(ListFilter(text="Bát xát")) == ["10.082"]
    assert codes(ListFilter(text="kcq")) == ["KCQ", "KCQ.TDKT"]
    assert codes(ListFilter(text="%")) == []
    assert codes(ListFilter(state="convened")) == []
    other = services.create_season("Lần thứ VI", "2025", actor=ACTOR)
    assert codes(ListFilter(season_id=other.id)) == []


def test_sorting_by_day_puts_the_unknown_last(country):
    planned(country)
    assert codes(ListFilter(level="upper_base", sort="date")) == ["KCQ", "10"]
    assert codes(ListFilter(level="upper_base", sort="-date")) == ["10", "KCQ"]
    assert codes(ListFilter(sort="date"))[:3] == ["KCQ", "10", "VN"]
    assert codes(ListFilter(sort="-date"))[:3] == ["VN", "10", "KCQ"]
    assert codes(ListFilter(sort="rubbish")) == codes()


def test_pages(country):
    planned(country)

    def part(start, stop, **narrowing):
        wanted = ListFilter(country.season.id, **narrowing)
        counts = list_queries.count_by_level(wanted)
        found = list_queries.some_rows(wanted, counts, slice(start, stop))
        return [row.unit_code for row in found]

    assert part(0, 4) == ["VN", "KCQ", "10", "KCQ.TDKT"]
    assert part(4, 8) == ["10.082", "10.P1"]
    assert part(1, 3) == ["KCQ", "10"]
    assert part(1, 3, level="base") == ["10.082", "10.P1"]
    assert part(1, 4, sort="date") == ["10", "VN", "KCQ.TDKT"]
    assert part(1, 9, text="lao cai") == ["10.082", "10.P1"]


def test_levels_are_counted_whatever_level_is_shown(country):
    planned(country)
    assert list_queries.count_by_level(ListFilter(level="base", text="lao cai")) == {
        Level.BASE: 2,
        Level.UPPER_BASE: 1,
        Level.NATIONAL: 0,
    }


def test_a_district_sees_its_own_congress_and_those_it_sends_delegates_to(country):
    planned(country)
    assert codes(within=(country.district.path,)) == ["VN", "10", "10.082"]
    assert codes(within=()) == []
    assert sum(list_queries.count_by_level(ListFilter(), within=()).values()) == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_takes_two_statements_whatever_its_length(country, count_queries, rows):
    for unit in (country.district, country.province, country.root)[:rows]:
        services.adopt(a_plan(country, unit), "2020", actor=ACTOR)
    wanted = ListFilter(country.season.id)
    with count_queries() as seen:
        assert len(list_queries.congress_rows(wanted)) == rows
    assert len(seen) == 2
