"""What the pages of elections load: the election, round or candidate asked for, and words."""

from __future__ import annotations

from typing import Any

from flask import g

from congress_app.delegates import committee_queries, committees, storing
from congress_app.delegates.models import Person
from congress_app.elections import (
    ballot,
    candidate_queries,
    conduct,
    count,
    list_queries,
    presence_queries,
    queries,
    round_queries,
    rules,
)
from congress_app.elections.models import Candidate, Election, Round
from congress_app.elections.presence_queries import Hall
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound
from congress_app.kernel.partial_date import PartialDate
from congress_app.quota import queries as quota_queries


def election_or_404(election_id: int) -> Election:
    """The election of this congress."""
    found = queries.election_by_id(g.congress.id, election_id)
    if found is None:
        raise NotFound
    return found


def round_or_404(election_id: int, number: int) -> Round:
    """The round of an election of this congress."""
    found = queries.round_by_number(election_or_404(election_id).id, number)
    if found is None:
        raise NotFound
    return found


def candidate_or_404(election: Election, candidate_id: int) -> Candidate:
    """The candidate of the election."""
    found = candidate_queries.candidate(election.id, candidate_id)
    if found is None:
        raise NotFound
    return found


def sees(person: Person | None) -> bool:
    """Whether the person lies in the reader's part of the congress.

    Who stood and who was elected is told to everybody who has a part in it; of people of
    other units not the day of birth, nor why they withdrew.
    """
    own: str = g.congress.unit.path
    path = person.unit.path if person is not None and person.unit is not None else own
    return own in g.reach or any(path.startswith(part) for part in g.reach)


def born(person: Person) -> PartialDate | None:
    """The birth date as the reader may see it: of others the year."""
    return birth_of(person, storing.facts_of_row(person).birth)


def birth_of(person: Person, whole: PartialDate | None) -> PartialDate | None:
    """A birth date told of the person, as the reader may see it."""
    return PartialDate(whole.year) if whole and not sees(person) else whole


def words() -> dict[str, object]:
    """Labels for the templates of the chapter, and what they may show of a person."""
    return {
        "sees": sees,
        "born": born,
        "birth_of": birth_of,
        "state": conduct.ELECTION_STATE_LABELS,
        "state_kind": conduct.ELECTION_STATE_KINDS,
        "candidate": conduct.CANDIDATE_STATE_LABELS,
        "candidate_kind": conduct.CANDIDATE_STATE_KINDS,
        "nomination": conduct.NOMINATION_LABELS,
        "round": conduct.ROUND_KIND_LABELS,
        "round_state": conduct.ROUND_STATE_LABELS,
        "outcome": conduct.ROUND_OUTCOME_LABELS,
        "outcome_kind": conduct.ROUND_OUTCOME_KINDS,
        "role": conduct.ROLE_LABELS,
        "form": rules.FORM_LABELS,
        "base": count.BASE_LABELS,
        "tie": count.TIE_LABELS,
        "preset": rules.PRESET_LABELS,
        "printed": rules.printed,
    }


def election_page(election: Election) -> dict[str, Any]:
    """What the page of one election shows."""
    listed = candidate_queries.candidates(election.id)
    standing = [one for one in listed if one.state in conduct.ON_THE_BALLOT]
    chosen = round_queries.rules_of(election)
    course = round_queries.course_of(election)
    tellers = committee_queries.person_ids(election.congress_id, committees.Body.TELLERS)
    clash = committees.tellers_who_stand(tellers, {one.person_id for one in standing})
    return {
        "election": election,
        "candidates": listed,
        "standing": standing,
        "names": list_queries.names(election, listed),
        "shown": list_queries.shown(election, listed),
        "rules": chosen,
        "surplus": ballot.surplus_warning(chosen, len(standing), election.seats),
        "clash": [one.person.full_name for one in standing if one.person_id in clash],
        "rounds": queries.rounds_of(election.id),
        "course": course,
        "limit": ballot.round_limit_warning(chosen, course.votes_held),
        "places": queries.places_of(election.id),
        "from_above": quota_queries.seats_from_above(election.congress),
        "words": words(),
    }


def round_page(round_: Round) -> dict[str, Any]:
    """What the page of one round shows."""
    election = round_.election
    decision = queries.decisions_of(election.id).get(round_.id)
    course = round_queries.course_of(election)
    listed = round_queries.listed(round_)
    count_ = queries.count_of(round_, decision)
    return {
        "election": election,
        "round": round_,
        "rules": round_queries.rules_of(election),
        "vote": round_queries.vote_of(round_),
        "listed": listed,
        "people": {str(one.id): one.person for one in listed},
        "names": candidate_queries.names(listed),
        "decision": decision,
        "count": count_,
        "outcome": queries.outcome_of(round_, decision),
        "course": course,
        "counted_by": (round_.figures or {}).get("counted_by", ()),
        "handed_over": (round_.figures or {}).get("handed_over", 0),
        "is_last": round_.number == len(queries.rounds_of(election.id)),
        "is_open_tie": course.running is None
        and course.open_tie is not None
        and course.open_tie.number == round_.number,
        "instruction": ballot.instruction(
            round_queries.rules_of(election), len(listed), round_.seats
        ),
        "words": words(),
    }


def hall_now() -> Hall:
    """The voters in the hall this minute."""
    return presence_queries.hall(g.congress, clock.now())


def minutes_page(round_: Round) -> dict[str, Any]:
    """What the tellers' minutes say beside the round itself."""
    congress_id = round_.election.congress_id
    return round_page(round_) | {
        "tellers": committee_queries.members(congress_id, committees.Body.TELLERS),
        "presidium": committee_queries.members(congress_id, committees.Body.PRESIDIUM),
        "post_words": committees.post_words,
        "cells": (round_.figures or {}).get("cells", {}),
        "candidates": candidate_queries.candidates(round_.election_id),
    }
