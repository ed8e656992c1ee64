"""What still needs a plan, and a congress as values."""

import pytest

from congress_app.congresses import queries, services
from congress_app.congresses.plan import Plan
from congress_app.congresses.rulebook import Level
from tests import builders
from tests.congresses.seasons import ACTOR, Country, a_country, a_plan


@pytest.fixture
def country(app) -> Country:
    return a_country()


def test_units_that_still_need_a_plan(country):
    a_plan(country, country.district)
    missing = queries.unplanned(country.season, within=("/",))
    assert {level: [place.code for place in places] for level, places in missing.items()} == {
        Level.BASE: ["KCQ.TDKT", "10.P1"],
        Level.UPPER_BASE: ["KCQ", "10"],
        Level.NATIONAL: ["VN"],
    }
    below = queries.unplanned(country.season, within=(country.province.path,))
    assert [place.code for place in below[Level.BASE]] == ["10.P1"]


def test_merged_units_hold_no_congress(country):
    merged = builders.a_unit(
        "10.083", country.province, "huyen", merged_into_id=country.district.id
    )
    missing = queries.unplanned(country.season, within=("/",))
    assert merged.code not in [place.code for place in missing[Level.BASE]]


def test_states_below(country):
    upper = a_plan(country, country.province)
    for unit in (country.district, country.division):
        a_plan(country, unit)
    assert queries.states_below(upper) == {"draft": 2}


def test_the_plan_of_a_congress_as_a_value(country):
    plan = Plan(name="Tên", duration="half_day", place="Nơi")
    congress = services.plan(country.season, country.district, plan, actor=ACTOR)
    assert queries.plan_of(congress) == plan
