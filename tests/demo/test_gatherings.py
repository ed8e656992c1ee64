from __future__ import annotations

from dataclasses import replace
from random import Random

from congress_app.demo import gatherings
from congress_app.demo.people import Crowd
from congress_app.demo.structure import UnitFacts

UNIT = UnitFacts(7, "22-01", "BHXH huyện", "huyen", 1, "/1/7/", 1, "22", headcount=12)


def test_everybody_of_the_unit_and_its_teams_has_a_place_by_title() -> None:
    unit = replace(UNIT, below=30)
    places = list(gatherings.attendees(Crowd(Random(1)), unit))
    assert len({place.person.id for place in places}) == 42
    assert {(p.category, p.delegation_id, p.grounds) for p in places} == {
        ("official", 7, (gatherings.GROUND,))
    }
    assert {place.person.facts.unit_id for place in places} == {7}


def test_at_most_two_stay_away() -> None:
    rng = Random(3)
    assert {gatherings.turnout(rng, UNIT) for _ in range(200)} == {12, 11, 10}
