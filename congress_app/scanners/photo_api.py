"""The portrait of whom a device just scanned."""

from __future__ import annotations

from flask import Blueprint, Response, g, make_response

from congress_app.checkin import photo_queries
from congress_app.kernel.errors import NotFound
from congress_app.web.guards import device_only

bp = Blueprint("scanners_photo", __name__, url_prefix="/api/v1")


@bp.get("/scans/<uuid>/photo")
@device_only
def photo(uuid: str) -> Response:
    """A JPEG for the live scan with this uuid; nothing tells whose it could have been."""
    data = photo_queries.photo_of_scan(g.caller.id, uuid)
    if data is None:
        raise NotFound()
    answer = make_response(data)
    answer.headers["Content-Type"] = "image/jpeg"
    return answer
