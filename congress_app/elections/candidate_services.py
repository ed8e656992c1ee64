"""The list of candidates: names come up, ask to withdraw, are let go or kept, are adopted."""

from __future__ import annotations

from sqlalchemy import select

from congress_app.database import transaction
from congress_app.delegates import duplicates, storing
from congress_app.delegates.committees import OpenVote
from congress_app.delegates.models import Person
from congress_app.delegates.registration import PersonFacts
from congress_app.elections import candidate_queries, refusals
from congress_app.elections.acts import NominatedBy
from congress_app.elections.conduct import CandidateState, ElectionState
from congress_app.elections.models import Candidate, Election
from congress_app.elections.taking_services import taken, taken_before_the_vote, tell, touch
from congress_app.kernel import clock
from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence

NEW_PERSON = 0


def nominate(election: Election, person: Person, named: NominatedBy, *, actor: Actor) -> Candidate:
    """Put a stored person on the list.

    Raises Conflict `already_candidate`, `list_adopted`, `rules_frozen`.
    """
    with transaction() as session:
        row = taken_before_the_vote(election)
        known = select(Candidate.id).where(
            Candidate.election_id == row.id, Candidate.person_id == person.id
        )
        if session.scalar(known) is not None:
            raise refusals.already_candidate(person.full_name)
        candidate = Candidate(
            election_id=row.id,
            person_id=person.id,
            how=named.how.value,
            nominated_by=named.by,
            created_at=clock.now(),
            created_by=actor.display_name,
        )
        session.add(candidate)
        touch(row)
        changes = {"nomination": named.how.value, "nominated_by": named.by}
        tell(row, "election.nominate", changes, actor=actor, subject=candidate)
        return candidate


def nominate_new(
    election: Election,
    facts: PersonFacts,
    named: NominatedBy,
    *,
    actor: Actor,
    same_as: int | None = None,
) -> Candidate:
    """Put somebody on the list who may not be stored yet.

    `same_as` answers "is this the stored person?": the person's number, or `NEW_PERSON`.
    Raises Conflict `duplicate_in_database` (details: who it may be) while it is not
    answered, `stale_answer` when somebody is named who is not asked about, and what
    `nominate` raises.
    """
    with transaction() as session:
        row = taken_before_the_vote(election)
        alike = candidate_queries.alike(row.congress, facts)
        if same_as not in (None, NEW_PERSON, *(match.person.id for match in alike)):
            raise refusals.stale_answer(facts.full_name, candidate_queries.told(alike))
        same = next((m for m in alike if m.likeness is duplicates.Likeness.SAME), None)
        chosen = next((m for m in alike if m.person.id == same_as), None) or same
        if chosen is not None:
            person = session.get_one(Person, chosen.person.id)
        elif alike and same_as != NEW_PERSON:
            raise refusals.looks_known(candidate_queries.told(alike))
        else:
            person = Person(**storing.columns_of(facts))
            session.add(person)
            session.flush()
        return nominate(row, person, named, actor=actor)


def strike(election: Election, candidate: Candidate, reason: str, *, actor: Actor) -> None:
    """Take off a name that was put on by mistake; the log keeps it.

    Raises Conflict `list_adopted`, `rules_frozen`.
    """
    with transaction() as session:
        row = taken_before_the_vote(election)
        found = _of(row, candidate)
        # Without the row nothing else tells whose the entries about it are.
        told = {"reason": reason, "person_id": found.person_id}
        tell(row, "election.strike", told, actor=actor, subject=found)
        session.delete(found)
        touch(row)


def ask_to_withdraw(
    election: Election, candidate: Candidate, reason: str, *, actor: Actor
) -> Candidate:
    """Write down that a candidate asks to be let go; the congress decides.

    Raises Conflict `list_adopted`, `rules_frozen`, RuleViolation `not_standing`.
    """
    with transaction():
        row = taken_before_the_vote(election)
        found = _of(row, candidate)
        if found.state != CandidateState.STANDING:
            raise _not_standing(found)
        found.state = CandidateState.WITHDRAWAL_ASKED.value
        found.reason, found.asked_at = reason, clock.now()
        touch(row)
        changes = {"state": ["standing", "withdrawal_asked"], "reason": reason}
        tell(row, "election.ask_withdrawal", changes, actor=actor, subject=found)
        return found


def decide_withdrawal(
    election: Election, candidate: Candidate, *, accept: bool, actor: Actor
) -> Candidate:
    """Let the candidate go, or keep the name on the list.

    Raises Conflict `list_adopted`, `rules_frozen`, RuleViolation `not_asked`.
    """
    with transaction():
        row = taken_before_the_vote(election)
        found = _of(row, candidate)
        if found.state != CandidateState.WITHDRAWAL_ASKED:
            raise RuleViolation(
                "not_asked",
                Sentence(N_("{name} không có đơn xin rút nào đang chờ."), name=_name(found)),
            )
        after = CandidateState.WITHDRAWN if accept else CandidateState.WITHDRAWAL_REFUSED
        found.state = after.value
        found.decided_at, found.decided_by = clock.now(), actor.display_name
        touch(row)
        changes = {"state": ["withdrawal_asked", after.value]}
        tell(row, "election.decide_withdrawal", changes, actor=actor, subject=found)
        return found


def adopt_list(election: Election, vote: OpenVote, *, version: int, actor: Actor) -> Election:
    """The congress adopts the list by a vote with figures.

    Raises RuleViolation `no_candidates`, `withdrawal_undecided`, `list_not_carried`,
    Conflict `list_adopted`, `rules_frozen`, Stale.
    """
    with transaction():
        row = taken_before_the_vote(election)
        taken(row, version=version)
        listed = candidate_queries.on_the_ballot(row.id)
        if not listed:
            raise refusals.no_candidates()
        waiting = [c for c in listed if c.state == CandidateState.WITHDRAWAL_ASKED]
        if waiting:
            raise refusals.undecided_withdrawals([_name(one) for one in waiting])
        if not vote.is_carried:
            raise refusals.list_not_carried(vote.agree, vote.voting)
        row.state = ElectionState.LIST_ADOPTED.value
        row.list_for, row.list_against, row.list_other = vote.agree, vote.against, vote.other
        row.list_adopted_at, row.list_adopted_by = clock.now(), actor.display_name
        changes = {
            "state": ["preparing", "list_adopted"],
            "agree": vote.agree,
            "against": vote.against,
            "other": vote.other,
            "candidates": [_name(one) for one in listed],
        }
        tell(row, "election.adopt_list", changes, actor=actor)
        return row


def reopen_list(election: Election, reason: str, *, actor: Actor) -> Election:
    """Take the adoption back, so that the list can change; before the vote only.

    Raises Conflict `election_moved_on`.
    """
    with transaction():
        row = taken(election, ElectionState.LIST_ADOPTED)
        row.state = ElectionState.PREPARING.value
        row.list_for = row.list_against = row.list_other = None
        row.list_adopted_at = row.list_adopted_by = None
        changes = {"state": ["list_adopted", "preparing"], "reason": reason}
        tell(row, "election.reopen_list", changes, actor=actor)
        return row


def _of(election: Election, candidate: Candidate) -> Candidate:
    with transaction() as session:
        wanted = select(Candidate).where(
            Candidate.id == candidate.id, Candidate.election_id == election.id
        )
        return session.scalars(wanted.execution_options(populate_existing=True)).one()


def _name(candidate: Candidate) -> str:
    return candidate.person.full_name


def _not_standing(candidate: Candidate) -> RuleViolation:
    return RuleViolation(
        "not_standing",
        Sentence(N_("{name} đã có đơn xin rút được ghi nhận."), name=_name(candidate)),
    )
