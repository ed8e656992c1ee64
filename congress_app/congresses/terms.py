"""What lists ask of a congress's frozen rules: when it is due, and how many it may have.

A frozen rulebook is some 10 kB; a list of a whole country must not open one for each of
its rows. So these few values stand in columns of their own beside it, written together
with it and never alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from congress_app.congresses.rulebook import Cap, Category, LevelRules
from congress_app.congresses.timing import Due


def columns_of(rules: LevelRules) -> dict[str, Any]:
    """The columns beside the frozen rulebook, from the rules of the congress's own level."""
    opens, closes = rules.window or (None, None)
    cap = asdict(rules.cap) | {"counted": [category.value for category in rules.cap.counted]}
    return {"due_before": rules.deadline, "due_from": opens, "due_until": closes, "cap": cap}


def due_of(row: Any) -> Due:
    """When a congress with frozen rules is due, from its columns."""
    window = (row.due_from, row.due_until) if row.due_from and row.due_until else None
    return Due(row.due_before, window)


def cap_of(body: Mapping[str, Any]) -> Cap:
    """The cap as its column keeps it."""
    counted = tuple(Category(category) for category in body["counted"])
    return Cap(body["default"], dict(body["exceptions"]), counted)
