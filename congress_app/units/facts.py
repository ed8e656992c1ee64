"""What a person writes down about one unit: the form's values, checked for their shape."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class UnitFacts:
    """The facts of a unit apart from its place; `precedence` None means after the last."""

    code: str
    name: str
    kind: str
    headcount: int | None = None
    headcount_source: str | None = None
    headcount_date: date | None = None
    is_pilot: bool = False
    cluster_id: int | None = None
    precedence: int | None = None
