"""Call the next reserve to a place above; let a reserve go who cannot come."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from congress_app.audit.services import record
from congress_app.badges import queries as badge_queries
from congress_app.badges import services as badge_services
from congress_app.congresses.services import pulse
from congress_app.database import transaction
from congress_app.delegates import place_services, services, state_services
from congress_app.delegates.credentials import State
from congress_app.delegates.models import Delegate
from congress_app.elections import upward_queries, upward_refusals
from congress_app.elections.models import ElectedPlace, Election
from congress_app.elections.place_queries import ground_facts, registration_of
from congress_app.elections.taking_services import taken
from congress_app.elections.upward import ReserveState, TransmissionState
from congress_app.elections.upward_models import ReserveCall
from congress_app.kernel import clock
from congress_app.kernel.permissions import Actor
from congress_app.seating import move_services as seating


def call(delegate: Delegate, *, expected: int, reason: str, actor: Actor) -> Delegate:
    """The next reserve of the congress below takes the place, in one act.

    Delegation, seat and state go over; who had a badge or a page of his own gets the
    reserve a new one, the old badge answers `replaced` and the old page is closed. Both
    names stay on record. `expected` is the reserve's place shown on the page.
    Raises RuleViolation `reason_needed`, `not_by_election`, `not_accepted_yet`,
    `no_reserve`, `not_replaceable`, `congress_closed`, Conflict `reserve_moved_on`.
    """
    with transaction() as session:
        if not reason.strip():
            raise upward_refusals.reason_needed()
        place = _next(taken(_election_behind(delegate)), expected)
        row = place_services.taken(delegate)
        had_badge = badge_queries.active_badge_of(row.id) is not None
        had_link = row.link_token is not None
        left_id, left_name = row.id, row.person.full_name
        new_id = _hand_over(row, place, reason, actor).id
        session.add(
            ReserveCall(
                place_id=place.id,
                state=ReserveState.CALLED.value,
                reason=reason,
                replaced_id=left_id,
                delegate_id=new_id,
                at=clock.now(),
                by=actor.display_name,
            )
        )
        session.flush()
        left, new = session.get_one(Delegate, left_id), session.get_one(Delegate, new_id)
        _move_papers(left, new, had_badge, had_link, actor)
        changes = {"instead_of": left_name, "reason": reason}
        _tell("election.call_reserve", place, changes, actor)
        return session.get_one(Delegate, new_id)


def decline(place: ElectedPlace, *, reason: str, actor: Actor) -> ReserveCall:
    """Write down that a reserve cannot come; the next one moves up.

    Raises RuleViolation `reason_needed`, Conflict `reserve_moved_on`.
    """
    with transaction() as session:
        if not reason.strip():
            raise upward_refusals.reason_needed()
        taken(place.election)
        if _state_of(place) is not ReserveState.WAITING:
            raise upward_refusals.reserve_moved_on(_name(place))
        row = ReserveCall(
            place_id=place.id,
            state=ReserveState.DECLINED.value,
            reason=reason,
            at=clock.now(),
            by=actor.display_name,
        )
        session.add(row)
        session.flush()
        _tell("election.decline_reserve", place, {"reason": reason}, actor)
        return row


def restore(place: ElectedPlace, *, seen: str, actor: Actor) -> None:
    """Put a reserve back into the line who was let go by mistake.

    `seen` is the moment of that letting go, in ISO 8601: who was put back
    and let go anew since, for another reason, stays out. Raises Conflict `reserve_moved_on`.
    """
    with transaction() as session:
        taken(place.election)
        wanted = select(ReserveCall).where(ReserveCall.place_id == place.id)
        row = session.scalars(wanted.execution_options(populate_existing=True)).one_or_none()
        if row is None or row.state != ReserveState.DECLINED or row.at.isoformat() != seen:
            raise upward_refusals.reserve_moved_on(_name(place))
        session.delete(row)
        session.flush()
        _tell("election.restore_reserve", place, {"reason": row.reason}, actor)


def _election_behind(delegate: Delegate) -> Election:
    sent = upward_queries.list_behind(delegate.id)
    if sent is None:
        raise upward_refusals.not_by_election(delegate.person.full_name)
    if sent.state != TransmissionState.ACCEPTED:
        raise upward_refusals.not_accepted_yet(sent.election.congress.name)
    return sent.election


def _next(election: Election, expected: int) -> ElectedPlace:
    """The reserve to call now, who must be the one the page showed."""
    place = upward_queries.next_in(upward_queries.reserve_line(election))
    if place is None:
        raise upward_refusals.no_reserve(election.congress.name)
    if place.id != expected:
        raise upward_refusals.reserve_moved_on(_name(place))
    return place


def _hand_over(row: Delegate, place: ElectedPlace, reason: str, actor: Actor) -> Delegate:
    if row.state == State.WITHDRAWN:
        # Who withdrew gave his place up: it is asked for anew before it is handed on.
        state_services.move_state(row.congress, [row.id], State.NOMINATED, actor=actor)
    ground = ground_facts(place, reserve=place.position, instead_of=row.person.full_name)
    return services.replace(
        row,
        registration_of(place, ground),
        reason=reason,
        actor=actor,
        same_as=place.candidate.person_id,
    )


def _move_papers(
    left: Delegate, new: Delegate, had_badge: bool, had_link: bool, actor: Actor
) -> None:
    seating.hand_over(left, new, actor=actor)
    if had_badge:
        badge_services.issue_missing(new.congress, actor=actor, only=new.id)
    if had_link:
        state_services.revoke_link(left, actor=actor)
        state_services.make_link(new, actor=actor)


def _state_of(place: ElectedPlace) -> ReserveState | None:
    line = upward_queries.reserve_line(place.election)
    return next((one.state for one in line if one.place.id == place.id), None)


def _tell(action: str, place: ElectedPlace, changes: Mapping[str, object], actor: Actor) -> None:
    election = place.election
    path = election.congress.unit.path
    record(action, place, changes, actor=actor, unit_path=path, name=_name(place))
    pulse(election.congress_id)
    pulse(election.target_id)


def _name(place: ElectedPlace) -> str:
    return place.candidate.person.full_name
