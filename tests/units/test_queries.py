"""What is known of units."""

from __future__ import annotations

import pytest

from congress_app.units import queries
from congress_app.units.models import Unit
from congress_app.units.tree import Headcount, nodes
from tests.builders import a_cluster, a_unit
from tests.units.trees import a_tree


def codes(units):
    return [unit.code for unit in units]


@pytest.fixture
def tree(app):
    tree = a_tree()
    a_unit("02", tree.vn, merged_into_id=tree.hanoi.id, headcount=7, precedence=0)
    return tree


@pytest.fixture
def gone(tree):
    return queries.unit_by_code("02")


def test_one_unit(tree, gone):
    assert queries.unit_by_id(tree.hanoi.id) == tree.hanoi
    assert (gone.code, gone.is_active) == ("02", False)
    assert (queries.unit_by_id(99999), queries.unit_by_code("?")) == (None, None)


def test_what_stands_around_a_unit(tree):
    assert codes(queries.children(tree.vn.id)) == ["KCQ", "01", "79"]
    assert codes(queries.siblings(tree.hanoi)) == ["KCQ", "01", "79"]
    assert codes(queries.siblings(tree.vn)) == ["VN"]
    assert codes(queries.subtree(tree.hanoi.path)) == ["01", "01.DD", "01.BV", "01.VP"]
    assert codes(queries.ancestors(tree.dong_da.path)) == ["VN", "01"]
    assert queries.ancestors(tree.vn.path) == []
    assert codes(queries.merged_into(tree.hanoi.id)) == ["02"]
    assert (queries.next_precedence(tree.vn.id), queries.next_precedence(tree.kcq.id)) == (4, 1)


def test_all_units_in_protocol_order_in_one_query(tree, count_queries):
    with count_queries() as seen:
        rows = queries.units_in_order()
    assert codes(rows) == ["VN", "KCQ", "01", "01.DD", "01.BV", "01.VP", "79"]
    assert len(seen) == 1
    assert codes(queries.units_in_order((tree.saigon.path, tree.dong_da.path))) == [
        "01.DD",
        "79",
    ]
    assert queries.units_in_order(()) == []


def test_sums_of_subtrees_in_four_queries(tree, gone, count_queries):
    ids = [tree.vn.id, tree.hanoi.id, tree.dong_da.id, tree.kcq.id, gone.id, 99999]
    with count_queries() as seen:
        found = queries.headcounts(ids)
    assert found == {
        tree.vn.id: Headcount((tree.vn.headcount or 0) + 970, 2),
        tree.hanoi.id: Headcount(70, 1),
        tree.dong_da.id: Headcount(40, 0),
        tree.kcq.id: Headcount(0, 1),
        gone.id: Headcount(0, 0),
        99999: Headcount(0, 0),
    }
    assert len(seen) == 4


def test_both_ways_of_summing_agree(tree):
    sums = {node.row.id: node.headcount for node in nodes(queries.unit_tree())}
    assert queries.headcounts(list(sums)) == sums


def test_the_map_of_a_reach_knows_active_units_only(tree, count_queries):
    path = tree.hanoi.path
    with count_queries() as seen:
        units = queries.unit_map((path,))
    assert len(seen) == 1
    assert len(units) == 4
    assert units.by_code("79") is None
    assert queries.unit_map().by_code("02") is None
    (found,) = units.named("bhxh quan dong da")
    assert (found.id, found.path, found.parent_id) == (
        tree.dong_da.id,
        tree.dong_da.path,
        tree.hanoi.id,
    )


def test_clusters_with_the_number_of_their_units(tree):
    ten, two = a_cluster("Cụm số 10"), a_cluster("Cụm số 2")
    a_unit("04", tree.vn, cluster_id=ten.id)
    a_unit("06", tree.vn, cluster_id=ten.id)
    a_unit("08", tree.vn, cluster_id=ten.id, merged_into_id=tree.hanoi.id)
    assert queries.clusters() == [(two, 0), (ten, 2)]
    assert queries.cluster_by_id(ten.id) == ten


def test_units_that_fit_come_with_those_above_them(tree, count_queries):
    with count_queries() as seen:
        found = queries.with_those_above(Unit.code == "01.VP")
    assert len(seen) == 2
    assert [row.code for row in found] == ["VN", "01", "01.VP"]
    (own,) = queries.with_those_above(Unit.code == "01.VP", (tree.office.path,))
    assert own.code == "01.VP"
    assert queries.with_those_above(Unit.code == "01.VP", (tree.kcq.path,)) == []
