"""Open a round with the hall frozen, hand out ballots, close the box, take a round down."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict

from sqlalchemy import delete, select

from congress_app.checkin.quorum import quorum
from congress_app.congresses import queries as congress_queries
from congress_app.database import transaction
from congress_app.elections import (
    hall_minutes,
    presence_queries,
    queries,
    round_queries,
    round_refusals,
    setup_services,
)
from congress_app.elections.acts import BelowQuorum, Opening, TakingDown, TypedHall
from congress_app.elections.conduct import ElectionState, RoundKind, RoundOutcome, RoundState
from congress_app.elections.course import Offer
from congress_app.elections.models import BallotIssue, Election, Round
from congress_app.elections.presence_queries import Hall
from congress_app.elections.rules import Form
from congress_app.elections.taking_services import taken, taken_round, tell, touch
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Actor, Permission

# What the issue list says of one voter.
STANDINGS = ("none", "issued", "returned")


def open_round(election: Election, opening: Opening, *, actor: Actor) -> Round:
    """Open the next round; the first one freezes rules and seats.

    Raises Conflict `round_not_next`, `election_moved_on`, RuleViolation `reason_needed`,
    `list_vote_with_surplus`, `in_the_future`, `minute_too_early`, `nobody_scanned`,
    `presence_impossible`, `below_quorum`, and what `setup_services.seats_to_fill` raises.
    """
    with transaction() as session:
        row = taken(election, ElectionState.LIST_ADOPTED, ElectionState.OPEN)
        if row.state == ElectionState.LIST_ADOPTED:
            row = setup_services.freeze(row, actor=actor)
        step = _step(row, opening.kind)
        if step.follows is not None and not opening.reason:
            raise round_refusals.reason_needed()
        hall = _hall(row, opening)
        round_ = Round(
            election_id=row.id,
            number=len(queries.rounds_of(row.id)) + 1,
            kind=step.kind.value,
            follows_id=_follows(row, step),
            reason=opening.reason,
            candidates=list(step.candidates),
            seats=step.seats,
            needs_majority=step.needs_majority,
            presence_at=hall.at,
            presence_source="scans" if hall.from_scans else "typed",
            session_id=hall.session_id,
            convened=hall.convened,
            present=hall.present,
            excused=hall.excused,
            absent_throughout=hall.absent_throughout,
            state=_first_state(row).value,
            opened_at=clock.now(),
            opened_by=actor.display_name,
        )
        _ask_quorum(row, round_, opening.below_quorum)
        session.add(round_)
        session.flush()
        tell(row, "election.open_round", _told(round_), actor=actor, subject=round_)
        return round_


def _step(election: Election, kind: RoundKind) -> Offer:
    offered = round_queries.course_of(election).may_follow
    step = next((one for one in offered if one.kind is kind), None)
    if step is None:
        raise round_refusals.round_not_next()
    form = round_queries.rules_of(election).form
    if form is Form.HANDS_LIST and len(step.candidates) > step.seats:
        raise round_refusals.list_vote_with_surplus(len(step.candidates), step.seats)
    return step


def _follows(election: Election, step: Offer) -> int | None:
    before = queries.round_by_number(election.id, step.follows) if step.follows else None
    return before.id if before else None


def _first_state(election: Election) -> RoundState:
    """Hands are counted while they are up; ballots are first handed out."""
    secret = round_queries.rules_of(election).form is Form.SECRET
    return RoundState.OPEN if secret else RoundState.COUNTING


def _hall(election: Election, opening: Opening) -> Hall:
    now = clock.now()
    at = opening.at or now
    if at > now:
        raise round_refusals.in_the_future()
    found = presence_queries.hall(election.congress, at)
    if found.from_scans and opening.at is not None:
        hall_minutes.check(at, presence_queries.before_the_vote(election, now))
    if not found.from_scans:
        typed = opening.typed or TypedHall(0, 0)
        found = Hall(
            at,
            from_scans=False,
            convened=typed.convened,
            present=typed.present,
            excused=typed.excused,
            absent_throughout=typed.absent_throughout,
        )
    if found.from_scans and not found.present:
        raise round_refusals.nobody_scanned(found.session_title or "", found.doors_open_at, at)
    absent = max(found.excused, found.absent_throughout)
    if found.present < 1 or found.present + absent > found.convened:
        raise round_refusals.presence_impossible()
    return found


def _ask_quorum(election: Election, round_: Round, decided: BelowQuorum | None) -> None:
    rules = congress_queries.rules_of(election.congress)
    line = quorum(rules.quorum, round_.convened, round_.present)
    if line is None or line.is_reached:
        return
    if decided is None:
        raise round_refusals.below_quorum(line.sentence)
    round_.below_quorum_by, round_.below_quorum_reason = decided.by, decided.reason


def _told(round_: Round) -> dict[str, object]:
    return {
        "round_kind": round_.kind,
        "reason": round_.reason,
        "seats": round_.seats,
        "candidates": len(round_.candidates),
        "presence_at": round_.presence_at,
        "convened": round_.convened,
        "present": round_.present,
        "below_quorum_by": round_.below_quorum_by,
        "below_quorum_reason": round_.below_quorum_reason,
    }


def hand_out(round_: Round, delegate_ids: Collection[int], *, actor: Actor) -> int:
    """Mark ballots as handed to these delegates; how many were new.

    Who is no voter of the congress is passed over. Raises Conflict `round_moved_on`.
    """
    with transaction() as session:
        row = taken_round(round_, RoundState.OPEN)
        known = queries.ballots_of(row.id)
        voters = presence_queries.voter_ids(row.election.congress_id)
        fresh = sorted((frozenset(delegate_ids) & voters) - known.keys())
        session.add_all(BallotIssue(round_id=row.id, delegate_id=one) for one in fresh)
        session.flush()
        if fresh:
            tell(row.election, "election.hand_out", {"count": len(fresh)}, actor=actor, subject=row)
        return len(fresh)


def mark(round_: Round, delegate_id: int, standing: str, *, actor: Actor) -> None:
    """Correct one line of the issue list: `none`, `issued` or `returned`.

    Raises NotFound for who neither votes here nor stands on the list, and for a standing
    that is none of the three; Conflict `round_moved_on`.
    """
    with transaction() as session:
        row = taken_round(round_, RoundState.OPEN)
        voters = presence_queries.voter_ids(row.election.congress_id)
        if (
            standing not in STANDINGS
            or delegate_id not in voters | queries.ballots_of(row.id).keys()
        ):
            raise NotFound
        ours = (BallotIssue.round_id == row.id, BallotIssue.delegate_id == delegate_id)
        returned = queries.ballots_of(row.id).get(delegate_id)
        before = STANDINGS[0] if returned is None else STANDINGS[1 + returned]
        if standing == "none":
            session.execute(delete(BallotIssue).where(*ours))
        else:
            issue = session.scalar(select(BallotIssue).where(*ours))
            if issue is None:
                issue = BallotIssue(round_id=row.id, delegate_id=delegate_id)
                session.add(issue)
            issue.returned = standing == "returned"
            session.flush()
        # Before and after, but no name: with the time it would tell who voted when.
        changes = {"ballot": [before, standing]}
        tell(row.election, "election.mark_ballot", changes, actor=actor, subject=row)


def start_count(round_: Round, *, actor: Actor) -> Round:
    """The box is closed: no more ballots, the tellers begin. Raises Conflict `round_moved_on`."""
    with transaction():
        row = taken_round(round_, RoundState.OPEN)
        row.state = RoundState.COUNTING.value
        issued = queries.ballots_of(row.id)
        changes = {
            "state": ["open", "counting"],
            "issued": len(issued),
            "returned": sum(issued.values()),
        }
        tell(row.election, "election.start_count", changes, actor=actor, subject=row)
        return row


def invalidate(round_: Round, taking_down: TakingDown, *, version: int, actor: Actor) -> Round:
    """Take the last round down, whatever its state; it stays readable and is held again.

    A result is the congress's, so who decided to take it down is named with the paper; one
    that the hall has seen is taken down only by who may certify. Raises Conflict
    `not_last_round`, `round_moved_on`, `election_moved_on`, RuleViolation `decider_needed`,
    Forbidden `released`, Stale.
    """
    with transaction():
        row = taken_round(round_, version=version)
        taken(row.election, ElectionState.OPEN)
        if row.outcome == RoundOutcome.INVALIDATED:
            raise round_refusals.round_moved_on(row.state, row.outcome)
        if row.number != len(queries.rounds_of(row.election_id)):
            raise round_refusals.not_last_round()
        if row.outcome and not (taking_down.decided_by and taking_down.paper):
            raise round_refusals.decider_needed()
        path = row.election.congress.unit.path
        if row.released_at and not actor.can(Permission.ELECTION_CERTIFY, path):
            raise round_refusals.released()
        before = row.outcome or row.state
        row.state, row.outcome = RoundState.CLOSED.value, RoundOutcome.INVALIDATED.value
        row.invalid_reason = taking_down.reason
        if taking_down.decided_by and taking_down.paper:
            row.invalid_for, row.invalid_paper = taking_down.decided_by, taking_down.paper
        row.closed_at = row.closed_at or clock.now()
        row.closed_by = row.closed_by or actor.display_name
        row.released_at = None
        touch(row.election)
        changes = {"outcome": [before, "invalidated"], **asdict(taking_down)}
        tell(row.election, "election.invalidate", changes, actor=actor, subject=row)
        return row


def release(round_: Round, *, version: int, actor: Actor) -> Round:
    """Let the screens show the result that was looked at.

    Raises Conflict `round_moved_on`, Stale.
    """
    with transaction():
        row = taken_round(round_, RoundState.CLOSED, version=version)
        if row.outcome == RoundOutcome.INVALIDATED:
            raise round_refusals.round_moved_on(row.state, row.outcome)
        row.released_at = clock.now()
        tell(row.election, "election.release", {}, actor=actor, subject=row)
        return row
