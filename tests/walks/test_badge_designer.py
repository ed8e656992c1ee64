"""Badges in a browser: designed with a live picture, printed in lots, printed anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from congress_app.badges import face_queries
from congress_app.badges.models import Badge, BadgePrint
from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.kernel.permissions import Role
from tests.builders import a_badge, a_congress, a_delegate, a_person, a_unit

PageAs = Callable[..., Page]


@pytest.fixture
def congress(app: Flask) -> Congress:
    """Two delegates with badges that were never printed."""
    congress = a_congress()
    unit = a_unit(parent=congress.unit, name="BHXH huyện Một")
    for number, name in enumerate(("Lê Văn An", "Trần Thị Bình"), start=1):
        a_badge(a_delegate(congress, a_person(name, unit=unit), number=number))
    return congress


@pytest.fixture
def page(page_as: PageAs, congress: Congress) -> Page:
    """A page of an organiser."""
    return page_as(Role.ORGANISER, congress.unit)


def printings(congress: Congress) -> list[int]:
    """How many badges each printing had, in order."""
    db.session.rollback()
    wanted = select(BadgePrint.count).where(BadgePrint.congress_id == congress.id)
    return list(db.session.scalars(wanted.order_by(BadgePrint.id)))


def print_filtered(page: Page, congress: Congress, printing: str) -> None:
    """Print what the filter finds; whether at once or by a job makes no difference here."""
    before = len(printings(congress))
    page.goto(f"/congresses/{congress.id}/badges?printing={printing}")
    page.get_by_role("button", name="Mỗi trang một thẻ").click()
    for _turn in range(100):
        if len(printings(congress)) > before:
            return
        page.wait_for_timeout(100)
    pytest.fail("Nothing was printed within ten seconds.")


def test_a_design_is_seen_while_it_changes_and_kept(page: Page, congress: Congress) -> None:
    page.goto(f"/congresses/{congress.id}/badges/design")
    preview = page.locator("#preview")
    expect(preview.locator("svg").first).to_be_visible()
    page.get_by_label("Khổ thẻ").select_option("cr80")
    expect(preview).to_contain_text("tờ A4 in 10 thẻ")
    page.get_by_label("Khổ thẻ").select_option("90x130")
    page.get_by_label("Họ tên lớn").check()
    page.get_by_label("Chức vụ").uncheck()
    page.get_by_label("Tên hội nghị", exact=True).fill("HỌP THỬ")
    expect(preview).to_contain_text("HỌP THỬ")
    expect(preview).to_contain_text("tờ A4 in 4 thẻ")
    # A length nobody can read is told at once; the picture comes back with a good one.
    page.get_by_label("Rộng (mm)").fill("chín mươi")
    expect(preview.get_by_role("alert")).to_have_text("Chưa xem thử được:")
    page.get_by_label("Rộng (mm)").fill("105")
    expect(preview.locator("svg").first).to_be_visible()
    page.get_by_role("button", name="Lưu mẫu thẻ").click()
    expect(page.get_by_text("Đã lưu mẫu thẻ.")).to_be_visible()
    db.session.rollback()
    kept = face_queries.design_of(congress.id)
    assert (kept.size, kept.preset, kept.title) == ("90x130", "name", "HỌP THỬ")
    assert "position" not in kept.shown


def test_only_new_and_only_changed_badges_are_printed(page: Page, congress: Congress) -> None:
    print_filtered(page, congress, "all")
    page.goto(f"/congresses/{congress.id}/badges?printing=new")
    expect(page.get_by_text("Không có thẻ nào khớp")).to_be_visible()
    late = a_delegate(congress, a_person("Hoàng Văn Cường", unit=congress.unit), number=3)
    a_badge(late)
    print_filtered(page, congress, "new")
    assert printings(congress) == [2, 1]
    # A name that is corrected makes one badge differ from the one in somebody's hands.
    with transaction():
        late.person.full_name = "Hoàng Văn Cương"
    print_filtered(page, congress, "changed")
    assert printings(congress) == [2, 1, 1]
    page.goto(f"/congresses/{congress.id}/badges/prints")
    expect(page.locator("tbody tr")).to_have_count(3)
    expect(page.locator("tbody tr").first).to_contain_text("đổi từ lần in trước")


def test_a_lost_badge_is_issued_and_printed_anew(page: Page, congress: Congress) -> None:
    print_filtered(page, congress, "all")
    page.goto(f"/congresses/{congress.id}/badges")
    page.get_by_role("link", name="Cấp lại Lê Văn An").click()
    page.get_by_role("button", name="Cấp lại thẻ").click()
    expect(page.locator("#reason-error")).to_have_text("Cần điền mục này.")
    page.get_by_label("Lý do").fill("Mất ở khách sạn")
    page.get_by_role("button", name="Cấp lại thẻ").click()
    expect(page.get_by_text("thẻ cũ không còn dùng được")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody")).to_contain_text("bản 2")
    print_filtered(page, congress, "new")
    assert printings(congress) == [2, 1]
    states = select(Badge.version, Badge.state, Badge.print_count).order_by(Badge.id)
    assert [tuple(row) for row in db.session.execute(states)] == [
        (1, "superseded", 1),
        (1, "active", 1),
        (2, "active", 1),
    ]


@pytest.mark.parametrize("width", [1280, 360])
def test_every_page_of_the_badges_is_sound(
    page_as: PageAs, congress: Congress, axe: Callable[[Page], list[str]], width: int
) -> None:
    page = page_as(Role.ORGANISER, congress.unit, viewport={"width": width, "height": 800})
    print_filtered(page, congress, "all")
    base = f"/congresses/{congress.id}/badges"
    for address in ("", "/design", "/prints", "/1/reissue", "/1/revoke"):
        page.goto(base + address)
        assert axe(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
