"""What lies before the councils, and which unit still lacks an exemplar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload

from congress_app.database import db
from congress_app.exemplars.coverage import Coverage, Selection, coverage_of
from congress_app.exemplars.lifecycle import Standing
from congress_app.exemplars.models import Exemplar, Nomination
from congress_app.units import queries as unit_queries
from congress_app.units.models import Unit
from congress_app.units.queries import below
from congress_app.units.tree import Kind, UnitRow

# Units whose emulation council the plan asks to select; they hold the upper conferences.
_COUNCILS = (Kind.PROVINCE, Kind.CENTRAL_BLOCK)
_EXEMPLAR = joinedload(Nomination.exemplar)
# Of the units a list shows the name, and the criteria want to know the path.
_LISTED = (
    _EXEMPLAR.selectinload(Exemplar.awards),
    _EXEMPLAR.joinedload(Exemplar.unit).load_only(Unit.name, Unit.path),
    joinedload(Nomination.council_unit).load_only(Unit.name),
)


def nomination_by_id(nomination_id: int) -> Nomination | None:
    """One nomination."""
    return db.session.get(Nomination, nomination_id)


def nominations(
    within: Sequence[str], year: int, *, offset: int = 0, limit: int | None = None
) -> list[Nomination]:
    """Nominations of a year of exemplars within reach, by their unit and name."""
    query = (
        select(Nomination)
        .join(Exemplar, Nomination.exemplar_id == Exemplar.id)
        .join(Unit, Exemplar.unit_id == Unit.id)
        .where(below(within), Nomination.year == year)
        .options(*_LISTED)
        .order_by(Unit.path, Exemplar.kind, Exemplar.sort_key, Exemplar.id)
        .offset(offset or None)
        .limit(limit)
    )
    return list(db.session.scalars(query).unique())


def nominated(within: Sequence[str], year: int) -> int:
    """How many `nominations` would give."""
    query = (
        select(func.count(Nomination.id))
        .join(Exemplar, Nomination.exemplar_id == Exemplar.id)
        .join(Unit, Exemplar.unit_id == Unit.id)
        .where(below(within), Nomination.year == year)
    )
    return db.session.scalar(query) or 0


def last_year(within: Sequence[str]) -> int | None:
    """The last year in which an exemplar within reach was nominated."""
    query = (
        select(func.max(Nomination.year))
        .join(Exemplar, Nomination.exemplar_id == Exemplar.id)
        .join(Unit, Exemplar.unit_id == Unit.id)
        .where(below(within))
    )
    return db.session.scalar(query)


def asked(within: Sequence[str], year: int) -> list[UnitRow]:
    """Every unit that has to select, in protocol order, also one before which nothing lies.

    Those are the provinces and the central block within reach; for whom none is in reach
    the units that stand at the top of it; and whoever's council was given a nomination.
    """
    councils = _councils(within, year)
    tops = [unit.id for unit in unit_queries.tops(within)]
    asked_of = Unit.kind.in_(_COUNCILS) | Unit.path.in_(councils) | Unit.id.in_(tops)
    units = unit_queries.with_those_above(asked_of, within)
    found = {unit.path for unit in units if unit.kind in _COUNCILS} or _tops(units)
    found |= councils
    return [unit for unit in units if unit.path in found]


def coverage(within: Sequence[str], year: int, units: Iterable[UnitRow]) -> list[Coverage]:
    """What each of these units has of what is asked for."""
    selections = _selections(within, year)
    return [coverage_of(unit.name, unit.path, selections) for unit in units]


def _tops(units: Sequence[UnitRow]) -> set[str]:
    ids = {unit.id for unit in units}
    return {unit.path for unit in units if unit.parent_id not in ids}


def _councils(within: Sequence[str], year: int) -> set[str]:
    query = (
        select(Unit.path)
        .join(Nomination, Nomination.council_unit_id == Unit.id)
        .where(below(within), Nomination.year == year)
        .distinct()
    )
    return set(db.session.scalars(query))


def _selections(within: Sequence[str], year: int) -> list[Selection]:
    council = aliased(Unit)
    query = (
        select(Exemplar.kind, Exemplar.field, Unit.path, council.path)
        .select_from(Nomination)
        .join(Exemplar, Nomination.exemplar_id == Exemplar.id)
        .join(Unit, Exemplar.unit_id == Unit.id)
        .join(council, Nomination.council_unit_id == council.id)
        .where(
            below(within), Nomination.year == year, Nomination.standing == Standing.SELECTED.value
        )
    )
    return [Selection(*row) for row in db.session.execute(query)]
