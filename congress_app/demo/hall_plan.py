"""The hall of a demonstration congress: as large as its delegates need."""

from __future__ import annotations

from string import ascii_uppercase

_ROW = 16
# Rows that stay free: latecomers and substitutes find a seat near their own people.
_SPARE_ROWS = 2


def hall_for(people: int) -> str:
    """A description with room for so many: rows with an aisle, a gangway, a balcony."""
    rows = -(-people // _ROW) + _SPARE_ROWS
    floor = ascii_uppercase[: min(rows, len(ascii_uppercase))]
    middle = len(floor) // 2
    aisle = f"{_ROW}, lối đi sau ghế {_ROW // 2}"
    parts = [
        f"{floor[0]}-{floor[middle - 1]}: {aisle}",
        "lối đi ngang",
        f"{floor[middle]}-{floor[-1]}: {aisle}",
    ]
    if rows > len(floor):
        parts.append(f"ban công 1-{rows - len(floor)}: {_ROW}")
    return "\n".join(parts)
