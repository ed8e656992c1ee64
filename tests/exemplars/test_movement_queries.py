"""Which units a ledger of movements reads."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask

from congress_app.exemplars.movement_models import Movement
from congress_app.exemplars.movement_queries import ledger
from congress_app.units.models import Unit
from tests import builders


def test_only_the_units_that_are_asked_or_reported_are_read(app: Flask, count_queries) -> None:
    root = builders.the_root()
    city = builders.a_unit("01", root)
    near = builders.a_unit("0101", city, "huyen")
    province = builders.a_unit("22", root)
    district = builders.a_unit("2201", province, "huyen")
    commune = builders.a_unit("220101", district, "phong")
    of_sector = builders.a_movement(root)
    of_province = builders.a_movement(province, reporters="base")
    alone = builders.a_movement(near)

    def read(*movements: Movement) -> set[str]:
        return {unit.code for unit in ledger(["/"], movements).units}

    def owing(movement: Movement) -> Sequence[int]:
        return sorted({slot.unit_id for slot in ledger(["/"], [movement]).slots})

    def codes(*units: Unit) -> set[str]:
        return {unit.code for unit in units}

    assert read(of_sector) == codes(root, city, province)
    assert read(of_province) == codes(root, province, district, commune)
    assert read(alone) == codes(root, city, near)
    assert read() == set()
    assert owing(of_sector) == sorted([city.id, province.id])
    assert (owing(of_province), owing(alone)) == ([commune.id], [near.id])
    builders.a_movement_result(of_sector, commune)
    assert read(of_sector) == codes(root, city, province, district, commune)
    assert owing(of_sector) == sorted([city.id, province.id, commune.id])
    rows = [of_sector, of_province, alone]
    assert all(row.unit for row in rows)  # read before, or they would be counted
    with count_queries() as seen:
        ledger(["/"], rows)
    assert len(seen) == 3
