"""What is known of movements and of their reports; nothing here changes a row.

`within` are unit paths. A movement is seen by whom it concerns: the unit that launched it,
those below, and those above; of its reports everybody sees those of units within reach.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from congress_app.database import db
from congress_app.exemplars import asking_queries
from congress_app.exemplars.movement_facts import Wanted
from congress_app.exemplars.movement_models import Movement, MovementResult
from congress_app.exemplars.movement_totals import Period
from congress_app.exemplars.movements import MovementFacts, Quarter, ResultFacts
from congress_app.kernel import clock
from congress_app.units.models import Unit
from congress_app.units.queries import below


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


def results(
    movements: Sequence[Movement], period: Period, units: Sequence[int]
) -> list[ResultFacts]:
    """The reports of these movements by these units, as the rules read them."""
    columns = ("movement_id", "unit_id", "year", "quarter", "reached", "reported_at")
    query = (
        select(*(getattr(MovementResult, name) for name in columns))
        .where(MovementResult.movement_id.in_([row.id for row in movements]))
        .where(asking_queries.in_period(period))
        .order_by(MovementResult.id)
    )
    of_units = MovementResult.unit_id.in_
    return [
        result_of(row)
        for some in asking_queries.portions(units)
        for row in db.session.execute(query.where(of_units(some)))
    ]


def result_of(row: Any) -> ResultFacts:
    """A stored report, or its columns, as the rules read it."""
    day = clock.at_venue(row.reported_at).date()
    quarter = Quarter(row.year, row.quarter)
    return ResultFacts(row.movement_id, row.unit_id, quarter, row.reached, day)


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
