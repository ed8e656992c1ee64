"""The seat beside a delegate in somebody else's statement: scans, feeds, the delegate's page."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, exists

from congress_app.delegates.models import Delegate
from congress_app.seating.models import Hall, HallSeat
from congress_app.seating.naming import SeatName

# Tables instead of mapped classes: these columns stand in statements that every scan sends.
_seat, _hall = HallSeat.__table__, Hall.__table__
_other = Hall.__table__.alias("other_hall")
_is_only_hall = ~exists().where(
    _other.c.congress_id == _hall.c.congress_id, _other.c.id != _hall.c.id
)

SEAT_COLUMNS: tuple[Any, ...] = (
    _hall.c.name.label("hall_name"),
    _seat.c.row.label("seat_row"),
    _seat.c.number.label("seat_number"),
    _is_only_hall.label("is_only_hall"),
)


def with_seat(statement: Select[Any]) -> Select[Any]:
    """The statement, in which the delegate's table stands, joined to the seat if there is one."""
    return statement.outerjoin(_seat, _seat.c.delegate_id == Delegate.__table__.c.id).outerjoin(
        _hall, _seat.c.hall_id == _hall.c.id
    )


def seat_name(hall: str | None, row: str | None, number: int | None, only: Any) -> str | None:
    """What the four columns say ("A12"); None without a seat."""
    if hall is None or row is None or number is None:
        return None
    return SeatName(hall, row, number, bool(only)).full
