"""Two servers of production behind the shipped nginx.conf, with TLS, as a province has them."""

from __future__ import annotations

import json
import re
import ssl
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPSConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import func, select

from congress_app.audit.models import Entry
from congress_app.checkin.models import Scan
from congress_app.database import db
from congress_app.kernel.permissions import Role
from tests import builders
from tests.operations.nginx import Answer, Browser, Nginx
from tests.served import Ground, Server, a_ground, scan_body

LIMIT = 25 * 1024 * 1024
HSTS = "max-age=31536000; includeSubDomains"
MONITOR = "token-of-the-monitor"
RULES = ("Strict-Transport-Security", "X-Content-Type-Options", "Content-Security-Policy")
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def ground(app: Flask) -> Ground:
    return a_ground(badges=2, devices=1)


@pytest.fixture
def servers(app: Flask, ground: Ground, database_url: str, tmp_path: Path) -> list[Server]:
    shared = {
        "SECRET_KEY": "9f2b61c0d7e84a53b1f6-8c3d5e7a90124b6f",
        "PRODUCTION": "1",
        "PUBLIC_URL": "https://thidua.example.vn",
        "TRUSTED_PROXIES": "1",
        "TRUSTED_HOSTS": "x",  # under which `Server` asks whether it is ready
        "METRICS_TOKEN": MONITOR,
        "WEB_PROCESSES": "1",
    }
    return [Server(database_url, tmp_path / name, **shared) for name in ("one", "two")]


@pytest.fixture
def nginx(servers: list[Server], tmp_path: Path) -> Iterator[Nginx]:
    proxy = Nginx(tmp_path / "nginx", [server.port for server in servers])
    db.session.remove()
    with ThreadPoolExecutor() as pool:
        list(pool.map(Server.start, servers))
    proxy.start()
    yield proxy
    proxy.stop()
    for server in servers:
        server.kill()


def csrf(page: Answer) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert found is not None, page.text
    return found[1]


def sign_in(browser: Browser, name: str, **claimed: str) -> Answer:
    form = {"username": name, "password": builders.PASSWORD}
    form["csrf_token"] = csrf(browser.ask("GET", "/sign-in"))
    return browser.ask(
        "POST", "/sign-in", urlencode(form).encode(), {"Content-Type": FORM} | claimed
    )


def upload(browser: Browser, page: Answer, size: int) -> Answer:
    """A sheet of zeros in a request of exactly so many bytes."""
    token = csrf(page).encode()
    head = (
        b'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n' + token + b"\r\n--x\r\n"
        b'Content-Disposition: form-data; name="sheet"; filename="don-vi.xlsx"\r\n'
        b"Content-Type: application/octet-stream\r\n\r\n"
    )
    tail = b"\r\n--x--\r\n"
    body = head + bytes(size - len(head) - len(tail)) + tail
    return browser.ask(
        "POST", "/units/sheets/import", body, {"Content-Type": "multipart/form-data; boundary=x"}
    )


def scan(browser: Browser, ground: Ground, code: str) -> Answer:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {ground.tokens[0]}"}
    return browser.ask("POST", "/api/v1/scans", json.dumps(scan_body(code)).encode(), headers)


def shown(browser: Browser, board: str, until: int) -> list[int]:
    """How many are present, as one server and then the other tells."""
    deadline = time.monotonic() + 20
    while True:
        told = [json.loads(browser.ask("GET", board).text)["present"] for _ in range(2)]
        if told == [until, until] or time.monotonic() > deadline:
            return told
        time.sleep(0.5)


def test_nginx_before_two_servers_in_production(
    nginx: Nginx, servers: list[Server], ground: Ground
) -> None:
    user = builders.a_user(Role.ADMIN, builders.the_root())
    name, secret_link = user.username, "/hall/a-secret-nobody-may-read"
    db.session.remove()

    # Without TLS there is nothing but the way to TLS and the sign of life.
    moved = nginx.ask_plainly("/sign-in?next=/jobs")
    assert (moved.status, moved.headers["Location"]) == (
        308,
        "https://thidua.example.vn/sign-in?next=/jobs",
    )
    # A device or program is not helped on: its token must not travel in the clear again.
    for path in ("/api/v1/feed", "/metrics"):
        refused = nginx.ask_plainly(path)
        assert (refused.status, "https_required" in refused.text) == (403, True), path
        assert "Location" not in refused.headers
    stranger = HTTPSConnection("localhost", nginx.port, context=ssl.create_default_context())
    with pytest.raises(ssl.SSLCertVerificationError):
        stranger.request("GET", "/")

    # Signed in: the cookie for this host and TLS only; the address is the one nginx saw.
    browser = Browser(nginx, "127.0.0.7")
    entered = sign_in(browser, name, **{"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Host": "x"})
    assert (entered.status, entered.headers["Location"]) == (302, "/")
    cookies = entered.headers.get_all("Set-Cookie") or []
    assert {line.split("=")[0] for line in cookies} == {"__Host-congress", "__Host-congress-known"}
    for line in cookies:
        assert {"Secure", "HttpOnly", "Path=/"} <= set(line.split("; "))
    query = select(Entry.address).where(Entry.action == "sign_in.accepted")
    assert db.session.scalars(query).all() == ["127.0.0.7"]
    page = browser.ask("GET", "/units/sheets/import")
    assert (page.status, page.headers.get_all("Strict-Transport-Security")) == (200, [HSTS])
    assert re.fullmatch(r"[0-9a-f]{32}", page.headers["X-Request-ID"])
    assert page.headers["Server"] == "nginx"
    assert browser.ask("GET", "/", headers={"Host": "foreign.example"}).status == 400

    # As large as allowed comes through to the application, which numbers what it answers; one
    # byte more is refused by nginx, in a page of our own.
    taken = upload(browser, page, LIMIT - 1)
    assert (taken.status != 413, "X-Request-ID" in taken.headers) == (True, True)
    refused = upload(browser, page, LIMIT + 1)
    assert (refused.status, "Mỗi lần gửi nhận tối đa" in refused.text) == (413, True)
    assert refused.headers.get_all("Strict-Transport-Security") == [HSTS]
    too_much = browser.ask("POST", "/api/v1/scans/batch", bytes(LIMIT + 1))
    assert (too_much.status, json.loads(too_much.text)["error"]["code"]) == (413, "too_large")
    assert too_much.headers.get_all("Strict-Transport-Security") == [HSTS]
    style = browser.ask("GET", "/proxy/pages.css")
    assert (style.status, style.headers["Content-Type"]) == (200, "text/css")

    # A door and a board, through whichever server; a board may rest for some seconds.
    board = f"/congresses/{ground.congress_id}/checkin/board.json"
    assert shown(browser, board, until=0) == [0, 0]
    assert json.loads(scan(browser, ground, ground.codes[0]).text)["verdict"] == "accepted"
    assert shown(browser, board, until=1) == [1, 1]
    figures = Browser(nginx).ask("GET", "/metrics", headers={"Authorization": f"Bearer {MONITOR}"})
    assert "congress_database_up 1" in figures.text
    # Files, and what nginx itself refuses, have their rules as well, each of them once.
    closed = browser.ask("GET", "/metrics")
    unclear = browser.ask("GET", "/jobs", headers={"Host": "two words"})
    file = browser.ask("GET", "/static/base.css")
    assert [one.status for one in (closed, unclear, file)] == [403, 400, 200]
    for one in (closed, unclear, file, page):
        for name in RULES:
            assert len(one.headers.get_all(name) or []) == 1, (one.status, name)
        assert one.headers["Strict-Transport-Security"] == HSTS

    # One server gone: nobody notices. Both gone: a page that says so, and JSON for devices.
    servers[0].kill()
    assert [browser.ask("GET", "/jobs").status for _ in range(4)] == [200] * 4
    assert json.loads(scan(browser, ground, ground.codes[1]).text)["verdict"] == "accepted"
    servers[1].kill()
    away = browser.ask("GET", "/jobs")
    assert (away.status, away.headers["Retry-After"]) == (503, "10")
    assert "Máy chủ tạm gián đoạn" in away.text
    unsent = scan(browser, ground, ground.codes[1])
    assert (unsent.status, json.loads(unsent.text)["error"]["code"]) == (503, "server_away")
    db.session.rollback()
    assert db.session.scalar(select(func.count(Scan.id)).where(Scan.verdict == "accepted")) == 2

    # What nginx wrote down tells no path and no address.
    browser.ask("GET", secret_link)
    assert "GET 503" in nginx.logged()
    assert [word for word in (secret_link, "/jobs", "127.0.0.7") if word in nginx.logged()] == []
