"""Single values out of the rules that congresses have frozen, taken in SQL.

A frozen rulebook is some 10 kB; a list of a whole country reads a few values of each.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case

from congress_app.congresses.models import Congress
from congress_app.congresses.rulebook import Level
from congress_app.congresses.timing import Due


def frozen(*path: str | int) -> ColumnElement[Any]:
    """A value of the congress's frozen rules at its own level, as text; null before adoption."""
    return case(
        *(
            (Congress.level == level, Congress.rules["levels", level.value, *path].as_string())
            for level in Level
        )
    )


def frozen_due(deadline: str | None, first: str | None, last: str | None) -> Due:
    """When a congress is due, from the three days as `frozen` gives them."""
    days = (date.fromisoformat(text) if text else None for text in (deadline, first, last))
    due, opens, closes = days
    return Due(due, (opens, closes) if opens and closes else None)
