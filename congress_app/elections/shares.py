"""Percentages that never contradict the votes they are made of."""

from __future__ import annotations

from fractions import Fraction

from congress_app.kernel.vietnamese import number

# Where a rounded figure would tell something else than the count: nobody, half, everybody.
_EDGES = (0, 500, 1000)


def tenths(part: int, whole: int) -> int | None:
    """Tenths of a percent, halves up; None of nothing.

    0, 50 and 100 percent are only said when they are exact: one vote more than half of a
    thousand shows 50,1, since 50,0 beside "elected" would look wrong.
    """
    if whole == 0:
        return None
    exact = Fraction(part * 1000, whole)
    shown = int(exact + Fraction(1, 2))
    for edge in _EDGES:
        if shown == edge != exact:
            return edge + 1 if exact > edge else edge - 1
    return shown


def percent(part: int, whole: int) -> float | None:
    """The same as a number with one decimal: 88.1."""
    found = tenths(part, whole)
    return None if found is None else found / 10


def percent_text(part: int, whole: int) -> str:
    """The same for people: "88,1 %", "–" of nothing."""
    found = tenths(part, whole)
    return "–" if found is None else f"{number(Fraction(found, 10), 1)} %"
