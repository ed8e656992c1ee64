"""Who sits in the bodies of a congress, and how each was adopted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from congress_app.database import db
from congress_app.delegates.committee_models import CommitteeAdoption, CommitteeSeat
from congress_app.delegates.committees import Body, Nominee, post_words
from congress_app.delegates.credentials import ACTIVE
from congress_app.delegates.models import Delegate, Person
from congress_app.units.models import Unit


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a body, as pages and papers need it.

    `about` is post and unit in words; `words` says what the member is in the body
    ("Trưởng ban"), to be translated. `has_left` tells of a delegate who gave up the place.
    """

    seat_id: int
    name: str
    post: str
    words: str
    about: str = ""
    delegate_id: int | None = None
    person_id: int | None = None
    has_left: bool = False


def members(congress_id: int, body: str) -> list[Member]:
    """The members of one body in their order; none when it was not formed."""
    return [_member(seat) for seat in seats(congress_id, body)]


def all_members(congress_id: int) -> dict[str, list[Member]]:
    """The members of every body, empty ones included."""
    found: dict[str, list[Member]] = {body.value: [] for body in Body}
    for seat in seats(congress_id):
        found[seat.body].append(_member(seat))
    return found


def seats(congress_id: int, body: str | None = None) -> Sequence[CommitteeSeat]:
    """The stored seats in order, with delegate, person and unit loaded by one statement."""
    statement = (
        select(CommitteeSeat)
        .outerjoin(Delegate, CommitteeSeat.delegate_id == Delegate.id)
        .outerjoin(Person, Delegate.person_id == Person.id)
        .outerjoin(Unit, Person.unit_id == Unit.id)
        .where(CommitteeSeat.congress_id == congress_id)
        .order_by(CommitteeSeat.position, CommitteeSeat.id)
        .options(
            contains_eager(CommitteeSeat.delegate)
            .contains_eager(Delegate.person)
            .contains_eager(Person.unit)
        )
    )
    if body is not None:
        statement = statement.where(CommitteeSeat.body == body)
    return db.session.scalars(statement).all()


def _member(seat: CommitteeSeat) -> Member:
    words = post_words(seat.body, seat.post)
    if seat.delegate is None:
        return Member(seat.id, seat.full_name or "", seat.post, words, seat.about or "")
    person = seat.delegate.person
    unit = person.unit.name if person.unit else person.organisation
    return Member(
        seat_id=seat.id,
        name=person.full_name,
        post=seat.post,
        words=words,
        about=", ".join(part for part in (person.position, unit) if part),
        delegate_id=seat.delegate_id,
        person_id=person.id,
        has_left=seat.delegate.state not in ACTIVE,
    )


def seat_by_id(congress_id: int, seat_id: int) -> CommitteeSeat | None:
    """One seat of this congress."""
    return db.session.scalar(
        select(CommitteeSeat).where(
            CommitteeSeat.id == seat_id, CommitteeSeat.congress_id == congress_id
        )
    )


def nominees(congress_id: int) -> list[Nominee]:
    """The delegates who may be named: whoever holds a place, by given name."""
    statement = (
        select(
            Delegate.id,
            Delegate.number,
            Person.full_name,
            func.coalesce(Unit.name, Person.organisation, ""),
        )
        .join(Person, Delegate.person_id == Person.id)
        .outerjoin(Unit, Person.unit_id == Unit.id)
        .where(Delegate.congress_id == congress_id, Delegate.state.in_(ACTIVE))
        .order_by(Person.sort_key, Delegate.id)
    )
    return [Nominee(*row) for row in db.session.execute(statement)]


def adoptions(congress_id: int, body: str) -> Sequence[CommitteeAdoption]:
    """How the body was adopted, the latest act first."""
    statement = (
        select(CommitteeAdoption)
        .where(CommitteeAdoption.congress_id == congress_id, CommitteeAdoption.body == body)
        .order_by(CommitteeAdoption.id.desc())
    )
    return db.session.scalars(statement).all()


def as_voted(rows: Iterable[CommitteeSeat]) -> list[list[str]]:
    """The list as an adoption keeps it: name and post of each, in order."""
    return [[one.name, one.post] for one in map(_member, rows)]


def fingerprint(rows: Iterable[CommitteeSeat]) -> str:
    """SHA-256 over the list as voted: what a page sends back of the members it showed."""
    return hashlib.sha256(json.dumps(as_voted(rows), ensure_ascii=False).encode()).hexdigest()


def person_ids(congress_id: int, body: str) -> list[int]:
    """The persons behind the members who are delegates: tellers may not be candidates."""
    return [m.person_id for m in members(congress_id, body) if m.person_id is not None]
