"""What becomes of a device: revoked, outlived, in a supervisor's hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select

from congress_app.checkin.models import Scan
from congress_app.database import db, transaction
from congress_app.kernel import clock
from congress_app.kernel.permissions import system_actor
from congress_app.scanners import services, supervisor_services
from congress_app.scanners.models import Device
from congress_app.web.rates import Rate
from tests.browser import LiveServer
from tests.builders import a_congress, a_session
from tests.walks.phone import DUMP, NAME, Hall, OpenPhone, logged, paired, scan

# A hand scanner types fast, then Enter; key by key a busy machine would be slower than that.
TYPED_AT_ONCE = """(text) => {
  for (const code of [...[...text].map((digit) => `Digit${digit}`), "Enter"]) {
    document.activeElement.dispatchEvent(
      new KeyboardEvent("keydown", { code, bubbles: true, cancelable: true }));
  }
}"""


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


def test_a_refusal_that_is_not_the_scan_s_own_leaves_it_waiting(
    hall: Hall, phone_with: OpenPhone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An older copy was restored, the device is not in it, and strangers flood the server."""
    context = phone_with()
    page = paired(context, hall.code_for("Máy 1"))

    def as_a_stranger(route: Route) -> None:
        route.continue_(headers=route.request.headers | {"authorization": "Bearer la"})

    monkeypatch.setattr("congress_app.web.rates.REFUSED", Rate(0))
    context.route("**/api/v1/scans**", as_a_stranger)
    assert NAME in scan(page, hall.first.code)
    expect(page.locator(".queue")).to_have_text("1 lượt chờ gửi")
    assert logged() == []
    context.unroute("**/api/v1/scans**")
    expect(page.locator(".queue")).to_be_hidden(timeout=15_000)
    assert logged() == [("accepted", None, True)]


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


def test_what_waited_when_the_congress_ended_is_handed_in_once_and_no_more_is_kept(
    hall: Hall, live_server: LiveServer, phone_with: OpenPhone
) -> None:
    page = paired(phone_with(), hall.code_for("Máy 1"))
    live_server.stop()
    scan(page, hall.first.code)
    expect(page.locator(".queue")).to_have_text("1 lượt chờ gửi")
    with transaction():
        hall.congress.state = "closed"
    live_server.start()
    expect(page.locator(".queue")).to_be_hidden(timeout=15_000)
    expect(page.locator(".ready")).to_have_text("Hội nghị đã bế mạc", timeout=30_000)
    assert logged() == [("conflict", "congress_closed", True)]
    assert "đã bế mạc nên việc này không ghi được nữa" in scan(page, hall.second.code)
    expect(page.locator(".queue")).to_be_hidden()
    held = page.evaluate(DUMP).splitlines()[1]
    assert (json.loads(held), logged()) == ([], [("conflict", "congress_closed", True)])


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
    walk_in(page)
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
    assert [(row.source, row.was_offline) for row in rows[2:]] == [
        ("manual", False),
        ("manual", True),
    ]
    page.clock.set_fixed_time(clock.now() + timedelta(minutes=16))
    page.get_by_role("button", name="Tìm", exact=True).click()
    expect(page.locator("[data-supervisor-fault]")).to_have_text("Đã hết 15 phút: nhập lại mã PIN.")
    expect(page.get_by_label("Mã PIN")).to_be_visible()


def walk_in(page: Page) -> None:
    """Take in somebody who is not on the list."""
    page.get_by_text("Người chưa có trong danh sách").click()
    page.get_by_label("Họ và tên", exact=True).fill("Giàng A Páo")
    page.get_by_label("Cơ quan (khách ngoài ngành)").fill("Hội Nông dân tỉnh")
    page.get_by_label("Căn cứ tham dự").fill("Giấy mời số 7")
    page.get_by_label("Lý do ghi danh tại chỗ").fill("Chưa kịp đăng ký")
    page.get_by_role("button", name="Ghi danh và cho vào").click()
    expect(page.locator(".verdict--accepted")).to_contain_text("Giàng A Páo")
    expect(page.locator("[data-supervisor-fault]")).to_contain_text("Mã thẻ mới")


def test_scans_that_wait_go_up_before_another_congress_takes_the_device(
    hall: Hall, live_server: LiveServer, phone_with: OpenPhone
) -> None:
    elsewhere = a_congress()
    a_session(elsewhere)
    page = paired(phone_with(), hall.code_for("Máy 1"))
    live_server.stop()
    scan(page, hall.first.code)
    made = services.invite(elsewhere, "Máy 2", "Cửa B", "steward", actor=system_actor())
    page.evaluate("code => { location.hash = code; location.reload(); }", made.code)
    expect(page.locator("[data-pairing-fault]")).to_contain_text("chưa gửi được")
    live_server.start()
    page.get_by_role("button", name="Ghép máy").click()
    expect(page.locator(".scanner__gate")).to_contain_text("Cửa B")
    db.session.rollback()
    rows = db.session.scalars(select(Scan)).all()
    assert [(row.congress_id, row.verdict) for row in rows] == [(hall.congress.id, "accepted")]


def test_a_phone_that_does_not_trust_the_office_network_is_told_the_way_out(
    hall: Hall, live_server: LiveServer, phone_with: OpenPhone, axe: Callable[..., list[str]]
) -> None:
    live_server.app.config["LAN_DOOR"] = "http://192.168.1.20:8080/certificate"
    context = phone_with()
    way_out = context.new_page()
    way_out.goto("/scanner")
    expect(way_out.get_by_role("button", name="Ghép máy")).to_be_visible()
    expect(way_out.locator("[data-install]")).to_be_hidden()
    # What Chromium does where somebody passed over its warning of an unknown authority.
    context.add_init_script("navigator.serviceWorker.register = () => Promise.reject(new Error())")
    way_out.reload()
    expect(way_out.get_by_role("link", name="Cài chứng thư theo hướng dẫn")).to_be_visible()
    assert axe(way_out) == []
    assert way_out.evaluate("() => document.documentElement.scrollWidth") <= 360


def test_an_unpaired_device_keeps_nothing(
    hall: Hall, live_server: LiveServer, phone_with: OpenPhone
) -> None:
    page = paired(phone_with(), hall.code_for("Máy 1"))
    live_server.stop()
    page.locator("h1").click()
    page.evaluate(TYPED_AT_ONCE, hall.first.code)
    expect(page.locator(".verdict--accepted")).to_contain_text(NAME)
    page.get_by_text("Gỡ ghép máy này").click()
    page.get_by_role("button", name="Xóa và gỡ ghép").click()
    expect(page.locator("[data-unpair-fault]")).to_contain_text("Còn lượt quét chưa gửi được")
    live_server.start()
    expect(page.locator(".queue")).to_be_hidden(timeout=15_000)
    page.get_by_role("button", name="Xóa và gỡ ghép").click()
    expect(page.get_by_role("heading", name="Ghép máy quét này")).to_be_visible()
    held = page.evaluate(DUMP)
    assert [word for word in ('"sealed":"', '"token"', NAME) if word in held] == []
    assert [row[0] for row in logged()] == ["accepted"]
