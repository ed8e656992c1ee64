"""Security headers on pages and on files."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers

NAMES = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
    "Permissions-Policy",
)


def headers_of(client: FlaskClient, path: str) -> Headers:
    """The headers of an answer; a file's answer must be closed."""
    with client.get(path) as answer:
        return answer.headers


@pytest.mark.parametrize(
    ("path", "may_compile"),
    [
        ("/sign-in", False),
        ("/static/base.css", False),
        ("/static/checkin/index.js", False),
        ("/scanner", True),
        ("/static/scanners/decoder.js", True),
        ("/static/vendor/zxing-wasm-3.1.4/zxing_reader.js", True),
        ("/nowhere", False),
    ],
)
def test_only_the_scanner_may_compile_and_see(
    client: FlaskClient, path: str, may_compile: bool
) -> None:
    headers = headers_of(client, path)
    assert [name for name in NAMES if name not in headers] == []
    policy = headers["Content-Security-Policy"]
    assert ("'wasm-unsafe-eval'" in policy) == may_compile
    assert "unsafe-inline" not in policy
    camera = "camera=(self)" if may_compile else "camera=()"
    denied = "geolocation=(), microphone=(), payment=(), usb=(), serial=(), display-capture=()"
    assert headers["Permissions-Policy"] == f"{camera}, {denied}"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_files_say_how_long_they_last(client: FlaskClient) -> None:
    own = headers_of(client, "/static/base.css")["Cache-Control"]
    vendored = headers_of(client, "/static/vendor/zxing-wasm-3.1.4/zxing_reader.wasm")
    assert own == "max-age=60, public"
    assert vendored["Cache-Control"] == "max-age=315360000, public, immutable"
    assert "Access-Control-Allow-Origin" not in vendored


def test_pages_are_not_stored(client: FlaskClient) -> None:
    assert client.get("/sign-in").headers["Cache-Control"] == "no-store"


def test_behind_tls_the_browser_is_told_to_stay_there(client: FlaskClient) -> None:
    secure = client.get("/sign-in", base_url="https://localhost")
    assert secure.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "Strict-Transport-Security" not in client.get("/sign-in").headers
