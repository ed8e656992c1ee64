"""Elected against quota for every unit of an allocation, and whom another version touches."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import func, select

from congress_app.congresses import rulebook, timing
from congress_app.congresses.models import Congress
from congress_app.congresses.rulebook import Category
from congress_app.database import db
from congress_app.delegates import intake_queries
from congress_app.delegates.cascade import Below, Rung, Touched, in_urgency
from congress_app.delegates.credentials import ACTIVE
from congress_app.delegates.models import Delegate, Person
from congress_app.kernel import clock
from congress_app.quota import queries as quota_queries
from congress_app.quota.models import Allocation, AllocationLine
from congress_app.units import queries as unit_queries
from congress_app.units.models import Unit


def rungs(congress: Congress, *, within: Sequence[str]) -> list[Rung] | None:
    """Every unit of the allocation in force that the reach touches, the late ones first.

    None while no version is in force. A fixed number of statements.
    """
    allocation = quota_queries.allocation_in_force(congress.id)
    if allocation is None:
        return None
    lines = db.session.execute(
        select(Unit.id, Unit.name, Unit.path, AllocationLine.seats)
        .join(Unit, AllocationLine.unit_id == Unit.id)
        .where(AllocationLine.allocation_id == allocation.id, unit_queries.below(within))
        .order_by(AllocationLine.position)
    ).all()
    elected = intake_queries.elected_by_delegation(congress.id)
    below = _below(congress, [unit_id for unit_id, *_ in lines])
    return in_urgency(
        Rung(unit_id, name, path, seats, elected.get(unit_id, 0), below.get(unit_id))
        for unit_id, name, path, seats in lines
    )


def _below(congress: Congress, unit_ids: Collection[int]) -> dict[int, Below]:
    rows = db.session.execute(
        select(Congress.unit_id, Congress.id, Congress.level, Congress.state, Congress.held_on)
        .where(Congress.season_id == congress.season_id, Congress.unit_id.in_(unit_ids))
        .where(Congress.id != congress.id)
    ).all()
    ids = [row.id for row in rows]
    seats, elected = _seats_in_force(ids), _elected(ids)
    book, today = rulebook.from_json(congress.season.rulebook.body), clock.today()
    return {
        row.unit_id: Below(
            row.id,
            row.state,
            row.held_on,
            timing.light(timing.due_of(book.level(row.level)), row.state, row.held_on, today),
            seats.get(row.id),
            elected.get(row.id, 0),
        )
        for row in rows
    }


def _seats_in_force(congress_ids: Collection[int]) -> dict[int, int]:
    statement = (
        select(Allocation.congress_id, func.sum(AllocationLine.seats))
        .join(AllocationLine, AllocationLine.allocation_id == Allocation.id)
        .where(
            Allocation.congress_id.in_(congress_ids),
            Allocation.state.in_(quota_queries.IN_FORCE),
        )
        .group_by(Allocation.congress_id)
    )
    return dict(db.session.execute(statement).all())


def _elected(congress_ids: Collection[int]) -> dict[int, int]:
    statement = (
        select(Delegate.congress_id, func.count())
        .where(
            Delegate.congress_id.in_(congress_ids),
            Delegate.category == Category.ELECTED,
            Delegate.state.in_(ACTIVE),
        )
        .group_by(Delegate.congress_id)
    )
    return dict(db.session.execute(statement).all())


def touched(congress: Congress, allocation: Allocation) -> list[Touched]:
    """Whom the version touches: lines it changes, and delegates elected beyond a new line.

    Compared with the version in force (when that is another one) and with the places held.
    """
    before = _other_in_force(congress, allocation)
    after = {line.unit_id: line.seats for line in allocation.lines}
    elected = intake_queries.elected_by_delegation(congress.id)
    counted = {unit_id: number for unit_id, number in elected.items() if unit_id is not None}
    over = [unit_id for unit_id, number in counted.items() if number > after.get(unit_id, 0)]
    changed = [key for key in {*before, *after} if before and before.get(key) != after.get(key)]
    names = _elected_names(congress.id, over)
    units = _names_in_order({*over, *changed})
    return [
        Touched(
            name,
            before.get(unit_id),
            after.get(unit_id),
            counted.get(unit_id, 0),
            tuple(names.get(unit_id, ())),
        )
        for unit_id, name in units.items()
    ]


def _other_in_force(congress: Congress, allocation: Allocation) -> Mapping[int, int]:
    in_force = quota_queries.allocation_in_force(congress.id)
    if in_force is None or in_force.id == allocation.id:
        return {}
    return quota_queries.seats_of(congress.id) or {}


def _elected_names(congress_id: int, unit_ids: Collection[int]) -> dict[int, list[str]]:
    statement = (
        select(Delegate.delegation_unit_id, Person.full_name)
        .join(Person, Delegate.person_id == Person.id)
        .where(
            Delegate.congress_id == congress_id,
            Delegate.category == Category.ELECTED,
            Delegate.state.in_(ACTIVE),
            Delegate.delegation_unit_id.in_(unit_ids),
        )
        .order_by(Person.sort_key)
    )
    found: dict[int, list[str]] = {}
    for unit_id, name in db.session.execute(statement):
        found.setdefault(unit_id or 0, []).append(name)
    return found


def _names_in_order(unit_ids: Collection[int]) -> dict[int, str]:
    statement = select(Unit.id, Unit.name).where(Unit.id.in_(unit_ids))
    return dict(db.session.execute(statement.order_by(Unit.precedence, Unit.code)).all())
