"""The second factor as people have it before them: by keyboard, on a telephone, on paper."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from congress_app.accounts import factor_queries, one_time_codes, queries
from congress_app.kernel import clock
from tests import builders
from tests.builders import PASSWORD


def fits(page: Page) -> bool:
    """True when nothing makes the page scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def shown_code(user_id: int, steps: int = 0) -> str:
    """What the telephone would show for the secret the server holds."""
    secret = factor_queries.secret_of(queries.factor_of(user_id))
    assert secret is not None
    return one_time_codes.code_of(secret, one_time_codes.step_at(clock.now()) + steps)


@pytest.mark.parametrize("width", [360, 1280])
def test_one_sets_it_up_and_signs_in_with_it(app: Flask, page: Page, axe: Any, width: int) -> None:
    user = builders.a_user("organiser", username="mai", display_name="Trần Thị Mai")
    page.set_viewport_size({"width": width, "height": 760})

    def enter() -> None:
        page.goto("/sign-in?next=/me/second-factor")
        page.get_by_label("Tên đăng nhập").fill("mai")
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()

    enter()
    page.wait_for_url("**/me/second-factor")
    assert (axe(page), fits(page)) == ([], True)
    page.get_by_role("button", name="Bắt đầu thiết lập").click()
    expect(page.get_by_role("img", name="Mã QR để thêm tài khoản")).to_be_visible()
    assert (axe(page), fits(page)) == ([], True)
    # By the keyboard alone, as the phone shows the code.
    page.get_by_label("Mã xác thực").focus()
    page.keyboard.type(shown_code(user.id))
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Mã dự phòng")).to_be_visible()
    assert (axe(page), fits(page)) == ([], True)
    codes = page.locator(".factor-codes code").all_inner_texts()
    assert len(codes) == 10
    assert all(re.fullmatch(r"[a-z2-9]{4}(-[a-z2-9]{4}){2}", code) for code in codes)
    page.get_by_role("link", name="Đã cất mã").click()
    expect(page.get_by_text("Đang bật")).to_be_visible()
    assert (axe(page), fits(page)) == ([], True)
    page.context.clear_cookies()
    enter()
    page.wait_for_url("**/sign-in/code")
    expect(page.get_by_label("Mã xác thực")).to_be_focused()
    assert (axe(page), fits(page)) == ([], True)
    page.keyboard.type("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Mã xác thực không đúng")
    page.get_by_label("Mã xác thực").fill(codes[4])
    page.keyboard.press("Enter")
    page.wait_for_url("**/me/second-factor")
    expect(page.get_by_text("Còn 9 mã dự phòng")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_administrators_pages_are_accessible_and_fit(
    app: Flask, page_as: Any, axe: Any, width: int
) -> None:
    unit = builders.a_unit("79", builders.the_root(), name="BHXH Thành phố Hồ Chí Minh")
    user = builders.a_user("registrar", unit, display_name="Công Tằng Tôn Nữ Thị Phương Thảo")
    builders.a_second_factor(user)
    page = page_as("admin", viewport={"width": width, "height": 760})
    asked = f"/users/{user.id}/why?permission=quota:approve&unit=79"
    for path in (f"/users/{user.id}", f"/users/{user.id}/sessions", asked):
        page.goto(path)
        assert (path, axe(page), fits(page)) == (path, [], True)
    expect(page.get_by_text("Ban tổ chức").last).to_be_visible()
