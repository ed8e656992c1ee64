"""Security headers of every answer.

Pages may not run inline script or style, be framed, or reach a foreign address. Only the
scanner's page (and its worker) may compile WebAssembly and use the camera.
"""

from __future__ import annotations

from collections.abc import Callable
from wsgiref.headers import Headers

from flask import Flask, Response, request

POLICY = (
    "default-src 'self'; script-src 'self'{wasm}; style-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# What no page needs; the scanner's page alone gets the camera.
DENIED = ("geolocation", "microphone", "payment", "usb", "serial", "display-capture")
HSTS = "max-age=31536000; includeSubDomains"
# A file is kept by the browser; that there is none is not.
FOUND = (200, 206, 304)
SCANNER_PATHS = ("/scanner", "/static/scanners/", "/static/vendor/zxing")


def init_app(app: Flask) -> None:
    """Add the headers to every answer."""
    app.after_request(add_headers)


def add_headers(response: Response) -> Response:
    """Set what is not set yet."""
    for name, value in headers_for(request.path).items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", HSTS)
    if request.endpoint != "static" or response.status_code not in FOUND:
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def static_headers(*, is_secure: bool) -> Callable[[Headers, str, str], None]:
    """What adds the same to a file below static/, answered before Flask sees the request.

    They are made once for all requests, so a setting tells whether the server is reached by
    TLS. A worker runs under the policy of its own file, so this is not only for show.
    """

    def add(headers: Headers, _path: str, url: str) -> None:
        for name, value in headers_for(url).items():
            headers[name] = value
        if is_secure:
            headers["Strict-Transport-Security"] = HSTS

    return add


def headers_for(path: str) -> dict[str, str]:
    """What every answer under this path carries."""
    scanning = path.startswith(SCANNER_PATHS)
    return {
        "Content-Security-Policy": POLICY.format(wasm=" 'wasm-unsafe-eval'" if scanning else ""),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": ", ".join(
            [f"camera={'(self)' if scanning else '()'}", *(f"{name}=()" for name in DENIED)]
        ),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
