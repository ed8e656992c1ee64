"""Rows of what goes up: a certified election, a list on its way."""

from __future__ import annotations

from typing import Any

from congress_app.congresses.models import Congress
from congress_app.delegates.models import Delegate
from congress_app.elections.models import Candidate, ElectedPlace, Election
from congress_app.elections.upward_models import Transmission, TransmissionLine
from congress_app.kernel import clock
from tests.builders.ground import numbers, store
from tests.builders.people import a_person
from tests.builders.votes import a_candidate, a_round, an_electing_congress, an_election


def a_certified_election(
    delegates: int = 2, reserves: int = 2, congress: Congress | None = None, **columns: Any
) -> Election:
    """An election with so many elected: delegates with 90, 89, … votes, reserves with 60, 59, …"""
    congress = congress or an_electing_congress(delegates)
    given = {"state": "certified", "certified_paper": "07/BB-HN", "seats": delegates}
    election = an_election(congress, **(given | columns))
    round_ = a_round(election, state="closed", outcome="result", candidates=[])
    for role, many, votes in (("delegate", delegates, 90), ("reserve", reserves, 60)):
        for position in range(1, many + 1):
            name = f"{'Lê Văn' if role == 'delegate' else 'Phạm Thị'} Số {next(numbers)}"
            person = a_person(name, election.congress.unit, birth_year=1970 + position)
            an_elected_place(
                election,
                a_candidate(election, person),
                role=role,
                round_id=round_.id,
                position=position,
                votes=votes + 1 - position,
            )
    return election


def an_elected_place(election: Election, candidate: Candidate, **columns: Any) -> ElectedPlace:
    """The candidate, elected first reserve in the election's first round."""
    defaults = {"role": "reserve", "position": 1, "votes": 60}
    if "round_id" not in columns:
        defaults["round_id"] = election.rounds[0].id
    row = {"election_id": election.id, "candidate_id": candidate.id}
    return store(ElectedPlace(**(row | defaults | columns)))


def a_transmission(
    election: Election, lines: dict[ElectedPlace, Delegate] | None = None, **columns: Any
) -> Transmission:
    """A list on its way, its places above made by it."""
    defaults = {"number": 1, "sent_at": clock.now(), "sent_by": "test"}
    sent = store(Transmission(election_id=election.id, **(defaults | columns)))
    for place, delegate in (lines or {}).items():
        store(
            TransmissionLine(
                transmission_id=sent.id, place_id=place.id, delegate_id=delegate.id, made=True
            )
        )
    return sent
