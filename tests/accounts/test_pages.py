"""The pages as people have them before them: by keyboard, on a telephone, for a screen reader."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from congress_app.accounts import services
from congress_app.accounts.models import SignInSession, User
from congress_app.database import transaction
from congress_app.kernel import clock
from congress_app.kernel.permissions import Role, system_actor
from tests import builders
from tests.builders import PASSWORD

PHONE = {"width": 360, "height": 740}


def fits(page: Page) -> bool:
    """True when nothing makes the page scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_one_signs_in_with_the_keyboard_alone(app: Flask, page: Page) -> None:
    builders.a_user("viewer", username="mai")
    page.goto("/me")
    page.locator("#username").focus()
    page.keyboard.type("mai")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/me")
    page.get_by_role("button", name="Đăng xuất").first.click()
    page.wait_for_url("**/sign-in")
    expect(page.get_by_text("Bạn đã đăng xuất.")).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile("/sign-in"))


def test_the_demonstration_is_one_click_and_enter(app: Flask, page: Page) -> None:
    root = builders.the_root()
    services.create_user(
        "demo.viewer", "Demo", Role.VIEWER, root, actor=system_actor(), is_demo=True
    )
    page.goto("/sign-in?next=/me")
    page.get_by_role("link", name="Lãnh đạo theo dõi").click()
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url("**/me")
    expect(page.get_by_text("Bản trình diễn").first).to_be_visible()
    assert page.get_by_role("link", name="Đổi mật khẩu").count() == 0


def test_the_first_password_is_handed_over_and_replaced(
    app: Flask, page_as: Any, page: Page
) -> None:
    chief = page_as("admin")
    chief.goto("/users/new")
    chief.get_by_label("Họ và tên").fill("Lê Văn Ý")
    chief.get_by_label("Tên đăng nhập").fill("le.van.y")
    chief.get_by_label("Vai trò").select_option(label="Lãnh đạo theo dõi")
    chief.get_by_label("Đơn vị").select_option("VN")
    chief.get_by_role("button", name="Tạo tài khoản").click()
    password = chief.locator("code").nth(1).inner_text()
    page.goto("/sign-in")
    page.get_by_label("Tên đăng nhập").fill("le.van.y")
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url("**/me/password")
    page.get_by_label("Mật khẩu hiện tại").fill(password)
    page.get_by_label("Mật khẩu mới", exact=False).first.fill("con mèo ngủ trên mái")
    page.get_by_label("Nhập lại mật khẩu mới").fill("con mèo ngủ trên mái")
    page.get_by_role("button", name="Đổi mật khẩu").click()
    page.wait_for_url("**/me")
    expect(page.get_by_text("Đã đổi mật khẩu.")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_of_the_chapter_is_accessible_and_fits(
    app: Flask, page_as: Any, axe: Any, width: int
) -> None:
    user = builders.a_user(
        "registrar",
        builders.a_unit("79", builders.the_root(), name="BHXH Thành phố Hồ Chí Minh"),
        display_name="Công Tằng Tôn Nữ Thị Phương Thảo",
        must_change_password=True,
    )
    builders.a_user("viewer", is_demo=True)
    page = page_as("admin", viewport=PHONE | {"width": width})
    for path in (
        "/users",
        "/users/new",
        f"/users/{user.id}",
        f"/users/{user.id}/name",
        "/me",
        "/me/password",
    ):
        page.goto(path)
        assert (path, axe(page), fits(page)) == (path, [], True)
    page.get_by_role("button", name="Đổi mật khẩu").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    assert (axe(page), fits(page)) == ([], True)
    page.context.clear_cookies()
    page.goto("/sign-in")
    assert (axe(page), fits(page)) == ([], True)


def test_what_was_typed_when_the_session_was_over_comes_back(page_as: Any, axe: Any) -> None:
    page = page_as("organiser", viewport=PHONE)
    page.goto("/clusters")
    page.locator("#name").fill("Cụm thi đua số 1 “miền núi”")
    with transaction() as session:
        begun = clock.now() - timedelta(hours=13)
        session.execute(update(SignInSession).values(created_at=begun))
        username = session.scalars(select(User.username)).one()
    page.get_by_role("button", name="Thêm cụm thi đua").click()
    page.locator("#username").fill(username)
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.get_by_role("heading", name="Nội dung bạn đã gõ").wait_for()
    assert (fits(page), axe(page)) == (True, [])
    page.get_by_role("button", name="Gửi lại").click()
    page.get_by_role("heading", name="Cụm thi đua số 1 “miền núi”").first.wait_for()
