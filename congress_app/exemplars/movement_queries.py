"""What is known of movements and of their reports; nothing here changes a row.

`within` are unit paths. A movement is seen by whom it concerns: the unit that launched it,
those below, and those above; of its reports everybody sees those of units within reach.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import ColumnElement, or_, select

from congress_app.database import db
from congress_app.exemplars.movement_facts import Wanted
from congress_app.exemplars.movement_models import Movement, MovementResult
from congress_app.exemplars.movement_rules import concerns
from congress_app.exemplars.movement_totals import Slot, slots
from congress_app.exemplars.movements import (
    Due,
    MovementFacts,
    Quarter,
    Reporters,
    ResultFacts,
    due,
)
from congress_app.kernel import clock
from congress_app.units import queries as unit_queries
from congress_app.units.models import Unit
from congress_app.units.queries import below
from congress_app.units.tree import Kind, UnitRow


@dataclass(frozen=True)
class Ledger:
    """Movements with all that was reported of them within reach, read in a fixed number of queries.

    `units` are those the movements ask or that reported, and those above them."""

    movements: Sequence[Movement]
    units: Sequence[UnitRow]
    results: Sequence[ResultFacts]
    within: Sequence[str]
    today: date
    names: dict[int, str]

    @cached_property
    def facts(self) -> list[MovementFacts]:
        """The movements as the rules read them."""
        return [facts_of(row) for row in self.movements]

    @cached_property
    def slots(self) -> list[Slot]:
        """Every report owed by a unit within reach, with its state today."""
        found = slots(self.facts, self.units, self.results, self.today)
        return [slot for slot in found if slot.unit_id in self.seen]

    @cached_property
    def due(self) -> list[Due]:
        """The reports that are asked for and missing, of units within reach."""
        found = due(self.facts, self.units, self.results, self.today)
        return [one for one in found if one.unit_id in self.seen]

    @cached_property
    def seen(self) -> set[int]:
        """The units within reach, and those whose reports are (a merged one has no place)."""
        told = {result.unit_id for result in self.results}
        return told | {u.id for u in self.units if concerns(u.path, self.within, above=False)}

    @cached_property
    def by_id(self) -> dict[int, Movement]:
        """The movements by their key."""
        return {row.id: row for row in self.movements}


def ledger(within: Sequence[str], movements: Sequence[Movement]) -> Ledger:
    """The reports of these movements within reach, and what is still owed."""
    query = (
        select(
            MovementResult.movement_id,
            MovementResult.unit_id,
            MovementResult.year,
            MovementResult.quarter,
            MovementResult.reached,
            MovementResult.reported_at,
            Unit.name,
        )
        .join(Unit, MovementResult.unit_id == Unit.id)
        .where(below(within), MovementResult.movement_id.in_([row.id for row in movements]))
    )
    rows = db.session.execute(query).all()
    units = unit_queries.with_those_above(_asked(movements))
    results = [
        ResultFacts(
            row.movement_id,
            row.unit_id,
            Quarter(row.year, row.quarter),
            row.reached,
            clock.at_venue(row.reported_at).date(),
        )
        for row in rows
    ]
    names = {row.unit_id: row.name for row in rows} | _names(units)
    return Ledger(movements, units, results, within, clock.today(), names)


def _asked(movements: Sequence[Movement]) -> ColumnElement[bool]:
    """The units `movements.reporting` has to see, and those that reported.

    The whole tree below is read only where every unit at its ends reports.
    """
    ends = [row.unit.path for row in movements if row.reporters == Reporters.BASE]
    others = [row.unit_id for row in movements if row.reporters != Reporters.BASE]
    told = select(MovementResult.unit_id).where(
        MovementResult.movement_id.in_([row.id for row in movements])
    )
    near = Unit.parent_id.in_(others) | Unit.id.in_(others) | Unit.id.in_(told)
    return or_(near, *(Unit.path.startswith(path) for path in ends))


def _names(units: Sequence[UnitRow]) -> dict[int, str]:
    """What units are called; every province has the same departments, so theirs tell whose."""
    plain = {unit.id: unit.name for unit in units}
    return {
        unit.id: f"{unit.name}, {plain[unit.parent_id]}"
        if unit.kind == Kind.DEPARTMENT and unit.parent_id in plain
        else unit.name
        for unit in units
    }


def movements(within: Sequence[str], wanted: Wanted | None = None) -> list[Movement]:
    """The movements that concern the reach and fit, the latest first."""
    told = wanted or Wanted()
    query = (
        select(Movement)
        .join(Unit, Movement.unit_id == Unit.id)
        .where(or_(below(within), Unit.path.in_(_above(within))), *_conditions(told))
        .order_by(Movement.starts_on.desc(), Movement.id.desc())
    )
    return list(db.session.scalars(query).unique())


def _above(within: Sequence[str]) -> list[str]:
    paths: set[str] = set()
    for path in within:
        steps = [step for step in path.split("/") if step]
        paths.update("/" + "/".join(steps[: i + 1]) + "/" for i in range(len(steps)))
    return sorted(paths)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.kind:
        found.append(Movement.kind == wanted.kind)
    if wanted.year:
        found.append(Movement.starts_on <= date(wanted.year, 12, 31))
        found.append(Movement.ends_on >= date(wanted.year, 1, 1))
    if wanted.running is not None:
        is_over = or_(Movement.ends_on < wanted.on, Movement.closed_on.is_not(None))
        found.append(~is_over if wanted.running else is_over)
    return found


def movement_by_id(movement_id: int) -> Movement | None:
    """One movement."""
    return db.session.get(Movement, movement_id)


def facts_of(row: Movement) -> MovementFacts:
    """A stored movement as the rules read it."""
    return MovementFacts(
        id=row.id,
        unit_path=row.unit.path,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        closed_on=row.closed_on,
        reporters=row.reporters,
        report_days=row.report_days,
    )


def report_of(movement_id: int, unit_id: int, quarter: Quarter) -> MovementResult | None:
    """What a unit reported of a quarter, as stored now."""
    query = select(MovementResult).where(
        MovementResult.movement_id == movement_id,
        MovementResult.unit_id == unit_id,
        MovementResult.year == quarter.year,
        MovementResult.quarter == quarter.number,
    )
    return db.session.scalar(query.execution_options(populate_existing=True))


def reports(movement_id: int, within: Sequence[str]) -> list[MovementResult]:
    """The reports of a movement within reach, by quarter and unit in protocol order."""
    query = (
        select(MovementResult)
        .join(Unit, MovementResult.unit_id == Unit.id)
        .where(below(within), MovementResult.movement_id == movement_id)
        .order_by(MovementResult.year, MovementResult.quarter, Unit.path)
    )
    return list(db.session.scalars(query).unique())


def reported_quarters(movement_id: int) -> list[Quarter]:
    """The quarters of which anybody has reported."""
    query = select(MovementResult.year, MovementResult.quarter).distinct()
    rows = db.session.execute(query.where(MovementResult.movement_id == movement_id))
    return [Quarter(year, number) for year, number in rows]
