"""The register of requests, the persons they are about, and what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import joinedload

from congress_app.congresses.lifecycle import State as CongressState
from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.delegates.committee_models import CommitteeSeat
from congress_app.delegates.exemplar_models import ExemplarPerson
from congress_app.delegates.models import Delegate, Person
from congress_app.dossiers import due as due_rules
from congress_app.dossiers.due import Due, Waiting
from congress_app.dossiers.models import DataRequest
from congress_app.elections.credential_models import CredentialRuling
from congress_app.elections.models import Candidate, Election
from congress_app.exemplars.facts import Kind
from congress_app.exemplars.models import Award, Exemplar, Nomination
from congress_app.kernel.errors import NotFound
from congress_app.kernel.vietnamese import fold
from congress_app.programme.exemplar_queries import honouring
from congress_app.programme.models import Item, Speech
from congress_app.units import queries as unit_queries
from congress_app.units.models import Unit

MOST = 30


def requests(within: Sequence[str]) -> list[DataRequest]:
    """Every request about persons within the reach: open ones first, by their day."""
    wanted = (
        select(DataRequest)
        .where(_answered(within))
        .order_by(DataRequest.state != "open", DataRequest.finish_by, DataRequest.id)
    )
    return list(db.session.scalars(wanted))


def due(within: Sequence[str], today: date) -> Due:
    """How many requests about persons within the reach are open and late."""
    wanted = select(DataRequest.reply_by, DataRequest.finish_by, DataRequest.replied_on).where(
        DataRequest.state == "open", _answered(within)
    )
    rows = db.session.execute(wanted)
    open_ones = [Waiting(row.reply_by, row.finish_by, bool(row.replied_on)) for row in rows]
    return due_rules.due(open_ones, today)


def request_by_id(request_id: int, within: Sequence[str]) -> DataRequest:
    """One request within the reach; raises NotFound."""
    wanted = select(DataRequest).where(DataRequest.id == request_id, _answered(within))
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    return found


def persons(text: str, within: Sequence[str]) -> list[Person]:
    """Persons of a name within the reach, to choose from; one more than `MOST` when cut."""
    if not text.strip():
        return []
    wanted = (
        select(Person)
        .where(Person.search_key.contains(fold(text.strip()), autoescape=True), _within(within))
        .options(joinedload(Person.unit))
        .order_by(Person.sort_key, Person.id)
        .limit(MOST + 1)
    )
    return list(db.session.scalars(wanted))


def person_by_id(person_id: int, within: Sequence[str]) -> Person:
    """One person within the reach; raises NotFound."""
    found = db.session.scalar(select(Person).where(Person.id == person_id, _within(within)))
    if found is None:
        raise NotFound
    return found


def exemplars(text: str, within: Sequence[str]) -> list[Exemplar]:
    """Individual exemplars of a name within the reach, but for those who are a person there;
    one more than `MOST` when cut."""
    if not text.strip():
        return []
    wanted = (
        _exemplars(within)
        .where(Exemplar.search_key.contains(fold(text.strip()), autoescape=True))
        .where(Exemplar.id.not_in(select(ExemplarPerson.exemplar_id)))
        .order_by(Exemplar.sort_key, Exemplar.id)
        .limit(MOST + 1)
    )
    return list(db.session.scalars(wanted))


def exemplar_by_id(exemplar_id: int, within: Sequence[str]) -> Exemplar:
    """One individual exemplar within the reach; raises NotFound."""
    wanted = _exemplars(within).where(Exemplar.id == exemplar_id)
    found: Exemplar | None = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    return found


def highest_unit(within: Sequence[str]) -> Unit:
    """The unit that answers whoever is known by name only: the highest within the reach."""
    # Of the places the reach names themselves: below them nothing is higher.
    tops = Unit.parent_id.is_(None) if "/" in within else Unit.path.in_(within)
    wanted = select(Unit).where(tops)
    found = db.session.scalar(wanted.order_by(func.length(Unit.path), Unit.path).limit(1))
    if found is None:
        raise NotFound
    return found


def _exemplars(within: Sequence[str]) -> Select[Any]:
    return select(Exemplar).where(Exemplar.kind == Kind.INDIVIDUAL, _is_of_units(within))


def _is_of_units(within: Sequence[str]) -> ColumnElement[bool]:
    return exists().where(Unit.id == Exemplar.unit_id, unit_queries.below(within))


def _answered(within: Sequence[str]) -> ColumnElement[bool]:
    """Which requests are answered within the reach: by whose they are, else by their unit."""
    person = exists().where(Person.id == DataRequest.person_id, _within(within))
    # Whatever the record has become since: a term runs.
    praised = select(Exemplar.id).where(_is_of_units(within))
    here = exists().where(Unit.id == DataRequest.unit_id, unit_queries.below(within))
    nobody = DataRequest.person_id.is_(None) & DataRequest.exemplar_id.is_(None)
    return or_(person, DataRequest.exemplar_id.in_(praised), nobody & here)


def is_recorded(row: DataRequest) -> bool:
    """Does a permanent record name whoever asked?"""
    if row.exemplar_id is not None:
        return exemplar_in_a_record(row.exemplar_id)
    return row.person_id is not None and in_a_record(row.person_id)


def exemplar_in_a_record(exemplar_id: int) -> bool:
    """Does a decision, a council's vote or a list of honours name him, or a speech tell of him?"""
    records = (
        select(Award.id).where(Award.exemplar_id == exemplar_id),
        select(Nomination.id).where(Nomination.exemplar_id == exemplar_id),
        select(Speech.id).where(Speech.exemplar_id == exemplar_id),
    )
    named = any(db.session.scalar(one.limit(1)) is not None for one in records)
    return named or bool(honouring(db.session.get_one(Exemplar, exemplar_id)))


def _within(within: Sequence[str]) -> ColumnElement[bool]:
    """Of a unit within the reach, or a delegate of a congress there who has no unit (a guest).

    Having come is not enough for somebody of another unit: whoever enters a name at his own
    congress could otherwise take out, or delete, what the person's own unit keeps.
    """
    of_unit = exists().where(Unit.id == Person.unit_id, unit_queries.below(within))
    came = (
        exists()
        .where(Delegate.person_id == Person.id)
        .where(Delegate.congress_id == Congress.id, Congress.unit_id == Unit.id)
        .where(unit_queries.below(within))
    )
    return or_(of_unit, Person.unit_id.is_(None) & came)


def open_congresses(person_id: int) -> list[str]:
    """Names of the congresses that are not over and count on the person."""
    came = select(Delegate.congress_id).where(Delegate.person_id == person_id)
    stood = (
        select(Election.congress_id)
        .join(Candidate, Candidate.election_id == Election.id)
        .where(Candidate.person_id == person_id)
    )
    wanted = select(Congress.name).where(
        Congress.id.in_(came.union(stood)), Congress.state != CongressState.CLOSED
    )
    return list(db.session.scalars(wanted.order_by(Congress.id)))


def in_a_record(person_id: int) -> bool:
    """Does a permanent record name the person?

    As a delegate, a candidate, a member of a body, an exemplar, by a ruling of the
    credentials committee, or as a speaker of the programme.
    """
    came = select(Delegate.id).where(
        Delegate.person_id == person_id, Delegate.state.in_(("convened", "confirmed"))
    )
    stood = select(Candidate.id).where(Candidate.person_id == person_id)
    sat = (
        select(CommitteeSeat.id)
        .join(Delegate, CommitteeSeat.delegate_id == Delegate.id)
        .where(Delegate.person_id == person_id)
    )
    praised = select(ExemplarPerson.exemplar_id).where(ExemplarPerson.person_id == person_id)
    judged = (
        select(CredentialRuling.id)
        .join(Delegate, CredentialRuling.delegate_id == Delegate.id)
        .where(Delegate.person_id == person_id)
    )
    spoke = (
        select(Item.id)
        .join(Item.speech)
        .join(Speech.delegate)
        .where(Delegate.person_id == person_id)
    )
    records = (came, stood, sat, praised, judged, spoke)
    return any(db.session.scalar(one.limit(1)) is not None for one in records)
