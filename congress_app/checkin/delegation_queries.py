"""The delegations at the door: who of each is here, who is missing, whom to call."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, literal, select

from congress_app.checkin import queries
from congress_app.checkin.models import Excuse, Presence
from congress_app.checkin.queries import ATTENDING, Count
from congress_app.database import db
from congress_app.delegates.models import Delegate, DelegationHead, Person
from congress_app.programme.models import Session


@dataclass(frozen=True)
class Absent:
    """Somebody expected who is not in the hall; `phone` only for whoever may see it."""

    delegate_id: int
    number: int | None
    name: str
    position: str | None
    state: str
    excuse: str | None
    first_in_at: datetime | None
    phone: str | None


@dataclass(frozen=True)
class Head:
    """Who leads the delegation."""

    name: str
    phone: str | None


@dataclass(frozen=True)
class DoorDelegation:
    """One delegation with its figures: `missing` and `excused` by given name."""

    count: Count
    head: Head | None = None
    missing: list[Absent] = field(default_factory=list)
    excused: list[Absent] = field(default_factory=list)


def delegations(
    congress_id: int, session: Session | None, *, with_phones: bool
) -> list[DoorDelegation]:
    """Every delegation in protocol order, outsiders last; three statements in all.

    Telephone numbers are read only when asked for.
    """
    heads = _heads(congress_id, with_phones=with_phones)
    found = {
        count.unit_id: DoorDelegation(count, heads.get(count.unit_id or 0))
        for count in queries.attendance(congress_id, session).by_unit
    }
    for unit_id, absent in _absent(congress_id, session, with_phones=with_phones):
        delegation = found[unit_id]
        (delegation.missing if absent.excuse is None else delegation.excused).append(absent)
    return list(found.values())


def _absent(
    congress_id: int, session: Session | None, *, with_phones: bool
) -> list[tuple[int | None, Absent]]:
    session_id = session.id if session else 0
    statement = (
        select(
            Delegate.delegation_unit_id,
            Delegate.id,
            Delegate.number,
            Person.full_name,
            Person.position,
            Delegate.state,
            Excuse.reason,
            Presence.first_in_at,
            Person.phone if with_phones else literal(None),
        )
        .join(Person, Delegate.person_id == Person.id)
        .outerjoin(
            Presence, (Presence.delegate_id == Delegate.id) & (Presence.session_id == session_id)
        )
        .outerjoin(Excuse, (Excuse.delegate_id == Delegate.id) & (Excuse.session_id == session_id))
        .where(
            Delegate.congress_id == congress_id,
            Delegate.state.in_(ATTENDING),
            ~func.coalesce(Presence.is_present, False),
        )
        .order_by(Person.sort_key, Delegate.id)
    )
    return [(row[0], Absent(*row[1:])) for row in db.session.execute(statement)]


def _heads(congress_id: int, *, with_phones: bool) -> dict[int, Head]:
    statement = (
        select(
            DelegationHead.unit_id,
            Person.full_name,
            Person.phone if with_phones else literal(None),
        )
        .join(Delegate, DelegationHead.delegate_id == Delegate.id)
        .join(Person, Delegate.person_id == Person.id)
        .where(DelegationHead.congress_id == congress_id)
    )
    return {unit_id: Head(name, phone) for unit_id, name, phone in db.session.execute(statement)}
