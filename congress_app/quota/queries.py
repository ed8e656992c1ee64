"""Which allocation binds a congress, its versions, and what a new one is computed from."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from congress_app.congresses.models import Congress
from congress_app.congresses.rulebook import Level
from congress_app.database import db
from congress_app.quota.models import Allocation, AllocationLine, LineAdjustment
from congress_app.quota.proposal import Claimant
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
        .options(selectinload(Allocation.lines))
    )


def latest_number(congress_id: int) -> int:
    """The number of the newest version; 0 before the first."""
    highest = select(func.max(Allocation.number)).where(Allocation.congress_id == congress_id)
    return db.session.scalar(highest) or 0


def line_by_id(allocation_id: int, line_id: int) -> AllocationLine | None:
    """A line, if it is of this version."""
    line = db.session.get(AllocationLine, line_id)
    return line if line is not None and line.allocation_id == allocation_id else None


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


def electing_units(congress: Congress) -> list[Unit]:
    """The units directly below the congress's own that elect its delegates, by protocol."""
    return [unit for unit in unit_queries.children(congress.unit_id) if unit.is_active]


def claimants(congress: Congress, source: str) -> list[Claimant]:
    """The electing units with their weights from a source (`proposal.WEIGHT_SOURCES`)."""
    units = electing_units(congress)
    if source == "equal":
        weights = {unit.id: 1 for unit in units}
    elif source == "headcount":
        counted = unit_queries.headcounts([unit.id for unit in units])
        weights = {unit_id: count.total for unit_id, count in counted.items()}
    else:
        weights = base_attendance(congress, units)
    return [Claimant(unit.code, unit.name, weights.get(unit.id, 0)) for unit in units]


def base_attendance(congress: Congress, units: Sequence[Unit]) -> dict[int, int]:
    """Delegates at the base conferences of the season, summed under each unit.

    Guidance of 30/09/2019: the number at the base conferences is what quotas follow.
    """
    rows = db.session.execute(
        select(Unit.path, Congress.attendance)
        .join(Congress, Congress.unit_id == Unit.id)
        .where(
            Congress.season_id == congress.season_id,
            Congress.level == Level.BASE.value,
            Congress.attendance.is_not(None),
            Unit.path.startswith(congress.unit.path),
        )
    ).all()
    sums = dict.fromkeys((unit.id for unit in units), 0)
    depth = congress.unit.path.count("/")
    for path, attendance in rows:
        below = path.split("/")[depth : depth + 1]
        if below and below[0] and int(below[0]) in sums:
            sums[int(below[0])] += attendance or 0
    return sums


def silent_bases(congress: Congress) -> int:
    """Base conferences below the congress that have not reported their attendance."""
    return (
        db.session.scalar(
            select(func.count(Congress.id))
            .join(Unit, Congress.unit_id == Unit.id)
            .where(
                Congress.season_id == congress.season_id,
                Congress.level == Level.BASE.value,
                Congress.attendance.is_(None),
                Unit.path.startswith(congress.unit.path),
            )
        )
        or 0
    )
