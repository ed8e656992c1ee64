from __future__ import annotations

from random import Random

from congress_app.demo.sizes import EXTENTS, Size
from congress_app.demo.structure import TEAM_STAFF, Shape, tree
from congress_app.units.tree import PARENT_KINDS, Kind


def test_the_season_has_64_hosts_and_about_1400_base_units() -> None:
    made = tree(Random(1), Shape())
    assert len(made.hosts) == 64
    assert sum(len(host.base) for host in made.hosts) == 21 + 63 * 11 + 696
    assert 19_000 <= sum(host.headcount for host in made.hosts) <= 22_000
    assert [h.unit.code for h in made.hosts if h.unit.is_pilot] == ["01", "79"]


def test_codes_ids_and_paths_are_unique_and_lead_to_the_parent() -> None:
    units = list(tree(Random(1), Shape()).units())
    by_id = {unit.id: unit for unit in units}
    assert len(by_id) == len({unit.code for unit in units}) == len(units)
    wrong = [
        unit.code
        for unit in units
        if unit.path != f"{by_id[unit.parent_id].path if unit.parent_id else '/'}{unit.id}/"
    ]
    assert wrong == []


def test_every_unit_may_stand_where_it_stands() -> None:
    units = list(tree(Random(1), Shape()).units())
    kinds = {unit.id: Kind(unit.kind) for unit in units}
    misplaced = [
        unit.code
        for unit in units
        if unit.parent_id and kinds[unit.parent_id] not in PARENT_KINDS[Kind(unit.kind)]
    ]
    assert misplaced == []


def test_equal_seeds_make_equal_trees_and_others_do_not() -> None:
    shape = Shape(("22",), central_units=3)
    assert tree(Random(5), shape) == tree(Random(5), shape)
    assert tree(Random(5), shape) != tree(Random(6), shape)


def test_teams_stand_below_offices_and_central_units_only() -> None:
    central, province = tree(Random(1), Shape(("22",), central_units=2, teams=3)).hosts
    assert [len(host.teams) for host in (central, province)] == [
        6,
        3 * sum(unit.kind == "huyen" for unit in province.base),
    ]
    kinds = {unit.id: Kind(unit.kind) for unit in (*central.base, *province.base)}
    assert all(kinds[t.parent_id or 0] in PARENT_KINDS[Kind(t.kind)] for t in province.teams)
    assert {unit.below for unit in province.base if unit.kind == "phong"} == {0}
    assert {unit.below for unit in central.base} == {3 * TEAM_STAFF}


def test_the_country_has_a_hundred_thousand_units_and_a_million_people() -> None:
    made = tree(Random(2020), EXTENTS[Size.COUNTRY].shape)
    assert 95_000 <= sum(1 for _ in made.units()) <= 105_000
    assert 1_000_000 <= sum(host.headcount for host in made.hosts) <= 1_050_000
