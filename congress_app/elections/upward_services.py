"""Send a certified list to the congress above; accept it there, or return it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from congress_app.audit.services import record
from congress_app.congresses.models import Congress
from congress_app.congresses.services import pulse
from congress_app.database import transaction
from congress_app.delegates import place_services, services, state_services, storing
from congress_app.delegates.book import Entry
from congress_app.delegates.credentials import ACTIVE, State
from congress_app.delegates.models import Delegate
from congress_app.delegates.registration import CapException
from congress_app.elections import (
    upward_queries,
    upward_refusals,
    upward_room,
    upward_room_queries,
)
from congress_app.elections.conduct import ElectionState
from congress_app.elections.models import ElectedPlace, Election
from congress_app.elections.place_queries import ground_facts, registration_of
from congress_app.elections.taking_services import taken
from congress_app.elections.upward import TransmissionState
from congress_app.elections.upward_models import Transmission, TransmissionLine
from congress_app.kernel import clock
from congress_app.kernel.errors import Stale
from congress_app.kernel.permissions import Actor


def send(
    election: Election, *, paper: str | None = None, note: str | None = None, actor: Actor
) -> Transmission:
    """Make the elected delegates of the congress above, all or none, and tell it so.

    The election is their ground; who has a place there by another right gets the ground
    only. Raises Conflict `election_moved_on` before certification, `already_sent`,
    `duplicate_in_database`, RuleViolation `nobody_elected`, `over_cap`, `over_quota`,
    `not_movable`, `congress_closed`.
    """
    with transaction() as session:
        row = taken(election, ElectionState.CERTIFIED)
        on_its_way = upward_queries.standing(row.id)
        if on_its_way is not None:
            raise upward_refusals.already_sent(on_its_way.number)
        places = upward_queries.elected_places(row.id)
        if not places:
            raise upward_refusals.nobody_elected()
        highest = select(func.max(Transmission.number)).where(Transmission.election_id == row.id)
        sent = Transmission(
            election_id=row.id,
            number=(session.scalar(highest) or 0) + 1,
            paper=paper,
            note=note,
            sent_at=clock.now(),
            sent_by=actor.display_name,
        )
        session.add(sent)
        session.flush()
        sent_id = sent.id
        entered = _enter(row, places, actor)
        session.add_all(
            TransmissionLine(transmission_id=sent_id, place_id=place_id, delegate_id=who, made=made)
            for place_id, (who, made) in entered.items()
        )
        session.flush()
        made_now = session.get_one(Transmission, sent_id)
        names = [place.candidate.person.full_name for place in places]
        _tell("transmission.send", made_now, {"elected": names, "paper": paper}, actor)
        return made_now


def accept(
    transmission: Transmission,
    *,
    convene: bool,
    version: int,
    actor: Actor,
    exception: CapException | None = None,
) -> Transmission:
    """Take the list in; with `convene` its delegates are called at once.

    Cap and quota are asked as they are now: whoever of the list is beyond them stays only by
    the exception. Raises Conflict `transmission_answered`, Stale, Forbidden `may_not_except`,
    RuleViolation `over_cap`, `over_quota`, `congress_closed`.
    """
    with transaction() as session:
        row = _taken(transmission, version)
        exceeded = _allow(row, exception, actor)
        _answer(row, TransmissionState.ACCEPTED, actor)
        called = [line.delegate for line in row.lines if line.delegate.state == State.NOMINATED]
        if convene and called:
            ids = [delegate.id for delegate in called]
            state_services.move_state(row.election.target, ids, State.CONVENED, actor=actor)
        session.flush()
        changes = {"state": ["sent", "accepted"], "count": len(row.lines), **exceeded}
        _tell("transmission.accept", row, changes, actor)
        return row


def send_back(
    transmission: Transmission, *, reason: str, version: int, actor: Actor
) -> Transmission:
    """Return the list with a reason: the places it made are given up again.

    Raises as `accept`, and RuleViolation `reason_needed`.
    """
    with transaction() as session:
        row = _taken(transmission, version)
        if not reason.strip():
            raise upward_refusals.reason_needed()
        _answer(row, TransmissionState.RETURNED, actor)
        row.reason = reason
        target = row.election.target
        holders = upward_queries.holders(row)
        given_up = [holders[line.place_id] for line in row.lines if line.made]
        ids = [delegate.id for delegate in given_up if delegate.state in ACTIVE]
        if ids:
            state_services.move_state(target, ids, State.WITHDRAWN, actor=actor, reason=reason)
        for line in row.lines:
            _take_ground_back(line, actor)
        session.flush()
        changes = {"state": ["sent", "returned"], "reason": reason}
        _tell("transmission.return", row, changes, actor)
        return row


def _allow(
    row: Transmission, exception: CapException | None, actor: Actor
) -> dict[str, Mapping[str, str]]:
    """Write the exception beside whom cap or quota leave no place; refuse without one.

    Gives what is exceeded, for the log, also where exceptions on record allow it all.
    """
    with transaction() as session:
        rooms = upward_room_queries.rooms(row)
        exceeded = upward_room.figures(rooms)
        told = {"exceeded": exceeded} if exceeded else {}
        problems = [upward_refusals.beyond(one) for one in rooms if one.beyond]
        needed = place_services.granted(problems, row.election.target, exception, actor=actor)
        if needed is None:
            return told
        columns = storing.exception_columns(needed)
        ids = sorted(upward_room.beyond(rooms))
        for delegate in [session.get_one(Delegate, delegate_id) for delegate_id in ids]:
            for name, text in columns.items():
                setattr(delegate, name, text)
            place_services.tell(delegate, "delegate.edit", {"exception": columns}, actor=actor)
        return told


def _enter(
    election: Election, places: Sequence[ElectedPlace], actor: Actor
) -> dict[int, tuple[int, bool]]:
    """Give each elected person a place above: its number, and whether it is a new one."""
    target = election.target
    place_services.take(target)
    held = _held(target, places)
    active = {person for person, delegate in held.items() if delegate.state in ACTIVE}
    back = [held[person].id for person in held if person not in active]
    coming = [place for place in places if place.candidate.person_id not in active]
    for place in places:
        if place.candidate.person_id in active:
            delegate = held[place.candidate.person_id]
            state_services.add_ground(delegate, ground_facts(place), actor=actor)
    _register(target, coming, actor)
    if back:
        state_services.move_state(target, back, State.NOMINATED, actor=actor)
    now = _held(target, places)
    return {
        place.id: (now[place.candidate.person_id].id, place.candidate.person_id not in active)
        for place in places
    }


def _held(target: Congress, places: Sequence[ElectedPlace]) -> Mapping[int, Delegate]:
    with transaction() as session:
        people = [place.candidate.person_id for place in places]
        rows = session.scalars(
            select(Delegate)
            .where(Delegate.congress_id == target.id, Delegate.person_id.in_(people))
            .execution_options(populate_existing=True)
        )
        return {row.person_id: row for row in rows}


def _register(target: Congress, places: Sequence[ElectedPlace], actor: Actor) -> None:
    expected = {row: place.candidate.person_id for row, place in enumerate(places)}
    names = [place.candidate.person.full_name for place in places]
    entries = [
        Entry(registration_of(place, ground_facts(place)), row) for row, place in enumerate(places)
    ]
    decided = services.register_many(
        target, entries, actor=actor, accepted=expected, returning=True
    )
    if decided.problems:
        raise upward_refusals.not_enterable(decided.problems)
    for step in decided.steps:
        if step.person_id != expected[step.index]:
            raise upward_refusals.another_person(names[step.index])


def _taken(transmission: Transmission, version: int) -> Transmission:
    """The list as stored now, its election and the congress above taken."""
    with transaction() as session:
        taken(transmission.election)
        place_services.take(transmission.election.target)
        wanted = select(Transmission).where(Transmission.id == transmission.id)
        row = session.scalars(wanted.execution_options(populate_existing=True)).one()
        if row.state != TransmissionState.SENT:
            raise upward_refusals.answered(row.state)
        if row.version != version:
            raise Stale((), row.version)
        return row


def _answer(row: Transmission, state: TransmissionState, actor: Actor) -> None:
    row.state = state.value
    row.answered_at, row.answered_by = clock.now(), actor.display_name


def _take_ground_back(line: TransmissionLine, actor: Actor) -> None:
    """Who has his place by another right keeps it, without this ground."""
    if line.made:
        return
    text = ground_facts(line.place).text
    for ground in [one for one in line.delegate.grounds if one.text == text]:
        state_services.remove_ground(ground, actor=actor)


def _tell(
    action: str, transmission: Transmission, changes: Mapping[str, object], actor: Actor
) -> None:
    election = transmission.election
    record(
        action,
        transmission,
        changes,
        actor=actor,
        unit_path=election.congress.unit.path,
        name=f"{election.congress.name} → {election.target.name}",
    )
    pulse(election.congress_id)
    pulse(election.target_id)
