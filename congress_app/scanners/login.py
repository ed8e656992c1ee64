"""From the Bearer token of a call to the device that makes it."""

from __future__ import annotations

from flask import g, request
from werkzeug.exceptions import HTTPException

from congress_app.congresses import lifecycle
from congress_app.kernel.permissions import Actor, Grant, Role
from congress_app.kernel.sentences import N_
from congress_app.scanners import queries
from congress_app.scanners.pairing import digest
from congress_app.web.errors import answer
from congress_app.web.texts import say

NO_TOKEN = N_("Máy quét chưa được ghép hoặc khóa không còn dùng được. Hãy ghép lại máy.")
REVOKED = N_("Máy quét này đã bị thu hồi. Hãy báo Ban tổ chức.")


UPLOAD = "scanners_api.batch"
# Asked for every person at a door and every few seconds: these read plain values, not the
# mapped row.
LIGHT = frozenset({"scanners_api.scan", "scanners_api.attendance", UPLOAD})


class Unauthorized(HTTPException):
    """401 with the house's own JSON."""

    code = 401


def load_device() -> Actor:
    """The device of the call, as an actor for its congress; 401 when there is none.

    A revoked device may do one thing more: hand in what it scanned, into quarantine.
    """
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    token = token.strip()
    caller = queries.caller_by_token(token) if scheme.lower() == "bearer" else None
    # For the server: scans of our devices wait behind nobody else (tools/worker_lanes.py).
    is_ours = caller is not None and caller.state == "active"
    request.environ["congress.device"] = (digest(token), is_ours)
    if caller is None:
        raise Unauthorized(response=answer(401, "unauthorized", say(NO_TOKEN)))
    if caller.state != "active" and request.endpoint != UPLOAD:
        raise Unauthorized(response=answer(401, "device_revoked", say(REVOKED)))
    g.caller = caller
    g.scope_over = lifecycle.over(caller.congress_state, caller.congress)
    if request.endpoint not in LIGHT:
        g.device = queries.device_by_id(caller.id)
    return Actor(
        kind="device",
        id=caller.id,
        name=caller.name,
        display_name=caller.name,
        grants=(Grant(Role.CHECKIN, caller.unit_path),),
        address=request.remote_addr,
    )
