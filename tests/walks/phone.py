"""A phone at the door, as the scanner's walks hold it: its storage outlives its browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, Playwright, expect
from sqlalchemy import select

from congress_app.badges import token
from congress_app.badges.models import Badge
from congress_app.checkin.models import Scan
from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.kernel.permissions import system_actor
from congress_app.scanners import services
from tests.browser import LiveServer, Watch
from tests.builders import a_badge, a_congress, a_delegate, a_person, a_session

NAME = "Hoàng Thị Mỹ Duyên"
UNIT = "Sở Nội vụ tỉnh Hà Giang"
# A phone's page does more than any other: it derives keys, keeps a roster, reads pictures.
PATIENCE_MS = 15_000
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
    expect.set_options(timeout=PATIENCE_MS)

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
    expect.set_options(timeout=None)
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
