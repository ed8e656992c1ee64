"""What lies before the councils, and which unit still lacks an exemplar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, literal_column, select
from sqlalchemy.orm import joinedload

from congress_app.database import db
from congress_app.exemplars.facts import Kind
from congress_app.exemplars.lifecycle import Standing
from congress_app.exemplars.models import Exemplar, Nomination
from congress_app.units.models import Unit
from congress_app.units.queries import below


@dataclass(frozen=True)
class Coverage:
    """Selected exemplars of one unit's council in one field.

    The plan asks for at least one collective and one individual (1935/KH-BHXH, III.1).
    """

    unit: str
    field: str
    collectives: int
    individuals: int

    @property
    def is_met(self) -> bool:
        """At least one of each."""
        return self.collectives > 0 and self.individuals > 0


def nomination_by_id(nomination_id: int) -> Nomination | None:
    """One nomination."""
    return db.session.get(Nomination, nomination_id)


def nominations(within: Sequence[str], year: int) -> list[Nomination]:
    """Nominations of a year of exemplars within reach, by their unit and name."""
    query = (
        select(Nomination)
        .join(Exemplar, Nomination.exemplar_id == Exemplar.id)
        .join(Unit, Exemplar.unit_id == Unit.id)
        .where(below(within), Nomination.year == year)
        .options(joinedload(Nomination.exemplar).selectinload(Exemplar.awards))
        .order_by(Unit.path, Exemplar.kind, Exemplar.sort_key, Exemplar.id)
    )
    return list(db.session.scalars(query).unique())


def coverage(within: Sequence[str], year: int) -> list[Coverage]:
    """By council and field what was put forward in a year, and how many were selected.

    A council before which nothing of a field lies is not listed: which fields a unit works
    in is not recorded anywhere.
    """
    # A value bound twice would make two expressions of it for PostgreSQL.
    field = func.coalesce(Exemplar.field, literal_column("''"))
    query = (
        select(
            Unit.name,
            field,
            func.sum(_selected(Kind.COLLECTIVE)),
            func.sum(_selected(Kind.INDIVIDUAL)),
        )
        .select_from(Nomination)
        .join(Exemplar, Nomination.exemplar_id == Exemplar.id)
        .join(Unit, Nomination.council_unit_id == Unit.id)
        .where(below(within), Nomination.year == year)
        .group_by(Unit.path, Unit.name, field)
        .order_by(Unit.path, field)
    )
    return [Coverage(*row) for row in db.session.execute(query)]


def _selected(kind: Kind) -> ColumnElement[int]:
    chosen = Nomination.standing == Standing.SELECTED.value
    return case((chosen & (Exemplar.kind == kind.value), 1), else_=0)
