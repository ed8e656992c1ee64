"""The device API as an OpenAPI 3.1 description; data only, so that tests can hold it true."""

from __future__ import annotations

from typing import Any

from congress_app.checkin.decision import Outcome, Reason

JSON = dict[str, Any]


def _object(properties: JSON, required: list[str] | None = None) -> JSON:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties) if required is None else required,
    }


def _or_null(schema: JSON) -> JSON:
    return {"anyOf": [schema, {"type": "null"}]}


def _ref(name: str) -> JSON:
    return {"$ref": f"#/components/schemas/{name}"}


def _json(schema: JSON, description: str) -> JSON:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _errors(*statuses: int) -> JSON:
    names = {
        400: "unreadable",
        401: "no token, or one that was revoked",
        404: "unknown",
        409: "the uuid came before with another body",
        413: "too large",
        429: "too many; Retry-After says when again",
    }
    return {str(status): _json(_ref("Error"), names[status]) for status in statuses}


TEXT: JSON = {"type": "string"}
WHOLE: JSON = {"type": "integer"}
TIME: JSON = {"type": "string", "format": "date-time"}
UUID: JSON = {"type": "string", "format": "uuid"}

SCHEMAS: JSON = {
    "Error": _object(
        {
            "error": _object(
                {"code": TEXT, "message": TEXT, "details": {"type": "array"}}, ["code", "message"]
            )
        }
    ),
    "Scan": _object(
        {
            "uuid": UUID,
            "code": {**TEXT, "minLength": 1, "maxLength": 4096},
            "direction": {"enum": ["in", "out"]},
            "scanned_at": TIME,
            "session_id": _or_null(WHOLE),
            "source": {"enum": ["camera", "reader", "typed", "manual", "paper"]},
        },
        ["uuid", "code", "direction", "scanned_at"],
    ),
    "Delegate": _object(
        {
            "delegate_id": WHOLE,
            "number": _or_null(WHOLE),
            "name": TEXT,
            "position": _or_null(TEXT),
            "unit": _or_null(TEXT),
            "category": {"enum": ["guest", "official", "elected"]},
            "category_label": TEXT,
        }
    ),
    "Answer": _object(
        {
            "uuid": UUID,
            "verdict": {"enum": [outcome.value for outcome in Outcome]},
            "reason": {"enum": [None, *(reason.value for reason in Reason)]},
            "message": TEXT,
            "replayed": {"type": "boolean"},
            "delegate": _or_null(_ref("Delegate")),
            "first_seen": _or_null(_object({"at": _or_null(TIME), "gate": _or_null(TEXT)})),
        }
    ),
    "Attendance": _object(
        {
            "convened": WHOLE,
            "present": WHOLE,
            "excused": WHOLE,
            "by_category": {
                "type": "object",
                "additionalProperties": _object(
                    {"label": TEXT, "convened": WHOLE, "present": WHOLE}
                ),
            },
            "by_unit": {
                "type": "array",
                "items": _object({"unit": TEXT, "convened": WHOLE, "present": WHOLE}),
            },
            "session_id": _or_null(WHOLE),
            "as_of": TIME,
        }
    ),
}

PAIRED = _object(
    {
        "device_id": WHOLE,
        "token": TEXT,
        "congress_id": WHOLE,
        "congress": TEXT,
        "name": TEXT,
        "gate": _or_null(TEXT),
        "profile": TEXT,
        "server_time": TIME,
    }
)
BATCH_RESULTS = _object(
    {
        "results": {
            "type": "array",
            "items": {
                "anyOf": [
                    _ref("Answer"),
                    _object({"uuid": _or_null(TEXT), "error": {"type": "object"}}),
                ]
            },
        },
        "server_time": TIME,
    }
)


def _call(summary: str, answers: JSON, body: JSON | None = None, *, public: bool = False) -> JSON:
    call: JSON = {"summary": summary, "responses": answers}
    if body is not None:
        call["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": body}},
        }
    if public:
        call["security"] = []
    return call


PATHS: JSON = {
    "/devices/pair": {
        "post": _call(
            "Trade a one-time pairing code for a token.",
            {"201": _json(PAIRED, "paired"), **_errors(400, 404, 429)},
            _object({"pairing_code": TEXT, "name": TEXT}, ["pairing_code"]),
            public=True,
        )
    },
    "/scans": {
        "post": _call(
            "Report one live scan; a known uuid gets its stored answer again.",
            {"200": _json(_ref("Answer"), "decided"), **_errors(400, 401, 409)},
            _ref("Scan"),
        )
    },
    "/scans/batch": {
        "post": _call(
            "Report scans admitted without network; one result each, in order.",
            {"200": _json(BATCH_RESULTS, "decided"), **_errors(400, 401, 413)},
            _object({"scans": {"type": "array", "items": _ref("Scan"), "maxItems": 500}}),
        )
    },
    "/attendance": {
        "get": _call(
            "Presence in the session now.",
            {"200": _json(_ref("Attendance"), "now"), **_errors(401)},
        )
    },
    "/openapi.json": {
        "get": _call(
            "This description.", {"200": _json({"type": "object"}, "OpenAPI 3.1")}, public=True
        )
    },
}

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
