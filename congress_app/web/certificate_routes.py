"""The page that brings the office network's certificate authority onto a phone.

Open without signing in: a phone that does not trust the server yet must be able to read
it. It exists only where `make lan` serves; elsewhere both addresses are unknown.
"""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, abort, current_app, make_response, render_template
from flask_babel import gettext as _
from markupsafe import Markup

from congress_app.formats import qr
from congress_app.formats.certificates import fingerprint
from congress_app.web.guards import public

bp = Blueprint("certificate", __name__, url_prefix="/certificate")


@bp.get("")
@public
def show() -> str:
    """How to install the authority, step by step, for each kind of phone."""
    door = str(current_app.config["LAN_DOOR"])
    symbol = qr.svg(door, label=_("Địa chỉ trang cài chứng thư")) if door else ""
    return render_template(
        "web/certificate.html",
        fingerprint=fingerprint(_authority()),
        door=door,
        symbol=Markup(symbol),  # noqa: S704 - our own drawing
        home=str(current_app.config["PUBLIC_URL"]),
    )


@bp.get("/congress-ca.crt")
@public
def authority() -> Response:
    """The authority's certificate; it is public by nature, its key never leaves the server."""
    answer = make_response(_authority())
    answer.headers["Content-Type"] = "application/x-x509-ca-cert"
    answer.headers["Content-Disposition"] = 'attachment; filename="congress-ca.crt"'
    return answer


def _authority() -> bytes:
    path = str(current_app.config["LAN_AUTHORITY"])
    if not path or not Path(path).is_file():
        abort(404)
    return Path(path).read_bytes()
