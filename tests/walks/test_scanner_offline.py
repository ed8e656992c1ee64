"""The door without network, in a real browser: from pairing to the drained queue."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, Playwright, expect
from sqlalchemy import select

from congress_app.badges import token
from congress_app.badges.models import Badge
from congress_app.checkin.models import Scan
from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.kernel.permissions import system_actor
from congress_app.scanners import services, supervisor_services
from congress_app.scanners.models import Device
from tests.browser import LiveServer, Watch
from tests.builders import a_badge, a_congress, a_delegate, a_person, a_session

NAME = "Hoàng Thị Mỹ Duyên"
UNIT = "Sở Nội vụ tỉnh Hà Giang"
READY = re.compile("Sẵn sàng ngoại tuyến")

# Every string the page's storage holds: all IndexedDB records, all caches.
DUMP = """async () => {
  const open = (name) => new Promise((done) => {
    indexedDB.open(name).onsuccess = (e) => done(e.target.result);
  });
  const all = (db, store) => new Promise((done) => {
    db.transaction(store).objectStore(store).getAll().onsuccess = (e) => done(e.target.result);
  });
  const found = [];
  for (const { name } of await indexedDB.databases()) {
    const db = await open(name);
    for (const store of db.objectStoreNames) found.push(JSON.stringify(await all(db, store)));
    db.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      found.push(request.url, await (await cache.match(request)).text());
    }
  }
  return [...found, ...Object.values(localStorage), document.cookie].join("\\n");
}"""


@dataclass
class Hall:
    """A congress with an open door and two confirmed delegates with badges."""

    congress: Congress
    first: Badge
    second: Badge

    def code_for(self, name: str, gate: str = "Cửa A") -> str:
        """A fresh pairing code."""
        actor = system_actor()
        return services.invite(self.congress, name, gate, "steward", actor=actor).code


def a_holder(congress: Congress, name: str, organisation: str) -> Badge:
    person = a_person(full_name=name, organisation=organisation)
    delegate = a_delegate(congress, person, state="confirmed", number=congress.id + len(name))
    return a_badge(delegate, token.new_code())


@pytest.fixture
def hall(app: Flask) -> Hall:
    congress = a_congress()
    a_session(congress)
    return Hall(
        congress,
        a_holder(congress, NAME, UNIT),
        a_holder(congress, "Vừ Mí Kẻ", "Mặt trận Tổ quốc tỉnh Hà Giang"),
    )


OpenPhone = Callable[..., BrowserContext]


@pytest.fixture
def phone_with(
    playwright: Playwright, chromium_path: str, live_server: LiveServer, tmp_path: Path
) -> Iterator[OpenPhone]:
    """A phone whose storage survives closing its browser."""
    opened: list[tuple[BrowserContext, Watch]] = []

    def open_phone(name: str = "phone", *arguments: str) -> BrowserContext:
        context = playwright.chromium.launch_persistent_context(
            tmp_path / name,
            executable_path=chromium_path,
            args=list(arguments),
            base_url=live_server.url,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            viewport={"width": 360, "height": 780},
            permissions=["camera"],
        )
        context.set_default_timeout(15_000)
        opened.append((context, Watch(context, live_server.url)))
        return context

    yield open_phone
    for context, _watch in opened:
        context.close()
    assert [fault for _context, watch in opened for fault in watch.faults] == []


def paired(context: BrowserContext, code: str) -> Page:
    """The door's page, paired and ready to go on alone."""
    page = context.new_page()
    page.goto(f"/scanner#{code}")
    expect(page.locator(".ready")).to_have_text(READY, timeout=20_000)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    return page


def scan(page: Page, code: str) -> str:
    """Type a code; what the door says."""
    before = page.locator(".recent li").count()
    page.get_by_label("Gõ mã in dưới QR").fill(code)
    page.get_by_role("button", name="Kiểm tra").click()
    expect(page.locator(".recent li")).to_have_count(before + 1)
    return page.locator(".verdict").inner_text()


def logged() -> list[tuple[str, str | None, bool]]:
    """The server's log: verdict, reason, reported late."""
    db.session.rollback()
    rows = db.session.scalars(select(Scan).order_by(Scan.id))
    return [(row.verdict, row.reason, row.was_offline) for row in rows]


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


def test_a_revoked_device_wipes_and_still_hands_in(
    hall: Hall, live_server: LiveServer, phone_with: OpenPhone
) -> None:
    page = paired(phone_with(), hall.code_for("Máy 1"))
    live_server.stop()
    scan(page, hall.first.code)
    services.revoke(db.session.scalars(select(Device)).one(), actor=system_actor())
    live_server.start()
    expect(page.get_by_role("heading", name="Máy quét đã ngừng")).to_be_visible(timeout=15_000)
    expect(page.locator("[data-farewell]")).to_contain_text("đã bị thu hồi")
    expect(page.locator("[data-left]")).to_be_hidden()
    held = json.loads(page.evaluate(DUMP).splitlines()[1])
    assert held == []
    assert [row[:2] for row in logged()] == [("conflict", "device_revoked")]


def test_a_congress_that_is_over_leaves_nothing(
    hall: Hall, live_server: LiveServer, phone_with: OpenPhone
) -> None:
    page = paired(phone_with(), hall.code_for("Máy 1"))
    assert '"sealed":"' in page.evaluate(DUMP)
    with transaction():
        hall.congress.state = "closed"
    page.evaluate("() => dispatchEvent(new Event('online'))")
    expect(page.locator(".ready")).to_have_text("Hội nghị đã bế mạc")
    assert '"sealed":"' not in page.evaluate(DUMP)


def test_a_supervisor_finds_by_name_with_network_and_without(
    hall: Hall, live_server: LiveServer, phone_with: OpenPhone, axe: Callable[..., list[str]]
) -> None:
    made = supervisor_services.invite(
        hall.congress, "Máy giám sát", "Cửa B", "supervisor", actor=system_actor()
    )
    page = paired(phone_with(), made.code)
    page.get_by_text("Giám sát", exact=True).click()
    page.get_by_label("Họ và tên người giám sát").fill("Trần Văn Giám")
    page.get_by_label("Mã PIN").fill("không")
    page.get_by_role("button", name="Mở", exact=True).click()
    expect(page.locator("[data-supervisor-fault]")).to_contain_text("Còn 4 lần thử")
    page.get_by_label("Mã PIN").fill(str(made.pin))
    page.get_by_role("button", name="Mở", exact=True).click()
    found = page.get_by_role("list", name="Đại biểu tìm thấy")
    page.get_by_label("Tìm đại biểu theo tên").fill("my duyen")
    page.get_by_role("button", name="Tìm", exact=True).click()
    expect(found).to_contain_text(NAME)
    found.get_by_role("button", name="Ghi theo chiều đang chọn").click()
    expect(page.locator(".verdict--accepted")).to_contain_text(NAME)
    page.get_by_role("button", name="Tìm", exact=True).click()
    expect(found).to_contain_text("Đang có mặt")
    assert axe(page) == []
    found.get_by_label("Lý do hủy lượt gần nhất").fill("Nhầm người")
    found.get_by_role("button", name="Hủy lượt").click()
    expect(page.locator("[data-supervisor-fault]")).to_contain_text("Đã hủy lượt quét")
    live_server.stop()
    page.reload()
    page.get_by_text("Giám sát", exact=True).click()
    page.get_by_label("Họ và tên người giám sát").fill("Trần Văn Giám")
    page.get_by_label("Mã PIN").fill(str(made.pin))
    page.get_by_role("button", name="Mở", exact=True).click()
    page.get_by_label("Tìm đại biểu theo tên").fill("vừ mí")
    page.get_by_role("button", name="Tìm", exact=True).click()
    found.get_by_role("button", name="Ghi theo chiều đang chọn").click()
    expect(page.locator(".verdict--accepted")).to_contain_text("Vừ Mí Kẻ")
    assert [word for word in (NAME, "Vừ Mí Kẻ", str(made.pin)) if word in page.evaluate(DUMP)] == []
    live_server.start()
    expect(page.locator(".queue")).to_be_hidden(timeout=15_000)
    db.session.rollback()
    rows = db.session.scalars(select(Scan).order_by(Scan.id)).all()
    assert [(row.source, row.operator) for row in rows][:2] == [
        ("manual", "Trần Văn Giám"),
        ("correction", "Trần Văn Giám (Máy giám sát)"),
    ]
    assert (rows[2].source, rows[2].was_offline) == ("manual", True)


def test_the_door_is_usable_by_everybody(
    hall: Hall, live_server: LiveServer, phone_with: OpenPhone, axe: Callable[..., list[str]]
) -> None:
    page = paired(phone_with(), hall.code_for("Máy 1"))
    scan(page, hall.first.code)
    assert axe(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
