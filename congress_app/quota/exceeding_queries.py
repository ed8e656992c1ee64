"""Whom a version gives fewer seats than were elected; a later chapter tells who is elected.

@tells_elected
def elected_by_delegation(congress_id: int) -> dict[int | None, int]: …
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from sqlalchemy import select

from congress_app.database import db
from congress_app.quota.exceeding import Exceeding
from congress_app.quota.models import Allocation
from congress_app.units.models import Unit

# Places held by elected delegates of a congress, by the unit whose quota counts them.
Teller = Callable[[int], dict[int | None, int]]

_tellers: dict[str, Teller] = {}


def tells_elected(query: Teller) -> Teller:
    """Ask this query too before a version is approved or published."""
    _tellers[f"{query.__module__}.{query.__qualname__}"] = query
    return query


def exceeding(allocation: Allocation) -> list[Exceeding]:
    """The units that hold more elected delegates than the version gives them.

    A unit without a line has no seat.
    """
    seats = {line.unit_id: line.seats for line in allocation.lines}
    over = {
        unit_id: held
        for unit_id, held in _elected(allocation.congress_id).items()
        if held > seats.get(unit_id, 0)
    }
    units = select(Unit.id, Unit.name).where(Unit.id.in_(over))
    return [
        Exceeding(unit_id, name, over[unit_id], seats.get(unit_id, 0))
        for unit_id, name in db.session.execute(units.order_by(Unit.precedence, Unit.code))
    ]


def _elected(congress_id: int) -> Mapping[int, int]:
    counted: Counter[int] = Counter()
    for teller in _tellers.values():
        told = teller(congress_id)
        counted.update({unit_id: held for unit_id, held in told.items() if unit_id is not None})
    return counted
