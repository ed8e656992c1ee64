"""The feed and the calls of supervisors, as a part of the OpenAPI description; data only."""

from __future__ import annotations

from congress_app.scanners.schemata import (
    JSON,
    TEXT,
    TIME,
    UUID,
    WHOLE,
    call,
    errors,
    or_null,
    ref,
    thing,
    told,
)

FLAG: JSON = {"type": "boolean"}
KINDS = ("session", "verdict", "answer", "badge", "presence", "index", "word")

ENTRY = thing(
    {
        "seq": WHOLE,
        "kind": {"enum": list(KINDS)},
        "key": TEXT,
        "data": {"type": "object"},
        "gone": {"const": True},
    },
    ["seq", "kind", "key"],
)
FEED = thing(
    {
        "entries": {"type": "array", "items": ENTRY},
        "next": WHOLE,
        "complete": FLAG,
        "server_time": TIME,
        "wipe": FLAG,
        "reset": FLAG,
        "salt": TEXT,
        "iterations": WHOLE,
        "timeline": {
            "type": "array",
            "items": thing({"from": or_null(TIME), "session_id": WHOLE, "window": TEXT}),
        },
        "serves": or_null({"type": "array", "items": WHOLE}),
        "keep_until": TIME,
    },
    ["entries", "next", "complete", "server_time"],
)
OPENED = thing({"session": TEXT, "expires_at": TIME, "index_key": TEXT, "pin_iterations": WHOLE})
FOUND = thing(
    {
        "delegate_id": WHOLE,
        "number": or_null(WHOLE),
        "name": TEXT,
        "unit": or_null(TEXT),
        "category": {"enum": ["guest", "official", "elected"]},
        "category_label": TEXT,
        "is_present": FLAG,
        "first_in_at": or_null(TIME),
        "gate": or_null(TEXT),
        "excuse": FLAG,
        "last_scan_id": or_null(WHOLE),
    }
)
WALKED_IN: JSON = {"allOf": [ref("Answer"), thing({"badge_code": TEXT})]}
BY_HAND = thing({"uuid": UUID, "direction": {"enum": ["in", "out"]}, "scanned_at": TIME})


def _in(where: str, name: str, schema: JSON, *, required: bool = True) -> JSON:
    return {"in": where, "name": name, "required": required, "schema": schema}


SESSION = _in("header", "X-Supervisor-Session", TEXT)

FEED_PATHS: JSON = {
    "/feed": {
        "get": {
            **call(
                "What changed after a number; next is the number to ask with afterwards.",
                {"200": told(FEED, "a page"), **errors(400, 401)},
            ),
            "parameters": [
                _in("query", "after", WHOLE, required=False),
                _in("header", "X-Queue-Length", WHOLE, required=False),
                _in("header", "X-App-Version", TEXT, required=False),
            ],
        }
    },
    "/supervisor": {
        "post": call(
            "Give the PIN of a supervisor's device; opens the calls below for a while.",
            {"200": told(OPENED, "opened"), **errors(400, 401, 403)},
            thing({"pin": TEXT, "person": TEXT}),
        )
    },
    "/delegates": {
        "get": {
            **call(
                "Find delegates by name or number.",
                {
                    "200": told(thing({"delegates": {"type": "array", "items": FOUND}}), "found"),
                    **errors(400, 401, 403),
                },
            ),
            "parameters": [_in("query", "q", TEXT), SESSION],
        }
    },
    "/delegates/{delegate_id}/scans": {
        "post": {
            **call(
                "Record a delegate without a readable badge, by the same rules.",
                {"200": told(ref("Answer"), "decided"), **errors(400, 401, 403, 404, 409)},
                BY_HAND,
            ),
            "parameters": [_in("path", "delegate_id", WHOLE), SESSION],
        }
    },
    "/walk-ins": {
        "post": {
            **call(
                "Register, badge and admit a guest or official who is not on the list.",
                {
                    "201": told(WALKED_IN, "registered and admitted; the code of the new badge"),
                    **errors(400, 401, 403, 404, 409, 422),
                },
                thing(
                    {
                        "name": TEXT,
                        "category": {"enum": ["guest", "official"]},
                        "unit_code": TEXT,
                        "organisation": TEXT,
                        "ground": TEXT,
                        "reason": TEXT,
                    },
                    ["name", "category", "ground", "reason"],
                ),
            ),
            "parameters": [SESSION],
        }
    },
    "/scans/{scan_id}/take-back": {
        "post": {
            **call(
                "Undo an accepted scan; both rows stay in the log.",
                {
                    "200": told(thing({"taken_back": WHOLE}), "taken back"),
                    **errors(400, 401, 403, 404, 422),
                },
                thing({"reason": TEXT}),
            ),
            "parameters": [_in("path", "scan_id", WHOLE), SESSION],
        }
    },
}
