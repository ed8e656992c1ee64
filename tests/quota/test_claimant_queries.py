"""Who elects, and what their weights are mixed from."""

from __future__ import annotations

from fractions import Fraction

import pytest

from congress_app.database import transaction
from congress_app.quota import claimant_queries, services
from congress_app.quota.claimant_queries import Drift
from congress_app.quota.options import Options
from congress_app.quota.proposal import Claimant
from tests import builders
from tests.quota.season import ACTOR, TEN, Country, a_country

QUERIES = 9


@pytest.fixture
def country(app) -> Country:
    return a_country()


def codes(units) -> list[str]:
    return [unit.code for unit in units]


def test_units_that_hold_the_congresses_below_elect(country) -> None:
    builders.a_unit("X", country.units["VN"], kind="phong")
    builders.a_unit("Y", country.units["A"], kind="phong")
    elects = claimant_queries.electing_units
    assert codes(elects(country.national)) == ["A", "B", "C"]
    assert codes(elects(country.congresses["A"])) == ["A1", "A2"]
    assert codes(elects(country.congresses["A1"])) == []


def test_a_unit_that_only_stands_above_the_congresses_below_elects_too(country) -> None:
    block = builders.a_unit("K", country.units["A"], kind="phong")
    builders.a_unit("K1", block, kind="huyen", headcount=7)
    assert codes(claimant_queries.electing_units(country.congresses["A"])) == ["A1", "A2", "K"]
    figures = claimant_queries.figures(country.congresses["A"])
    assert figures.values["attendance"] == {"A1": 40, "A2": 20, "K": 7}


def test_where_no_rulebook_names_units_all_children_elect(app) -> None:
    congress = builders.a_congress()
    child = builders.a_unit("Z", congress.unit, kind="huyen")
    assert claimant_queries.electing_units(congress) == [child]


def test_base_attendance_is_summed_under_each_unit(country) -> None:
    figures = claimant_queries.figures(country.national)
    assert figures.values == {
        "attendance": {"A": 60, "B": 30, "C": 10},
        "upper_attendance": {"A": 30, "B": 15, "C": 5},
        "headcount": {"A": 205, "B": 105, "C": 105},
        "equal": {"A": 1, "B": 1, "C": 1},
    }
    assert (figures.silent, figures.unknown) == ({}, {})


def test_headcount_stands_in_for_a_silent_base_conference(country) -> None:
    with transaction():
        country.congresses["A2"].attendance = None
        country.congresses["B1"].attendance = None
        country.units["B1"].headcount = None
    figures = claimant_queries.figures(country.national)
    assert figures.values["attendance"] == {"A": 140, "B": 0, "C": 10}
    assert (figures.silent, figures.unknown) == ({"A": 1}, {"B": 1})


def test_claimants_carry_their_mixed_weight(country) -> None:
    figures = claimant_queries.figures(country.congresses["A"])
    options = Options(weights=(("attendance", "1"), ("headcount", "1/3")))
    first, second = claimant_queries.claimants(figures, options)
    assert first == Claimant(
        "A1",
        country.units["A1"].name,
        Fraction(220, 3),
        {"attendance": 40, "upper_attendance": 0, "headcount": 100, "equal": 1},
    )
    assert second.weight == Fraction(160, 3)


def test_figures_cost_the_same_however_many_units(country, count_queries) -> None:
    one, three = country.congresses["B"], country.national
    assert [len(claimant_queries.figures(each).units) for each in (one, three)] == [1, 3]
    with count_queries() as few:
        claimant_queries.figures(one)
    with count_queries() as many:
        claimant_queries.figures(three)
    assert (len(few), len(many)) == (QUERIES, QUERIES)


def test_drift_tells_whose_figures_changed_since(country) -> None:
    allocation = services.propose(country.national, TEN, actor=ACTOR)
    assert claimant_queries.drift(country.national, allocation, TEN) == []
    newcomer = builders.a_unit("D", country.units["VN"], name="Tỉnh D")
    builders.a_unit("D1", newcomer, kind="huyen", headcount=4)
    with transaction():
        country.congresses["A1"].attendance = 50
    assert claimant_queries.drift(country.national, allocation, TEN) == [
        Drift("Tỉnh A", 60, 70),
        Drift("Tỉnh D", 0, 4),
    ]
