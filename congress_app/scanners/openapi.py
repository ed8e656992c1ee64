"""The device API as an OpenAPI 3.1 description; data only, so that tests can hold it true."""

from __future__ import annotations

from congress_app.checkin.decision import Outcome, Reason
from congress_app.scanners.feed_openapi import FEED_PATHS
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

_LIVE: JSON = {
    "uuid": UUID,
    "code": {**TEXT, "minLength": 1, "maxLength": 4096},
    "direction": {"enum": ["in", "out"]},
    "scanned_at": TIME,
    "session_id": or_null(WHOLE),
    "source": {"enum": ["camera", "reader", "typed", "manual", "paper"]},
    "sent_at": TIME,
}
# In a batch: what the door showed, and a locator where the device keeps no code.
_LATE: JSON = _LIVE | {
    "locator": {**TEXT, "pattern": "^[A-Za-z0-9_-]{22}$"},
    "door_verdict": {"enum": ["accepted", "refused"]},
    "device_id": or_null(WHOLE),
    "door_reason": {"enum": [reason.value for reason in Reason]},
}
_ALWAYS = ["uuid", "direction", "scanned_at"]

SCHEMAS: JSON = {
    "Error": thing(
        {
            "error": thing(
                {"code": TEXT, "message": TEXT, "details": {"type": "array"}}, ["code", "message"]
            )
        }
    ),
    "Scan": thing(_LIVE, [*_ALWAYS, "code"]),
    "LateScan": thing(_LATE, _ALWAYS)
    | {"anyOf": [{"required": ["code"]}, {"required": ["locator"]}]},
    "Delegate": thing(
        {
            "delegate_id": WHOLE,
            "number": or_null(WHOLE),
            "name": TEXT,
            "position": or_null(TEXT),
            "unit": or_null(TEXT),
            "category": {"enum": ["guest", "official", "elected"]},
            "category_label": TEXT,
            "seat": or_null(TEXT),
            "photo": {"type": "boolean"},
        }
    ),
    "Answer": thing(
        {
            "uuid": UUID,
            "verdict": {"enum": [outcome.value for outcome in Outcome]},
            "reason": {"enum": [None, *(reason.value for reason in Reason)]},
            "message": TEXT,
            "replayed": {"type": "boolean"},
            "delegate": or_null(ref("Delegate")),
            "first_seen": or_null(thing({"at": or_null(TIME), "gate": or_null(TEXT)})),
        }
    ),
    "Attendance": thing(
        {
            "convened": WHOLE,
            "present": WHOLE,
            "excused": WHOLE,
            "by_category": {
                "type": "object",
                "additionalProperties": thing({"label": TEXT, "convened": WHOLE, "present": WHOLE}),
            },
            "by_unit": {
                "type": "array",
                "items": thing({"unit": TEXT, "convened": WHOLE, "present": WHOLE}),
            },
            "session_id": or_null(WHOLE),
            "as_of": TIME,
        }
    ),
}

PAIRED = thing(
    {
        "device_id": WHOLE,
        "token": TEXT,
        "congress_id": WHOLE,
        "congress": TEXT,
        "name": TEXT,
        "gate": or_null(TEXT),
        "profile": TEXT,
        "server_time": TIME,
    }
)
BATCH_RESULTS = thing(
    {
        "results": {
            "type": "array",
            "items": {
                "anyOf": [
                    ref("Answer"),
                    thing({"uuid": or_null(TEXT), "error": {"type": "object"}}),
                ]
            },
        },
        "server_time": TIME,
    }
)


PATHS: JSON = {
    "/devices/pair": {
        "post": call(
            "Trade a one-time pairing code for a token.",
            {"201": told(PAIRED, "paired"), **errors(400, 404)},
            thing({"pairing_code": TEXT, "name": TEXT}, ["pairing_code"]),
            public=True,
        )
    },
    "/scans": {
        "post": call(
            "Report one live scan; a known uuid gets its stored answer again.",
            {"200": told(ref("Answer"), "decided"), **errors(400, 401, 403, 409, 422)},
            ref("Scan"),
        )
    },
    "/scans/batch": {
        "post": call(
            "Report scans admitted without network; one result each, in order.",
            {"200": told(BATCH_RESULTS, "decided"), **errors(400, 401, 413)},
            thing(
                {
                    "scans": {"type": "array", "items": ref("LateScan"), "maxItems": 500},
                    "sent_at": TIME,
                },
                ["scans"],
            ),
        )
    },
    "/scans/{uuid}/photo": {
        "get": call(
            "The portrait of whom this device scanned live under the uuid.",
            {
                "200": {"description": "JPEG", "content": {"image/jpeg": {}}},
                **errors(400, 401, 404),
            },
        )
        | {"parameters": [{"name": "uuid", "in": "path", "required": True, "schema": UUID}]}
    },
    "/attendance": {
        "get": call(
            "Presence in the session now.",
            {
                "200": told(ref("Attendance"), "now"),
                "304": {"description": "Nothing new since the ETag in If-None-Match."},
                **errors(400, 401),
            },
        )
    },
    "/openapi.json": {
        "get": call(
            "This description.",
            {"200": told({"type": "object"}, "OpenAPI 3.1"), **errors(400)},
            public=True,
        )
    },
} | FEED_PATHS

DESCRIPTION: JSON = {
    "openapi": "3.1.0",
    "info": {"title": "Congress check-in API", "version": "1"},
    "servers": [{"url": "/api/v1"}],
    "security": [{"device": []}],
    "components": {
        "schemas": SCHEMAS,
        "securitySchemes": {"device": {"type": "http", "scheme": "bearer"}},
    },
    "paths": PATHS,
}
