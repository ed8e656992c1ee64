"""Moving, merging and reordering units."""

from __future__ import annotations

import threading
from datetime import date

import pytest

from congress_app.database import db
from congress_app.kernel.errors import Forbidden, RuleViolation
from congress_app.units import place_services, queries
from congress_app.units.models import Unit
from tests.builders import a_unit
from tests.units.trees import SYSTEM, a_tree, an_organiser, log, parents, paths


def refused(code, act, *args, **options):
    before = (paths(), parents(), log())
    with pytest.raises(RuleViolation) as caught:
        act(*args, actor=SYSTEM, **options)
    assert caught.value.code == code
    db.session.rollback()
    assert (paths(), parents(), log()) == before


# --- move ------------------------------------------------------------------------------------


def test_a_move_takes_everything_below_along_in_one_statement(app, count_queries):
    tree = a_tree()
    team = a_unit("01.DD.1", tree.dong_da, "phong", name="Tổ thu")
    versions = (tree.dong_da.version, team.version)
    with count_queries() as seen:
        place_services.move(tree.dong_da, tree.saigon, actor=SYSTEM)
    updates = [one for one in seen if one.startswith("UPDATE unit SET path")]
    assert len(updates) == 1
    assert paths()["01.DD"] == "VN/79/01.DD"
    assert paths()["01.DD.1"] == "VN/79/01.DD/01.DD.1"
    assert parents()["01.DD"] == "79"
    assert (tree.dong_da.version, team.version) == (versions[0] + 1, versions[1])
    assert log() == [
        (
            "unit.move",
            "BHXH quận Đống Đa",
            {
                "parent": ["BHXH TP. Hà Nội (01)", "BHXH TP. Hồ Chí Minh (79)"],
                "units_moved": 1,
            },
        )
    ]


def test_a_moved_unit_stands_last_under_its_new_parent(app):
    tree = a_tree()
    a_unit("79.1", tree.saigon, "huyen", precedence=8)
    place_services.move(tree.dong_da, tree.saigon, actor=SYSTEM)
    assert [one.code for one in queries.children(tree.saigon.id)] == ["79.1", "01.DD"]


def test_units_with_a_path_that_only_looks_alike_stay(app):
    vn = a_unit("VN")
    first = a_unit("A", vn)
    others = [a_unit(f"B{number}", vn) for number in range(9)]
    assert others[-1].id >= 10
    block = a_unit("K", vn, "khoi_co_quan")
    unit = a_unit("A1", first, "don_vi_truc_thuoc")
    before = {code: path for code, path in paths().items() if code != "A1"}
    place_services.move(unit, block, actor=SYSTEM)
    assert {code: path for code, path in paths().items() if code != "A1"} == before
    assert paths()["A1"] == "VN/K/A1"


def test_what_a_move_may_not_do(app):
    tree = a_tree()
    part = a_unit("01.DD.1", tree.dong_da, "phong")
    gone = a_unit("03", tree.vn, merged_into_id=tree.hanoi.id)
    refused("loop", place_services.move, tree.dong_da, tree.dong_da)
    refused("loop", place_services.move, tree.hanoi, part)
    refused("same_parent", place_services.move, tree.dong_da, tree.hanoi)
    refused("merged_unit", place_services.move, tree.dong_da, gone)
    refused("merged_unit", place_services.move, gone, tree.kcq)
    refused("wrong_parent_kind", place_services.move, tree.dong_da, tree.kcq)


def test_a_move_needs_the_right_at_both_ends(app):
    tree = a_tree()
    for actor in (an_organiser(tree.hanoi), an_organiser(tree.saigon)):
        with pytest.raises(Forbidden):
            place_services.move(tree.dong_da, tree.saigon, actor=actor)
    assert paths()["01.DD"] == "VN/01/01.DD"


# --- merge -----------------------------------------------------------------------------------


def test_a_merge_hands_over_children_and_keeps_the_memory(app, frozen_clock):
    tree = a_tree()
    a_unit("79.1", tree.saigon, "huyen", precedence=4)
    team = a_unit("01.DD.1", tree.dong_da, "phong")
    place_services.merge(tree.hanoi, tree.saigon, add_headcount=True, actor=SYSTEM)
    assert [one.code for one in queries.children(tree.saigon.id)] == [
        "79.1",
        "01.DD",
        "01.BV",
        "01.VP",
    ]
    assert paths()["01.DD.1"] == "VN/79/01.DD/01.DD.1"
    assert team.path == f"{tree.dong_da.path}{team.id}/"
    assert (tree.hanoi.is_active, tree.hanoi.merged_into_id) == (False, tree.saigon.id)
    assert paths()["01"] == "VN/01"
    assert tree.saigon.headcount == 900
    assert [unit.code for unit in queries.merged_into(tree.saigon.id)] == ["01"]
    assert log() == [
        (
            "unit.merge",
            "BHXH TP. Hà Nội",
            {"merged_into": "BHXH TP. Hồ Chí Minh (79)", "units_moved": 4},
        ),
        (
            "unit.merged_in",
            "BHXH TP. Hồ Chí Minh",
            {"source": "BHXH TP. Hà Nội (01)", "units_moved": 4},
        ),
    ]


def test_headcounts_add_up_only_when_said_so(app, frozen_clock):
    tree = a_tree()
    place_services.merge(tree.dong_da, tree.ba_vi, add_headcount=True, actor=SYSTEM)
    assert (tree.ba_vi.headcount, tree.ba_vi.headcount_date) == (70, date(2020, 6, 15))
    assert tree.ba_vi.headcount_source == "Cộng từ 01.DD khi sáp nhập"
    assert tree.dong_da.headcount == 40
    assert queries.headcounts([tree.hanoi.id])[tree.hanoi.id].total == 70
    place_services.merge(tree.ba_vi, tree.hanoi, add_headcount=False, actor=SYSTEM)
    assert tree.hanoi.headcount is None
    assert queries.headcounts([tree.hanoi.id])[tree.hanoi.id].total == 0
    assert log()[1][2]["headcount"] == [30, 70]


def test_what_a_merge_may_not_do(app):
    tree = a_tree()
    gone = a_unit("03", tree.vn, merged_into_id=tree.hanoi.id)
    merge = place_services.merge
    refused("loop", merge, tree.hanoi, tree.hanoi, add_headcount=False)
    refused("loop", merge, tree.hanoi, tree.dong_da, add_headcount=False)
    refused("merged_unit", merge, gone, tree.saigon, add_headcount=False)
    refused("merged_unit", merge, tree.saigon, gone, add_headcount=False)
    refused("wrong_parent_kind", merge, tree.hanoi, tree.kcq, add_headcount=False)


def test_a_merge_needs_the_right_at_both_ends(app):
    tree = a_tree()
    with pytest.raises(Forbidden):
        place_services.merge(
            tree.dong_da, tree.saigon, add_headcount=False, actor=an_organiser(tree.hanoi)
        )
    place_services.merge(
        tree.dong_da, tree.ba_vi, add_headcount=False, actor=an_organiser(tree.hanoi)
    )
    assert not tree.dong_da.is_active


def test_two_units_merged_into_each_other_at_once_leave_one(app):
    tree = a_tree()
    ids, ready = (tree.dong_da.id, tree.ba_vi.id), threading.Barrier(2)
    db.session.rollback()
    outcomes: list[str] = []

    def act(mine: int, other: int) -> None:
        with app.app_context():
            unit, target = db.session.get_one(Unit, mine), db.session.get_one(Unit, other)
            ready.wait(10)
            try:
                place_services.merge(unit, target, add_headcount=True, actor=SYSTEM)
                outcomes.append("merged")
            except RuleViolation as error:
                outcomes.append(error.code)

    threads = [threading.Thread(target=act, args=pair) for pair in (ids, ids[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(outcomes) == ["merged", "merged_unit"]
    assert queries.headcounts([tree.hanoi.id])[tree.hanoi.id].total == 70


# --- order -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("position", "order"),
    [
        (1, ["01.VP", "01.DD", "01.BV"]),
        (2, ["01.DD", "01.VP", "01.BV"]),
        (3, ["01.DD", "01.BV", "01.VP"]),
        (99, ["01.DD", "01.BV", "01.VP"]),
        (-5, ["01.VP", "01.DD", "01.BV"]),
    ],
)
def test_a_place_among_brothers_and_sisters(app, position, order):
    tree = a_tree()
    place_services.reorder(tree.office, position, actor=SYSTEM)
    children = queries.children(tree.hanoi.id)
    assert [one.code for one in children] == order
    assert [one.precedence for one in children] == [1, 2, 3]


def test_numbers_borne_twice_are_settled_by_the_first_reordering(app):
    vn = a_unit("VN")
    for code in "CAB":
        a_unit(code, vn, precedence=5)
    assert [one.code for one in queries.children(vn.id)] == ["A", "B", "C"]
    place_services.reorder(queries.unit_by_code("C"), 2, actor=SYSTEM)
    assert [one.code for one in queries.children(vn.id)] == ["A", "C", "B"]
    assert log() == [("unit.reorder", queries.unit_by_code("C").name, {"precedence": [3, 2]})]


def test_the_order_of_children_is_the_parents_affair(app):
    tree = a_tree()
    with pytest.raises(Forbidden):
        place_services.reorder(tree.hanoi, 1, actor=an_organiser(tree.hanoi))
    place_services.reorder(tree.office, 1, actor=an_organiser(tree.hanoi))
    assert queries.children(tree.hanoi.id)[0] == tree.office
