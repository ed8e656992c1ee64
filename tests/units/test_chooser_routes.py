"""The field in which a unit is chosen, sent by forms and used in a browser."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from congress_app.kernel.permissions import Permission, Role
from congress_app.units import queries
from congress_app.units.chooser import FEW
from tests.builders import a_unit
from tests.units.trees import Tree, a_tree, text

FORM = {"kind": "huyen", "code": "79.MOI", "name": "BHXH huyện Mới", "cluster_id": "0"}


@pytest.fixture
def tree(app: Any) -> Tree:
    """Few units; `many` adds those that no list holds."""
    return a_tree()


@pytest.fixture
def many(tree: Tree) -> Tree:
    for number in range(FEW):
        a_unit(f"79.{number:03}", tree.saigon, "phong", name=f"Phòng {number}")
    a_unit("79.VP", tree.saigon, "phong", name="Văn phòng")
    return tree


@pytest.fixture
def national(as_role: Any, tree: Tree) -> FlaskClient:
    client: FlaskClient = as_role(Role.ORGANISER, tree.vn)
    return client


def suggested(client: FlaskClient, **asked: Any) -> list[str]:
    answer = client.get("/units/suggestions", query_string=asked)
    assert answer.status_code == 200
    return [unit["words"] for unit in answer.get_json()["units"]]


def test_few_units_stand_in_a_list_and_many_are_typed(national: FlaskClient, tree: Tree) -> None:
    page = national.get(f"/units/new?parent={tree.hanoi.id}").text
    assert '<option selected value="01">' in page
    assert "chooser.js" not in page
    for number in range(FEW):
        a_unit(f"79.{number}", tree.saigon, "phong")
    page = national.get(f"/units/new?parent={tree.hanoi.id}").text
    assert 'value="BHXH TP. Hà Nội (01)"' in page
    assert "chooser.js" in page
    assert "<option" not in page.partition('name="parent_id"')[2].partition('name="kind"')[0]


@pytest.mark.parametrize("typed", ["79", "BHXH TP. Hồ Chí Minh (79)", "bhxh tp hcm"])
def test_a_typed_code_or_name_is_resolved(national: FlaskClient, many: Tree, typed: str) -> None:
    answer = national.post("/units/new", data={**FORM, "parent_id": typed})
    assert answer.status_code == 302
    made = queries.unit_by_code("79.MOI")
    assert made is not None
    assert made.parent_id == many.saigon.id


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Cần chọn đơn vị."),
        ("Xã Không", "Không có đơn vị này trong phạm vi của bạn. Hãy gõ mã hoặc tên đầy đủ."),
        ("hà nội", "Có phải: BHXH TP. Hà Nội (01) thuộc BHXH Việt Nam?"),
        (
            "Văn phòng",
            "muốn chọn: Văn phòng (01.VP) thuộc BHXH TP. Hà Nội; Văn phòng (79.VP) thuộc BHXH TP.",
        ),
    ],
)
def test_what_names_no_one_unit_is_kept_and_told(
    national: FlaskClient, many: Tree, typed: str, told: str
) -> None:
    page = national.post("/units/new", data={**FORM, "parent_id": typed})
    assert (page.status_code, told in text(page)) == (422, True)
    control = re.search(r'<input [^>]*name="parent_id"[^>]*>', page.text)
    assert control is not None
    assert f'value="{typed}"' in unescape(control[0])
    assert queries.unit_by_code("79.MOI") is None


def test_a_list_that_lacks_what_was_typed_gives_way_to_it(as_role: Any, tree: Tree) -> None:
    client = as_role(Role.ORGANISER, tree.hanoi)
    page = client.post("/units/new", data={**FORM, "parent_id": "79"})
    assert page.status_code == 422
    assert 'value="79"' in page.text
    chosen = client.post("/units/new", data={**FORM, "parent_id": "bhxh tp ha noi", "name": ""})
    assert '<option selected value="01">' in chosen.text


def test_suggestions_are_those_the_form_offers(
    national: FlaskClient, many: Tree, as_role: Any
) -> None:
    assert suggested(national, text="đống đa") == ["BHXH quận Đống Đa (01.DD)"]
    page = national.get(f"/units/{many.dong_da.id}/move").text
    # Provinces alone may take a district: two, which are a list.
    assert re.findall(r'<option value="(\w+)"', page) == ["01", "79"]
    merge = national.get(f"/units/{many.hanoi.id}/merge").text
    address = unescape(re.search(r'data-suggestions="([^"]+)"', merge)[1])  # type: ignore[index]
    told = national.get(address + "&text=văn+phòng").get_json()["units"]
    assert told == [{"words": "Văn phòng (79.VP)", "above": "BHXH TP. Hồ Chí Minh"}]
    local = as_role(Role.ORGANISER, many.hanoi)
    assert suggested(local, text="bhxh tp") == ["BHXH TP. Hà Nội (01)"]
    under = {"right": Permission.DELEGATE_REGISTER.value, "under": many.vn.id}
    assert suggested(local, text="văn", **under) == ["Văn phòng (01.VP)"]
    for asked in ({"right": "unit:own"}, {"under": 0}, {"right": "user:manage"}):
        answer = local.get("/units/suggestions", query_string={"text": "bhxh", **asked})
        assert answer.status_code == 404


def test_a_unit_is_chosen_by_keyboard_and_finger(page_as: Any, axe: Any, many: Tree) -> None:
    page = page_as(Role.ADMIN, viewport={"width": 360, "height": 740})
    page.goto("/units/new")
    field = page.get_by_role("combobox", name="Đơn vị cấp trên")
    field.press_sequentially("dong da")
    option = page.get_by_role("option", name="BHXH quận Đống Đa (01.DD)")
    option.wait_for()
    assert page.get_by_role("status").inner_text().startswith("1 gợi ý")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    field.press("Escape")
    assert (field.input_value(), option.is_visible()) == ("dong da", False)
    field.press("ArrowDown")
    option.wait_for()
    field.press("ArrowDown")
    field.press("Enter")
    assert field.input_value() == "BHXH quận Đống Đa (01.DD)"
    field.fill("hanoi")
    page.get_by_text("Không có đơn vị nào khớp.").wait_for(state="attached")
    field.fill("ha noi")
    page.get_by_role("option", name="BHXH TP. Hà Nội (01)").click()
    assert field.input_value() == "BHXH TP. Hà Nội (01)"
    assert page.url.endswith("/units/new")
