"""Security headers on pages and on files."""

from __future__ import annotations

import wsgiref.headers

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers

from congress_app.web import headers

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


SAFE = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), serial=(), "
        "display-capture=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize(
    ("path", "cache"),
    [
        ("/sign-in", "no-store"),
        ("/nowhere", "no-store"),
        ("/api/v1/nowhere", "no-store"),
        ("/healthz", "no-store"),
        ("/static/base.css", "max-age=60, public"),
        ("/static/nowhere.css", "no-store"),
    ],
)
def test_every_answer_carries_these_and_no_others(
    client: FlaskClient, path: str, cache: str
) -> None:
    told = headers_of(client, path)
    ours = {name: value for name, value in told.items() if name in SAFE or "-Policy" in name}
    assert (ours, told["Cache-Control"]) == (SAFE, cache)
    assert "Access-Control-Allow-Origin" not in told


def test_the_scanner_s_page_differs_by_the_camera_and_by_compiling(client: FlaskClient) -> None:
    told = headers_of(client, "/scanner")
    assert {name: told[name] for name in SAFE} == SAFE | {
        "Content-Security-Policy": SAFE["Content-Security-Policy"].replace(
            "script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'"
        ),
        "Permissions-Policy": SAFE["Permissions-Policy"].replace("camera=()", "camera=(self)"),
    }


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
    told = headers_of(client, path)
    assert [name for name in NAMES if name not in told] == []
    policy = told["Content-Security-Policy"]
    assert ("'wasm-unsafe-eval'" in policy) == may_compile
    assert "unsafe-inline" not in policy
    camera = "camera=(self)" if may_compile else "camera=()"
    denied = "geolocation=(), microphone=(), payment=(), usb=(), serial=(), display-capture=()"
    assert told["Permissions-Policy"] == f"{camera}, {denied}"
    assert told["Cross-Origin-Resource-Policy"] == "same-origin"


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


@pytest.mark.parametrize(("is_secure", "told"), [(True, headers.HSTS), (False, None)])
def test_so_it_is_by_files_where_the_server_has_tls(is_secure: bool, told: str | None) -> None:
    made = wsgiref.headers.Headers()
    headers.static_headers(is_secure=is_secure)(made, "static/base.css", "/static/base.css")
    assert made["Strict-Transport-Security"] == told
    assert [name for name in NAMES if name not in made] == []


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/sign-in", "text/html; charset=utf-8"),
        ("/nowhere", "text/html; charset=utf-8"),
        ("/healthz", "application/json"),  # always UTF-8
        ("/api/v1/nowhere", "application/json"),
        ("/static/base.css", 'text/css; charset="utf-8"'),
        ("/static/checkin/index.js", 'text/javascript; charset="utf-8"'),
        ("/static/vendor/zxing-wasm-3.1.4/zxing_reader.wasm", "application/wasm"),
    ],
)
def test_an_answer_says_what_it_is_and_in_which_letters(
    client: FlaskClient, path: str, told: str
) -> None:
    assert headers_of(client, path)["Content-Type"] == told
