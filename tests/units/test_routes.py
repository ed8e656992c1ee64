"""The pages of the unit tree."""

from __future__ import annotations

import re
import unicodedata

import pytest

from congress_app.database import transaction
from congress_app.kernel.permissions import Role
from congress_app.units import queries
from tests.builders import a_cluster, a_unit
from tests.units.trees import Tree, a_tree, log, main, parents, text

FORM = {
    "kind": "huyen",
    "code": "01.ST",
    "name": "BHXH thị xã Sơn Tây",
    "headcount": "1.025",
    "headcount_source": "BC 12",
    "headcount_date": "31/12/2019",
    "precedence": "",
    "cluster_id": "0",
}


@pytest.fixture
def tree(app) -> Tree:
    return a_tree()


@pytest.fixture
def organiser(as_role, tree):
    """May change Hà Nội and what is below it."""
    return as_role(Role.ORGANISER, tree.hanoi)


@pytest.fixture
def national(as_role, tree):
    """May change the whole tree."""
    return as_role(Role.ORGANISER, tree.vn)


def test_the_cluster_is_told_to_who_may_not_choose_it_and_another_one_is_refused(
    organiser, national, tree
):
    one, other = a_cluster("Cụm 1"), a_cluster("Cụm 2")
    with transaction():
        tree.dong_da.cluster_id = one.id
    address = f"/units/{tree.dong_da.id}/edit"
    page = organiser.get(address)
    assert 'name="cluster_id"' not in page.text
    assert "Cụm thi đua Cụm 1 Cụm thi đua do Ban tổ chức cấp Ngành xếp." in main(page)
    sent = {name: value for name, value in FORM.items() if name != "cluster_id"}
    refused = organiser.post(address, data={**sent, "version": "1", "cluster_id": other.id})
    assert (refused.status_code, tree.dong_da.cluster_id) == (422, one.id)
    for more in ({}, {"cluster_id": one.id}):
        data = {**sent, "version": tree.dong_da.version, **more}
        assert organiser.post(address, data=data).status_code == 302
    assert (tree.dong_da.name, tree.dong_da.cluster_id) == (FORM["name"], one.id)
    assert 'name="cluster_id"' in national.get(address).text
    made = organiser.post("/units/new", data={**sent, "code": "01.X", "parent_id": "01"})
    assert made.status_code == 302


# --- the tree --------------------------------------------------------------------------------


def test_the_whole_tree_within_reach_in_protocol_order(national, tree):
    page = national.get("/units")
    assert page.status_code == 200
    names = re.findall(r'<a class="name" href="/units/\d+">([^<]+)</a>', page.text)
    assert names == [
        "BHXH Việt Nam",
        "Khối cơ quan",
        "BHXH TP. Hà Nội",
        "BHXH quận Đống Đa",
        "BHXH huyện Ba Vì",
        "Văn phòng",
        "BHXH TP. Hồ Chí Minh",
    ]
    assert "01 · BHXH tỉnh, thành phố · 70 người" in main(page)
    assert "Đơn vị 7 CCVC, NLĐ 1.070 Đơn vị chưa có số 2" in main(page)


def test_units_above_and_beside_are_not_shown(organiser, tree):
    page = main(organiser.get("/units"))
    assert "BHXH quận Đống Đa" in page
    assert "BHXH Việt Nam" not in page
    assert "Hồ Chí Minh" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("text=dong+da", ["BHXH quận Đống Đa"]),
        ("text=BHXH+h%C3%A0", ["BHXH TP. Hà Nội"]),
        ("text=01.&kind=huyen", ["BHXH quận Đống Đa", "BHXH huyện Ba Vì"]),
        ("kind=tinh", ["BHXH TP. Hà Nội", "BHXH TP. Hồ Chí Minh"]),
        ("pilot=y", ["BHXH TP. Hồ Chí Minh"]),
        ("text=xyz", []),
    ],
)
def test_search_and_filters(national, tree, query, found):
    with transaction():
        tree.saigon.is_pilot = True
    page = national.get(f"/units?{query}")
    assert re.findall(r'<a class="name" href="/units/\d+">([^<]+)</a>', page.text) == found
    assert ("Không có đơn vị nào khớp" in main(page)) == (not found)


def test_units_of_a_cluster(national, tree):
    cluster = a_cluster("Cụm 1")
    with transaction():
        tree.saigon.cluster_id = cluster.id
    page = national.get(f"/units?cluster={cluster.id}")
    assert re.findall(r'<a class="name" href="/units/\d+">([^<]+)</a>', page.text) == [
        "BHXH TP. Hồ Chí Minh"
    ]
    assert "Cụm 1" in main(page)


def test_what_cannot_be_read_narrows_nothing(national):
    assert national.get("/units?kind=thon&cluster=x&page=0").status_code == 200


def test_a_number_counted_twice_is_told(national, tree):
    with transaction():
        tree.hanoi.headcount = 70
    assert "BHXH TP. Hà Nội : ghi 70, bên dưới có 70" in main(national.get("/units"))


def test_an_empty_house_says_what_to_do(as_role):
    viewer = as_role(Role.VIEWER)
    assert "BHXH Việt Nam" in main(viewer.get("/units"))


@pytest.mark.parametrize("more", [0, 3])
@pytest.mark.parametrize("address", ["/units", "/units?kind=huyen"])
def test_the_number_of_queries_of_the_tree_does_not_grow(
    national, tree, count_queries, more, address
):
    for _ in range(more):
        a_unit(parent=tree.hanoi, kind="huyen")
    with count_queries() as seen:
        assert national.get(address).status_code == 200
    assert len([one for one in seen if "FROM unit" in one or "FROM cluster" in one]) == 3


# --- one unit ------------------------------------------------------------------------------


def test_one_unit_with_what_stands_around_it(national, tree):
    page = main(national.get(f"/units/{tree.hanoi.id}"))
    assert "Đơn vị BHXH Việt Nam BHXH TP. Hà Nội" in page
    assert "CCVC, NLĐ của cả nhánh 70, còn 1 đơn vị chưa có số" in page
    for name in ("BHXH quận Đống Đa", "BHXH huyện Ba Vì", "Văn phòng"):
        assert name in page


def test_the_path_shows_only_what_is_within_reach(organiser, tree):
    page = main(organiser.get(f"/units/{tree.dong_da.id}"))
    assert "BHXH TP. Hà Nội" in page
    assert "BHXH Việt Nam" not in page


def test_a_foreign_unit_is_unknown(organiser, tree):
    for unit in (tree.vn, tree.kcq, tree.saigon):
        for address in ("", "/edit", "/move", "/merge"):
            assert organiser.get(f"/units/{unit.id}{address}").status_code == 404
    assert organiser.get("/units/999999").status_code == 404


def test_who_only_reads_is_offered_nothing_and_refused(as_role, tree):
    viewer = as_role(Role.VIEWER, tree.hanoi)
    page = viewer.get(f"/units/{tree.hanoi.id}")
    assert page.status_code == 200
    assert "/edit" not in page.text
    assert "<form" not in page.text.partition("<main")[2].partition("</main")[0]
    for address in ("/new", f"/{tree.hanoi.id}/edit", f"/{tree.hanoi.id}/move"):
        assert viewer.get(f"/units{address}").status_code == 403
    assert viewer.post(f"/units/{tree.dong_da.id}/place", data={"position": 2}).status_code == 403


@pytest.mark.parametrize("more", [0, 3])
def test_the_number_of_queries_of_one_unit_does_not_grow(national, tree, count_queries, more):
    for _ in range(more):
        a_unit(parent=tree.hanoi, kind="huyen")
    with count_queries() as seen:
        assert national.get(f"/units/{tree.hanoi.id}").status_code == 200
    # One of them finds out who asks.
    assert len(seen) == 11


# --- create and edit -----------------------------------------------------------------------


def test_a_new_unit_from_the_form(organiser, tree):
    assert (
        f'<option selected value="{tree.hanoi.code}">'
        in organiser.get(f"/units/new?parent={tree.hanoi.id}").text
    )
    answer = organiser.post("/units/new", data={**FORM, "parent_id": tree.hanoi.code})
    unit = queries.unit_by_code("01.ST")
    assert (answer.status_code, answer.location) == (302, f"/units/{unit.id}")
    assert (unit.name, unit.parent_id, unit.headcount, unit.precedence) == (
        "BHXH thị xã Sơn Tây",
        tree.hanoi.id,
        1025,
        4,
    )
    page = main(organiser.get(answer.location))
    assert "Đã thêm “BHXH thị xã Sơn Tây”." in page
    assert "Thêm đơn vị" in page.partition("Lịch sử thay đổi")[2]


def test_text_is_composed_at_the_border(organiser, tree):
    name = unicodedata.normalize("NFD", "BHXH thị xã  Sơn Tây")
    organiser.post("/units/new", data={**FORM, "parent_id": tree.hanoi.code, "name": name})
    assert queries.unit_by_code("01.ST").name == "BHXH thị xã Sơn Tây"


@pytest.mark.parametrize(
    ("changed", "status", "told"),
    [
        ({"name": ""}, 422, "Cần điền mục này."),
        ({"headcount": "nhiều"}, 422, "Hãy nhập một số nguyên"),
        ({"headcount_date": "2019"}, 422, "Ngày không đọc được"),
        ({"kind": "khoi_co_quan"}, 422, "không đứng dưới"),
        ({"kind": "thon"}, 422, "không có trong danh sách"),
        ({"code": "01.dd"}, 409, "đã dùng cho đơn vị khác"),
    ],
)
def test_a_refused_form_keeps_what_was_typed_and_says_why(organiser, tree, changed, status, told):
    page = organiser.post("/units/new", data={**FORM, "parent_id": tree.hanoi.code, **changed})
    assert page.status_code == status
    assert told in text(page)
    assert 'value="BC 12"' in page.text
    assert len(parents()) == 7


def test_no_unit_is_made_below_a_foreign_one(organiser, tree):
    page = organiser.post("/units/new", data={**FORM, "parent_id": tree.saigon.code})
    assert page.status_code == 422
    assert len(parents()) == 7


def test_an_edit_is_saved_and_told(organiser, tree):
    data = {**FORM, "code": "01.DD", "precedence": "1", "version": tree.dong_da.version}
    answer = organiser.post(f"/units/{tree.dong_da.id}/edit", data=data)
    assert answer.status_code == 302
    assert (tree.dong_da.name, tree.dong_da.headcount) == ("BHXH thị xã Sơn Tây", 1025)
    assert log()[-1][2]["headcount"] == [40, 1025]


def test_who_saves_second_sees_both_values_and_loses_nothing(organiser, national, tree):
    opened = tree.dong_da.version
    first = {**FORM, "code": "01.DD", "name": "Tên của người đầu", "version": opened}
    second = {**FORM, "code": "01.DD", "name": "Tên của người sau", "version": opened}
    address = f"/units/{tree.dong_da.id}/edit"
    assert organiser.post(address, data=first).status_code == 302
    page = national.post(address, data=second)
    assert page.status_code == 409
    assert "Tên đơn vị Tên của người đầu" in text(page)
    assert 'value="Tên của người sau"' in page.text
    (newer,) = re.findall(r'name="version"[^>]*value="(\d+)"', page.text)
    assert national.post(address, data={**second, "version": newer}).status_code == 302
    assert tree.dong_da.name == "Tên của người sau"


def test_a_form_without_its_version_is_not_saved(organiser, tree):
    page = organiser.post(f"/units/{tree.dong_da.id}/edit", data={**FORM, "code": "01.DD"})
    assert page.status_code == 409
    assert tree.dong_da.name == "BHXH quận Đống Đa"
