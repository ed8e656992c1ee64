"""Lists of movements: their totals, who has not reported, and the table of their units.

The database counts; only the units a page shows have their reports read one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import case, func, select

from congress_app.database import db
from congress_app.exemplars import asking_queries
from congress_app.exemplars.asking_queries import Asking
from congress_app.exemplars.movement_models import Movement, MovementResult
from congress_app.exemplars.movement_queries import facts_of, results
from congress_app.exemplars.movement_totals import (
    Period,
    Slot,
    Totals,
    added,
    any_others,
    slots,
    tally,
)
from congress_app.exemplars.movements import Due, Quarter, asked_for, deadline, due, quarters
from congress_app.kernel import clock
from congress_app.units import tree
from congress_app.units.lookup import OfferedUnit
from congress_app.units.models import Unit
from congress_app.units.queries import below
from congress_app.units.tree import Kind


@dataclass(frozen=True)
class Overview:
    """Movements with the totals of their quarters, counted by the database."""

    movements: Sequence[Movement]
    parts: Mapping[int, Mapping[Quarter, Totals]]
    today: date
    # Whether there are reports of units, or of quarters, that are asked for no more.
    has_others: bool

    @cached_property
    def by_movement(self) -> dict[Movement, Totals]:
        """The totals of each movement for which there is a slot, in their order."""
        rows = [row for row in self.movements if self.parts.get(row.id)]
        return {row: added(self.parts[row.id].values()) for row in rows}

    @cached_property
    def whole(self) -> Totals:
        """All of them together."""
        return added(self.by_movement.values())

    @cached_property
    def overdue(self) -> int:
        """How many missing reports were due before today."""
        return sum(
            sums.missing
            for row in self.movements
            for quarter, sums in self.parts.get(row.id, {}).items()
            if deadline(facts_of(row), quarter) < self.today
        )


@dataclass(frozen=True)
class Waiting:
    """The reports asked for and missing, the longest waiting first."""

    due: Sequence[Due]
    names: Mapping[int, str]
    by_id: Mapping[int, Movement]


@dataclass(frozen=True)
class Listing:
    """The units that report of movements in a period, or did: in protocol order, those
    merged since last. `asked` are the units each movement asks."""

    movements: Sequence[Movement]
    within: Sequence[str]
    period: Period
    units: Sequence[int]
    names: Mapping[int, str]
    asked: Mapping[int, Set[int]]
    today: date

    def slots(self, units: Sequence[int]) -> list[Slot]:
        """The reports these of the units owe in the period; one query."""
        there = results(self.within, self.movements, self.period, units)
        asked = {
            row.id: [key for key in units if key in self.asked.get(row.id, ())]
            for row in self.movements
        }
        found = slots([facts_of(row) for row in self.movements], asked, there, self.today)
        return [slot for slot in found if self.period.holds(slot.quarter)]


def overview(
    within: Sequence[str], movements: Sequence[Movement], period: Period | None = None
) -> Overview:
    """What became of the reports of these movements within reach; three queries."""
    asked, today = asking_queries.asking(movements), clock.today()
    counts = asking_queries.counted(asked, within)
    facts = [facts_of(row) for row in movements]
    told = asking_queries.told(asked, within, facts, period)
    parts, has_others = {}, False
    for one in facts:
        there = told.get(one.id, {})
        sums = tally(one, counts.get(one.id, 0), there, today)
        parts[one.id] = {q: sums[q] for q in sums if period is None or period.holds(q)}
        has_others = has_others or any_others(one, there)
    return Overview(movements, parts, today, has_others)


def waiting(within: Sequence[str], movements: Sequence[Movement]) -> Waiting:
    """Who of the reach has not sent what is asked for; three queries."""
    today, facts = clock.today(), [facts_of(row) for row in movements]
    wanted = [(one.id, quarter) for one in facts for quarter in asked_for(one, today)]
    found = asking_queries.silent(asking_queries.asking(movements), within, wanted)
    units = _in_order(row for _key, _quarter, row in found)
    place = {row.id: number for number, row in enumerate(units)}
    silent: dict[tuple[int, Quarter], list[int]] = {}
    for key, quarter, row in sorted(found, key=lambda one: place[one[2].id]):
        silent.setdefault((key, quarter), []).append(row.id)
    return Waiting(due(facts, silent, today), _names(units), {row.id: row for row in movements})


def listing(within: Sequence[str], overview: Overview, period: Period) -> Listing:
    """The units a table of the period has lines for; at most five queries."""
    movements = overview.movements
    running = [row for row in movements if any(map(period.holds, quarters(facts_of(row))))]
    asking = asking_queries.asking(running)
    asked: dict[int, set[int]] = {}
    rows = asking_queries.members(asking, within)
    for key, row in rows:
        asked.setdefault(key, set()).add(row.id)
    others = _others(within, movements, asking, period) if overview.has_others else []
    keys = {row.id for _key, row in rows} | {key for key, _name in others}
    # Those above tell whose department one is, so they are read as well.
    units = _in_order([*(row for _key, row in rows), *_active(key for key, _name in others)])
    names = dict(others) | _names(units)
    placed = [row.id for row in units if row.id in keys]
    merged = [key for key, _name in others if key not in set(placed)]
    return Listing(movements, within, period, [*placed, *merged], names, asked, overview.today)


def _others(
    within: Sequence[str], movements: Sequence[Movement], asking: Asking, period: Period
) -> list[tuple[int, str]]:
    """Units that reported and are asked no more, in the order they first did."""
    query = (
        select(Unit.id, Unit.name)
        .select_from(MovementResult)
        .join(Unit, MovementResult.unit_id == Unit.id)
        .join(Movement, MovementResult.movement_id == Movement.id)
        .where(below(within), Movement.id.in_([row.id for row in movements]))
        .where(asking_queries.in_period(period), case((asking.asks(), 1), else_=0) == 0)
        .group_by(Unit.id, Unit.name)
        .order_by(func.min(MovementResult.id))
    )
    return [(key, name) for key, name in db.session.execute(query)]


def _active(keys: Iterable[int]) -> list[OfferedUnit]:
    """The units that are active among these; a query when there are any."""
    wanted = set(keys)
    if not wanted:
        return []
    columns = [getattr(Unit, name) for name in OfferedUnit._fields]
    query = select(*columns).where(Unit.id.in_(wanted), Unit.merged_into_id.is_(None))
    return [OfferedUnit._make(row) for row in db.session.execute(query)]


def _in_order(rows: Iterable[OfferedUnit]) -> list[OfferedUnit]:
    """The units and those above them in protocol order."""
    known = {row.id: row for row in rows}
    over = {row.path.removesuffix(f"{row.id}/") for row in known.values()}
    above = {key for path in over for key in tree.ids_of(path)} - set(known)
    return tree.in_order([*known.values(), *_active(above)])


def _names(units: Sequence[OfferedUnit]) -> dict[int, str]:
    """What units are called; every province has the same departments, so theirs tell whose."""
    plain = {unit.id: unit.name for unit in units}
    return {
        unit.id: f"{unit.name}, {plain[unit.parent_id]}"
        if unit.kind == Kind.DEPARTMENT and unit.parent_id in plain
        else unit.name
        for unit in units
    }
