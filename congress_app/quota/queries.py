"""Which allocation binds a congress, and how many seats it gives; nothing here changes a row."""

from __future__ import annotations

from sqlalchemy import select

from congress_app.database import db
from congress_app.quota.models import Allocation, AllocationLine

IN_FORCE = ("approved", "published")


def allocation_in_force(congress_id: int) -> Allocation | None:
    """The version that binds registration and elections; None before the first approval."""
    return db.session.scalar(
        select(Allocation).where(
            Allocation.congress_id == congress_id, Allocation.state.in_(IN_FORCE)
        )
    )


def seats_of(congress_id: int) -> dict[int, int] | None:
    """Seats to elect by unit id; None while no version is in force, so no quota binds."""
    allocation = allocation_in_force(congress_id)
    if allocation is None:
        return None
    lines = select(AllocationLine.unit_id, AllocationLine.seats).where(
        AllocationLine.allocation_id == allocation.id
    )
    return dict(db.session.execute(lines).all())
