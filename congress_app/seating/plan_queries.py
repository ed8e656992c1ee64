"""Who sits where, as the log tells it."""

from __future__ import annotations

from sqlalchemy import select

from congress_app.database import db
from congress_app.delegates.models import Delegate
from congress_app.seating.models import Hall, HallSeat
from congress_app.seating.naming import seat_label

# The key of a hall, and what the seat is called in it.
Place = tuple[int, str]


def plan_in_numbers(congress_id: int) -> dict[Place, str]:
    """Who sits where, for the log: delegates by number, not by name.

    Halls by their keys: called otherwise, a hall keeps its people where they are.
    """
    query = (
        select(Hall.id, HallSeat.row, HallSeat.number, Delegate.number, Delegate.id)
        .join(HallSeat.hall)
        .join(Delegate, HallSeat.delegate_id == Delegate.id)
        .where(Hall.congress_id == congress_id)
        .order_by(Hall.position, HallSeat.y, HallSeat.x)
    )
    return {
        (hall, seat_label(row, place)): str(number) if number else f"#{key}"
        for hall, row, place, number, key in db.session.execute(query)
    }
