"""End a tie by decision, and certify: who was elected, as what, in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm.attributes import flag_modified

from congress_app.database import transaction
from congress_app.elections import queries, reserve_queries, round_queries, round_refusals, tally
from congress_app.elections.acts import Certifying, Decision
from congress_app.elections.conduct import ElectionState, PlaceRole, RoundState
from congress_app.elections.course import Won
from congress_app.elections.models import ElectedPlace, Election, Round, TieDecision
from congress_app.elections.taking_services import taken, taken_round, tell, touch
from congress_app.kernel import clock
from congress_app.kernel.permissions import Actor


def decide_tie(round_: Round, decision: Decision, *, version: int, actor: Actor) -> TieDecision:
    """Record that the congress gave the seats at stake to some of the tied.

    `version` is the election's: every decision raises it, so two never overwrite each other.
    Raises Conflict `no_tie`, `round_moved_on`, `revote_running`, RuleViolation
    `choice_not_of_tie`, Stale.
    """
    with transaction() as session:
        taken(round_.election, version=version)
        row = taken_round(round_, RoundState.CLOSED)
        taken(row.election, ElectionState.OPEN)
        course = round_queries.course_of(row.election)
        tie = course.open_tie
        count = queries.count_of(row)
        if tie is None or tie.number != row.number or count is None:
            raise round_refusals.no_tie()
        if course.running is not None:
            # Its result would give the same seats a second time.
            raise round_refusals.revote_running(course.running.number)
        chosen = tuple(map(str, decision.chosen)) or ("",)  # choosing nobody is no choice
        tally.decide(replace(count, chosen=chosen))
        made = queries.decisions_of(row.election_id).get(row.id)
        if made is None:
            made = TieDecision(round_id=row.id)
            session.add(made)
        made.by_rule, made.chosen = "congress", list(decision.chosen)
        made.reason, made.paper = decision.reason, decision.paper
        made.at, made.by = clock.now(), actor.display_name
        # The round as well: what a screen would show is another result now.
        flag_modified(row, "state")
        touch(row.election)
        names = [
            one.person.full_name for one in round_queries.listed(row) if one.id in decision.chosen
        ]
        changes = {"elected": names, "reason": decision.reason, "paper": decision.paper}
        tell(row.election, "election.decide_tie", changes, actor=actor, subject=row)
        return made


def certify(
    election: Election, certifying: Certifying, *, version: int, actor: Actor
) -> Sequence[ElectedPlace]:
    """Make the result final: the elected by votes, the reserves in the order of their calling.

    Raises Conflict `election_moved_on`, RuleViolation `not_certifiable`,
    `reserve_order_needed` (details: who has equal votes), Stale.
    """
    with transaction() as session:
        row = taken(election, ElectionState.OPEN, version=version)
        course = round_queries.course_of(row)
        if not course.may_be_certified:
            raise round_refusals.not_certifiable()
        reserves = reserve_queries.lined_up(row, course, certifying.reserve_order)
        rounds = {one.number: one.id for one in queries.rounds_of(row.id)}
        places = [
            *_places(row, PlaceRole.DELEGATE, course.delegates, rounds),
            *_places(row, PlaceRole.RESERVE, reserves, rounds),
        ]
        session.add_all(places)
        row.state = ElectionState.CERTIFIED.value
        row.certified_at, row.certified_by = clock.now(), actor.display_name
        row.certified_for, row.certified_paper = certifying.presidium, certifying.paper
        session.flush()
        changes = {
            "state": ["open", "certified"],
            "elected": [_name(one) for one in places if one.role == PlaceRole.DELEGATE],
            "reserves": [_name(one) for one in places if one.role == PlaceRole.RESERVE],
            "presidium": certifying.presidium,
            "paper": certifying.paper,
        }
        tell(row, "election.certify", changes, actor=actor)
        return places


def _places(
    election: Election, role: PlaceRole, won: Sequence[Won], rounds: dict[int, int]
) -> list[ElectedPlace]:
    return [
        ElectedPlace(
            election_id=election.id,
            candidate_id=one.candidate,
            round_id=rounds[one.round_number],
            role=role.value,
            position=position,
            votes=one.votes,
        )
        for position, one in enumerate(won, start=1)
    ]


def _name(place: ElectedPlace) -> str:
    return place.candidate.person.full_name
