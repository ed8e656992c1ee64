"""Which units movements ask for reports, and which of them have not reported.

The rule is `movements.reporting`; here it stands once more as conditions of the database,
so that nobody reads every unit and every report to count them. A test asks both ways.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Select,
    and_,
    case,
    column,
    false,
    func,
    or_,
    select,
    union_all,
    values,
)
from sqlalchemy.orm import aliased

from congress_app.database import Instant, db
from congress_app.exemplars.movement_models import Movement, MovementResult
from congress_app.exemplars.movement_totals import Period, Told
from congress_app.exemplars.movements import MovementFacts, Quarter, Reporters, late_from, quarters
from congress_app.units.lookup import OfferedUnit
from congress_app.units.models import Unit
from congress_app.units.queries import below

_ACTIVE = Unit.merged_into_id.is_(None)
_NAMED = 10_000
_UNIT = [getattr(Unit, name) for name in OfferedUnit._fields]


@dataclass(frozen=True)
class Asking:
    """Movements by whom they ask: the units directly below, the launching unit alone, or
    those at the ends of the tree below the path."""

    direct: tuple[int, ...]
    alone: tuple[int, ...]
    ends: Mapping[str, tuple[int, ...]]

    def parts(self) -> Iterator[tuple[tuple[int, ...], ColumnElement[bool]]]:
        """Movements, and the condition that one of them asks a unit."""
        yield from ((self.direct, Unit.parent_id == Movement.unit_id),) if self.direct else ()
        yield from ((self.alone, Unit.id == Movement.unit_id),) if self.alone else ()
        yield from ((ids, _at_an_end(path)) for path, ids in self.ends.items())

    def only(self, keys: Container[int]) -> Asking:
        """The same of these movements alone."""

        def among(ids: tuple[int, ...]) -> tuple[int, ...]:
            return tuple(key for key in ids if key in keys)

        ends = {path: among(ids) for path, ids in self.ends.items()}
        left = {path: ids for path, ids in ends.items() if ids}
        return Asking(among(self.direct), among(self.alone), left)

    def asks(self) -> ColumnElement[bool]:
        """The condition that a `Movement` asks a `Unit`."""
        told = (and_(Movement.id.in_(ids), condition) for ids, condition in self.parts())
        return and_(_ACTIVE, or_(false(), *told))

    def each(self, *columns: Any) -> list[Select[Any]]:
        """Statements that together give every unit each movement asks."""
        return [
            select(*columns)
            .select_from(Movement)
            .join(Unit, condition)
            .where(Movement.id.in_(ids), _ACTIVE)
            for ids, condition in self.parts()
        ]


def asking(movements: Sequence[Movement]) -> Asking:
    """Whom the movements ask; one query."""
    launching = {row.unit_id for row in movements}
    query = select(Unit.parent_id).where(Unit.parent_id.in_(launching), _ACTIVE).distinct()
    has_others = set(db.session.scalars(query)) if launching else set()
    alone = [row for row in movements if row.unit_id not in has_others]
    others = [row for row in movements if row.unit_id in has_others]
    ends: dict[str, tuple[int, ...]] = {}
    for row in others:
        if row.reporters == Reporters.BASE:
            ends[row.unit.path] = (*ends.get(row.unit.path, ()), row.id)
    direct = tuple(row.id for row in others if row.reporters != Reporters.BASE)
    return Asking(direct, tuple(row.id for row in alone), ends)


def _at_an_end(path: str) -> ColumnElement[bool]:
    child = aliased(Unit)
    inner = select(child.parent_id).where(
        child.path.startswith(path), child.path != path, child.merged_into_id.is_(None)
    )
    return and_(Unit.path.startswith(path), Unit.path != path, Unit.id.not_in(inner))


def counted(asked: Asking, within: Sequence[str]) -> dict[int, int]:
    """How many units of the reach each movement asks."""
    parts = [
        part.where(below(within)).group_by(Movement.id)
        for part in asked.each(Movement.id, func.count())
    ]
    return dict(_rows(parts))


def asking_these(asked: Asking, units: Sequence[int]) -> dict[int, set[int]]:
    """Which of these units each movement asks."""
    found: dict[int, set[int]] = {}
    for some in portions(units):
        parts = [part.where(Unit.id.in_(some)) for part in asked.each(Movement.id, Unit.id)]
        for key, unit_id in _rows(parts):
            found.setdefault(key, set()).add(unit_id)
    return found


def portions(units: Sequence[int]) -> Iterator[Sequence[int]]:
    """So many at a time as one statement may name: a page's in one, a whole sheet's in more."""
    return (units[start : start + _NAMED] for start in range(0, len(units), _NAMED))


def asks(row: Movement, unit: Unit) -> bool:
    """Does the movement ask this unit?"""
    query = select(Movement.id).join(Unit, Unit.id == unit.id).where(Movement.id == row.id)
    return db.session.scalar(query.where(asking([row]).asks())) is not None


def silent(
    asked: Asking, within: Sequence[str], wanted: Iterable[tuple[int, Quarter]]
) -> list[tuple[int, Quarter, OfferedUnit]]:
    """The units of the reach that were asked for these reports and have not sent them."""
    rows = [(key, quarter.year, quarter.number) for key, quarter in wanted]
    if not rows:
        return []
    names = [column(name, Integer) for name in ("movement_id", "year", "quarter")]
    slot = values(*names, name="slot").data(rows).cte("slot")
    told = select(MovementResult.id).where(
        MovementResult.unit_id == Unit.id, _same_quarter(slot, MovementResult)
    )
    parts = asked.each(Movement.id, slot.c.year, slot.c.quarter, *_UNIT)
    joined = [
        part.join(slot, slot.c.movement_id == Movement.id).where(below(within), ~told.exists())
        for part in parts
    ]
    return [
        (key, Quarter(year, number), OfferedUnit._make(unit))
        for key, year, number, *unit in _rows(joined)
    ]


def told(
    asked: Asking,
    within: Sequence[str],
    facts: Sequence[MovementFacts],
    period: Period | None = None,
) -> dict[int, dict[Quarter, Told]]:
    """What units of the reach have reported of each movement, by quarter."""
    if not facts:
        return {}
    result = MovementResult
    place = [getattr(result, name) for name in ("movement_id", "year", "quarter")]
    until, places = _late_from(facts, period), _asked_places(asked, within)
    query = (
        select(
            *place,
            func.count(result.reached),
            func.count() - func.count(result.reached),
            func.coalesce(func.sum(result.reached), 0),
            func.sum(case((result.reported_at >= until.c.late_from, 1), else_=0)),
            func.count(places.c.unit_id),
        )
        .outerjoin(until, _same_quarter(until, result))
        .outerjoin(places, _same(places, result, ("movement_id", "unit_id")))
        .where(in_period(period), result.movement_id.in_([one.id for one in facts]))
        .group_by(*place)
        .order_by(*place)
    )
    if "/" not in within:  # else nobody is out of reach, and no unit has to be looked up
        reach = _by_itself(select(Unit.id).where(below(within)).cte("reach"))
        query = query.join(reach, reach.c.id == result.unit_id)
    found: dict[int, dict[Quarter, Told]] = {}
    for key, year, number, *figures in db.session.execute(query):
        found.setdefault(key, {})[Quarter(year, number)] = Told(*figures)
    return found


def _asked_places(asked: Asking, within: Sequence[str]) -> CTE:
    """Every unit of the reach with the movements that ask it."""
    columns = (Movement.id.label("movement_id"), Unit.id.label("unit_id"))
    parts = (part.where(below(within)) for part in asked.each(*columns))
    return _by_itself(union_all(*parts).cte("asked"))


def _by_itself(places: CTE) -> CTE:
    """PostgreSQL reads the few units by their paths; joined, it went through all there are."""
    return places.prefix_with("MATERIALIZED", dialect="postgresql")


def _same_quarter(one: CTE, other: Any) -> ColumnElement[bool]:
    return _same(one, other, ("movement_id", "year", "quarter"))


def _same(one: CTE, other: Any, names: Sequence[str]) -> ColumnElement[bool]:
    return and_(*(one.c[name] == getattr(other, name) for name in names))


def in_period(period: Period | None) -> ColumnElement[bool]:
    """The condition that a report is of a quarter of the period."""
    if period is None:
        return MovementResult.id.is_not(None)
    return and_(
        MovementResult.year == period.year, MovementResult.quarter.in_(period.quarter_numbers)
    )


def _late_from(facts: Sequence[MovementFacts], period: Period | None) -> CTE:
    """The instant from which a report of a quarter is late, of every quarter it may be of."""
    rows = [
        (one.id, quarter.year, quarter.number, late_from(one, quarter))
        for one in facts
        for quarter in quarters(one.as_planned())
        if period is None or period.holds(quarter)
    ]
    names = [column(name, Integer) for name in ("movement_id", "year", "quarter")]
    named = values(*names, column("late_from", Instant), name="late")
    # A table without rows cannot be written: one that no report is of.
    return named.data(rows or [(0, 0, 0, late_from(facts[0], quarters(facts[0])[0]))]).cte("late")


def _rows(parts: Iterable[Select[Any]]) -> Iterator[Any]:
    listed = list(parts)
    return iter(db.session.execute(union_all(*listed))) if listed else iter(())
