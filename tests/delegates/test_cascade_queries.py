"""Elected against quota, and whom another version touches, as read from the tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from congress_app.congresses.timing import Light
from congress_app.database import transaction
from congress_app.delegates import cascade_queries
from congress_app.delegates.cascade import Below, Progress, Rung, Touched
from congress_app.quota import services
from tests import builders
from tests.quota.season import ACTOR, TEN, Country, a_country, in_force


@pytest.fixture
def country(app, frozen_clock) -> Country:
    return a_country()


def elect(country, code, *names, congress="VN", **columns):
    unit = country.units[code]
    for name in names:
        builders.a_delegate(
            country.congresses[congress],
            builders.a_person(name, unit),
            category="elected",
            delegation_unit_id=unit.id,
            **columns,
        )


def test_there_is_no_board_before_an_approval(country) -> None:
    services.propose(country.national, TEN, actor=ACTOR)
    assert cascade_queries.rungs(country.national, within=("/",)) is None


def test_the_board_counts_elected_delegates_who_hold_their_place(country) -> None:
    in_force(country)
    elect(country, "A", "Nguyễn Văn An", "Trần Thị Bình")
    elect(country, "A", "Lê Văn Cường", state="withdrawn")
    builders.a_delegate(country.national, builders.a_person("Phạm Dũng", country.units["A"]))
    found = cascade_queries.rungs(country.national, within=("/",))
    assert found is not None
    assert [(one.unit_name, one.elected, one.seats) for one in found] == [
        ("Tỉnh A", 2, 6),
        ("Tỉnh B", 0, 3),
        ("Tỉnh C", 0, 1),
    ]


def test_each_rung_knows_its_congress_and_what_that_allots_below(country) -> None:
    in_force(country)
    province, district = country.congresses["B"], country.units["B1"]
    with transaction():
        province.state, province.held_on = "closed", date(2020, 6, 1)
    builders.an_allocation(province, {district: 7})
    elect(country, "B1", "Nguyễn Văn An", congress="B")
    found = cascade_queries.rungs(country.national, within=("/",))
    assert found is not None
    unit = country.units["B"]
    below = Below(province.id, "closed", date(2020, 6, 1), Light.HELD, 7, 1)
    assert found[0] == Rung(unit.id, "Tỉnh B", unit.path, 3, 0, below)
    assert [one.progress for one in found] == [
        Progress.LATE,
        Progress.ELECTING,
        Progress.ELECTING,
    ]


def test_a_reach_sees_its_own_units_only(country) -> None:
    in_force(country)
    found = cascade_queries.rungs(country.national, within=(country.units["C"].path,))
    assert found is not None
    assert [one.unit_name for one in found] == ["Tỉnh C"]


def test_a_first_version_touches_those_who_have_too_many(country) -> None:
    allocation = services.propose(country.national, TEN, actor=ACTOR)
    assert cascade_queries.touched(country.national, allocation) == []
    elect(country, "C", "Trần Thị Bình", "Nguyễn Văn An")
    assert cascade_queries.touched(country.national, allocation) == [
        Touched("Tỉnh C", None, 1, 2, ("Nguyễn Văn An", "Trần Thị Bình"))
    ]


def test_a_later_version_touches_changed_lines_and_names_those_over_them(country) -> None:
    in_force(country)
    elect(country, "A", *[f"Nguyễn Văn {letter}" for letter in "BCDGHK"])
    later = services.propose(country.national, replace(TEN, floor=2), actor=ACTOR)
    names = tuple(f"Nguyễn Văn {letter}" for letter in "BCDGHK")
    assert cascade_queries.touched(country.national, later) == [
        Touched("Tỉnh A", 6, 5, 6, names),
        Touched("Tỉnh C", 1, 2, 0),
    ]


def test_a_delegation_without_a_line_is_touched_too(country) -> None:
    in_force(country)
    newcomer = builders.a_unit("D", country.units["VN"], kind="phong", name="Vụ D")
    country.units["D"] = newcomer
    elect(country, "D", "Nguyễn Văn An")
    again = services.propose(country.national, TEN, actor=ACTOR)
    assert cascade_queries.touched(country.national, again) == [
        Touched("Vụ D", None, None, 1, ("Nguyễn Văn An",))
    ]


def test_the_board_costs_the_same_however_many_rungs(country, count_queries) -> None:
    in_force(country)
    builders.an_allocation(country.congresses["B"], {country.units["B1"]: 7})
    counts = []
    for congress in (country.congresses["B"], country.national):
        cascade_queries.rungs(congress, within=("/",))
        with count_queries() as seen:
            cascade_queries.rungs(congress, within=("/",))
        counts.append(len(seen))
    assert counts == [6, 6]
