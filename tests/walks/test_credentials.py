"""Forming the credentials committee and examining delegates with a keyboard on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from congress_app.congresses.models import Congress
from congress_app.kernel import clock
from tests import builders

PHONE = {"viewport": {"width": 360, "height": 740}}


@pytest.fixture
def congress(app: Flask) -> Congress:
    """A congress in session: two delegates with a ground, one without; a committee of two."""
    congress = builders.a_congress(state="open")
    builders.a_session(congress, clock.now())
    for number, name in enumerate(["Lê Thị Hòa", "Trần An", "Ngô Bình"], start=1):
        person = builders.a_person(name, congress.unit, ethnicity="Tày", sex="F")
        row = builders.a_delegate(congress, person, number=number)
        if number < 3:
            builders.a_ground(row, "Lãnh đạo BHXH tỉnh")
    builders.a_seat(congress, full_name="Đỗ Thị Mai", post="head")
    builders.a_seat(congress, full_name="Vũ Văn Chi")
    return congress


def whole(page: Page, axe: Callable[[Page], list[str]], path: str) -> None:
    """The page breaks no rule of accessibility and needs no sideways scrolling."""
    page.goto(path)
    assert axe(page) == []
    wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert page.evaluate(wider) is False


def test_every_page_is_whole_on_a_phone(
    congress: Congress, page_as: Callable[..., Page], axe: Any
) -> None:
    builders.a_credential_report(congress)
    page = page_as("organiser", congress.unit, **PHONE)
    base = f"/congresses/{congress.id}"
    for path in (
        "/committees?body=credentials",
        "/committees/new?body=credentials",
        "/committees/adoption?body=credentials",
        "/credentials",
        "/credentials/missing",
        "/credentials/reports/1",
        "/credentials/reports/1/vote",
        "/credentials/delegates",
        "/credentials/delegates/1",
        "/credentials/delegates/all",
    ):
        whole(page, axe, base + path)


def test_the_committee_works_by_keyboard(congress: Congress, page_as: Callable[..., Page]) -> None:
    page = page_as("organiser", congress.unit)
    base = f"/congresses/{congress.id}"
    page.goto(f"{base}/committees?body=credentials")
    page.get_by_role("button", name="Đưa Vũ Văn Chi lên").focus()
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr").first).to_contain_text("Vũ Văn Chi")
    page.goto(f"{base}/credentials/delegates/all")
    page.get_by_role("button", name="Xem trước khi ghi").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Xem trước khi ghi")).to_be_visible()
    page.get_by_role("button", name="Ghi đủ tư cách cho 2 người").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 đại biểu: đủ tư cách.")).to_be_visible()
    page.goto(f"{base}/credentials")
    page.get_by_role("button", name="Lập báo cáo có số").focus()
    page.keyboard.press("Enter")
    expect(
        page.get_by_role("heading", name="Báo cáo số 1 thẩm tra tư cách đại biểu")
    ).to_be_visible()
    ruled = page.locator("table", has_text="Kết luận tư cách").locator("tbody tr").first
    expect(ruled).to_contain_text("66,7 %")
    page.locator("summary", has_text="Việc khác").click()
    page.get_by_role("button", name="Hiện dân tộc, đảng viên").click()
    expect(page.locator("caption", has_text="Dân tộc")).to_be_visible()
