"""Which entries a reader gets."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from congress_app.audit import queries, services
from congress_app.audit.queries import Wanted
from congress_app.kernel.permissions import Actor
from tests.builders import a_unit

LAN = Actor("user", 1, "lan", "Lan")
MINH = Actor("user", 2, "minh_100%", "Minh")


@pytest.fixture
def written(app, frozen_clock):
    """Four entries on two days at the venue, in two provinces and in none."""
    root = a_unit("VN")
    north, south = a_unit("01", root), a_unit("79", root)
    frozen_clock.move_to(datetime(2020, 6, 14, 16, 59, tzinfo=UTC))  # 23:59 on the 14th
    services.record("unit.create", north, actor=LAN, unit_path=north.path)
    frozen_clock.move_to(datetime(2020, 6, 14, 17, 0, tzinfo=UTC))  # 00:00 on the 15th
    services.record("unit.edit", south, actor=MINH, unit_path=south.path)
    services.record("unit.edit", north, actor=LAN, unit_path=north.path)
    services.record("rulebook.edit", "rulebook", actor=LAN)
    return {"root": root, "north": north, "south": south}


def found(wanted: Wanted, within=("/",), whole_house=True, offset=0, limit=50):
    rows, total = queries.entries(
        wanted, within=within, whole_house=whole_house, offset=offset, limit=limit
    )
    return [(row.action, row.actor_name) for row in rows], total


def test_all_of_it_newest_first(written):
    assert found(Wanted()) == (
        [
            ("rulebook.edit", "lan"),
            ("unit.edit", "lan"),
            ("unit.edit", "minh_100%"),
            ("unit.create", "lan"),
        ],
        4,
    )


def test_a_stretch_knows_the_whole_number(written):
    assert found(Wanted(), offset=1, limit=2) == (
        [("unit.edit", "lan"), ("unit.edit", "minh_100%")],
        4,
    )


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(actor="LAN"), ["rulebook.edit", "unit.edit", "unit.create"]),
        (Wanted(actor="100%"), ["unit.edit"]),
        (Wanted(actor="n%h"), []),
        (Wanted(action="unit.create"), ["unit.create"]),
        (Wanted(last_day=date(2020, 6, 14)), ["unit.create"]),
        (Wanted(first_day=date(2020, 6, 15)), ["rulebook.edit", "unit.edit", "unit.edit"]),
        (Wanted(first_day=date(2020, 6, 16)), []),
        (Wanted(subject_kind="rulebook"), ["rulebook.edit"]),
    ],
)
def test_filters(written, wanted, expected):
    rows, total = found(wanted)
    assert ([action for action, _ in rows], total) == (expected, len(expected))


def test_a_reader_of_one_province_sees_nothing_else(written):
    rows, total = found(Wanted(), within=(written["north"].path,), whole_house=False)
    assert (rows, total) == ([("unit.edit", "lan"), ("unit.create", "lan")], 2)


def test_history_of_a_subject_and_of_an_actor(written):
    north = queries.history("unit", written["north"].id)
    assert [entry.action for entry in north] == ["unit.edit", "unit.create"]
    assert [entry.action for entry in queries.of_actor("user", 2)] == ["unit.edit"]
