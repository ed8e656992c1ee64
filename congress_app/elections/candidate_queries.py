"""Candidates of an election, who could become one, and whom a typed name may mean."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import joinedload

from congress_app.congresses.models import Congress
from congress_app.congresses.rulebook import Category
from congress_app.database import db
from congress_app.delegates import duplicates, storing
from congress_app.delegates.credentials import ACTIVE
from congress_app.delegates.duplicates import Known, Match, People
from congress_app.delegates.models import Delegate, Person
from congress_app.delegates.registration import PersonFacts
from congress_app.elections.conduct import ON_THE_BALLOT
from congress_app.elections.models import Candidate
from congress_app.elections.naming import Label, Named, labels
from congress_app.kernel.errors import Detail
from congress_app.units.models import Unit


def candidates(election_id: int) -> list[Candidate]:
    """All names that came up, by given name."""
    wanted = (
        select(Candidate)
        .join(Person, Candidate.person_id == Person.id)
        .where(Candidate.election_id == election_id)
        .order_by(Person.sort_key, Candidate.id)
        .options(joinedload(Candidate.person).joinedload(Person.unit))
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(wanted).unique())


def on_the_ballot(election_id: int) -> list[Candidate]:
    """The names that stand, by given name."""
    return [one for one in candidates(election_id) if one.state in ON_THE_BALLOT]


def candidate(election_id: int, candidate_id: int) -> Candidate | None:
    """One candidate of the election."""
    return db.session.scalar(
        select(Candidate).where(Candidate.id == candidate_id, Candidate.election_id == election_id)
    )


def named(candidate: Candidate) -> Named:
    """Who the candidate is, for `naming.labels`."""
    person = candidate.person
    return Named(
        key=str(candidate.id),
        name=person.full_name,
        birth=storing.birth_of(person.birth_year, person.birth_month, person.birth_day),
        unit=person.unit.name if person.unit else (person.organisation or ""),
    )


def names(listed: Sequence[Candidate]) -> dict[int, Label]:
    """How each is shown among these, by candidate id."""
    return {int(key): label for key, label in labels([named(one) for one in listed]).items()}


def nominable(congress: Congress, election_id: int, text: str, limit: int = 50) -> list[Person]:
    """Stored people of the congress's units or among its voting delegates, not yet listed.

    `text` is folded (`vietnamese.fold`) and may be a part of the name; "" finds delegates only.
    """
    is_delegate = _votes_here(congress)
    listed = select(Candidate.person_id).where(Candidate.election_id == election_id)
    wanted = (
        select(Person)
        .outerjoin(Unit, Person.unit_id == Unit.id)
        .where(Person.id.not_in(listed))
        .order_by(Person.sort_key, Person.id)
        .limit(limit)
        .options(joinedload(Person.unit))
    )
    if text:
        here = Unit.path.startswith(congress.unit.path, autoescape=True)
        wanted = wanted.where(
            or_(is_delegate, here), Person.search_key.contains(text, autoescape=True)
        )
    else:
        wanted = wanted.where(is_delegate)
    return list(db.session.scalars(wanted).unique())


def nominable_person(congress: Congress, person_id: int) -> Person | None:
    """The stored person, if of those `nominable` finds by name."""
    is_delegate = _votes_here(congress)
    here = Unit.path.startswith(congress.unit.path, autoescape=True)
    return db.session.scalar(
        select(Person)
        .outerjoin(Unit, Person.unit_id == Unit.id)
        .where(Person.id == person_id, or_(is_delegate, here))
    )


def _votes_here(congress: Congress) -> ColumnElement[bool]:
    return exists().where(
        Delegate.person_id == Person.id,
        Delegate.congress_id == congress.id,
        Delegate.category.in_((Category.OFFICIAL, Category.ELECTED)),
        Delegate.state.in_(ACTIVE),
    )


def alike(congress: Congress, facts: PersonFacts) -> list[Match]:
    """Stored people of the congress's units whom the facts may mean, the most alike first."""
    keys = duplicates.search_keys(facts.full_name)
    wanted = (
        select(Person)
        .join(Unit, Person.unit_id == Unit.id)
        .where(
            Person.search_key.in_(keys),
            Unit.path.startswith(congress.unit.path, autoescape=True),
        )
    )
    known = [Known(row.id, storing.facts_of_row(row)) for row in db.session.scalars(wanted)]
    return People(known).matches(facts)


def told(matches: Sequence[Match]) -> list[Detail]:
    """The people a name may mean, as details of a refusal: person_id, message."""
    units = [match.person.facts.unit_id for match in matches]
    found = db.session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(units))).all()
    unit_names: dict[int, str] = {row[0]: row[1] for row in found}
    return [
        {
            "person_id": match.person.id,
            "message": duplicates.describe(match, unit_names.get(match.person.facts.unit_id or 0)),
        }
        for match in matches
    ]
