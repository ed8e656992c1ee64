"""Security headers of every answer.

Pages may not run inline script or style, be framed, or reach a foreign address. Only the
scanner's page (and its worker) may compile WebAssembly and use the camera.
"""

from __future__ import annotations

from flask import Flask, Response, request

POLICY = (
    "default-src 'self'; script-src 'self'{wasm}; style-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
SCANNER_PATHS = ("/scanner", "/static/scanners/", "/static/vendor/zxing")


def init_app(app: Flask) -> None:
    """Add the headers to every answer."""
    app.after_request(add_headers)


def add_headers(response: Response) -> Response:
    """Set what is not set yet."""
    scanning = request.path.startswith(SCANNER_PATHS)
    policy = POLICY.format(wasm=" 'wasm-unsafe-eval'" if scanning else "")
    headers = response.headers
    headers.setdefault("Content-Security-Policy", policy)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("X-Frame-Options", "DENY")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", f"camera={'(self)' if scanning else '()'}")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "static":
        headers.setdefault("Cache-Control", "no-store")
    return response
