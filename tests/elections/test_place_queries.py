from __future__ import annotations

from flask import Flask

from congress_app.delegates.registration import GroundFacts
from congress_app.elections import rules, upward_queries
from congress_app.elections.place_queries import ground_facts, registration_of
from congress_app.elections.rules import Form
from tests import builders


def test_the_ground_names_congress_round_votes_and_paper(app: Flask) -> None:
    election = builders.a_certified_election(1, 1)
    place = upward_queries.elected_places(election.id)[0]
    assert ground_facts(place) == GroundFacts(
        f"Bầu tại {election.congress.name}, lượt 1: 90 phiếu", document="07/BB-HN"
    )
    (reserve,) = upward_queries.reserve_line(election)
    assert ground_facts(reserve.place, reserve=1, instead_of="Lê An").text == (
        f"Dự khuyết thứ 1 bầu tại {election.congress.name}, lượt 1: 60 phiếu; thay Lê An"
    )


def test_hands_are_no_ballots(app: Flask) -> None:
    by_hands = rules.to_json(rules.initial("show_of_hands"))
    assert by_hands["form"] == Form.HANDS_LIST.value
    election = builders.a_certified_election(1, 0, rules=by_hands)
    (place,) = upward_queries.elected_places(election.id)
    assert ground_facts(place).text.endswith("lượt 1: 90 lượt tán thành")


def test_the_person_goes_up_as_stored(app: Flask) -> None:
    election = builders.a_certified_election(1, 0)
    (place,) = upward_queries.elected_places(election.id)
    asked = registration_of(place, GroundFacts("x"))
    person = place.candidate.person
    assert (asked.person.full_name, asked.person.unit_id, asked.category) == (
        person.full_name,
        person.unit_id,
        "elected",
    )
