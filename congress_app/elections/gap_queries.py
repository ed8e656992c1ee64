"""What the examined lack, counted in the database by delegation: the national list is long."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.delegates.models import Delegate, Ground, Person
from congress_app.elections import credential_queries
from congress_app.elections.credential_listing import UnitGaps, gaps_by_unit
from congress_app.units.models import Unit


def _empty(column: InstrumentedAttribute[str | None]) -> ColumnElement[bool]:
    return func.coalesce(column, "") == ""


# What `credential_listing.gaps_of` says about one, as conditions.
_FIRST_GROUND = (
    select(Ground.id).where(Ground.delegate_id == Delegate.id).limit(1).scalar_subquery()
)
_LACKS: dict[str, ColumnElement[bool]] = {
    "birth": Person.birth_year.is_(None),
    "sex": _empty(Person.sex),
    "education": _empty(Person.education),
    "political_theory": _empty(Person.political_theory),
    "field": _empty(Delegate.field),
    "grounds": _FIRST_GROUND.is_(None),
    "ethnicity": _empty(Person.ethnicity),
    "party_member": Person.party_member.is_(None),
}


def sums(congress: Congress, gaps: Sequence[str]) -> list[UnitGaps]:
    """All delegations with how many lack each of these gaps, without naming anybody."""
    statement = (
        select(
            Unit.id,
            Unit.name,
            func.count(),
            *(func.count().filter(_LACKS[gap]) for gap in gaps),
        )
        .select_from(Delegate)
        .join(Person, Delegate.person_id == Person.id)
        .outerjoin(Unit, Delegate.delegation_unit_id == Unit.id)
        .where(*credential_queries.conditions(congress))
        .group_by(Unit.id)
        .order_by(Unit.id.is_(None), Unit.precedence, Unit.code)
    )
    return [
        UnitGaps(
            name,
            delegates,
            {gap: count for gap, count in zip(gaps, counts, strict=True) if count},
            unit_id=unit_id,
        )
        for unit_id, name, delegates, *counts in db.session.execute(statement)
    ]


def of_unit(congress: Congress, unit_id: int | None, *, sensitive: bool) -> list[UnitGaps]:
    """One delegation with everybody who lacks something; None: those of no delegation."""
    whose = Delegate.delegation_unit_id == unit_id
    return gaps_by_unit(credential_queries.examined(congress, whose), sensitive=sensitive)
