"""Counts by unit as devices are told them: no row stands for one person or a few. Pure.

A device that is not the organiser's any more can hand in one locator and look whose count
rises. The name behind a locator is sealed; in a delegation of one the unit would tell it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

# So many stand behind every row at least, where there are so many.
COMPANY = 5


class UnitCount(NamedTuple):
    """How many of a unit were called and are here; `unit` "" stands for several."""

    unit: str
    convened: int
    present: int


def in_company(rows: Sequence[UnitCount]) -> list[UnitCount]:
    """The rows with small ones added up under no name; all sums stay as they are.

    What would still be too few takes the smallest unit in as well.
    """
    named = [row for row in rows if row.unit and row.convened >= COMPANY]
    rest = [row for row in rows if row not in named]
    while rest and named and sum(row.convened for row in rest) < COMPANY:
        smallest = min(named, key=lambda row: row.convened)
        named.remove(smallest)
        rest.append(smallest)
    if not rest:
        return named
    convened, present = (sum(part) for part in zip(*(row[1:] for row in rest), strict=True))
    return [*named, UnitCount("", convened, present)]
