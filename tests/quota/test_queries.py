"""Which version binds, and what comes from above."""

from __future__ import annotations

from dataclasses import replace

import pytest

from congress_app.database import transaction
from congress_app.quota import queries, services
from congress_app.quota.comparison import UnitSeats
from congress_app.quota.queries import FromAbove
from congress_app.quota.standing import Standing
from tests import builders
from tests.quota.season import ACTOR, TEN, Country, a_country, in_force


@pytest.fixture
def country(app) -> Country:
    return a_country()


def test_nothing_binds_before_the_first_approval(country) -> None:
    services.propose(country.national, TEN, actor=ACTOR)
    assert queries.allocation_in_force(country.national.id) is None
    assert queries.seats_of(country.national.id) is None


def test_versions_stand_newest_first_and_are_found_by_number(country) -> None:
    for floor in (1, 2):
        services.propose(country.national, replace(TEN, floor=floor), actor=ACTOR)
    assert [found.number for found in queries.versions(country.national.id)] == [2, 1]
    assert queries.latest_number(country.national.id) == 2
    assert queries.latest_number(country.congresses["A"].id) == 0
    assert queries.version(country.congresses["A"].id, 1) is None


def test_a_line_is_found_by_its_unit_within_its_version(country) -> None:
    allocation = in_force(country)
    line = queries.line_of(allocation.id, country.units["B"].id)
    assert line is not None
    assert (line.unit.code, line.seats) == ("B", 3)
    assert queries.line_of(allocation.id, country.units["B1"].id) is None


def test_each_congress_learns_its_number_from_the_one_above(country) -> None:
    national, province, base = (country.congresses[code] for code in ("VN", "A", "A1"))
    assert queries.seats_from_above(national) is None
    assert queries.seats_from_above(province) == FromAbove(national.id, "Đại hội Ngành")
    allocation = in_force(country)
    assert queries.seats_from_above(province) == FromAbove(
        national.id, "Đại hội Ngành", 1, False, 6
    )
    services.publish(national, allocation, actor=ACTOR)
    found = queries.seats_from_above(province)
    assert found is not None
    assert found.published
    builders.an_allocation(province, {country.units["A1"]: 14})
    found = queries.seats_from_above(base)
    assert found is not None
    assert (found.congress_id, found.seats) == (province.id, 14)
    found = queries.seats_from_above(country.congresses["A2"])
    assert found is not None
    assert found.seats == 0


def test_lines_as_they_stand_know_their_cluster(country) -> None:
    cluster = builders.a_cluster()
    with transaction():
        country.units["B"].cluster_id = cluster.id
    allocation = in_force(country)
    lines = queries.standing_lines(allocation, queries.clusters(allocation))
    assert lines[1:] == [
        Standing("B", "Tỉnh B", "30", 3, 3.0, cluster=cluster.name),
        Standing("C", "Tỉnh C", "10", 1, 1.0),
    ]


def test_lines_are_compared_as_plain_values(country) -> None:
    assert queries.unit_seats(None) == []
    assert queries.unit_seats(in_force(country))[0] == UnitSeats("A", "Tỉnh A", "60", 6, 6)
