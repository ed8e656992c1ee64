"""Units from a sheet, written all or nothing."""

from __future__ import annotations

from datetime import date

import pytest

from congress_app.database import db
from congress_app.kernel.errors import Conflict, Unreadable
from congress_app.units import place_services, queries
from congress_app.units.import_services import import_units
from tests.units.sheets import HEADERS, csv
from tests.units.trees import SYSTEM, a_tree, an_organiser, log, parents, paths

NEW_TREE = csv(
    ("01.DD", "BHXH quận Đống Đa", "huyen", "01", "40", "", ""),
    ("VN", "BHXH Việt Nam", "nganh", "", "", "", ""),
    ("79", "BHXH TP. Hồ Chí Minh", "tinh", "VN", "", "2", "x"),
    ("01", "BHXH TP. Hà Nội", "tinh", "VN", "", "1", "x"),
)


def run(data, *, dry_run=False, actor=SYSTEM, expected=None):
    result = import_units(data, "don-vi.csv", dry_run=dry_run, actor=actor, expected=expected)
    db.session.rollback()
    return result


def counts(result):
    return (result.created, result.updated, result.unchanged, len(result.faults))


def test_a_whole_tree_from_nothing(app, frozen_clock):
    assert counts(run(NEW_TREE)) == (4, 0, 0, 0)
    assert paths() == {
        "VN": "VN",
        "01": "VN/01",
        "79": "VN/79",
        "01.DD": "VN/01/01.DD",
    }
    assert [row.code for row in queries.units_in_order()] == ["VN", "01", "01.DD", "79"]
    unit = queries.unit_by_code("01.DD")
    assert (unit.headcount, unit.headcount_source, unit.headcount_date, unit.search_key) == (
        40,
        "don-vi.csv",
        date(2020, 6, 15),
        "bhxh quan dong da",
    )
    assert (unit.version, queries.unit_by_code("79").is_pilot) == (1, True)


def test_a_preview_tells_the_same_and_writes_nothing(app):
    preview = run(NEW_TREE, dry_run=True)
    assert counts(preview) == (4, 0, 0, 0)
    assert (paths(), log()) == ({}, [])
    done = run(NEW_TREE, expected=preview.digest)
    assert (done.changes, done.digest) == (preview.changes, preview.digest)


def test_the_second_time_nothing_changes(app):
    run(NEW_TREE)
    before = log()
    assert counts(run(NEW_TREE)) == (0, 0, 4, 0)
    assert log() == before


def test_a_faulty_row_stops_the_whole_file(app):
    tree = a_tree()
    before = paths()
    result = run(
        csv(
            ("04", "Cao Bằng", "tinh", "VN", "200", "", ""),
            ("06", "Bắc Kạn", "tinh", "XX", "nhiều", "", ""),
            ("01", "Tên mới", "tinh", "VN", "", "", ""),
        )
    )
    assert counts(result) == (0, 0, 0, 2)
    assert [fault.as_dict()["code"] for fault in result.faults] == ["unknown_unit", "bad_number"]
    assert (paths(), log(), tree.hanoi.name) == (before, [], "BHXH TP. Hà Nội")


def test_updates_moves_and_new_clusters_in_one_file(app, frozen_clock):
    tree = a_tree()
    headers = (*HEADERS, "Cụm thi đua")
    data = csv(
        ("01.DD", "BHXH quận Đống Đa", "huyen", "79", "45", "", "x", "Cụm số 1"),
        ("01.DD.1", "Tổ thu", "phong", "01.DD", "5", "", "", ""),
        ("79", "BHXH TP. Hồ Chí Minh", "tinh", "VN", "", "", "", "CỤM SỐ 1"),
        headers=headers,
    )
    versions = {unit.code: unit.version for unit in (tree.dong_da, tree.hanoi, tree.saigon)}
    assert counts(run(data)) == (1, 2, 0, 0)
    assert paths()["01.DD.1"] == "VN/79/01.DD/01.DD.1"
    assert parents()["01.DD"] == "79"
    assert [(cluster.name, count) for cluster, count in queries.clusters()] == [("Cụm số 1", 2)]
    assert tree.dong_da.version > versions["01.DD"]
    assert tree.hanoi.version == versions["01"]
    assert log() == [
        ("cluster.create", "Cụm số 1", {"name": "Cụm số 1", "file": "don-vi.csv"}),
        (
            "unit.create",
            "Tổ thu",
            {
                "name": "Tổ thu",
                "kind": "phong",
                "parent": "01.DD",
                "precedence": 1,
                "headcount": 5,
                "headcount_source": "don-vi.csv",
                "headcount_date": "2020-06-15",
                "file": "don-vi.csv",
            },
        ),
        (
            "unit.edit",
            "BHXH quận Đống Đa",
            {
                "parent": ["01", "79"],
                "headcount": [40, 45],
                "headcount_source": [None, "don-vi.csv"],
                "headcount_date": [None, "2020-06-15"],
                "is_pilot": [False, True],
                "cluster": [None, "Cụm số 1"],
                "file": "don-vi.csv",
            },
        ),
        (
            "unit.edit",
            "BHXH TP. Hồ Chí Minh",
            {"cluster": [None, "Cụm số 1"], "file": "don-vi.csv"},
        ),
        (
            "unit.import",
            "don-vi.csv",
            {"file": "don-vi.csv", "created": 1, "updated": 2, "unchanged": 0},
        ),
    ]


def test_units_that_follow_a_moved_parent_get_their_paths(app):
    tree = a_tree()
    run(csv(("01.DD.1", "Tổ thu", "phong", "01.DD", "5", "", "")))
    run(csv(("01.DD", "BHXH quận Đống Đa", "huyen", "79", "", "", "")))
    assert paths()["01.DD.1"] == "VN/79/01.DD/01.DD.1"
    assert queries.headcounts([tree.saigon.id])[tree.saigon.id].total == 945


def test_what_was_previewed_is_what_is_written_or_nothing(app):
    tree = a_tree()
    data = csv(("01.DD", "BHXH quận Đống Đa", "huyen", "01", "45", "", ""))
    preview = run(data, dry_run=True)
    place_services.move(tree.dong_da, tree.saigon, actor=SYSTEM)
    before = log()
    with pytest.raises(Conflict) as caught:
        run(data, expected=preview.digest)
    assert caught.value.code == "preview_changed"
    db.session.rollback()
    assert (parents()["01.DD"], tree.dong_da.headcount, log()) == ("79", 40, before)


def test_nobody_imports_beyond_his_reach(app):
    tree = a_tree()
    data = csv(
        ("79", "Tên khác", "tinh", "VN", "", "", ""),
        ("01.X", "Phòng Thu", "phong", "01", "5", "", ""),
    )
    result = run(data, actor=an_organiser(tree.hanoi))
    assert [fault.code for fault in result.faults] == ["outside_reach"]
    assert run(data, actor=an_organiser(tree.vn)).faults == ()


def test_an_unreadable_file_is_one_sentence(app):
    with pytest.raises(Unreadable) as caught:
        run(b"\x00\x01\x02 not a sheet")
    assert caught.value.code == "unreadable_file"


@pytest.mark.parametrize("rows", [1, 60])
def test_the_number_of_reading_queries_does_not_grow(app, count_queries, rows):
    a_tree()
    data = csv(*((f"P{n}", f"Phòng {n}", "phong", "01", "5", "", "") for n in range(rows)))
    with count_queries() as seen:
        assert counts(run(data, dry_run=True)) == (rows, 0, 0, 0)
    assert len(seen) == 1
