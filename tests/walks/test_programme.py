"""Editing and releasing a programme: by mouse, by keyboard, on a phone, by two at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.kernel.permissions import system_actor
from congress_app.programme import outlines, queries, release_queries, services
from tests import builders

PHONE = {"viewport": {"width": 360, "height": 740}}
OpenPage = Callable[..., Page]


@pytest.fixture
def congress(app: Flask) -> Congress:
    """A morning from the outline, its first speech given to a delegate."""
    congress = builders.a_congress()
    services.start_from_outline(congress, outlines.UPPER_HALF_DAY, actor=system_actor())
    [timed] = queries.programme_of(congress.id)
    person = builders.a_person("Nguyễn Thị Hoa", congress.unit)
    speaker = builders.a_delegate(congress, person, state="confirmed")
    speech = builders.a_speech(
        congress, "Một cửa điện tử", delegate_id=speaker.id, state="selected"
    )
    slot = next(each.item for each in timed.items if each.item.kind == "speech")
    with transaction():
        slot.speech_id = speech.id
    return congress


def stored(congress: Congress) -> list[str]:
    """The titles in their order, as the database has them."""
    db.session.rollback()
    [timed] = queries.programme_of(congress.id)
    return [each.item.title for each in timed.items]


def grip(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=f"Xếp: {name}")


def item(page: Page, name: str) -> Locator:
    return page.locator(f'[data-name="{name}"]')


def open_programme(page: Page, congress: Congress) -> None:
    page.goto(f"/congresses/{congress.id}/programme")
    expect(grip(page, "Chào cờ")).to_be_visible()


def test_an_item_is_dragged_looked_at_and_dropped(congress: Congress, page_as: OpenPage) -> None:
    page = page_as("secretary", congress.unit)
    open_programme(page, congress)
    grip(page, "Diễn văn khai mạc").scroll_into_view_if_needed()
    grip(page, "Diễn văn khai mạc").hover()
    page.mouse.down()
    target = item(page, "Báo cáo thẩm tra tư cách đại biểu").bounding_box()
    assert target is not None
    page.mouse.move(target["x"] + 40, target["y"] + 20, steps=4)
    page.mouse.move(target["x"] + 40, target["y"] + 5, steps=2)
    page.mouse.up()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("2 mục đổi giờ bắt đầu")
    before = stored(congress)
    assert before.index("Diễn văn khai mạc") == 5
    dialog.get_by_role("button", name="Áp dụng").click()
    expect(page.get_by_text("Đã sắp xếp lại chương trình.")).to_be_visible()
    assert stored(congress).index("Diễn văn khai mạc") == 4


def test_an_item_is_moved_and_resized_by_keyboard_and_undone(
    congress: Congress, page_as: OpenPage, axe: Any
) -> None:
    page = page_as("secretary", congress.unit)
    open_programme(page, congress)
    said = page.locator("#announcer")
    grip(page, "Chào cờ").focus()
    page.keyboard.press("Enter")
    expect(said).to_have_text("Đã nhấc Chào cờ. Vị trí 2 trên 20.")
    page.keyboard.press("ArrowUp")
    expect(said).to_have_text("Vị trí 1 trên 20, Phiên chính thức.")
    page.keyboard.press("Shift+ArrowRight")
    expect(said).to_have_text("10 phút.")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Áp dụng")).to_be_focused()
    expect(dialog).to_contain_text("Phiên chính thức kết thúc 11:35 thay vì 11:30")
    assert axe(page) == []
    page.keyboard.press("Enter")
    expect(said).to_contain_text("Chào cờ: 07:30 – 07:40")
    expect(grip(page, "Chào cờ")).to_be_focused()
    assert stored(congress)[0] == "Chào cờ"
    page.get_by_role("button", name="Hoàn tác: Chào cờ").click()
    expect(page.get_by_text("Đã hoàn tác: Chào cờ.")).to_be_visible()
    assert stored(congress)[:2] == ["Văn nghệ chào mừng", "Chào cờ"]


def test_escape_puts_everything_back(congress: Congress, page_as: OpenPage) -> None:
    page = page_as("secretary", congress.unit)
    open_programme(page, congress)
    grip(page, "Chào cờ").focus()
    for key in ("Enter", "ArrowDown", "ArrowRight", "Escape"):
        page.keyboard.press(key)
    expect(page.locator("#announcer")).to_have_text("Đã đặt lại chỗ cũ, không thay đổi gì.")
    expect(page.locator("[data-item]").nth(1)).to_have_attribute("data-name", "Chào cờ")
    expect(page.locator("[data-item] .run__minutes").nth(1)).to_have_text("5 phút")
    for key in ("Enter", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator("[data-item]").nth(1)).to_have_attribute("data-name", "Chào cờ")
    assert stored(congress)[1] == "Chào cờ"


def test_without_script_every_step_has_its_page(
    congress: Congress, page_as: OpenPage, axe: Any
) -> None:
    page = page_as("secretary", congress.unit, java_script_enabled=False)
    page.goto(f"/congresses/{congress.id}/programme")
    page.get_by_role("button", name="Chuyển lên: Chào cờ").click()
    expect(page.get_by_role("heading", name="Xem trước: “Chào cờ”")).to_be_visible()
    assert stored(congress)[1] == "Chào cờ"
    page.get_by_role("button", name="Áp dụng").click()
    assert stored(congress)[0] == "Chào cờ"


def test_two_secretaries_on_one_item(congress: Congress, page_as: OpenPage, axe: Any) -> None:
    first, second = (page_as("secretary", congress.unit) for _ in range(2))
    for page in (first, second):
        page.goto(f"/congresses/{congress.id}/programme")
        page.get_by_role("link", name="Sửa: Chào cờ").click()
    first.get_by_label("Người thực hiện").fill("Đội nghi lễ")
    first.get_by_role("button", name="Lưu nội dung").click()
    expect(first.get_by_text("Đã lưu nội dung.")).to_be_visible()
    second.get_by_label("Người thực hiện").fill("Đoàn thanh niên")
    second.get_by_role("button", name="Lưu nội dung").click()
    expect(
        second.get_by_text("Người thực hiện: đang lưu “Đội nghi lễ”, bạn nhập “Đoàn thanh niên”.")
    ).to_be_visible()
    assert axe(second) == []
    second.get_by_role("button", name="Lưu nội dung").click()
    expect(second.get_by_text("Đã lưu nội dung.")).to_be_visible()


def test_release_and_tell_the_cancelled_speaker(
    congress: Congress, page_as: OpenPage, axe: Any
) -> None:
    page = page_as("secretary", congress.unit)
    open_programme(page, congress)
    expect(page.get_by_text("Đại biểu và màn hình chưa thấy chương trình.")).to_be_visible()
    page.get_by_role("link", name="Công bố", exact=True).click()
    assert axe(page) == []
    page.get_by_role("button", name="Công bố bản số 1").click()
    expect(page.get_by_text("Đã công bố chương trình.")).to_be_visible()
    assert axe(page) == []
    page.goto(f"/congresses/{congress.id}/programme")
    page.get_by_role("link", name="Sửa: Một cửa điện tử").click()
    page.get_by_role("button", name="Xóa nội dung").click()
    assert axe(page) == []
    page.get_by_role("button", name="Xóa nội dung").click()
    expect(page.get_by_text("Bấm Hoàn tác nếu xóa nhầm.")).to_be_visible()
    page.get_by_role("link", name="Công bố", exact=True).click()
    page.get_by_role("button", name="Công bố bản số 2").click()
    notice = page.locator("li", has_text="Nguyễn Thị Hoa").first
    expect(notice).to_contain_text("không còn trong chương trình")
    notice.get_by_role("button", name="Đánh dấu đã báo").click()
    expect(page.get_by_text("Nguyễn Thị Hoa đã được báo.")).to_be_visible()
    db.session.rollback()
    seen = release_queries.released(congress.id)
    assert seen is not None
    assert (seen.number, [each.title for each in seen.removed]) == (2, ["Một cửa điện tử"])


@pytest.mark.parametrize("size", [{}, PHONE])
def test_every_page_is_whole(
    congress: Congress, page_as: OpenPage, axe: Any, size: dict[str, Any]
) -> None:
    builders.a_release(congress)
    [timed] = queries.programme_of(congress.id)
    services.remove_item(congress, timed.items[3].item, actor=system_actor())
    page = page_as("secretary", congress.unit, **size)
    wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    for path in (
        "",
        f"/items/{timed.items[4].item.id}",
        f"/sessions/{timed.session.id}",
        f"/sessions/{timed.session.id}/items/new",
        "/releases",
        "/releases/new",
        "/releases/1",
        "/paper",
    ):
        page.goto(f"/congresses/{congress.id}/programme{path}")
        assert (path, axe(page), page.evaluate(wider)) == (path, [], False)
