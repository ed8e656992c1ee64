"""A paper in a browser: from the unit's own text to its number, its fate, its Word file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from congress_app.congresses.models import Congress
from congress_app.database import transaction
from congress_app.kernel.permissions import Role
from tests.builders import a_congress, a_delegate, a_document, a_person, a_unit, the_root
from tests.formats.papers import words_of

PageAs = Callable[..., Page]


@pytest.fixture
def congress(app: Flask) -> Congress:
    """A congress of a province that knows its day, but not yet its place."""
    unit = a_unit("22", the_root(), name="BHXH tỉnh Quảng Ninh")
    return a_congress(unit, starts_at=time(7, 30), place=None)


@pytest.fixture
def page(page_as: PageAs, congress: Congress) -> Page:
    """The register of papers in an organiser's browser."""
    page = page_as(Role.ORGANISER, congress.unit)
    page.goto(f"/congresses/{congress.id}/documents")
    return page


def begin(page: Page, kind: str) -> None:
    page.get_by_role("link", name="Soạn văn bản").first.click()
    page.get_by_role("button", name=f"Soạn {kind}", exact=True).click()


def issue(page: Page, day: str) -> None:
    page.get_by_role("link", name="Ban hành").click()
    page.get_by_label("Ngày ban hành").fill(day)
    page.get_by_label("Họ và tên người ký").fill("Trần Đức Thiện")
    page.get_by_role("button", name="Ban hành").click()
    expect(page.get_by_text("Đã ban hành văn bản.")).to_be_visible()


def rows(page: Page) -> list[tuple[str, str]]:
    """Number and state of every paper of the register, as they stand on the page."""
    lines = page.locator("tbody tr")
    return [
        (line.locator("td").first.inner_text(), line.locator("td").last.inner_text().strip())
        for line in lines.all()
    ]


def test_a_plan_from_its_own_text_to_the_paper_that_replaces_it(
    page: Page, congress: Congress, tmp_path: Path
) -> None:
    register = page.url
    # The unit's own text, with a fault first: nothing typed is lost.
    page.get_by_role("link", name="Mẫu nội dung").click()
    page.get_by_role("link", name="Kế hoạch tổ chức").click()
    text = page.get_by_label("Nội dung mẫu")
    text.fill("# I. MỤC ĐÍCH\nTổ chức tại {dia_diemm}.")
    page.get_by_role("button", name="Lưu mẫu").click()
    expect(page.get_by_role("alert")).to_contain_text(
        "Dòng 2, cột 13: không có chỗ điền “dia_diemm”. Có phải “dia_diem” không?"
    )
    expect(text).to_have_value("# I. MỤC ĐÍCH\nTổ chức tại {dia_diemm}.")
    text.fill("# I. MỤC ĐÍCH\nTổ chức tại {dia_diem}.")
    page.get_by_role("button", name="Lưu mẫu").click()
    expect(page.get_by_text("Đã lưu mẫu nội dung.")).to_be_visible()
    # A draft from it says what is missing; the way there is one click.
    page.goto(register)
    begin(page, "Kế hoạch tổ chức")
    paper = page.url
    expect(page.get_by_text("Chưa có địa điểm.")).to_be_visible()
    expect(page.get_by_role("link", name="Ban hành")).to_have_count(0)
    page.get_by_role("link", name="Đến nơi bổ sung").first.click()
    expect(page).to_have_url(f"{register.removesuffix('/documents')}/plan")
    with transaction():
        congress.place = "Hội trường tỉnh"
    page.goto(paper)
    expect(page.get_by_text("Chưa có địa điểm.")).to_have_count(0)
    issue(page, "05/06/2020")
    # Frozen: what changes afterwards does not reach it.
    with transaction():
        congress.place = "Nhà văn hóa"
    page.reload()
    expect(page.get_by_role("link", name="Sửa", exact=True)).to_have_count(0)
    with page.expect_download() as waited:
        page.get_by_role("link", name="Tải tệp Word (.docx)").click()
    assert waited.value.suggested_filename.startswith("ke-hoach-to-chuc-01-")
    waited.value.save_as(tmp_path / "plan.docx")
    words = words_of((tmp_path / "plan.docx").read_bytes())
    assert "Tổ chức tại Hội trường tỉnh." in words
    assert "Nhà văn hóa" not in words
    # The one that replaces it gets the next number; the old one stays, replaced.
    page.locator("summary", has_text="Lập văn bản thay thế").click()
    page.get_by_role("button", name="Lập văn bản thay thế").click()
    page.get_by_role("button", name="Lưu dự thảo").click()
    issue(page, "08/06/2020")
    expect(page.get_by_role("link", name="Thay cho văn bản số 01")).to_be_visible()
    page.goto(register)
    assert rows(page) == [("02/KH-BHXH", "Đã ban hành"), ("01/KH-BHXH", "Đã được thay")]


def test_a_void_number_is_kept(page: Page, congress: Congress) -> None:
    register = page.url
    with transaction():
        congress.place = "Hội trường tỉnh"
    for day in ("05/06/2020", "06/06/2020"):
        begin(page, "Kế hoạch tổ chức")
        issue(page, day)
        if day.startswith("05"):
            page.get_by_role("link", name="Hủy văn bản").click()
            page.get_by_label("Lý do").fill("Sai ngày họp")
            page.get_by_role("button", name="Hủy văn bản").click()
            expect(page.get_by_text("số của văn bản được giữ lại")).to_be_visible()
            expect(page.get_by_text("Lý do hủy: Sai ngày họp")).to_be_visible()
        page.goto(register)
    assert rows(page) == [("02/KH-BHXH", "Đã ban hành"), ("01/KH-BHXH", "Đã hủy")]


@pytest.mark.parametrize("width", [1280, 360])
def test_every_page_of_the_papers_is_sound(
    page_as: PageAs, congress: Congress, axe: Callable[[Page], list[str]], width: int
) -> None:
    a_delegate(congress, a_person("Lê Ý", congress.unit), category="guest")
    lacking = a_document(congress, "plan")
    ready = a_document(congress)
    with transaction():
        congress.place = "Hội trường tỉnh"
    invitation = a_document(congress, "invitation", selection={"category": "guest"})
    page = page_as(Role.ORGANISER, congress.unit, viewport={"width": width, "height": 800})
    base = f"/congresses/{congress.id}/documents"
    page.goto(f"{base}/{ready.id}")
    issue(page, "05/06/2020")
    with transaction():
        congress.place = None
    addresses = (
        "", "/new", "/texts", "/texts/plan", f"/{lacking.id}", f"/{lacking.id}/edit",
        f"/{ready.id}", f"/{ready.id}/void", f"/{invitation.id}", f"/{invitation.id}/messages",
    )  # fmt: skip
    for address in addresses:
        page.goto(base + address)
        assert axe(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
