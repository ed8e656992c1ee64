"""The users page."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from congress_app.accounts import queries
from congress_app.accounts.models import User
from congress_app.audit.models import Entry
from congress_app.database import db
from tests import builders
from tests.builders import PASSWORD


@pytest.fixture
def world(app: Flask, as_role: Any) -> SimpleNamespace:
    """Two provinces, and an administrator of the whole and of the first."""
    root = builders.the_root()
    here = builders.a_unit("79", root, name="BHXH Thành phố Hồ Chí Minh")
    there = builders.a_unit("01", root, name="BHXH thành phố Hà Nội")
    return SimpleNamespace(
        root=root,
        here=here,
        there=there,
        chief=as_role("admin", display_name="Chief"),
        local=as_role("admin", here, display_name="Local"),
        mai=builders.a_user("registrar", here, username="mai", display_name="Trần Thị Mai"),
        far=builders.a_user("viewer", there, username="far", display_name="Vũ Xa"),
    )


def shown(page: str) -> list[str]:
    return re.findall(r'<a class="name" href="/users/\d+">([^<]+)</a>', page)


def rights(user: User) -> list[tuple[str, str]]:
    return [(held.role, held.unit.code) for held in user.grants]


def test_the_list_shows_everybody_within_reach(world: SimpleNamespace) -> None:
    assert shown(world.chief.get("/users").text) == ["Chief", "Local", "Trần Thị Mai", "Vũ Xa"]
    assert shown(world.local.get("/users").text) == ["Local", "Trần Thị Mai"]
    assert shown(world.chief.get("/users?text=mai").text) == ["Trần Thị Mai"]
    assert shown(world.chief.get("/users?role=viewer").text) == ["Vũ Xa"]
    nothing = world.chief.get("/users?state=inactive")
    assert (nothing.status_code, "Không có tài khoản nào" in nothing.text) == (200, True)


def test_the_list_comes_in_pages_of_fifty(world: SimpleNamespace) -> None:
    for number in range(50):
        builders.a_user("viewer", world.here, display_name=f"Zz {number:02d}")
    first, second = (world.chief.get(f"/users?page={n}").text for n in (1, 2))
    assert (len(shown(first)), len(shown(second))) == (50, 4)
    assert 'href="/users?page=2"' in first


def test_the_list_takes_as_many_statements_for_one_as_for_many(
    world: SimpleNamespace, count_queries: Any
) -> None:
    def statements(query: str, rows: int) -> int:
        with count_queries() as seen:
            assert len(shown(world.chief.get("/users" + query).text)) == rows
        return len(seen)

    assert (statements("?text=mai", 1), statements("", 4)) == (5, 5)


def test_a_new_account_shows_its_password_once(app: Flask, world: SimpleNamespace) -> None:
    data = {"username": "le.y", "display_name": "Lê Ý", "role": "viewer", "unit": "79"}
    answer = world.local.post("/users/new", data=data)
    assert answer.status_code == 201
    password = re.search(r"(\w{4}-){3}\w{4}", answer.text).group()
    user = queries.user_by_name("le.y")
    assert rights(user) == [("viewer", "79")]
    assert password not in world.local.get(f"/users/{user.id}").text
    client = app.test_client()
    entered = client.post("/sign-in", data={"username": "le.y", "password": password})
    assert entered.headers["Location"] == "/me/password"


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"username": "lê ý"}, 422, "Tên đăng nhập “lê ý” không dùng được."),
        ({"username": "mai"}, 409, "Tên đăng nhập “mai” đã có người dùng."),
        ({"unit": "01"}, 422, "Không có đơn vị này trong phạm vi của bạn."),
        ({"unit": ""}, 422, "Cần chọn đơn vị."),
        ({"role": ""}, 422, "Cần điền mục này."),
        ({"role": "king"}, 422, "Lựa chọn này không có trong danh sách."),
        ({"role": "admin"}, 403, "Chỉ quản trị viên cấp ngành"),
        ({"display_name": ""}, 422, "Cần điền mục này."),
    ],
)
def test_an_account_that_cannot_be_made_keeps_what_was_typed(
    world: SimpleNamespace, change: dict[str, str], status: int, words: str
) -> None:
    data = {"username": "le.y", "display_name": "Lê Ý", "role": "viewer", "unit": "79"} | change
    answer = world.local.post("/users/new", data=data)
    assert (answer.status_code, words in answer.text) == (status, True)
    for name in ("username", "display_name", "unit"):
        assert f'value="{data[name]}"' in answer.text
    assert db.session.scalar(select(func.count(User.id))) == 4


def test_the_form_offers_only_units_within_reach(world: SimpleNamespace) -> None:
    page = world.local.get("/users/new").text
    assert '<option value="79">BHXH Thành phố Hồ Chí Minh (79)</option>' in page
    assert "Hà Nội" not in page


def test_an_account_out_of_reach_does_not_exist(world: SimpleNamespace) -> None:
    path = f"/users/{world.far.id}"
    before = (world.far.is_active, world.far.password_hash, rights(world.far))
    assert world.local.get(path).status_code == 404
    for action in ("deactivate", "activate", "unlock", "reset-password", "grants", "name"):
        data = {"role": "viewer", "unit": "79", "display_name": "Ai"}
        assert world.local.post(f"{path}/{action}", data=data).status_code == 404
    grant_id = world.far.grants[0].id
    assert world.local.post(f"{path}/grants/{grant_id}/revoke").status_code == 404
    assert world.chief.get("/users/999999").status_code == 404
    assert (world.far.is_active, world.far.password_hash, rights(world.far)) == before


def test_a_right_is_given_and_taken_back(world: SimpleNamespace) -> None:
    path = f"/users/{world.mai.id}"
    data = {"role": "teller", "unit": "79 · BHXH Thành phố Hồ Chí Minh"}
    answer = world.local.post(f"{path}/grants", data=data)
    assert (answer.status_code, answer.headers["Location"]) == (302, path)
    assert rights(world.mai) == [("registrar", "79"), ("teller", "79")]
    assert "Đã cấp quyền cho Trần Thị Mai." in world.local.get(path).text
    again = world.local.post(f"{path}/grants", data=data)
    assert (again.status_code, "đã có quyền này" in again.text) == (409, True)
    world.local.post(f"{path}/grants/{world.mai.grants[0].id}/revoke")
    assert rights(world.mai) == [("teller", "79")]


def test_a_right_that_cannot_be_given_keeps_what_was_typed(world: SimpleNamespace) -> None:
    path = f"/users/{world.mai.id}/grants"
    answer = world.local.post(path, data={"role": "teller", "unit": "nowhere"})
    assert (answer.status_code, 'value="nowhere"' in answer.text) == (422, True)
    refused = world.local.post(path, data={"role": "admin", "unit": "79"})
    assert (refused.status_code, "Chỉ quản trị viên cấp ngành" in refused.text) == (403, True)
    assert rights(world.mai) == [("registrar", "79")]


def test_who_loses_his_last_right_leaves_the_local_list(world: SimpleNamespace) -> None:
    answer = world.local.post(f"/users/{world.mai.id}/grants/{world.mai.grants[0].id}/revoke")
    assert answer.headers["Location"] == "/users"
    page = world.local.get("/users").text
    assert "Đã thu quyền của Trần Thị Mai." in page
    assert shown(page) == ["Local"]


def test_buttons_are_offered_only_where_they_work(world: SimpleNamespace) -> None:
    chief, mai = world.chief.user, world.mai
    own = world.chief.get(f"/users/{chief.id}").text
    other = world.chief.get(f"/users/{mai.id}").text
    for words in ("Thu quyền", "Khóa tài khoản", "Cấp lại mật khẩu"):
        assert (words in own, words in other) == (False, True)
    builders_unit = world.there
    world.chief.post(f"/users/{mai.id}/grants", data={"role": "viewer", "unit": builders_unit.code})
    local = world.local.get(f"/users/{mai.id}").text
    assert "Tài khoản này còn quyền ở đơn vị ngoài phạm vi của bạn" in local
    assert (local.count("/revoke"), "Khóa tài khoản" in local) == (1, False)


def test_a_name_is_corrected_by_an_administrator(world: SimpleNamespace) -> None:
    path = f"/users/{world.mai.id}/name"
    assert 'value="Trần Thị Mai"' in world.local.get(path).text
    refused = world.local.post(path, data={"display_name": "x" * 121})
    assert (refused.status_code, "Nhiều nhất 120 ký tự." in refused.text) == (422, True)
    done = world.local.post(path, data={"display_name": " Trần  Thị Mây"})
    assert done.headers["Location"] == f"/users/{world.mai.id}"
    assert world.mai.display_name == "Trần Thị Mây"
    told = select(Entry.changes).where(Entry.action == "user.edit")
    assert db.session.scalars(told).all() == [{"display_name": ["Trần Thị Mai", "Trần Thị Mây"]}]
    world.chief.post(f"/users/{world.mai.id}/grants", data={"role": "viewer", "unit": "01"})
    assert world.local.post(path, data={"display_name": "Ai đó"}).status_code == 403
    assert world.mai.display_name == "Trần Thị Mây"


def test_an_account_is_closed_and_opened(app: Flask, world: SimpleNamespace) -> None:
    client, path = app.test_client(), f"/users/{world.mai.id}"
    client.post("/sign-in", data={"username": "mai", "password": PASSWORD})
    world.local.post(f"{path}/deactivate")
    assert client.get("/me").status_code == 302
    assert "Đã khóa tài khoản của Trần Thị Mai" in world.local.get(path).text
    world.local.post(f"{path}/activate")
    assert world.mai.is_active


def test_closing_ones_own_account_is_refused_on_the_page(world: SimpleNamespace) -> None:
    answer = world.chief.post(f"/users/{world.chief.user.id}/deactivate")
    assert answer.status_code == 422
    assert "Bạn không thể khóa chính tài khoản của mình." in answer.text
    assert world.chief.get("/me").status_code == 200


def test_ones_own_name_is_another_administrators_to_change(world: SimpleNamespace) -> None:
    path = f"/users/{world.local.user.id}"
    answer = world.local.post(f"{path}/name", data={"display_name": "Lê Thị Bí"})
    assert (answer.status_code, "Hãy nhờ một quản trị viên khác." in answer.text) == (422, True)
    pages = [one.get(path).text for one in (world.local, world.chief)]
    assert [f"{path}/name" in page for page in pages] == [False, True]


def test_a_password_is_reset_and_shown_once(app: Flask, world: SimpleNamespace) -> None:
    answer = world.local.post(f"/users/{world.mai.id}/reset-password")
    password = re.search(r"(\w{4}-){3}\w{4}", answer.text).group()
    entered = app.test_client().post("/sign-in", data={"username": "mai", "password": password})
    assert entered.headers["Location"] == "/me/password"
    own = world.local.post(f"/users/{world.local.user.id}/reset-password")
    assert (own.status_code, "Không cấp lại mật khẩu" in own.text) == (422, True)


def test_a_locked_name_is_shown_and_unlocked(app: Flask, world: SimpleNamespace) -> None:
    client, path = app.test_client(), f"/users/{world.mai.id}"
    for _ in range(5):
        client.post("/sign-in", data={"username": "mai", "password": "wrong"})
    assert "Phải đợi đến" in world.local.get("/users").text
    assert "Cho đăng nhập ngay" in world.local.get(path).text
    world.local.post(f"{path}/unlock")
    assert "Phải đợi đến" not in world.local.get(path).text
    entered = client.post("/sign-in", data={"username": "mai", "password": PASSWORD})
    assert entered.status_code == 302
