"""Moving, merging and ordering units on their pages, and the pages in a browser."""

from __future__ import annotations

import re

import pytest

from congress_app.database import db
from congress_app.kernel.permissions import Role
from congress_app.units import queries
from tests.units.trees import Tree, a_tree, main, parents, text


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


# --- move, merge, order --------------------------------------------------------------------


def test_a_move_offers_lawful_places_only(national, tree):
    page = national.get(f"/units/{tree.dong_da.id}/move")
    offered = re.findall(r'<option value="(\w+)"', page.text)
    assert offered == ["01", "79"]
    answer = national.post(f"/units/{tree.dong_da.id}/move", data={"parent_id": tree.saigon.code})
    assert answer.status_code == 302
    assert parents()["01.DD"] == "79"


def test_a_move_to_where_it_is_or_may_not_be_is_refused(national, organiser, tree):
    address = f"/units/{tree.dong_da.id}/move"
    page = national.post(address, data={"parent_id": tree.hanoi.code})
    assert (page.status_code, "đã đứng dưới" in text(page)) == (422, True)
    for client, target in ((national, tree.ba_vi), (organiser, tree.saigon)):
        assert client.post(address, data={"parent_id": target.code}).status_code == 422
    assert parents()["01.DD"] == "01"


def test_a_merge_tells_what_will_happen_and_does_it(national, tree):
    address = f"/units/{tree.hanoi.id}/merge"
    page = main(national.get(address))
    assert "3 đơn vị bên dưới chuyển sang đơn vị nhận" in page
    assert national.post(address, data={"target_id": tree.saigon.code}).status_code == 422
    data = {"target_id": tree.saigon.code, "headcount": "leave"}
    assert national.post(address, data=data).status_code == 302
    assert parents()["01.DD"] == "79"
    gone = national.get(f"/units/{tree.hanoi.id}")
    assert "Đơn vị này đã sáp nhập vào BHXH TP. Hồ Chí Minh" in main(gone)
    assert "/edit" not in gone.text
    assert "BHXH TP. Hà Nội (01)" in main(national.get(f"/units/{tree.saigon.id}"))
    assert "BHXH TP. Hà Nội" not in main(national.get("/units"))
    assert national.post(address, data=data).status_code == 422


def test_order_by_arrows_and_by_number(organiser, tree):
    answer = organiser.post(f"/units/{tree.office.id}/place", data={"position": 1})
    assert answer.location == f"/units/{tree.hanoi.id}#children"
    assert [one.code for one in queries.children(tree.hanoi.id)] == ["01.VP", "01.DD", "01.BV"]
    organiser.post(f"/units/{tree.office.id}/place", data={"position": "đầu"})
    assert "Vị trí phải là một số từ 1." in text(organiser.get(f"/units/{tree.hanoi.id}"))
    assert organiser.post(f"/units/{tree.hanoi.id}/place", data={"position": 1}).status_code == 403
    db.session.rollback()
    assert [one.code for one in queries.children(tree.vn.id)] == ["KCQ", "01", "79"]


# --- in a browser --------------------------------------------------------------------------


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_are_usable_by_everybody(page_as, axe, tree, width):
    page = page_as(Role.ADMIN, viewport={"width": width, "height": 800})
    addresses = ("", f"/{tree.hanoi.id}", f"/{tree.dong_da.id}/edit", "/sheets/import")
    for address in (*(f"/units{one}" for one in addresses), "/clusters", "/audit"):
        page.goto(address)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_branches_open_by_keyboard(page_as, tree):
    page = page_as(Role.ADMIN)
    page.goto("/units")
    branch = page.locator("summary", has_text="Các đơn vị bên dưới BHXH TP. Hà Nội")
    below = page.get_by_role("link", name="BHXH quận Đống Đa")
    assert not below.is_visible()
    branch.focus()
    page.keyboard.press("Enter")
    assert below.is_visible()
