"""Acts of the editors: what a programme was before and after, so that one can go back.

A snapshot is the whole programme as plain values: "session:5" or "item:12" to its fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Row = dict[str, Any]
Snapshot = dict[str, Row]
# A row that did not exist before, or does not after, is None.
Rows = dict[str, Row | None]


def difference(before: Mapping[str, Row], after: Mapping[str, Row]) -> tuple[Rows, Rows]:
    """The rows that differ, as they were and as they are."""
    keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return {key: before.get(key) for key in keys}, {key: after.get(key) for key in keys}


def stands(current: Mapping[str, Row], after: Mapping[str, Row | None]) -> bool:
    """True when every row an act changed is still as the act left it."""
    return all(current.get(key) == row for key, row in after.items())


def undone(current: Mapping[str, Row], before: Mapping[str, Row | None]) -> Snapshot:
    """The programme with the rows of an act put back."""
    found = dict(current)
    for key, row in before.items():
        if row is None:
            found.pop(key, None)
        else:
            found[key] = row
    return found


def subject(key: str) -> tuple[str, int]:
    """ "item:12" as its kind and its id."""
    kind, _, number = key.partition(":")
    return kind, int(number)
