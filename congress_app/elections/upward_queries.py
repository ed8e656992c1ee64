"""Lists that went up, seen from below and from above, and the line of reserves."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload

from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.delegates.bond_queries import bonds, tells_bonds
from congress_app.delegates.identity import Bond, Hold
from congress_app.delegates.models import Delegate
from congress_app.elections import queries
from congress_app.elections.conduct import ElectionState, PlaceRole
from congress_app.elections.models import Candidate, ElectedPlace, Election
from congress_app.elections.upward import ReserveState, TransmissionState, next_waiting
from congress_app.elections.upward_models import ReserveCall, Transmission, TransmissionLine
from congress_app.units.models import Unit


@dataclass(frozen=True)
class ReserveLine:
    """One reserve in order, what became of him, and the call if there was one."""

    place: ElectedPlace
    state: ReserveState
    call: ReserveCall | None = None


@dataclass(frozen=True)
class Arrival:
    """A certified election below, and of its newest list what the page of lists shows.

    `transmission_id` None: elected, but nothing has come; then there is no `state` either.
    """

    election_id: int
    congress: str
    number: int
    transmission_id: int | None = None
    state: str | None = None
    sent_at: datetime | None = None


def transmissions_of(election_id: int) -> Sequence[Transmission]:
    """All sendings of an election's list, the newest first."""
    return db.session.scalars(
        select(Transmission)
        .where(Transmission.election_id == election_id)
        .order_by(Transmission.number.desc())
    ).all()


def standing(election_id: int) -> Transmission | None:
    """The list that is on its way or accepted."""
    return db.session.scalar(
        select(Transmission).where(
            Transmission.election_id == election_id,
            Transmission.state != TransmissionState.RETURNED,
        )
    )


def transmission_by_id(target_id: int, transmission_id: int) -> Transmission | None:
    """A list that was sent to this congress."""
    return db.session.scalar(
        select(Transmission)
        .join(Election)
        .where(Transmission.id == transmission_id, Election.target_id == target_id)
        .options(joinedload(Transmission.election).joinedload(Election.congress))
    )


def arrivals(target_id: int) -> list[Arrival]:
    """Every certified election to this congress with its newest list, those waiting first.

    Columns, not objects: of a country there are hundreds, and a page shows twenty.
    """
    other = aliased(Transmission)
    newest = (
        select(func.max(other.number)).where(other.election_id == Election.id).scalar_subquery()
    )
    statement = (
        select(
            Election.id,
            Congress.name,
            Election.number,
            Transmission.id,
            Transmission.state,
            Transmission.sent_at,
        )
        .join(Congress, Election.congress_id == Congress.id)
        .outerjoin(
            Transmission,
            (Transmission.election_id == Election.id) & (Transmission.number == newest),
        )
        .where(Election.target_id == target_id, Election.state == ElectionState.CERTIFIED)
        .order_by(Congress.name, Election.number)
    )
    return sorted((Arrival(*row) for row in db.session.execute(statement)), key=_urgency)


def _urgency(arrival: Arrival) -> int:
    order = (TransmissionState.SENT, TransmissionState.RETURNED, None, TransmissionState.ACCEPTED)
    return order.index(None if arrival.state is None else TransmissionState(arrival.state))


def elected_of(arrivals: Collection[Arrival]) -> dict[int, int]:
    """How many delegates each of these elections elected, by election."""
    election_ids = [one.election_id for one in arrivals]
    counted = (
        select(ElectedPlace.election_id, func.count(ElectedPlace.id))
        .where(ElectedPlace.election_id.in_(election_ids), ElectedPlace.role == PlaceRole.DELEGATE)
        .group_by(ElectedPlace.election_id)
    )
    return dict(db.session.execute(counted).all())


@tells_bonds
def accepted(person_ids: Collection[int]) -> Iterable[tuple[int, Bond]]:
    """The congresses that accepted a list on which these persons stand."""
    statement = (
        select(Candidate.person_id, Congress.id, Unit.path, Congress.name, Congress.state)
        .join(ElectedPlace, ElectedPlace.candidate_id == Candidate.id)
        .join(TransmissionLine, TransmissionLine.place_id == ElectedPlace.id)
        .join(Transmission, TransmissionLine.transmission_id == Transmission.id)
        .join(Election, Transmission.election_id == Election.id)
        .join(Congress, Election.target_id == Congress.id)
        .join(Unit, Congress.unit_id == Unit.id)
        .where(
            Candidate.person_id.in_(person_ids), Transmission.state == TransmissionState.ACCEPTED
        )
        .order_by(Unit.path, Election.id)
    )
    yield from bonds(statement, Hold.LIST)


def waiting(target_id: int) -> int:
    """How many lists wait for an answer of this congress."""
    counted = (
        select(func.count(Transmission.id))
        .join(Election)
        .where(Election.target_id == target_id, Transmission.state == TransmissionState.SENT)
    )
    return db.session.scalar(counted) or 0


def elected_places(election_id: int) -> list[ElectedPlace]:
    """Those elected as delegates, by votes."""
    return [one for one in queries.places_of(election_id) if one.role == PlaceRole.DELEGATE]


def reserve_line(election: Election) -> list[ReserveLine]:
    """The reserves in the order of their calling, as stored now."""
    places = [one for one in queries.places_of(election.id) if one.role == PlaceRole.RESERVE]
    calls = {
        call.place_id: call
        for call in db.session.scalars(
            select(ReserveCall)
            .where(ReserveCall.place_id.in_([place.id for place in places]))
            .execution_options(populate_existing=True)
        )
    }
    people = [place.candidate.person_id for place in places]
    above = set(
        db.session.scalars(
            select(Delegate.person_id).where(
                Delegate.congress_id == election.target_id, Delegate.person_id.in_(people)
            )
        )
    )
    return [_line(place, calls.get(place.id), above) for place in places]


def _line(place: ElectedPlace, call: ReserveCall | None, above: Collection[int]) -> ReserveLine:
    if call is not None:
        return ReserveLine(place, ReserveState(call.state), call)
    listed = place.candidate.person_id in above
    return ReserveLine(place, ReserveState.LISTED if listed else ReserveState.WAITING)


def next_in(line: Sequence[ReserveLine]) -> ElectedPlace | None:
    """The reserve to call now."""
    code = next_waiting([(str(one.place.id), one.state) for one in line])
    return next((one.place for one in line if str(one.place.id) == code), None)


def list_behind(delegate_id: int) -> Transmission | None:
    """The list that made this place above, whoever holds it by now.

    Who replaced an elected delegate, a reserve or not, holds the place of the same list.
    """
    holder: int | None = delegate_id
    while holder is not None:
        found = db.session.scalar(
            select(Transmission)
            .join(TransmissionLine)
            .where(
                TransmissionLine.delegate_id == holder,
                TransmissionLine.made,
                Transmission.state != TransmissionState.RETURNED,
            )
            .order_by(Transmission.id.desc())
            .limit(1)
            .options(joinedload(Transmission.election))
        )
        if found is not None:
            return found
        holder = db.session.scalar(
            select(Delegate.id).where(Delegate.replaced_by_id == holder).limit(1)
        )
    return None


def holders(transmission: Transmission) -> dict[int, Delegate]:
    """Who holds each place of a list now, by elected place: the elected, or a reserve after him."""
    found = {}
    for line in transmission.lines:
        holder = line.delegate
        while holder.replaced_by is not None:
            holder = holder.replaced_by
        found[line.place_id] = holder
    return found
