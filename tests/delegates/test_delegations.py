"""Delegations from unit paths."""

from __future__ import annotations

import pytest

from congress_app.delegates.delegations import delegation_of, is_within


@pytest.mark.parametrize(
    ("unit_path", "congress_path", "expected"),
    [
        ("/1/5/23/", "/1/", 5),
        ("/1/5/", "/1/", 5),
        ("/1/", "/1/", 1),
        ("/1/5/23/", "/1/5/", 23),
        ("/1/5/", "/1/5/", 5),
        ("/1/5/23/7/", "/1/5/", 23),
        ("/1/6/", "/1/5/", None),
        ("/1/55/", "/1/5/", None),
        (None, "/1/5/", None),
    ],
)
def test_delegation_of(unit_path: str | None, congress_path: str, expected: int | None) -> None:
    assert delegation_of(unit_path, congress_path) == expected


def test_is_within() -> None:
    assert is_within("/1/5/23/", ("/1/5/",))
    assert not is_within("/1/6/", ("/1/5/",))
    assert not is_within(None, ("/1/",))
