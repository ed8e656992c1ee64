"""Words of an OpenAPI description; data only."""

from __future__ import annotations

from typing import Any

JSON = dict[str, Any]


def thing(properties: JSON, required: list[str] | None = None) -> JSON:
    """An object; all its properties are required unless some are named."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties) if required is None else required,
    }


def or_null(schema: JSON) -> JSON:
    """The same, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def ref(name: str) -> JSON:
    """One of the named schemas."""
    return {"$ref": f"#/components/schemas/{name}"}


def told(schema: JSON, description: str) -> JSON:
    """An answer in JSON."""
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def errors(*statuses: int) -> JSON:
    """The answers of a call that fails, in the house's one shape."""
    names = {
        400: "unreadable",
        401: "no token, or one that was revoked",
        403: "only after a supervisor's PIN",
        404: "unknown",
        409: "the uuid came before with another body",
        413: "too large",
        422: "a rule forbids it",
        429: "too many; Retry-After says when again",
    }
    return {str(status): told(ref("Error"), names[status]) for status in statuses}


TEXT: JSON = {"type": "string"}
WHOLE: JSON = {"type": "integer"}
TIME: JSON = {"type": "string", "format": "date-time"}
UUID: JSON = {"type": "string", "format": "uuid"}


def call(summary: str, answers: JSON, body: JSON | None = None, *, public: bool = False) -> JSON:
    """One operation: what it does, its answers, its body.

    Everybody may be told 429: strangers who ask too often, devices whose secret opens nothing.
    """
    made: JSON = {"summary": summary, "responses": answers | errors(429)}
    if body is not None:
        made["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": body}},
        }
    if public:
        made["security"] = []
    return made
