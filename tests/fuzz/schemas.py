"""Bodies made from the description of the API: as described, nearly so, and not at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from congress_app.kernel import clock
from congress_app.scanners.openapi import SCHEMAS
from tests.fuzz.values import NASTY

Schema = dict[str, Any]

ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.sampled_from(NASTY),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=8,
)


def bodies(schema: Schema) -> st.SearchStrategy[Any]:
    """Values of the schema, with wrong ones at any depth."""
    right, wrong = _described(schema), ANYTHING
    # Mostly as described: a body that is wrong everywhere stops at its first fault.
    return st.integers(0, 15).flatmap(lambda mark: wrong if mark == 15 else right)


def _described(schema: Schema) -> st.SearchStrategy[Any]:
    if "$ref" in schema:
        return bodies(SCHEMAS[schema["$ref"].rpartition("/")[2]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "anyOf" in schema and "properties" not in schema:
        return st.one_of([bodies(each) for each in schema["anyOf"]])
    return _of_type(schema)


def _of_type(schema: Schema) -> st.SearchStrategy[Any]:
    kind = schema.get("type")
    if kind == "object":
        return _objects(schema)
    if kind == "array":
        return st.lists(bodies(schema.get("items", {})), max_size=min(6, schema.get("maxItems", 6)))
    if kind == "integer":
        return st.integers() | st.integers(-2, 5)
    if kind == "boolean":
        return st.booleans()
    if kind == "null":
        return st.none()
    return _texts(schema)


def _texts(schema: Schema) -> st.SearchStrategy[str]:
    if "pattern" in schema:
        pattern: str = schema["pattern"]
        return st.from_regex(pattern)
    if schema.get("format") == "uuid":
        return st.uuids(version=4).map(str) | st.just("6f1c5b0e-0c3e-4c6e-8f39-6f7f3a9f1b11")
    if schema.get("format") == "date-time":
        near = st.integers(-9_000, 900).map(lambda s: clock.now() + timedelta(seconds=s))
        moments = near | near | st.datetimes(timezones=st.just(UTC))
        return moments.map(datetime.isoformat)
    return st.text(max_size=40) | st.sampled_from(NASTY)


def _objects(schema: Schema) -> st.SearchStrategy[dict[str, Any]]:
    described = {name: bodies(each) for name, each in schema.get("properties", {}).items()}
    wanted = {name: described[name] for name in schema.get("required", described)}
    others = {name: each for name, each in described.items() if name not in wanted}
    return st.fixed_dictionaries(wanted, optional=others)
