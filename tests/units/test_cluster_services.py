"""Emulation clusters."""

from __future__ import annotations

import pytest

from congress_app.database import db
from congress_app.kernel.errors import Conflict, Forbidden, RuleViolation
from congress_app.units import cluster_services as services
from congress_app.units import queries
from tests.builders import a_cluster, a_unit
from tests.units.trees import SYSTEM, a_tree, an_organiser, log


def test_a_cluster_from_its_making_to_its_end(app):
    cluster = services.create("Cụm 1", actor=SYSTEM)
    services.rename(cluster, "Cụm số 1", actor=SYSTEM)
    services.rename(cluster, "Cụm số 1", actor=SYSTEM)
    assert queries.clusters() == [(cluster, 0)]
    services.delete(cluster, actor=SYSTEM)
    assert queries.clusters() == []
    assert log() == [
        ("cluster.create", "Cụm 1", {"name": "Cụm 1"}),
        ("cluster.rename", "Cụm số 1", {"name": ["Cụm 1", "Cụm số 1"]}),
        ("cluster.delete", "Cụm số 1", {"name": "Cụm số 1"}),
    ]


def test_a_name_is_taken_without_regard_to_case_and_accents(app):
    first, second = a_cluster("Cụm 1"), a_cluster("Cụm 2")
    with pytest.raises(Conflict):
        services.create("CUM 1", actor=SYSTEM)
    with pytest.raises(Conflict):
        services.rename(second, "cụm 1", actor=SYSTEM)
    assert services.rename(first, "CỤM 1", actor=SYSTEM).name == "CỤM 1"


def test_a_cluster_has_exactly_the_units_named(app):
    tree = a_tree()
    north, south = a_cluster("Bắc"), a_cluster("Nam")
    gone = a_unit("02", tree.vn, cluster_id=north.id, merged_into_id=tree.hanoi.id)
    assert services.assign(north, {tree.hanoi.id, tree.saigon.id}, actor=SYSTEM) == 2
    assert services.assign(south, {tree.saigon.id, tree.kcq.id}, actor=SYSTEM) == 2
    assert services.assign(north, set(), actor=SYSTEM) == 1
    assert services.assign(north, set(), actor=SYSTEM) == 0
    assert [unit.cluster_id for unit in (tree.hanoi, tree.saigon, tree.kcq, gone)] == [
        None,
        south.id,
        south.id,
        north.id,
    ]
    assert log() == [
        ("cluster.assign", "BHXH TP. Hà Nội", {"cluster": [None, "Bắc"]}),
        ("cluster.assign", "BHXH TP. Hồ Chí Minh", {"cluster": [None, "Bắc"]}),
        ("cluster.assign", "Khối cơ quan", {"cluster": [None, "Nam"]}),
        ("cluster.assign", "BHXH TP. Hồ Chí Minh", {"cluster": ["Bắc", "Nam"]}),
        ("cluster.assign", "BHXH TP. Hà Nội", {"cluster": ["Bắc", None]}),
    ]


def test_a_cluster_in_use_is_not_deleted(app):
    tree = a_tree()
    cluster = a_cluster()
    services.assign(cluster, {tree.hanoi.id}, actor=SYSTEM)
    with pytest.raises(RuleViolation) as caught:
        services.delete(cluster, actor=SYSTEM)
    assert caught.value.code == "cluster_in_use"
    assert queries.clusters() == [(cluster, 1)]


def test_clusters_are_made_and_units_given_by_who_may_change_the_whole_tree(app):
    tree = a_tree()
    cluster = a_cluster()
    hanoi = an_organiser(tree.hanoi)
    for act in (
        lambda: services.create("x", actor=hanoi),
        lambda: services.rename(cluster, "x", actor=hanoi),
        lambda: services.delete(cluster, actor=hanoi),
        lambda: services.assign(cluster, {tree.hanoi.id}, actor=hanoi),
    ):
        with pytest.raises(Forbidden):
            act()
    db.session.rollback()
    assert tree.hanoi.cluster_id is None
    assert services.assign(cluster, {tree.hanoi.id}, actor=an_organiser(tree.vn)) == 1
    assert services.create("Mới", actor=an_organiser(tree.vn)).name == "Mới"
