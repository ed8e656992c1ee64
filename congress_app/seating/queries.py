"""Halls, who needs a seat, and who sits where."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import aliased

from congress_app.database import db
from congress_app.delegates import committee_queries
from congress_app.delegates.committee_queries import Member
from congress_app.delegates.credentials import ACTIVE, State
from congress_app.delegates.models import Delegate, DelegationHead, Ground, Person
from congress_app.seating.blocks import BODY_BLOCKS, Attendee, Block, Group, grouped
from congress_app.seating.models import Hall, HallSeat
from congress_app.seating.naming import SeatName
from congress_app.seating.plan import HallPlan, PlanSeat, Sitter
from congress_app.seating.proposal import Chair
from congress_app.units.models import Unit


def halls(congress_id: int) -> Sequence[Hall]:
    """The halls in the order in which they are filled."""
    return db.session.scalars(
        select(Hall).where(Hall.congress_id == congress_id).order_by(Hall.position, Hall.id)
    ).all()


def hall_by_id(congress_id: int, hall_id: int) -> Hall | None:
    """A hall, if of this congress."""
    return db.session.scalar(
        select(Hall).where(Hall.id == hall_id, Hall.congress_id == congress_id)
    )


def seat_by_id(congress_id: int, seat_id: int) -> HallSeat | None:
    """A seat, if in a hall of this congress."""
    return db.session.scalar(
        select(HallSeat)
        .join(HallSeat.hall)
        .where(HallSeat.id == seat_id, Hall.congress_id == congress_id)
    )


def seats(congress_id: int) -> Sequence[HallSeat]:
    """Every seat of every hall, from the front of the first one, rows from the left."""
    return db.session.scalars(
        select(HallSeat)
        .join(HallSeat.hall)
        .where(Hall.congress_id == congress_id)
        .order_by(Hall.position, Hall.id, HallSeat.y, HallSeat.x)
    ).all()


def chairs(rows: Iterable[HallSeat]) -> list[Chair]:
    """The seats as the proposal sees them."""
    numbers: dict[tuple[int, int], int] = {}
    found: list[Chair] = []
    for seat in rows:
        row = numbers.setdefault((seat.hall_id, seat.y), len(numbers))
        holder, fixed = seat.delegate_id, seat.is_fixed
        chair = Chair(seat.id, row, seat.x, seat.hall_id, seat.is_blocked, fixed, holder)
        found.append(chair)
    return found


@dataclass(frozen=True)
class Overview:
    """All halls of a congress, and who is still without a seat.

    `waiting` confirmed; `waiting_held` hold a place, confirmed or not. `outsiders` are the
    names of those in bodies called forward who are no delegates, by body.
    """

    plans: list[HallPlan]
    waiting: list[Attendee]
    waiting_held: list[Attendee]
    outsiders: dict[str, list[str]]


def overview(congress_id: int) -> Overview:
    """What the page of the halls shows, everybody and the bodies read once."""
    members = committee_queries.all_members(congress_id)
    known = _people(congress_id, ACTIVE)
    found = _plans(congress_id, _groups([one for _, one in known], members))
    seated = {sitter.delegate_id for plan in found for sitter in plan.sitters}
    left = [(state, one) for state, one in known if one.delegate_id not in seated]
    return Overview(
        plans=found,
        waiting=[one for state, one in left if state == State.CONFIRMED],
        waiting_held=[one for _, one in left],
        outsiders=_outsiders(members),
    )


def people(congress_id: int, states: Collection[str]) -> list[Attendee]:
    """The delegates in these states, with what decides where they sit."""
    return [one for _, one in _people(congress_id, states)]


def _people(congress_id: int, states: Collection[str]) -> list[tuple[str, Attendee]]:
    """Each with the state of the place, by protocol of delegations and name."""
    delegation = aliased(Unit)
    statement = (
        select(
            Delegate.state,
            Delegate.id,
            Person.full_name,
            Person.sort_key,
            Delegate.category,
            Delegate.delegation_unit_id,
            func.coalesce(delegation.name, ""),
        )
        .join(Person, Delegate.person_id == Person.id)
        .outerjoin(delegation, Delegate.delegation_unit_id == delegation.id)
        .where(Delegate.congress_id == congress_id, Delegate.state.in_(list(states)))
        .order_by(delegation.precedence, delegation.code, Person.sort_key, Delegate.id)
    )
    heads = set(
        db.session.scalars(
            select(DelegationHead.delegate_id).where(DelegationHead.congress_id == congress_id)
        )
    )
    grounds = _grounds(congress_id)
    ranks: dict[int | None, int] = {}
    found: list[tuple[str, Attendee]] = []
    for row in db.session.execute(statement):
        one = Attendee(
            *row[1:],
            delegation_rank=ranks.setdefault(row.delegation_unit_id, len(ranks)),
            is_head=row.id in heads,
            grounds=frozenset(grounds.get(row.id, ())),
        )
        found.append((row.state, one))
    return found


def _grounds(congress_id: int) -> dict[int, set[str]]:
    rows = db.session.execute(
        select(Ground.delegate_id, Ground.code)
        .join(Ground.delegate)
        .where(Delegate.congress_id == congress_id, Ground.code.is_not(None))
    )
    found: dict[int, set[str]] = {}
    for delegate_id, code in rows:
        found.setdefault(delegate_id, set()).add(str(code))
    return found


def groups(congress_id: int, states: Collection[str]) -> list[Group]:
    """Who sits together, from the front of the hall; only delegates in these states."""
    members = committee_queries.all_members(congress_id)
    return _groups(people(congress_id, states), members)


def _groups(known: Sequence[Attendee], members: Mapping[str, Sequence[Member]]) -> list[Group]:
    bodies: dict[str, list[int]] = {
        body: [one.delegate_id for one in each if one.delegate_id is not None]
        for body, each in members.items()
    }
    return grouped(known, bodies)


def _outsiders(members: Mapping[str, Sequence[Member]]) -> dict[str, list[str]]:
    """A seat belongs to a delegate, so these get none from the proposal."""
    named = {
        block.value: [one.name for one in members.get(block, ()) if one.delegate_id is None]
        for block in BODY_BLOCKS
    }
    return {block: names for block, names in named.items() if names}


def plans(congress_id: int) -> list[HallPlan]:
    """Every hall with its seats and who sits there; a fixed number of statements."""
    return _plans(congress_id, groups(congress_id, ACTIVE))


def _plans(congress_id: int, together: Sequence[Group]) -> list[HallPlan]:
    sitters = _sitters(congress_id, together)
    by_hall: dict[int, list[PlanSeat]] = {}
    for row in db.session.execute(_seat_columns(congress_id)):
        seat = PlanSeat(*(*row[2:], sitters.get(row.delegate_id)))
        by_hall.setdefault(row.hall_id, []).append(seat)
    return [
        HallPlan(
            hall.id, hall.version, hall.name, hall.description, tuple(by_hall.get(hall.id, ()))
        )
        for hall in halls(congress_id)
    ]


def _seat_columns(congress_id: int) -> Select[*tuple[Any, ...]]:
    """Columns, not objects: hall, delegate, then what a `PlanSeat` begins with."""
    return (
        select(
            HallSeat.hall_id,
            HallSeat.delegate_id,
            HallSeat.id,
            HallSeat.version,
            HallSeat.row,
            HallSeat.number,
            HallSeat.x,
            HallSeat.y,
            HallSeat.is_blocked,
            HallSeat.is_fixed,
        )
        .join(HallSeat.hall)
        .where(Hall.congress_id == congress_id)
        .order_by(Hall.position, Hall.id, HallSeat.y, HallSeat.x)
    )


def _sitters(congress_id: int, sitting: Sequence[Group]) -> dict[int, Sitter]:
    """Everybody with a seat, also those who gave up their place since."""
    together = {member: group for group in sitting for member in group.members}
    statement = (
        select(
            Delegate.id,
            Person.full_name,
            func.coalesce(Unit.name, Person.organisation, ""),
            Delegate.number,
        )
        .join(HallSeat, HallSeat.delegate_id == Delegate.id)
        .join(Person, Delegate.person_id == Person.id)
        .outerjoin(Unit, Person.unit_id == Unit.id)
        .where(Delegate.congress_id == congress_id)
    )
    found: dict[int, Sitter] = {}
    for delegate_id, name, unit, number in db.session.execute(statement):
        group = together.get(delegate_id)
        found[delegate_id] = Sitter(
            delegate_id,
            name,
            unit,
            number,
            group.block if group else Block.OTHERS,
            group.label if group else "",
            group.shade if group else 0,
            has_left=group is None,
        )
    return found


def waiting(congress_id: int, states: Collection[str] = (State.CONFIRMED,)) -> list[Attendee]:
    """Delegates in these states without a seat, by protocol of delegations and name."""
    seated = set(
        db.session.scalars(
            select(HallSeat.delegate_id)
            .join(HallSeat.hall)
            .where(Hall.congress_id == congress_id, HallSeat.delegate_id.is_not(None))
        )
    )
    return [one for one in people(congress_id, states) if one.delegate_id not in seated]


def active_delegate(congress_id: int, delegate_id: int) -> Delegate | None:
    """A delegate of this congress who holds a place."""
    return db.session.scalar(
        select(Delegate).where(
            Delegate.id == delegate_id,
            Delegate.congress_id == congress_id,
            Delegate.state.in_(ACTIVE),
        )
    )


def seat_of(delegate_ids: Collection[int]) -> dict[int, SeatName]:
    """Where each of these delegates sits; who has no seat, or left, is not in it."""
    other = aliased(Hall)
    several = exists().where(other.congress_id == Hall.congress_id, other.id != Hall.id)
    statement = (
        select(HallSeat.delegate_id, Hall.name, HallSeat.row, HallSeat.number, ~several)
        .join(HallSeat.hall)
        .join(HallSeat.delegate)
        .where(HallSeat.delegate_id.in_(list(delegate_ids)), Delegate.state.in_(ACTIVE))
    )
    return {
        delegate_id: SeatName(hall, row, number, bool(only))
        for delegate_id, hall, row, number, only in db.session.execute(statement)
        if delegate_id is not None
    }


def replacements(congress_id: int) -> dict[int, int]:
    """Who took the place of whom, for those whose seat is still held by the one who left."""
    new = aliased(Delegate)
    statement = (
        select(Delegate.id, new.id)
        .join(HallSeat, HallSeat.delegate_id == Delegate.id)
        .join(new, Delegate.replaced_by_id == new.id)
        .where(
            Delegate.congress_id == congress_id,
            Delegate.state.not_in(ACTIVE),
            new.state.in_(ACTIVE),
        )
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}
