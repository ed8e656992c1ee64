"""Who the delegates of a congress are: lists, one delegate, delegations, counts.

`within` are unit paths a reader may see. A path that holds the whole congress shows
everybody, guests from outside included; a part of it only people of its units. Ethnic
origin and party membership are left out unless a function says otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    String,
    and_,
    case,
    cast,
    false,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from congress_app.congresses.models import Congress
from congress_app.congresses.queries import rulebook_of
from congress_app.database import db
from congress_app.delegates import census, duplicates, listing
from congress_app.delegates.census import CensusRow
from congress_app.delegates.credentials import ACTIVE
from congress_app.delegates.listing import Wanted
from congress_app.delegates.models import Delegate, DelegationHead, Person
from congress_app.kernel.vietnamese import fold
from congress_app.units import queries as unit_queries
from congress_app.units.models import Unit

# Facts a credentials report needs; which of them a delegate lacks can be asked for.
GAPS: dict[str, ColumnElement[bool]] = {
    "birth": Person.birth_year.is_(None),
    "sex": Person.sex.is_(None),
    "position": Person.position.is_(None),
    "education": Person.education.is_(None),
    "political_theory": Person.political_theory.is_(None),
    "field": Delegate.field.is_(None),
    "phone": Person.phone.is_(None),
}
SENSITIVE_GAPS: dict[str, ColumnElement[bool]] = {
    "ethnicity": Person.ethnicity.is_(None),
    "party_member": Person.party_member.is_(None),
}
_UNRESTRICTED = Person.restricted_at.is_(None)
_Delegation = aliased(Unit)
_OUTSIDE_LAST = case((_Delegation.id.is_(None), 1), else_=0)
_SORTS: dict[str, tuple[SQLColumnExpression[Any], ...]] = {
    "name": (Person.sort_key, Delegate.number),
    "-name": (Person.sort_key.desc(), Delegate.number),
    "number": (Delegate.number,),
    "-number": (Delegate.number.desc(),),
    "delegation": (
        _OUTSIDE_LAST,
        _Delegation.precedence,
        _Delegation.code,
        Person.sort_key,
        Delegate.number,
    ),
}


def seen(within: Sequence[str], congress_path: str) -> ColumnElement[bool]:
    """The condition that a delegate is within the reach; the person's `Unit` is joined."""
    if any(congress_path.startswith(path) for path in within):
        return true()
    return unit_queries.below(within)


def delegates(
    congress: Congress,
    wanted: Wanted,
    *,
    within: Sequence[str],
    page: int | None = None,
    size: int = 50,
    sensitive: bool = False,
    shown: bool = False,
) -> list[Delegate]:
    """The delegates of a list with person, unit, delegation and grounds loaded.

    All of them, or one page (from 1). Statements: three, whatever the number of rows.
    `sensitive` lets the filters look at sensitive facts; the caller must have asked.
    `shown` leaves out whoever had the use of his data restricted: he stands in papers and
    at the door only.
    """
    statement = _listed(select(Delegate), congress, wanted, within, sensitive).options(
        contains_eager(Delegate.person).contains_eager(Person.unit),
        contains_eager(Delegate.delegation_unit.of_type(_Delegation)),
        selectinload(Delegate.grounds),
        joinedload(Delegate.replaced_by),
    )
    if shown:
        statement = statement.where(_UNRESTRICTED)
    statement = statement.order_by(*_SORTS.get(wanted.sort, _SORTS["name"]), Delegate.id)
    if page is not None:
        statement = statement.limit(size).offset((page - 1) * size)
    return list(db.session.scalars(statement).unique())


def count(
    congress: Congress,
    wanted: Wanted,
    *,
    within: Sequence[str],
    sensitive: bool = False,
    shown: bool = False,
) -> int:
    """How many delegates the filters find."""
    statement = _listed(select(func.count(Delegate.id)), congress, wanted, within, sensitive)
    if shown:
        statement = statement.where(_UNRESTRICTED)
    return db.session.scalar(statement) or 0


def _listed(
    statement: Select[Any],
    congress: Congress,
    wanted: Wanted,
    within: Sequence[str],
    sensitive: bool,
) -> Select[Any]:
    return (
        statement.select_from(Delegate)
        .join(Person, Delegate.person_id == Person.id)
        .outerjoin(Unit, Person.unit_id == Unit.id)
        .outerjoin(_Delegation, Delegate.delegation_unit_id == _Delegation.id)
        .where(
            Delegate.congress_id == congress.id,
            seen(within, congress.unit.path),
            *_conditions(congress, wanted, sensitive),
        )
    )


def _conditions(congress: Congress, wanted: Wanted, sensitive: bool) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.text:
        conditions.append(_text(wanted.text))
    if wanted.delegation is not None:
        conditions.append(
            Delegate.delegation_unit_id == wanted.delegation
            if wanted.delegation
            else Delegate.delegation_unit_id.is_(None)
        )
    if wanted.category:
        conditions.append(Delegate.category == wanted.category)
    if wanted.state in (listing.ACTIVE, listing.GONE):
        held = Delegate.state.in_(ACTIVE)
        conditions.append(held if wanted.state == listing.ACTIVE else ~held)
    elif wanted.state:
        conditions.append(Delegate.state == wanted.state)
    if wanted.priority:
        told = sensitive or wanted.priority in rulebook_of(congress).open_priorities
        conditions.append(_priority(wanted.priority) if told else false())
    if wanted.gap:
        conditions.append(_gap(wanted.gap, sensitive))
    if wanted.excepted:
        conditions.append(Delegate.exception_document.is_not(None))
    return conditions


def _text(text: str) -> ColumnElement[bool]:
    """Name, unit, organisation or position without accents; a number is the delegate's."""
    bare = text.strip()
    if bare.isascii() and bare.isdigit() and len(bare) <= 6:
        return Delegate.number == int(bare)
    keys = sorted(duplicates.search_keys(bare))
    return or_(
        *(Person.search_key.contains(key, autoescape=True) for key in keys),
        Unit.search_key.contains(fold(bare), autoescape=True),
        _Delegation.search_key.contains(fold(bare), autoescape=True),
        Person.organisation.icontains(bare, autoescape=True),
        Person.position.icontains(bare, autoescape=True),
    )


def _priority(code: str) -> ColumnElement[bool]:
    # As the column holds it: a quotation mark in the code must not reach the next element.
    marked = cast(Delegate.priorities, String).contains(json.dumps(code), autoescape=True)
    if code == census.WOMEN:
        return or_(marked, Person.sex == "F")
    # Letters of either size: SQLite's LIKE makes no difference between them.
    if code.casefold() == census.ETHNIC_MINORITY:
        known = and_(Person.ethnicity.is_not(None), Person.ethnicity != "")
        return or_(marked, and_(known, func.lower(Person.ethnicity).not_in(census.MAJORITY_NAMES)))
    return marked


def _gap(key: str, sensitive: bool) -> ColumnElement[bool]:
    gaps = GAPS | SENSITIVE_GAPS if sensitive else GAPS
    return or_(*gaps.values()) if key == "any" else gaps.get(key, false())


def delegate_by_id(
    congress: Congress, delegate_id: int, *, within: Sequence[str]
) -> Delegate | None:
    """One delegate of the congress with everything its page shows; None out of reach."""
    statement = (
        select(Delegate)
        .join(Person, Delegate.person_id == Person.id)
        .outerjoin(Unit, Person.unit_id == Unit.id)
        .where(
            Delegate.id == delegate_id,
            Delegate.congress_id == congress.id,
            seen(within, congress.unit.path),
        )
        .options(
            contains_eager(Delegate.person).contains_eager(Person.unit),
            joinedload(Delegate.delegation_unit),
            joinedload(Delegate.replaced_by),
            selectinload(Delegate.grounds),
        )
    )
    return db.session.scalars(statement).unique().one_or_none()


def replaced_by(delegate_id: int) -> Delegate | None:
    """Whose place this delegate took over."""
    return db.session.scalar(select(Delegate).where(Delegate.replaced_by_id == delegate_id))


def heads(congress_id: int) -> dict[int, Delegate]:
    """Who leads each delegation, by unit id."""
    statement = select(DelegationHead).where(DelegationHead.congress_id == congress_id)
    return {head.unit_id: head.delegate for head in db.session.scalars(statement)}


def counts_by_state(congress: Congress, *, within: Sequence[str]) -> dict[str, int]:
    """How many delegates stand in each state."""
    statement = (
        select(Delegate.state, func.count())
        .join(Person, Delegate.person_id == Person.id)
        .outerjoin(Unit, Person.unit_id == Unit.id)
        .where(Delegate.congress_id == congress.id, seen(within, congress.unit.path))
        .group_by(Delegate.state)
    )
    return dict(db.session.execute(statement).all())


def census_rows(congress: Congress, *, within: Sequence[str]) -> list[CensusRow]:
    """The delegates who hold a place, as the census counts them (sensitive facts inside)."""
    statement = (
        select(Delegate.category, Person.sex, Person.ethnicity, Delegate.priorities, Delegate.field)
        .join(Person, Delegate.person_id == Person.id)
        .outerjoin(Unit, Person.unit_id == Unit.id)
        .where(
            Delegate.congress_id == congress.id,
            Delegate.state.in_(ACTIVE),
            seen(within, congress.unit.path),
        )
    )
    return [
        CensusRow(category, sex, ethnicity, tuple(priorities), field_of_work)
        for category, sex, ethnicity, priorities, field_of_work in db.session.execute(statement)
    ]


def ids_in_state(
    congress: Congress, wanted: Wanted, state: str, *, within: Sequence[str]
) -> list[int]:
    """The delegates the filters find who stand in the state."""
    statement = _listed(select(Delegate.id), congress, wanted, within, sensitive=False)
    return list(db.session.scalars(statement.where(Delegate.state == state)))
