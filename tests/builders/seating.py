"""Rows of the seating: halls with their seats."""

from __future__ import annotations

from sqlalchemy import select

from congress_app.congresses import services as congress_services
from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.delegates.models import Delegate
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


def seated(hall: Hall, label: str, delegate: Delegate) -> None:
    """Put somebody on a seat of a row of one letter ("B2")."""
    seat = db.session.scalars(
        select(HallSeat).where(
            HallSeat.hall_id == hall.id,
            HallSeat.row == label[0],
            HallSeat.number == int(label[1:]),
        )
    ).one()
    with transaction():
        seat.delegate_id = delegate.id
    congress_services.pulse(hall.congress_id)
