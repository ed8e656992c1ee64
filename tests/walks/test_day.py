"""A congress day played in fast motion: the sheet, the lectern, the hall and a phone together."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from congress_app.database import db, transaction
from congress_app.kernel import clock
from congress_app.kernel.permissions import Role
from congress_app.programme import release_queries
from tests.browser import LiveServer, NewContext
from tests.builders import a_hall_link, a_release, a_speech, an_item
from tests.checkin.hall import Hall, a_hall
from tests.elections.voting import a_list, counted, released

AN, BINH = "Chi trả qua tài khoản ở vùng cao", "Phát triển người tham gia tự nguyện"


class FastClock:
    """The server's clock, as far ahead of the real one as it is told."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def advance(self, **amounts: float) -> None:
        """Let time go by for the server and all who ask it."""
        self.ahead += timedelta(**amounts)

    def over(self, app: Flask) -> None:
        """Every request to the application is answered at this clock's time."""
        inner = app.wsgi_app

        def at_this_time(environ: Any, start_response: Any) -> Any:
            with clock.frozen(clock.now() + self.ahead):
                return inner(environ, start_response)

        app.wsgi_app = at_this_time  # type: ignore[method-assign]


@dataclass
class Day:
    """A morning that begins now, released once, with everybody's secret addresses."""

    hall: Hall
    screen: str
    phones: dict[str, str]

    @property
    def path(self) -> str:
        return f"/congresses/{self.hall.congress.id}/day"


@pytest.fixture
def fast(live_server: LiveServer) -> FastClock:
    moving = FastClock()
    moving.over(live_server.app)
    return moving


@pytest.fixture
def day(app: Flask) -> Day:
    hall = a_hall()
    session, phones = hall.session, {}
    an_item(session, "Khai mạc", minutes=5, script="Lời dẫn riêng của người dẫn chương trình")
    an_item(session, "Báo cáo tổng kết", kind="summary_report", minutes=10)
    for name, title in (("An", AN), ("Bình", BINH)):
        delegate = hall.people[name]
        with transaction():
            delegate.link_token = f"{delegate.id:032d}"
        phones[name] = f"/d/{delegate.link_token}"
        speech = a_speech(hall.congress, title, state="scheduled", delegate_id=delegate.id)
        an_item(session, "Tham luận", kind="speech", speech_id=speech.id)
    an_item(session, "Giải lao", kind="break", minutes=15)
    an_item(session, "Bế mạc", kind="closing")
    a_release(hall.congress)
    return Day(hall, f"/hall/{a_hall_link(hall.congress).token}", phones)


def left(page: Page) -> int:
    """Seconds on the countdown of a page, at this moment."""
    text = page.locator("[data-count]").first.inner_text()
    sign, minutes, seconds = re.fullmatch(r"(−?)(\d+):(\d\d)", text).groups()  # type: ignore[union-attr]
    return (-1 if sign else 1) * (int(minutes) * 60 + int(seconds))


def test_a_day_in_fast_motion(
    page_as: Callable[..., Page],
    new_context: NewContext,
    day: Day,
    fast: FastClock,
    axe: Callable[[Page], list[str]],
) -> None:
    secretary = page_as(Role.SECRETARY, day.hall.congress.unit)
    lectern = secretary.context.new_page()
    wall = new_context(viewport={"width": 1280, "height": 720}).new_page()
    secretary.goto(day.path)
    lectern.goto(f"{day.path}/speaker")
    wall.goto(day.screen)
    screens = (secretary, lectern, wall)

    # It begins: all screens count down from the same clock.
    secretary.get_by_role("button", name="Bắt đầu: Khai mạc").click()
    for screen in screens:
        expect(screen.locator(".count.is-plain")).to_be_visible()
    expect(wall.locator("#hall-now")).to_have_text("Khai mạc")
    assert max(map(left, screens)) - min(map(left, screens)) <= 1

    # The last minute is amber, then it goes below zero.
    fast.advance(minutes=4, seconds=10)
    for screen in screens:
        expect(screen.locator(".count.is-low")).to_be_visible()
    fast.advance(minutes=4)
    for screen in screens:
        expect(screen.locator(".count.is-over")).to_be_visible()
        assert left(screen) < -150
    assert max(map(left, screens)) - min(map(left, screens)) <= 1
    assert [fault for screen in screens for fault in axe(screen)] == []

    # The next item ends the one that ran over; a pause consumes nothing.
    secretary.get_by_role("button", name="Sang mục tiếp: Báo cáo tổng kết").click()
    expect(wall.locator("#hall-now")).to_have_text("Báo cáo tổng kết")
    secretary.get_by_role("button", name="Tạm dừng").click()
    expect(lectern.locator(".count__paused")).to_be_visible()
    before = left(lectern)
    fast.advance(minutes=2)
    secretary.get_by_role("button", name="Tiếp tục").click()
    expect(lectern.locator(".count__paused")).to_have_count(0)
    assert before - left(lectern) <= 4

    # Two speeches change places, then one is cancelled.
    item = secretary.locator(".run__item", has=secretary.locator("h4", has_text=AN))
    item.locator("summary", has_text="Đổi chỗ").click()
    item.get_by_label("Đổi chỗ với").select_option(label=_option(secretary, BINH))
    item.get_by_role("button", name="Đổi chỗ", exact=True).click()
    expect(secretary.locator("body")).to_contain_text(f"Đã đổi chỗ: {AN} ⇄ {BINH}.")
    titles = [text.strip() for text in secretary.locator(".run__item h4").all_inner_texts()]
    assert titles.index(BINH) < titles.index(AN)
    item.get_by_role("button", name="Bỏ qua").click()
    expect(wall.locator(".hall__next")).not_to_contain_text(AN)
    expect(secretary.locator("body")).to_contain_text("đã thay đổi so với bản công bố")

    # The overrun flows into the rest; accepted and released, phone and hall follow.
    secretary.get_by_role("link", name="Điều chỉnh phần còn lại").click()
    expect(secretary.locator("table")).to_contain_text("Bỏ khỏi chương trình")
    assert axe(secretary) == []
    secretary.get_by_role("button", name="Chấp nhận đề xuất").click()
    expect(secretary.locator("body")).to_contain_text("Chương trình đã theo đúng diễn biến")
    db.session.rollback()
    released = release_queries.released(day.hall.congress.id)
    assert released is not None
    assert [gone.title for gone in released.removed] == [AN]
    speech = next(item for item in released.items().values() if item.title == BINH)
    starts = clock.at_venue(speech.starts).strftime("%H:%M")
    expect(wall.locator(".hall__next li").first).to_contain_text(BINH)
    phone = new_context(viewport={"width": 360, "height": 740}).new_page()
    phone.goto(day.phones["Bình"])
    expect(phone.locator("body")).to_contain_text(starts)
    expect(phone.locator("body")).to_contain_text(BINH)
    told = release_queries.notices_for(day.hall.people["An"].id)[0]
    assert told.release.number == 2
    assert "Lời dẫn riêng" not in wall.content()


def test_a_released_result_with_many_names_fits_the_wall(app: Flask, page: Page) -> None:
    election = a_list(seats=24, names=26)
    votes = [90] * 24 + [10, 9]
    released(counted(election, votes))
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"/hall/{a_hall_link(election.congress).token}")
    names = page.locator(".hall__votes li")
    expect(names).to_have_count(24)
    for line in (names.last, page.get_by_text("và 2 người nữa")):
        box = line.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 720


def _option(page: Page, title: str) -> str:
    """The words of the choice that names this item, with its time before it."""
    text = page.locator("option", has_text=title).first.text_content()
    return " ".join((text or "").split())


def test_the_list_of_speakers_by_keyboard(
    page_as: Callable[..., Page], day: Day, axe: Callable[[Page], list[str]]
) -> None:
    for name in ("An", "Bình"):
        day.hall.scan(name)
    page = page_as(Role.SECRETARY, day.hall.congress.unit)
    page.goto(day.path.replace("/day", "/speakers"))
    for entered, name in (
        (day.hall.codes["An"], "Nguyễn Văn An"),
        ("2", "Trần Thị Bình"),
    ):
        # Whatever was entered before, the field has the focus: a scanner types and ends the line.
        page.keyboard.type(entered)
        page.keyboard.press("Enter")
        expect(page.locator("table")).to_contain_text(name)
    assert axe(page) == []
    call = page.get_by_role("button", name="Mời: Nguyễn Văn An")
    call.focus()
    page.keyboard.press("Enter")
    expect(page.locator("section", has_text="Đang phát biểu").first).to_contain_text(
        "Nguyễn Văn An"
    )
    expect(page.locator("table")).not_to_contain_text("Nguyễn Văn An")
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
