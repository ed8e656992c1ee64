"""Seats moved in a browser: by mouse, by keyboard, on a phone, and without script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from congress_app.congresses.models import Congress
from congress_app.kernel.permissions import Role
from tests.builders import a_congress, a_delegate, a_hall, a_person, a_unit, seated

PageAs = Callable[..., Page]


@pytest.fixture
def congress(app: Flask) -> Congress:
    """A hall of two rows with an aisle; An on A1, Bình on A2."""
    congress = a_congress()
    hall = a_hall(congress, "A: 6, lối đi sau ghế 3; B: 4", "Hội trường lớn")
    unit = a_unit(parent=congress.unit, name="BHXH huyện Một")
    for label, name in (("A1", "Lê Văn An"), ("A2", "Trần Thị Bình")):
        seated(hall, label, a_delegate(congress, a_person(name, unit=unit)))
    return congress


@pytest.fixture
def page(page_as: PageAs, congress: Congress) -> Page:
    """The plan in a secretary's browser."""
    page = page_as(Role.SECRETARY, congress.unit)
    page.goto(f"/congresses/{congress.id}/seating")
    return page


def seat(page: Page, label: str) -> Locator:
    return page.locator(f".seat[data-label={label}]")


def middle(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_two_people_are_swapped_by_mouse(page: Page, axe: Callable[[Page], list[str]]) -> None:
    assert axe(page) == []
    seat(page, "A1").scroll_into_view_if_needed()
    page.mouse.move(*middle(seat(page, "A1")))
    page.mouse.down()
    page.mouse.move(*middle(seat(page, "A2")), steps=5)
    page.mouse.up()
    expect(page.get_by_text("Đã chuyển chỗ và ghim lại.")).to_be_visible()
    expect(seat(page, "A1")).to_have_attribute(
        "aria-label",
        "1TTB: Ghế A1: Trần Thị Bình, BHXH huyện Một, Đoàn đại biểu, đã ghim",
    )
    expect(seat(page, "A2")).to_be_focused()


def test_somebody_is_carried_by_keyboard(page: Page) -> None:
    seat(page, "A1").focus()
    page.keyboard.press("Space")
    expect(page.locator("#spoken")).to_contain_text("Đã nhấc: 1LVA: Ghế A1: Lê Văn An")
    page.keyboard.press("Escape")
    expect(page.locator("#spoken")).to_have_text("Đã thôi.")
    page.keyboard.press("Space")
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    expect(seat(page, "B4")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_text("Đã chuyển chỗ và ghim lại.")).to_be_visible()
    expect(seat(page, "B4")).to_have_attribute("data-taken", "")
    expect(seat(page, "B4")).to_be_focused()


def test_a_phone_works_with_the_list_and_a_script_is_not_needed(
    page_as: PageAs, congress: Congress
) -> None:
    view = {"width": 360, "height": 740}
    page = page_as(Role.SECRETARY, congress.unit, viewport=view, java_script_enabled=False)
    page.goto(f"/congresses/{congress.id}/seating")
    expect(page.locator(".hall__plan")).to_be_hidden()
    page.locator("summary", has_text="Hàng A").click()
    page.get_by_role("link", name="A1", exact=True).click()
    page.get_by_label("Chuyển đến ghế").fill("b4")
    page.get_by_role("button", name="Xem rồi chuyển").click()
    page.get_by_role("button", name="Chuyển đến ghế này").click()
    expect(page.get_by_text("Đã chuyển chỗ và ghim lại.")).to_be_visible()
    expect(page.locator("#panel")).to_contain_text("Lê Văn An")


@pytest.mark.parametrize("width", [1280, 360])
def test_every_page_of_the_seating_is_sound(
    page_as: PageAs, congress: Congress, axe: Callable[[Page], list[str]], width: int
) -> None:
    page = page_as(Role.SECRETARY, congress.unit, viewport={"width": width, "height": 800})
    base = f"/congresses/{congress.id}/seating"
    for address in (base, f"{base}/halls/new", f"{base}?seat=1&to=A2", f"{base}?seat=4"):
        page.goto(address)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
