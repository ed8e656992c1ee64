"""The pages of emulation clusters."""

from __future__ import annotations

import re

import pytest

from congress_app.kernel.permissions import Role
from congress_app.units import cluster_services, queries
from congress_app.units.chooser import FEW
from tests.builders import a_cluster, a_unit
from tests.sheets import rows_of
from tests.units.trees import SYSTEM, Tree, a_tree, text


@pytest.fixture
def tree(app) -> Tree:
    return a_tree()


@pytest.fixture
def national(as_role, tree):
    return as_role(Role.ORGANISER, tree.vn)


@pytest.fixture
def organiser(as_role, tree):
    return as_role(Role.ORGANISER, tree.hanoi)


def names():
    return [(cluster.name, count) for cluster, count in queries.clusters()]


def test_a_cluster_from_its_making_to_its_end(national, tree):
    answer = national.post("/clusters", data={"name": "Cụm 1"})
    address = answer.location
    assert answer.status_code == 302
    page = national.get(address)
    assert "Cụm chưa có đơn vị nào" in text(page)
    assert re.findall(r'type="checkbox" value="(\d+)"', page.text) == [
        str(tree.kcq.id),
        str(tree.hanoi.id),
        str(tree.saigon.id),
    ]
    ticked = {"unit_ids": [tree.hanoi.id, tree.saigon.id]}
    assert national.post(f"{address}/units", data=ticked).status_code == 302
    assert "Đã xếp lại 2 đơn vị." in text(national.get(address))
    assert names() == [("Cụm 1", 2)]
    assert national.post(f"{address}/name", data={"name": "Cụm số 1"}).status_code == 302
    assert "Cụm số 1 2" in text(national.get("/clusters"))
    refused = national.post(f"{address}/delete")
    assert (refused.status_code, "còn 2 đơn vị" in text(refused)) == (422, True)
    national.post(f"{address}/units", data={"level": "upper"})
    assert national.post(f"{address}/delete").location == "/clusters"
    assert names() == []


def test_districts_are_ticked_apart_and_the_others_stay(national, tree):
    cluster = a_cluster("Cụm 1")
    cluster_services.assign(cluster, {tree.hanoi.id}, actor=SYSTEM)
    address = f"/clusters/{cluster.id}"
    page = national.get(f"{address}?level=base")
    assert re.findall(r'type="checkbox" value="(\d+)"', page.text) == [
        str(tree.dong_da.id),
        str(tree.ba_vi.id),
    ]
    data = {"level": "base", "unit_ids": [tree.ba_vi.id]}
    assert national.post(f"{address}/units", data=data).status_code == 302
    assert (tree.hanoi.cluster_id, tree.ba_vi.cluster_id) == (cluster.id, cluster.id)


def test_a_name_is_needed_and_borne_once(national, tree):
    first, second = a_cluster("Cụm 1"), a_cluster("Cụm 2")
    for address in ("/clusters", f"/clusters/{second.id}/name"):
        page = national.post(address, data={"name": ""})
        assert (page.status_code, "Cần điền mục này." in text(page)) == (422, True)
        page = national.post(address, data={"name": "cum 1"})
        assert (page.status_code, "Đã có cụm thi đua tên" in text(page)) == (409, True)
        assert 'value="cum 1"' in page.text
    assert names() == [(first.name, 0), (second.name, 0)]


def test_everybody_sees_his_own_part(organiser, tree):
    cluster = a_cluster("Cụm 1")
    cluster_services.assign(cluster, {tree.hanoi.id, tree.saigon.id}, actor=SYSTEM)
    assert "Cụm 1 1" in text(organiser.get("/clusters"))
    page = text(organiser.get(f"/clusters/{cluster.id}"))
    assert "BHXH TP. Hà Nội" in page
    assert "Hồ Chí Minh" not in page
    assert organiser.get("/clusters/999").status_code == 404


def test_who_may_change_a_part_only_reads_clusters(organiser, tree):
    cluster = a_cluster("Cụm 1")
    cluster_services.assign(cluster, {tree.hanoi.id, tree.saigon.id}, actor=SYSTEM)
    address = f"/clusters/{cluster.id}"
    page = organiser.get(address)
    assert "<form" not in page.text.partition("<main")[2].partition("</main")[0]
    assert organiser.post(f"{address}/units", data={"level": "upper"}).status_code == 403
    assert (tree.hanoi.cluster_id, tree.saigon.cluster_id) == (cluster.id, cluster.id)
    foreign = organiser.post(f"{address}/units", data={"unit_ids": [tree.kcq.id]})
    assert foreign.status_code == 422
    for act, data in ((address + "/name", {"name": "x"}), ("/clusters", {"name": "x"})):
        assert organiser.post(act, data=data).status_code == 403
    assert organiser.post(f"{address}/delete").status_code == 403
    assert names() == [("Cụm 1", 2)]


def test_who_only_reads_changes_nothing(as_role, tree):
    cluster = a_cluster("Cụm 1")
    viewer = as_role(Role.VIEWER, tree.vn)
    page = viewer.get(f"/clusters/{cluster.id}")
    assert page.status_code == 200
    assert "<form" not in page.text.partition("<main")[2].partition("</main")[0]
    for address in ("/clusters", *(f"/clusters/{cluster.id}/{a}" for a in ("units", "name"))):
        assert viewer.post(address, data={"name": "x"}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(national, count_queries, count):
    for _ in range(count):
        a_cluster()
    with count_queries() as seen:
        assert national.get("/clusters").status_code == 200
    assert len([one for one in seen if "FROM cluster" in one]) == 1


def test_the_list_is_handed_out_as_a_sheet(national, tree):
    national.post("/clusters", data={"name": "Cụm 1"})
    assert 'href="/clusters/list.xlsx"' in national.get("/clusters").text
    assert rows_of(national.get("/clusters/list.xlsx").data) == [("Cụm 1", 0)]


def test_of_many_units_the_members_are_ticked_and_others_added(national, tree):
    for number in range(FEW):
        a_unit(f"79.{number:03}", tree.saigon, "huyen")
    cluster = a_cluster("Cụm 1")
    cluster_services.assign(cluster, {tree.hanoi.id, tree.ba_vi.id}, actor=SYSTEM)
    address = f"/clusters/{cluster.id}"
    page = national.get(f"{address}?level=base").text
    assert re.findall(r'type="checkbox" value="(\d+)"', page) == [str(tree.ba_vi.id)]
    assert 'name="add"' in page
    assert 'name="add"' not in national.get(address).text
    wrong = {"level": "base", "unit_ids": [tree.ba_vi.id], "add": "BHXH huyện"}
    refused = national.post(f"{address}/units", data=wrong)
    assert (refused.status_code, 'value="BHXH huyện"' in refused.text) == (422, True)
    data = {"level": "base", "add": "01.DD"}
    assert national.post(f"{address}/units", data=data).status_code == 302
    assert {row.code for row in queries.members(cluster.id)} == {"01", "01.DD"}
