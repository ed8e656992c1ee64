"""What an elected place gives the congress above: the person as stored, and the ground."""

from __future__ import annotations

from congress_app.congresses.rulebook import Category
from congress_app.delegates import storing
from congress_app.delegates.registration import GroundFacts, Registration
from congress_app.elections import rules
from congress_app.elections.count import Mode
from congress_app.elections.models import ElectedPlace
from congress_app.elections.upward import Won, ground_of


def registration_of(place: ElectedPlace, ground: GroundFacts) -> Registration:
    """The elected person as a delegate of the congress above: nothing is typed anew."""
    return Registration(storing.facts_of_row(place.candidate.person), Category.ELECTED, (ground,))


def ground_facts(
    place: ElectedPlace, *, reserve: int | None = None, instead_of: str | None = None
) -> GroundFacts:
    """The ground an elected place gives, with the paper of its certification."""
    election = place.election
    by_hands = rules.from_json(election.rules).mode is Mode.SHOW_OF_HANDS
    won = Won(election.congress.name, place.round.number, place.votes, by_hands)
    text = ground_of(won, reserve=reserve, instead_of=instead_of)
    return GroundFacts(text, document=election.certified_paper)
