"""Delegations of a congress: who they have, what they may have, who leads them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select

from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.delegates import intake_queries, queries
from congress_app.delegates.credentials import ACTIVE, State
from congress_app.delegates.models import Delegate, DelegationHead, Person
from congress_app.quota import queries as quota_queries
from congress_app.units import queries as unit_queries
from congress_app.units.models import Unit


@dataclass(frozen=True, slots=True)
class Head:
    """Who leads a delegation: the delegate's row and name."""

    delegate_id: int
    name: str


@dataclass
class Delegation:
    """One delegation; `unit_id` None holds guests from outside the sector.

    `seats` None: no allocation is in force, or the reader may not know it.
    """

    unit_id: int | None
    name: str = ""
    code: str = ""
    by_category: dict[str, int] = field(default_factory=dict)
    confirmed: int = 0
    seats: int | None = None
    head: Head | None = None

    @property
    def total(self) -> int:
        """All places held."""
        return sum(self.by_category.values())

    @property
    def elected(self) -> int:
        """Places held by elected delegates: what the quota counts."""
        return self.by_category.get("elected", 0)

    @property
    def left(self) -> int | None:
        """Seats of the quota still free; negative after exceptions."""
        return None if self.seats is None else self.seats - self.elected


def delegations(congress: Congress, *, within: Sequence[str]) -> list[Delegation]:
    """Every delegation that has delegates or seats, in protocol order, outsiders last.

    Five statements, whatever the number of delegations. Of a partial reach only its own
    people are counted, and seats are told only where the whole delegation is in reach.
    """
    found: dict[int | None, Delegation] = {}
    for unit_id, category, state, number in _counted(congress, within):
        delegation = found.setdefault(unit_id, Delegation(unit_id))
        delegation.by_category[category] = delegation.by_category.get(category, 0) + number
        delegation.confirmed += number if state == State.CONFIRMED else 0
    seats = quota_queries.seats_of(congress.id)
    units = _units({*found, *(seats or {})} - {None})
    for unit_id, (_, _, path) in units.items():
        told = any(path.startswith(prefix) for prefix in within)
        if told or unit_id in found:
            delegation = found.setdefault(unit_id, Delegation(unit_id))
            delegation.seats = (seats or {}).get(unit_id, 0) if told and seats is not None else None
    heads = _heads(congress.id)
    for unit_id, delegation in found.items():
        if unit_id is not None:
            delegation.code, delegation.name, _ = units[unit_id]
            delegation.head = heads.get(unit_id)
    order = {unit_id: place for place, unit_id in enumerate(units)}
    return sorted(found.values(), key=lambda row: order.get(row.unit_id or 0, len(order)))


def _heads(congress_id: int) -> dict[int, Head]:
    """Who leads each delegation, by unit id; columns, not objects."""
    statement = (
        select(DelegationHead.unit_id, Delegate.id, Person.full_name)
        .join(Delegate, DelegationHead.delegate_id == Delegate.id)
        .join(Person, Delegate.person_id == Person.id)
        .where(DelegationHead.congress_id == congress_id)
    )
    rows = db.session.execute(statement)
    return {unit_id: Head(delegate_id, name) for unit_id, delegate_id, name in rows}


def quota_filled(congress: Congress, *, within: Sequence[str]) -> tuple[int, int] | None:
    """Elected delegates and seats to elect, of the delegations wholly in reach.

    None while no allocation is in force, or when none of them is.
    """
    seats = quota_queries.seats_of(congress.id)
    if seats is None:
        return None
    elected = intake_queries.elected_by_delegation(congress.id)
    named = [unit_id for unit_id in {*seats, *elected} if unit_id is not None]
    mine = select(Unit.id).where(Unit.id.in_(named), unit_queries.below(within))
    ids = list(db.session.scalars(mine))
    if not ids:
        return None
    return sum(elected.get(one, 0) for one in ids), sum(seats.get(one, 0) for one in ids)


def _counted(congress: Congress, within: Sequence[str]) -> list[tuple[int | None, str, str, int]]:
    statement = (
        select(Delegate.delegation_unit_id, Delegate.category, Delegate.state, func.count())
        .join(Person, Delegate.person_id == Person.id)
        .outerjoin(Unit, Person.unit_id == Unit.id)
        .where(
            Delegate.congress_id == congress.id,
            Delegate.state.in_(ACTIVE),
            queries.seen(within, congress.unit.path),
        )
        .group_by(Delegate.delegation_unit_id, Delegate.category, Delegate.state)
    )
    return list(db.session.execute(statement))


def _units(unit_ids: Collection[int | None]) -> dict[int, tuple[str, str, str]]:
    """Code, name and path of the units, in protocol order."""
    statement = (
        select(Unit.id, Unit.code, Unit.name, Unit.path)
        .where(Unit.id.in_(unit_ids))
        .order_by(Unit.precedence, Unit.code)
    )
    return {
        unit_id: (code, name, path) for unit_id, code, name, path in db.session.execute(statement)
    }


def choices(congress: Congress, *, within: Sequence[str]) -> list[tuple[int, str]]:
    """The units whose delegations can be filtered by: the congress's own and those below it.

    Only units on the way to, or inside, the reach.
    """
    own = congress.unit
    below = [unit for unit in unit_queries.children(own.id) if _touches(unit.path, within)]
    mine = [own] if any(own.path.startswith(path) for path in within) else []
    return [(unit.id, unit.name) for unit in [*below, *mine]]


def _touches(path: str, within: Sequence[str]) -> bool:
    return any(path.startswith(prefix) or prefix.startswith(path) for prefix in within)


def members(congress: Congress, unit_id: int) -> list[Delegate]:
    """Who holds a place in the delegation, by given name: its head is chosen among them."""
    statement = (
        select(Delegate)
        .join(Person, Delegate.person_id == Person.id)
        .where(
            Delegate.congress_id == congress.id,
            Delegate.delegation_unit_id == unit_id,
            Delegate.state.in_(ACTIVE),
        )
        .order_by(Person.sort_key)
    )
    return list(db.session.scalars(statement))
