"""Values as JSON holds them, for what is stored now and read later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date


def plain(value: object) -> object:
    """The value in JSON's own kinds; days and moments in ISO form, the rest as its text."""
    if isinstance(value, date):  # a moment is one too
        return value.isoformat()
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    return str(value)
