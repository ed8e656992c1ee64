"""The hall in a browser: the screen follows the door, says when it lost it, and heals itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from congress_app.checkin import hall_services
from congress_app.kernel import clock
from congress_app.kernel.permissions import Role, system_actor
from tests.browser import LiveServer, NewContext
from tests.checkin.hall import Hall, a_hall

ACTOR = system_actor("Chị Lan")
WIDTHS = (1280, 360)


@pytest.fixture
def hall(app: Flask) -> Hall:
    """A door that is open now: the browser's clock cannot be held."""
    return a_hall()


@pytest.fixture
def screen(hall: Hall) -> str:
    return f"/hall/{hall_services.make_link(hall.congress, actor=ACTOR).token}"


def test_the_screen_follows_loses_and_heals(
    page: Page, hall: Hall, screen: str, live_server: LiveServer
) -> None:
    asked: list[int] = []
    page.on("response", lambda answer: asked.append(answer.status))
    page.goto(screen)
    figure, lost = page.locator(".hall__figure strong"), page.locator("#lost")
    expect(figure).to_have_text("0")
    hall.scan("An")
    expect(figure).to_have_text("1", timeout=6000)
    asked.clear()
    page.wait_for_timeout(5000)
    # Idle: nothing but "nothing new", and not more often than agreed.
    assert set(asked) == {304}
    assert 1 <= len(asked) <= 4
    live_server.stop()
    gone = time.monotonic()
    expect(lost).to_be_visible(timeout=15_000)
    assert time.monotonic() - gone < 15
    expect(lost).to_contain_text("Mất liên lạc với máy chủ. Số liệu lúc")
    hall.scan("Dũng")
    live_server.start()
    expect(figure).to_have_text("2", timeout=15_000)
    expect(lost).to_be_hidden()


def test_a_revoked_screen_shows_nothing_more(page: Page, hall: Hall, screen: str) -> None:
    page.goto(screen)
    expect(page.locator(".hall__figure")).to_be_visible()
    hall_services.revoke_link(hall.congress, actor=ACTOR)
    expect(page.locator(".hall__figure")).to_have_count(0, timeout=8000)
    expect(page.locator("body")).to_contain_text("Không tìm thấy")


def test_without_scripts_the_figures_are_there(
    new_context: NewContext, hall: Hall, screen: str
) -> None:
    hall.scan("An")
    plain = new_context(java_script_enabled=False).new_page()
    plain.goto(screen)
    expect(plain.locator(".hall__figure strong")).to_have_text("1")


def test_the_screen_fits_the_wall(page: Page, hall: Hall, screen: str) -> None:
    hall.scan("An")
    for width, height in ((1280, 720), (1920, 1080), (1024, 768)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(screen)
        last = page.locator(".hall__units li").last.bounding_box()
        assert last is not None
        assert last["y"] + last["height"] <= height


def test_a_supervisor_walks_through_the_hall(
    page_as: Callable[..., Page], hall: Hall, screen: str, axe: Callable[[Page], list[str]]
) -> None:
    hall.scan("An")
    page = page_as(Role.SUPERVISOR, hall.congress.unit)
    base = f"/congresses/{hall.congress.id}/checkin"
    page.goto(base)
    page.get_by_role("link", name="Giấy").click()
    page.get_by_label("Cửa", exact=False).first.fill("Cửa B")
    page.get_by_role("button", name="Lập tờ mới").click()
    page.get_by_label("Các dòng đã ký").fill(f"tờ 1: 2 lúc {_now()}")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_text("1 lượt sẽ ghi, 0 đã có trong nhật ký")).to_be_visible()
    _check(page, axe)
    page.get_by_role("button", name="Ghi 1 lượt").click()
    expect(page.get_by_text("Đã ghi 1 lượt từ giấy.")).to_be_visible()
    page.get_by_role("link", name="Theo đoàn").click()
    expect(page.get_by_text("2 trên 3 có mặt")).to_be_visible()
    page.get_by_role("link", name="Ghi vắng có lý do Lê Chi").click()
    page.get_by_label("Lý do").fill("ốm, có giấy")
    page.get_by_role("button", name="Ghi vắng có lý do").click()
    expect(page.get_by_text("1 vắng có lý do")).to_be_visible()
    page.get_by_role("link", name="Ghi danh tại chỗ").click()
    _walk_in(page)
    expect(page.get_by_text("Đã ghi danh và cho vào: Vũ Thị Hoa")).to_be_visible()
    pages = ("", "/board", "/delegations", "/attendance", "/walk-in", "/paper", "/hall")
    for path in [*(base + end for end in pages), screen]:
        page.goto(path)
        _check(page, axe)


def _walk_in(page: Page) -> None:
    page.get_by_role("radio", name="Khách mời").check()
    page.get_by_label("Họ và tên").fill("Vũ Thị Hoa")
    page.get_by_label("Cơ quan ngoài ngành").fill("Ủy ban nhân dân tỉnh")
    page.get_by_label("Căn cứ khác").fill("Đại diện lãnh đạo")
    page.get_by_label("Lý do ghi danh tại chỗ").fill("Đi thay")
    page.get_by_role("button", name="Ghi danh và cho vào").click()


def _now() -> str:
    return clock.at_venue(clock.now()).strftime("%H:%M")


def _check(page: Page, axe: Callable[[Page], Any]) -> None:
    """Accessible, and nothing runs out of the page, on a wall and on a phone."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 720})
        assert axe(page) == [], (page.url, width)
        beyond = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert beyond <= 0, (page.url, width)
    page.set_viewport_size({"width": 1280, "height": 720})
