"""A delegate's phone: small, readable, offline after the first visit, following the releases."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Error, Page, expect
from sqlalchemy import select

from congress_app.agenda.calendar_link import secret_of
from congress_app.badges import token
from congress_app.database import db, transaction
from congress_app.delegates import state_services
from congress_app.delegates.models import Delegate
from congress_app.kernel import clock
from congress_app.kernel.permissions import system_actor
from congress_app.programme.models import Item, Session
from tests.browser import LiveServer, NewContext
from tests.builders import (
    a_badge,
    a_congress,
    a_delegate,
    a_person,
    a_release,
    a_session,
    a_speech,
    an_item,
)

ACTOR = system_actor("Chị Lan")
MOST_BYTES = 100_000
# A one-day programme has about as many items.
ITEMS = 40
KEPT = "async () => (await caches.keys()).length"
# The kept page as one that is to be kept for so many days more.
AGED = """async (days) => {
  const [name] = (await caches.keys()).filter((one) => one.startsWith("agenda"));
  const cache = await caches.open(name);
  const copy = await cache.match(location.pathname, { ignoreVary: true });
  const headers = new Headers(copy.headers);
  headers.set("Keep-Until", new Date(Date.now() + days * 86400000).toUTCString());
  await cache.put(location.pathname, new Response(await copy.blob(), { headers }));
}"""
IS_KEPT = """async () => {
  await navigator.serviceWorker.ready;
  while (!navigator.serviceWorker.controller) await new Promise((done) => setTimeout(done, 50));
}"""


@pytest.fixture
def delegate(app: Flask) -> Delegate:
    """Somebody who speaks in about twelve minutes; the browser's clock cannot be held."""
    congress = a_congress()
    # The Ĭ asks for the rarest of the fonts: the worst case of the page's size.
    delegate = a_delegate(congress, a_person("Y Krĭng Ksơr", unit=congress.unit), state="convened")
    a_badge(delegate, token.new_code())
    session = a_session(congress, starts_at=clock.now() - timedelta(minutes=8))
    an_item(session, "Chào cờ", minutes=5)
    an_item(session, "Báo cáo tổng kết", minutes=15)
    speech = a_speech(congress, "Một cửa điện tử", delegate_id=delegate.id, state="selected")
    an_item(session, "Tham luận", kind="speech", speech_id=speech.id)
    for number in range(ITEMS - 3):
        an_item(session, f"Nội dung thứ {number} của chương trình một ngày")
    a_release(congress)
    return delegate


@pytest.fixture
def address(delegate: Delegate) -> str:
    return "/d/" + state_services.make_link(delegate, actor=ACTOR)


def lengthen(delegate: Delegate, title: str, minutes: int) -> None:
    item = db.session.query(Item).filter_by(title=title).one()
    item.minutes += minutes
    db.session.commit()
    a_release(delegate.congress)


def test_the_first_visit_is_small_and_fit_for_everybody(
    new_context: NewContext, address: str, axe: Callable[[Page], list[str]]
) -> None:
    context = new_context(viewport={"width": 360, "height": 780})
    sizes = whole_transfer(context)
    page = context.new_page()
    page.goto(address)
    page.evaluate(IS_KEPT)
    page.wait_for_load_state("networkidle")
    assert sum(sizes.values()) < MOST_BYTES, sizes
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.set_viewport_size({"width": 1280, "height": 800})
    assert axe(page) == []
    smallest = page.evaluate(
        "Math.min(...[...document.querySelectorAll('main *')].filter((e) => e.innerText)"
        ".map((e) => parseFloat(getComputedStyle(e).fontSize)))"
    )
    assert smallest >= 20


def whole_transfer(context: BrowserContext) -> dict[str, int]:
    """Bytes of every answer over the wire, the worker's own included."""
    sizes: dict[str, int] = {}

    def note(request: object) -> None:
        told = request.sizes()  # type: ignore[attr-defined]
        key = f"{len(sizes)} {request.url}"  # type: ignore[attr-defined]
        sizes[key] = told["responseBodySize"] + told["responseHeadersSize"]

    context.on("requestfinished", note)
    return sizes


def test_it_opens_without_network_and_its_clock_goes_on(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator(".mine__in")).to_have_text(re.compile("khoảng 1[12] phút nữa"))
    expect(page.locator(".now__title")).to_have_text("Báo cáo tổng kết")
    page.evaluate(IS_KEPT)
    page.clock.install()
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Y Krĭng Ksơr")
    expect(page.locator(".pass__qr svg")).to_be_visible()
    expect(page.locator("[data-lost]")).to_contain_text("Không có mạng. Nội dung lưu lúc")
    page.clock.fast_forward("10:00")
    expect(page.locator(".mine__in")).to_have_text(re.compile("khoảng [12] phút nữa"))
    page.clock.fast_forward("05:00")
    expect(page.locator(".now__title")).to_have_text("Một cửa điện tử")
    expect(page.locator(".mine__in")).to_have_text("đang diễn ra")
    expect(page.locator(".day .is-now")).to_contain_text("Bây giờ")
    page.context.set_offline(False)
    page.clock.fast_forward("01:30")
    expect(page.locator("[data-lost]")).to_be_hidden()


def test_a_page_long_kept_is_shown_no_more(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate(IS_KEPT)
    page.context.set_offline(True)
    page.evaluate(AGED, 1)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Y Krĭng Ksơr")
    page.evaluate(AGED, -1)
    with pytest.raises(Error, match="ERR_"):
        page.reload()
    page.context.set_offline(False)
    page.goto("/healthz")
    assert page.evaluate("() => caches.keys()") == []


def test_a_release_reaches_the_open_page_and_stays_new_until_it_was_seen(
    page: Page, delegate: Delegate, address: str
) -> None:
    page.goto(address)
    page.evaluate(IS_KEPT)
    expect(page.locator("[data-changes]")).to_have_count(0)
    lengthen(delegate, "Báo cáo tổng kết", 20)
    changes = page.locator("[data-changes]")
    expect(changes).to_be_visible(timeout=25_000)
    expect(page.locator(".mine__in")).to_have_text(re.compile("khoảng 3[12] phút nữa"))
    expect(changes.locator(".changes__own")).to_contain_text("Kính gửi Y Krĭng Ksơr")
    page.reload()
    expect(changes).to_have_attribute("open", "")
    expect(page.locator(".is-mine .tag--changed")).to_be_visible()
    page.get_by_role("button", name="Tôi đã xem thay đổi").press("Enter")
    expect(page.locator(".tag--changed:visible")).to_have_count(0)
    page.reload()
    expect(changes).not_to_have_attribute("open", "")
    # What came while the page was open is there without network too.
    page.context.set_offline(True)
    page.reload()
    expect(page.locator(".mine__in")).to_have_text(re.compile("khoảng 3[12] phút nữa"))


def test_what_was_released_while_away_is_kept_by_the_open_page(
    page: Page, delegate: Delegate, address: str
) -> None:
    page.goto(address)
    page.evaluate(IS_KEPT)
    lengthen(delegate, "Báo cáo tổng kết", 20)
    expect(page.locator("[data-changes]")).to_be_visible(timeout=25_000)
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("[data-changes]")).to_be_visible()
    expect(page.locator(".mine__in")).to_have_text(re.compile("khoảng 3[12] phút nữa"))


def test_a_revoked_link_leaves_nothing_on_the_phone(
    page: Page, delegate: Delegate, address: str
) -> None:
    page.goto(address)
    page.evaluate(IS_KEPT)
    assert page.evaluate(KEPT) == 1
    state_services.revoke_link(delegate, actor=ACTOR)
    expect(page.locator("body")).to_contain_text("Không tìm thấy", timeout=25_000)
    assert page.evaluate(KEPT) == 0
    assert page.evaluate("localStorage.length") == 0
    registered = "async () => (await navigator.serviceWorker.getRegistrations()).length"
    assert page.evaluate(registered) == 0
    page.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(address)


def test_without_scripts_everything_is_there(
    new_context: NewContext, live_server: LiveServer, delegate: Delegate, address: str
) -> None:
    lengthen(delegate, "Báo cáo tổng kết", 20)
    plain = new_context(java_script_enabled=False).new_page()
    plain.goto(address)
    expect(plain.locator(".now__title")).to_have_text("Báo cáo tổng kết")
    expect(plain.locator(".mine__in")).to_have_text(re.compile("khoảng 3[12] phút nữa"))
    expect(plain.locator(".is-mine .tag--changed")).to_be_visible()
    plain.get_by_text("Chương trình có thay đổi").click()
    expect(plain.locator(".changes__own")).to_be_visible()
    webcal = live_server.url.replace("http://", "webcal://")
    link = plain.get_by_role("link", name="Thêm vào lịch")
    feed = f"{webcal}/calendar/{delegate.id}/{secret_of(address.rpartition('/')[2])}.ics"
    expect(link).to_have_attribute("href", feed)
    plain.get_by_role("button", name="Tôi sẽ dự").click()
    expect(plain.get_by_text("Ban tổ chức đã nhận trả lời của bạn.")).to_be_visible()
    expect(plain.get_by_text("Nếu không dự được, xin báo Ban tổ chức.")).to_be_visible()
    with transaction() as session:
        # Before the doors open the link takes a refusal too.
        session.scalars(select(Session)).one().doors_open_at = clock.now() + timedelta(hours=1)
    plain.reload()
    plain.get_by_text("Tôi không dự được").click()
    plain.get_by_label("Lý do vắng mặt").fill("Ốm")
    plain.get_by_role("button", name="Báo không dự được").click()
    expect(plain.get_by_text("Quý đại biểu không còn trong danh sách dự.")).to_be_visible()
