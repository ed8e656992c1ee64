"""The kept sums are those of the whole tree after every change of it."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.database import db
from congress_app.kernel.permissions import system_actor
from congress_app.units import place_services, queries, services, sum_services
from congress_app.units.facts import UnitFacts
from congress_app.units.import_services import import_units
from congress_app.units.models import Unit, UnitSum
from congress_app.units.tree import Total
from tests import builders
from tests.units.sheets import csv

ACTOR = system_actor()


def kept() -> dict[int, Total]:
    return queries.kept_totals(list(db.session.scalars(select(UnitSum.unit_id))))


def in_step() -> bool:
    return kept() == queries.subtree_totals(queries.EVERYTHING)


@pytest.fixture
def provinces(app: Flask) -> list[Unit]:
    """Two provinces with districts, made by the services."""
    root = builders.the_root()
    made = []
    for code in ("10", "12"):
        province = services.create(root, UnitFacts(code, f"Tỉnh {code}", "tinh"), actor=ACTOR)
        for number, people in enumerate((5, None, 8)):
            name, key = f"Huyện {number} tỉnh {code}", f"{code}.{number}"
            services.create(province, UnitFacts(key, name, "huyen", headcount=people), actor=ACTOR)
        made.append(province)
    return made


def test_new_units_are_counted(provinces: list[Unit]) -> None:
    assert in_step()
    total = kept()[provinces[0].id]
    assert (total.units, total.headcount.total, total.headcount.unknown) == (4, 13, 1)


def test_edited_moved_and_merged_units_are_counted_where_they_are(provinces: list[Unit]) -> None:
    first, second = provinces
    district, other, _third = queries.children(first.id)
    facts = UnitFacts(other.code, other.name, other.kind, headcount=40)
    services.edit(other, facts, version=other.version, actor=ACTOR)
    assert in_step()
    office = UnitFacts("10.0.1", "Phòng", "phong", headcount=2)
    services.create(district, office, actor=ACTOR)
    place_services.move(district, second, actor=ACTOR)
    assert in_step()
    place_services.merge(district, other, add_headcount=True, actor=ACTOR)
    assert in_step()
    for child in queries.children(first.id):
        place_services.move(child, second, actor=ACTOR)
    assert in_step()
    assert first.id not in kept()


def test_an_imported_sheet_is_counted(provinces: list[Unit]) -> None:
    root = builders.the_root()
    data = csv(
        (root.code, root.name, "nganh", None, None, None, None),
        ("20", "Tỉnh Lạng Sơn", "tinh", root.code, None, None, None),
        ("20.1", "Huyện Bình Gia", "huyen", "20", 9, None, None),
    )
    result = import_units(data, "cay.csv", dry_run=False, actor=ACTOR)
    assert not result.faults
    assert in_step()


def test_sums_nobody_kept_are_built(provinces: list[Unit]) -> None:
    builders.a_unit("10.9", parent=provinces[0], kind="huyen", headcount=3)
    assert not in_step()
    sum_services.rebuild()
    assert in_step()
