from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from congress_app.congresses.presets import GUIDANCE_2020
from congress_app.congresses.rulebook import Level
from congress_app.demo.people import Crowd
from congress_app.demo.places import AWARD_YEARS, Fill, HostPlaces
from congress_app.demo.structure import Host, Shape, tree

RULES = GUIDANCE_2020.levels[Level.UPPER_BASE]


def a_host() -> Host:
    return tree(Random(1), Shape(("22",), central_units=3)).hosts[1]


def filler(seed: int = 1) -> HostPlaces:
    rng = Random(seed)
    return HostPlaces(rng, Crowd(rng), a_host(), RULES)


@pytest.mark.parametrize("seed", range(5))
def test_numbers_are_those_asked_for_and_lines_are_kept(seed: int) -> None:
    host = a_host()
    seats = {unit.id: 4 for unit in host.base}
    places = filler(seed).fill(seats, Fill(guests=12, officials=70))
    assert Counter(place.category for place in places) == {
        "guest": 12,
        "official": 70,
        "elected": 4 * len(host.base),
    }
    elected = Counter(p.delegation_id for p in places if p.category == "elected")
    assert elected == seats


def test_a_unit_that_waits_sends_nobody() -> None:
    host = a_host()
    seats = {unit.id: 4 for unit in host.base}
    late = {host.base[0].id, host.base[-1].id}
    places = filler().fill(seats, Fill(guests=1, officials=40), late)
    elected = {p.delegation_id for p in places if p.category == "elected"}
    assert elected == {unit.id for unit in host.base} - late


def test_nobody_sends_more_people_than_it_has() -> None:
    host = a_host()
    seats = {unit.id: (unit.headcount or 0) // 2 for unit in host.base}
    places = filler().fill(seats, Fill(guests=20, officials=100))
    sent = Counter(place.person.facts.unit_id for place in places)
    assert [u.code for u in host.base if sent[u.id] > (u.headcount or 0)] == []


def test_awards_lie_in_the_years_that_count_and_carry_a_document() -> None:
    places = filler().fill({}, Fill(guests=0, officials=100))
    awards = [one for place in places for one in place.grounds if one.code == "fighter_base"]
    assert awards
    assert {one.year for one in awards} <= set(AWARD_YEARS)
    assert [one for one in awards if not (one.document or "").endswith("/QĐ-BHXH")] == []


def test_a_draft_only_names_people() -> None:
    made = filler()
    places = made.fill({}, Fill(guests=0, officials=50))
    assert {p.state for p in made.settle(places, "draft", certain=False)} == {"nominated"}


def test_whoever_cannot_come_is_replaced_from_his_own_unit() -> None:
    made = filler()
    seats = {unit.id: 5 for unit in a_host().base}
    settled = made.settle(made.fill(seats, Fill(10, 60)), "closed", certain=False)
    reserves = [place for place in settled if place.replaces is not None]
    assert reserves
    for reserve in reserves:
        before = settled[reserve.replaces or 0]
        assert (before.state, reserve.state) == ("replaced", "confirmed")
        assert before.delegation_id == reserve.delegation_id
        assert before.state_reason


def test_where_the_door_is_open_nobody_is_still_asked() -> None:
    made = filler()
    settled = made.settle(made.fill({}, Fill(10, 60)), "convened", certain=True)
    assert {place.state for place in settled} <= {"confirmed", "declined"}


def test_no_unit_loses_two() -> None:
    made, seats = filler(), {unit.id: 6 for unit in a_host().base}
    settled = made.settle(made.fill(seats, Fill(10, 60)), "open", certain=True)
    gone = Counter(p.delegation_id for p in settled if p.state == "replaced")
    assert 2 <= len(gone) <= 6
    assert set(gone.values()) == {1}
