"""The main job as a new user does it, in a real browser over the demonstration.

Sign in, register a delegate, allocate the seats, print the badge, scan it with a camera, see
the presence on the overview and the delegate's own page.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, Playwright, expect
from sqlalchemy import func, select

from congress_app.badges.models import Badge
from congress_app.badges.token import grouped
from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.delegates.models import Delegate
from tests.browser import LiveServer, NewContext
from tests.camera import camera_arguments, camera_file, pictures_of

pytestmark = pytest.mark.demonstration

NAME = "Công Tằng Tôn Nữ Thị Phương Thảo"


@pytest.fixture
def congress(app: Flask) -> Congress:
    """The province's congress of the demonstration: its door is open now."""
    found = db.session.scalars(select(Congress).where(Congress.level == "upper_base"))
    return next(each for each in found if each.unit.code == "22")


def sign_in(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_label("Tên đăng nhập").fill("organiser")
    page.get_by_label("Mật khẩu").fill("trinh-dien-2020")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đại hội Thi đua yêu nước")


def register(page: Page, congress_id: int) -> int:
    page.goto(f"/congresses/{congress_id}/delegates/new")
    page.get_by_role("radio", name="Đại biểu chính thức").check()
    page.get_by_role("textbox", name="Họ và tên").fill(NAME)
    page.get_by_label("Ngày sinh").fill("1984")
    page.get_by_role("radio", name="Nữ").check()
    page.get_by_label("Đơn vị", exact=True).select_option("22")
    page.get_by_role("button", name="Ghi danh", exact=True).click()
    expect(page.get_by_role("heading", level=2)).to_contain_text(NAME)
    found = re.search(r"/delegates/(\d+)", page.url)
    assert found is not None
    return int(found.group(1))


def confirm(page: Page) -> None:
    page.get_by_role("button", name="Triệu tập").click()
    page.get_by_role("button", name="Xác nhận dự").click()
    expect(page.get_by_text("Xác nhận dự").first).to_be_visible()


def allocate(page: Page, congress_id: int) -> None:
    page.goto(f"/congresses/{congress_id}/quota/new")
    page.get_by_label("Dự phòng của Ban tổ chức").fill("40")
    page.get_by_role("button", name="Tính phương án").click()
    expect(page.get_by_role("heading", name="Phương án 2")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("BHXH thành phố Hạ Long: ")
    page.get_by_role("link", name="Đối chiếu và phê duyệt").click()
    page.get_by_label("Số văn bản phê duyệt").fill("15/QĐ-BHXH")
    page.get_by_role("button", name="Phê duyệt").click()
    expect(page.get_by_role("main")).to_contain_text("Đã phê duyệt")


def print_badge(page: Page, congress_id: int) -> bytes:
    page.goto(f"/congresses/{congress_id}/badges")
    page.get_by_role("button", name=re.compile("Cấp 1 thẻ còn thiếu")).click()
    page.get_by_label("Họ tên").fill("phuong thao")
    page.get_by_role("button", name="Lọc").click()
    with page.expect_download() as waited:
        page.get_by_role("button", name="Mỗi trang một thẻ").click()
    return Path(waited.value.path()).read_bytes()


def pairing_code(page: Page, congress_id: int) -> str:
    page.goto(f"/congresses/{congress_id}/devices")
    page.get_by_label("Tên máy").fill("Điện thoại chị Lan")
    page.get_by_label("Cửa", exact=True).fill("Cửa A")
    page.get_by_role("button", name="Lấy mã ghép").click()
    code = page.locator(".invite-code").inner_text()
    return code.replace(" ", "")


def scan(playwright: Playwright, chromium: str, film: Path, address: str, code: str) -> list[str]:
    """What a phone at the door shows for the badge, and for its code typed once more."""
    phone = playwright.chromium.launch(executable_path=chromium, args=camera_arguments(film))
    try:
        context = phone.new_context(
            permissions=["camera"], viewport={"width": 360, "height": 780}, locale="vi-VN"
        )
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        expect(page.locator(".verdict--accepted")).to_be_visible(timeout=30_000)
        shown = [page.locator(".verdict").inner_text()]
        page.get_by_label("Gõ mã in dưới QR").fill(code)
        page.get_by_role("button", name="Kiểm tra").click()
        expect(page.locator(".verdict--refused")).to_be_visible()
        shown.append(page.locator(".verdict").inner_text())
        home = address.partition("/scanner")[0]
        assert [url for url in asked if not url.startswith((home, "blob:"))] == []
        return shown
    finally:
        phone.close()


def coming(congress_id: int) -> int:
    """How many are convened or have confirmed."""
    called = Delegate.state.in_(["convened", "confirmed"])
    return int(
        db.session.scalar(select(func.count()).where(Delegate.congress_id == congress_id, called))
    )


def test_from_sign_in_to_the_delegate_s_page(
    congress: Congress,
    live_server: LiveServer,
    new_context: NewContext,
    playwright: Playwright,
    chromium_path: str,
    tmp_path: Path,
) -> None:
    number = congress.id
    page = new_context().new_page()
    sign_in(page)
    delegate_id = register(page, number)
    confirm(page)
    allocate(page, number)
    pdf = print_badge(page, number)
    film = camera_file(pictures_of(pdf, tmp_path), tmp_path / "camera.mjpeg")
    db.session.rollback()  # what the server has written since is read anew
    badge = db.session.scalars(select(Badge.code).where(Badge.delegate_id == delegate_id)).one()
    address = f"{live_server.url}/scanner#{pairing_code(page, number)}"
    first, second = scan(playwright, chromium_path, film, address, badge)
    assert "MỜI VÀO" in first
    assert NAME in first
    assert "ĐÃ VÀO RỒI" in second
    assert re.search(r"Thẻ này đã vào lúc \d\d:\d\d:\d\d .* tại Cửa A", second)
    page.goto(f"/congresses/{number}/checkin?q=phuong+thao")
    expect(page.get_by_role("row", name=re.compile(NAME)).first).to_contain_text("Có mặt")
    page.goto(f"/congresses/{number}/")
    expect(page.get_by_role("main")).to_contain_text(f"1 / {coming(number)}")
    page.goto(f"/congresses/{number}/delegates/{delegate_id}")
    page.get_by_role("button", name="Tạo đường dẫn").click()
    page.locator("#link a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    expect(page.get_by_text(grouped(badge))).to_be_visible()
    expect(page.get_by_role("heading", name="Chương trình")).to_be_visible()
