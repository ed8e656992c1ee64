"""Which allocation binds a congress, its versions, and how they are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.quota.comparison import UnitSeats
from congress_app.quota.models import Allocation, AllocationLine, LineAdjustment, PoolAdjustment
from congress_app.quota.standing import Standing
from congress_app.units import queries as unit_queries
from congress_app.units.models import Unit

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


def versions(congress_id: int) -> Sequence[Allocation]:
    """All versions of a congress, the newest first."""
    return db.session.scalars(
        select(Allocation)
        .where(Allocation.congress_id == congress_id)
        .order_by(Allocation.number.desc())
    ).all()


def version(congress_id: int, number: int) -> Allocation | None:
    """One version with its lines and their units."""
    return db.session.scalar(
        select(Allocation)
        .where(Allocation.congress_id == congress_id, Allocation.number == number)
        .options(
            selectinload(Allocation.lines)
            .joinedload(AllocationLine.unit)
            .load_only(Unit.code, Unit.name, Unit.path)
        )
    )


def latest(congress_id: int) -> Allocation | None:
    """The newest version, its lines not read; None before the first."""
    return db.session.scalar(
        select(Allocation)
        .where(Allocation.congress_id == congress_id)
        .order_by(Allocation.number.desc())
        .limit(1)
    )


def latest_number(congress_id: int) -> int:
    """The number of the newest version; 0 before the first."""
    highest = select(func.max(Allocation.number)).where(Allocation.congress_id == congress_id)
    return db.session.scalar(highest) or 0


def line_of(allocation_id: int, unit_id: int) -> AllocationLine | None:
    """The line of a unit in a version."""
    return db.session.scalar(
        select(AllocationLine).where(
            AllocationLine.allocation_id == allocation_id, AllocationLine.unit_id == unit_id
        )
    )


def adjustments(allocation_id: int) -> dict[int, list[LineAdjustment]]:
    """The changes by hand of a version, by line, the newest first."""
    found: dict[int, list[LineAdjustment]] = {}
    rows = db.session.scalars(
        select(LineAdjustment)
        .join(AllocationLine)
        .where(AllocationLine.allocation_id == allocation_id)
        .order_by(LineAdjustment.id.desc())
    )
    for row in rows:
        found.setdefault(row.line_id, []).append(row)
    return found


def pool_adjustments(allocation_id: int) -> Sequence[PoolAdjustment]:
    """The changes of the number of seats of a version, the newest first."""
    return db.session.scalars(
        select(PoolAdjustment)
        .where(PoolAdjustment.allocation_id == allocation_id)
        .order_by(PoolAdjustment.id.desc())
    ).all()


@dataclass(frozen=True)
class FromAbove:
    """What the congress above lets this one elect.

    `seats` None: no allocation is in force there yet.
    """

    congress_id: int
    congress_name: str
    version: int | None = None
    published: bool = False
    seats: int | None = None


def seats_from_above(congress: Congress) -> FromAbove | None:
    """The number this congress elects to the one above it; None where there is none above.

    The seats are those of the unit just below the upper congress's own; where several
    congresses share it, they share its seats.
    """
    parent = congress.parent
    if parent is None:
        return None
    allocation = allocation_in_force(parent.id)
    if allocation is None:
        return FromAbove(parent.id, parent.name)
    above = [int(part) for part in congress.unit.path.split("/") if part]
    seats = db.session.scalar(
        select(AllocationLine.seats)
        .join(Unit, AllocationLine.unit_id == Unit.id)
        .where(AllocationLine.allocation_id == allocation.id, Unit.id.in_(above))
        .order_by(func.length(Unit.path).desc())
    )
    return FromAbove(
        parent.id, parent.name, allocation.number, allocation.state == "published", seats or 0
    )


def clusters(allocation: Allocation) -> dict[str, str | None]:
    """The emulation cluster of each unit of a version, as kept when it was proposed, by code.

    A version from before that was kept tells the clusters of today.
    """
    unkept = [line.unit_id for line in allocation.lines if "cluster" not in line.facts]
    today = unit_queries.cluster_names(unkept) if unkept else {}
    return {
        line.unit.code: line.facts.get("cluster", today.get(line.unit_id))
        for line in allocation.lines
    }


def standing_lines(
    allocation: Allocation, clusters: Mapping[str, str | None] | None = None
) -> list[Standing]:
    """The lines of a version as they stand; seats handed on also need the units' `clusters`."""
    known = clusters or {}
    return [
        Standing(
            code=line.unit.code,
            name=line.unit.name,
            weight=line.weight,
            seats=line.seats,
            share=line.facts.get("share") or 0.0,
            base=line.base,
            ceiling=line.ceiling,
            lock=line.lock,
            cluster=known.get(line.unit.code),
        )
        for line in allocation.lines
    ]


def unit_seats(allocation: Allocation | None) -> list[UnitSeats]:
    """The lines of a version as plain values; none of no version."""
    lines = allocation.lines if allocation else []
    return [
        UnitSeats(line.unit.code, line.unit.name, line.weight, line.computed, line.seats)
        for line in lines
    ]
