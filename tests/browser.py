"""Fixtures of the browser tests: a live server, Chromium, pages, the accessibility check.

Chromium is Debian's own. Where it is missing a browser test fails: it is never skipped.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from congress_app.database import db
from congress_app.kernel.permissions import Role
from congress_app.units.models import Unit
from tests.one_app import make_app

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
# WCAG 2.2 AA is the promise; axe knows it by these words.
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class QuietHandler(WSGIRequestHandler):
    """Answers without writing a line for each request."""

    def log_request(self, *_words: Any) -> None:
        """Say nothing; errors are still told."""


def let_go(served: WSGIApplication) -> WSGIApplication:
    """The same application, whose answer closes its file also when nobody closes the answer.

    When a browser leaves in the middle of a file, werkzeug's server fails before it comes to
    close the answer. The file is then open until it is collected, in the midst of another
    test. A generator that is dropped ends by its own `finally`.
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterator[bytes]:
        parts = served(environ, start_response)
        try:
            yield from parts
        finally:
            if close := getattr(parts, "close", None):
                close()

    return answer


class LiveServer:
    """The application behind a real port of 127.0.0.1.

    `stop()` and `start()` let a test take the network's other end away and bring it back
    on the same port.
    """

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._server: BaseWSGIServer | None = None
        self._port = 0
        self.start()

    @property
    def url(self) -> str:
        """The address, without a slash at the end."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Listen; on a free port the first time, afterwards on the same one."""
        self._server = make_server(
            "127.0.0.1",
            self._port,
            let_go(self.app),
            threaded=True,
            request_handler=QuietHandler,
        )
        self._port = self._server.port
        # A short poll, so that stopping costs a test next to nothing.
        serve = {"poll_interval": 0.02}
        threading.Thread(target=self._server.serve_forever, kwargs=serve, daemon=True).start()

    def stop(self) -> None:
        """Close the port; harmless when it is closed already."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None


@pytest.fixture
def live_server(app: Flask, database_url: str) -> Iterator[LiveServer]:
    """A server over the test's own database, with form protection and jobs as in production."""
    served = make_app(database_url, WTF_CSRF_ENABLED=True, JOBS_IN_THREAD=True)
    server = LiveServer(served)
    try:
        yield server
    finally:
        server.stop()
        with served.app_context():
            db.engine.dispose()


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The installed Chromium."""
    for name in CHROMIUM:
        if found := shutil.which(name):
            return found
    pytest.fail("Chromium is missing: install it (apt install chromium), then run again.")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver, started once."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium_path: str) -> Iterator[Browser]:
    """One browser for all tests of this process."""
    launched = playwright.chromium.launch(executable_path=chromium_path)
    yield launched
    launched.close()


class Watch:
    """Notes what no page may do: fail in a script, break the policy, ask a foreign address."""

    def __init__(self, context: BrowserContext, home: str) -> None:
        self.faults: list[str] = []
        self._home = home
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        context.on("console", self._console)
        context.on("request", self._request)

    def _console(self, message: Any) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.faults.append(f"policy: {message.text}")

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self._home, "data:", "blob:")):
            self.faults.append(f"foreign address: {request.url}")


NewContext = Callable[..., BrowserContext]


@pytest.fixture
def new_context(browser: Browser, live_server: LiveServer) -> Iterator[NewContext]:
    """`new_context(**options)` opens a browser of its own: cookies and storage apart.

    Addresses are relative to the live server. After the test it fails for anything that
    `Watch` has seen.
    """
    opened: list[tuple[BrowserContext, Watch]] = []

    def open_context(**options: Any) -> BrowserContext:
        settings = {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"} | options
        context = browser.new_context(base_url=live_server.url, **settings)
        context.set_default_timeout(30_000)
        opened.append((context, Watch(context, live_server.url)))
        return context

    yield open_context
    for context, _watch in opened:
        context.close()
    assert [fault for _context, watch in opened for fault in watch.faults] == []


@pytest.fixture
def page(new_context: NewContext) -> Page:
    """A page in a fresh browser, signed out."""
    return new_context().new_page()


@pytest.fixture
def page_as(new_context: NewContext, as_role: Any, live_server: LiveServer) -> Callable[..., Page]:
    """`page_as("organiser", unit)` gives a page signed in with that role for that unit."""

    def open_page(role: Role | str, unit: Unit | None = None, **options: Any) -> Page:
        client = as_role(role, unit)
        name = live_server.app.config["SESSION_COOKIE_NAME"]
        context = new_context(**options)
        context.add_cookies(
            [{"name": name, "value": client.get_cookie(name).value, "url": live_server.url}]
        )
        return context.new_page()

    return open_page


# Only what is broken is looked for and handed over: all axe finds right would take it, and
# the wire to the browser, most of the time.
FAULTS = """async options => {
    const found = await axe.run(document, options);
    return found.violations.flatMap(
        fault => fault.nodes.map(node => `${fault.id}: ${fault.help}: ${node.html}`));
}"""


@pytest.fixture(scope="session")
def axe() -> Callable[..., list[str]]:
    """`axe(page)` lists what breaks WCAG 2.2 AA on the page as it stands, one line a fault."""
    source = AXE.read_text("utf-8")
    options = {"runOnly": {"type": "tag", "values": list(WCAG)}, "resultTypes": ["violations"]}

    def check(page: Page) -> list[str]:
        if page.evaluate("typeof axe === 'undefined'"):
            # evaluate() is not bound by the page's policy, unlike a script tag.
            page.evaluate(source)
        found: list[str] = page.evaluate(FAULTS, options)
        return found

    return check
