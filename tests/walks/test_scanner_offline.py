"""The door without network, in a real browser: from pairing to the drained queue."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from congress_app.badges import token
from tests.browser import LiveServer
from tests.walks.phone import DUMP, NAME, READY, UNIT, Hall, OpenPhone, logged, paired, scan


def test_cut_off_scanned_restored(
    hall: Hall, live_server: LiveServer, phone_with: OpenPhone
) -> None:
    context = phone_with()
    page = paired(context, hall.code_for("Máy 1"))
    assert "MỜI VÀO" in scan(page, hall.first.code)
    context.set_offline(True)
    live_server.stop()
    second = scan(page, hall.second.code)
    assert "MỜI VÀO" in second
    assert "Vừ Mí Kẻ" in second
    again = scan(page, hall.second.code)
    assert "ĐÃ VÀO RỒI" in again
    assert re.search(r"Thẻ này đã vào lúc \d\d:\d\d:\d\d \d\d/\d\d tại Cửa A", again)
    assert "ĐÃ VÀO RỒI" in scan(page, hall.first.code)
    assert "MÃ LẠ" in scan(page, token.new_code())
    expect(page.locator(".link")).to_have_text("NGOẠI TUYẾN")
    expect(page.locator(".queue")).to_have_text("4 lượt chờ gửi")
    expect(page.locator("[data-counter=present]")).to_have_text("2 / 2")
    expect(page.locator(".verdict--late")).to_be_visible()
    assert len(logged()) == 1
    live_server.start()
    context.set_offline(False)
    expect(page.locator(".queue")).to_be_hidden(timeout=15_000)
    expect(page.locator(".link")).to_have_text("Đang nối mạng")
    assert logged() == [
        ("accepted", None, False),
        ("accepted", None, True),
        ("refused", "already_in", True),
        ("refused", "already_in", True),
        ("refused", "unknown", True),
    ]


def test_reloaded_and_reopened_without_network(
    hall: Hall, live_server: LiveServer, phone_with: OpenPhone
) -> None:
    context = phone_with()
    page = paired(context, hall.code_for("Máy 1"))
    live_server.stop()
    page.reload()
    assert NAME in scan(page, hall.first.code)
    context.close()
    page = phone_with().new_page()
    page.goto("/scanner")
    expect(page.locator(".queue")).to_have_text("1 lượt chờ gửi")
    assert "ĐÃ VÀO RỒI" in scan(page, hall.first.code)
    assert "Vừ Mí Kẻ" in scan(page, hall.second.code)
    live_server.start()
    expect(page.locator(".queue")).to_be_hidden(timeout=15_000)
    assert [row[0] for row in logged()] == ["accepted", "refused", "accepted"]


def test_a_thief_learns_nothing(hall: Hall, live_server: LiveServer, phone_with: OpenPhone) -> None:
    page = paired(phone_with(), hall.code_for("Máy 1"))
    scan(page, hall.first.code)
    live_server.stop()
    scan(page, hall.second.code)
    expect(page.locator(".queue")).to_have_text("1 lượt chờ gửi")
    held = page.evaluate(DUMP)
    assert '"sealed":"' in held
    secrets = [NAME, "Duyên", UNIT, "Nội vụ", "Vừ Mí Kẻ", hall.first.code, hall.second.code]
    assert [word for word in secrets if word in held] == []


def test_a_feed_cut_three_times_is_gone_on_with(
    hall: Hall, live_server: LiveServer, phone_with: OpenPhone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("congress_app.scanners.feed_api.PAGE", 5)
    context = phone_with()
    asked: list[str] = []

    def cut(route: Any) -> None:
        asked.append(route.request.url.partition("after=")[2])
        if len(asked) in (2, 4, 6):
            route.abort()
        else:
            route.continue_()

    context.route("**/api/v1/feed?*", cut)
    page = context.new_page()
    page.goto(f"/scanner#{hall.code_for('Máy 1')}")
    # Otherwise it would try again by itself only after a quarter of a minute.
    page.evaluate("() => { setInterval(() => dispatchEvent(new Event('online')), 300); }")
    expect(page.locator(".ready")).to_have_text(READY, timeout=30_000)
    assert [asked[1], asked[3], asked[5]] == [asked[2], asked[4], asked[6]]
    assert asked.count("0") == 1
    context.set_offline(True)
    assert NAME in scan(page, hall.first.code)


def test_the_door_is_usable_by_everybody(
    hall: Hall, live_server: LiveServer, phone_with: OpenPhone, axe: Callable[..., list[str]]
) -> None:
    page = paired(phone_with(), hall.code_for("Máy 1"))
    scan(page, hall.first.code)
    assert axe(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
