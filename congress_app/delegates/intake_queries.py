"""What `intake.plan` must know of a congress before it decides; read in one go.

A handful of statements whatever the number of rows: for a form the people of that name
are read, for a long sheet everybody in reach.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, func, or_, select

from congress_app.congresses import queries as congress_queries
from congress_app.congresses.models import Congress
from congress_app.congresses.rulebook import Category
from congress_app.database import db
from congress_app.delegates import credentials, duplicates, storing
from congress_app.delegates.book import Book, Held
from congress_app.delegates.credentials import ACTIVE, CapStatus
from congress_app.delegates.duplicates import Known, People
from congress_app.delegates.models import Delegate, Ground, Person
from congress_app.delegates.registration import GroundFacts
from congress_app.quota import queries as quota_queries
from congress_app.quota.exceeding_queries import tells_elected
from congress_app.units import queries as unit_queries
from congress_app.units.models import Unit

# Up to here names are looked up one by one; beyond, reading everybody is cheaper.
_FEW = 60


def cap_status(congress: Congress) -> CapStatus:
    """How full the congress is, against the cap of its rules."""
    counted = (
        select(Delegate.category, func.count())
        .where(Delegate.congress_id == congress.id, Delegate.state.in_(ACTIVE))
        .group_by(Delegate.category)
    )
    by_category = dict(db.session.execute(counted).all())
    rules = congress_queries.rules_of(congress)
    return credentials.cap_status(rules.cap, congress.unit.code, by_category)


@tells_elected
def elected_by_delegation(congress_id: int) -> dict[int | None, int]:
    """Places held by elected delegates, by the unit whose delegation they belong to."""
    counted = (
        select(Delegate.delegation_unit_id, func.count())
        .where(
            Delegate.congress_id == congress_id,
            Delegate.category == Category.ELECTED,
            Delegate.state.in_(ACTIVE),
        )
        .group_by(Delegate.delegation_unit_id)
    )
    return dict(db.session.execute(counted).all())


def book(
    congress: Congress,
    names: Sequence[str],
    *,
    within: Sequence[str] | None = None,
    person_ids: Collection[int] = (),
) -> Book:
    """The congress as facts, with the stored people any of the names may mean.

    `within` limits whom a name is compared with to the units somebody may see (None: the
    congress's whole subtree); `person_ids` of that reach are taken in whatever their name.
    """
    reach = tuple(within) if within is not None else (congress.unit.path,)
    people = _people(congress, names, reach, person_ids)
    units = db.session.execute(
        select(Unit.id, Unit.path, Unit.name).where(unit_queries.below((congress.unit.path,)))
    ).all()
    return Book(
        congress_path=congress.unit.path,
        people=People(people),
        held=_held(congress.id, [person.id for person in people]),
        cap=cap_status(congress),
        seats=quota_queries.seats_of(congress.id),
        elected=elected_by_delegation(congress.id),
        unit_paths={unit_id: path for unit_id, path, _ in units},
        unit_names={unit_id: name for unit_id, _, name in units},
        open_priorities=congress_queries.rulebook_of(congress).open_priorities,
    )


def unit_names(unit_ids: Iterable[int | None]) -> dict[int, str]:
    """Names of units, merged ones too."""
    wanted = [unit_id for unit_id in unit_ids if unit_id is not None]
    names = select(Unit.id, Unit.name).where(Unit.id.in_(wanted))
    return dict(db.session.execute(names).all())


def _people(
    congress: Congress, names: Sequence[str], reach: tuple[str, ...], person_ids: Collection[int]
) -> list[Known]:
    columns = [getattr(Person, name) for name in storing.COLUMNS]
    statement: Select[int] = (
        select(Person.id, *columns)
        .outerjoin(Unit, Person.unit_id == Unit.id)
        .where(_reachable(congress, reach))
        .order_by(Person.id)
    )
    if len(names) <= _FEW:
        keys = {key for name in names for key in duplicates.search_keys(name)}
        statement = statement.where(or_(Person.search_key.in_(keys), Person.id.in_(person_ids)))
    rows = db.session.execute(statement).mappings()
    return [Known(row["id"], storing.facts_of(cast("Mapping[str, Any]", row))) for row in rows]


def _reachable(congress: Congress, reach: tuple[str, ...]) -> ColumnElement[bool]:
    """People of units in reach; for the whole congress also its guests from outside."""
    in_units = unit_queries.below(reach)
    if congress.unit.path not in reach:
        return in_units
    delegates = select(Delegate.person_id).where(Delegate.congress_id == congress.id)
    return or_(in_units, Person.id.in_(delegates))


def _held(congress_id: int, person_ids: Collection[int]) -> dict[int, Held]:
    statement = select(
        Delegate.id,
        Delegate.person_id,
        Delegate.category,
        Delegate.state,
        Delegate.delegation_unit_id,
        Delegate.field,
        Delegate.priorities,
        Delegate.note,
    ).where(Delegate.congress_id == congress_id)
    of_delegates = (
        select(Ground.delegate_id, Ground.text, Ground.code, Ground.year, Ground.document)
        .join(Delegate)
        .where(Delegate.congress_id == congress_id)
        .order_by(Ground.id)
    )
    if len(person_ids) <= _FEW:
        statement = statement.where(Delegate.person_id.in_(person_ids))
        of_delegates = of_delegates.where(Delegate.person_id.in_(person_ids))
    grounds = _grouped(db.session.execute(of_delegates))
    return {
        row.person_id: Held(
            row.id,
            row.person_id,
            row.category,
            row.state,
            row.delegation_unit_id,
            tuple(grounds.get(row.id, ())),
            row.field,
            tuple(row.priorities),
            row.note,
        )
        for row in db.session.execute(statement)
    }


def _grouped(
    rows: Iterable[tuple[int, str, str | None, int | None, str | None]],
) -> dict[int, list[GroundFacts]]:
    grounds: dict[int, list[GroundFacts]] = {}
    for delegate_id, text, code, year, document in rows:
        grounds.setdefault(delegate_id, []).append(GroundFacts(text, code, year, document))
    return grounds
