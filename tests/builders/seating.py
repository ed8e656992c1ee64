"""Rows of the seating: halls with their seats."""

from __future__ import annotations

from congress_app.congresses.models import Congress
from congress_app.seating.layout import read_hall
from congress_app.seating.models import Hall, HallSeat
from tests.builders.ground import numbers, store


def a_hall(congress: Congress, description: str = "A: 4; B: 4", name: str | None = None) -> Hall:
    """A hall with free seats."""
    place = next(numbers)
    hall = store(
        Hall(
            congress_id=congress.id,
            position=place,
            name=name or f"Hội trường {place}",
            description=description,
        )
    )
    for spot in read_hall(description):
        store(HallSeat(hall_id=hall.id, row=spot.row, number=spot.number, x=spot.x, y=spot.y))
    return hall
