"""Seats come from above, rules are chosen until the vote, one election at a time."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.elections import certify_services, rules, setup_services
from congress_app.elections.acts import Certifying, Wanted
from congress_app.elections.rules import Form
from congress_app.kernel.errors import Conflict, RuleViolation, Stale
from congress_app.quota.models import AllocationLine
from tests import builders
from tests.congresses.test_races import at_once
from tests.elections.voting import CHAIR, a_list, chosen_rules, counted, opened


def refusal(congress) -> str:
    with pytest.raises(RuleViolation) as refused:
        setup_services.create(congress, actor=CHAIR)
    return refused.value.code


def give(seats: int) -> None:
    with transaction() as session:
        session.scalars(select(AllocationLine)).one().seats = seats


def test_seats_are_those_of_the_allocation_above(app):
    election = setup_services.create(builders.an_electing_congress(7), actor=CHAIR)
    told = (election.number, election.seats, election.quota_version, election.state)
    assert told == (1, 7, 1, "preparing")
    assert election.target_id == election.congress.parent_id


def test_the_form_is_what_the_level_starts_with(app):
    book = builders.a_rulebook()
    by_hand = replace(book.level("base"), election_form="show_of_hands")
    book = book.with_level("base", by_hand)
    congress = builders.an_electing_congress(2, rules=book, level="base")
    election = setup_services.create(congress, actor=CHAIR)
    assert rules.from_json(election.rules).form is Form.HANDS_LIST


def test_nothing_is_elected_without_a_congress_above_or_its_allocation(app):
    assert refusal(builders.a_congress()) == "no_target"
    above = builders.a_congress(builders.the_root(), level="national")
    below = builders.a_congress(season=above.season, parent_id=above.id)
    assert refusal(below) == "no_quota"
    builders.an_allocation(above, {builders.a_unit(parent=builders.the_root()): 3})
    assert refusal(below) == "no_seats"


def test_a_second_election_fills_what_is_left(app):
    election = a_list(seats=1, names=2)
    with pytest.raises(Conflict) as refused:
        setup_services.create(election.congress, actor=CHAIR)
    assert refused.value.code == "election_under_way"
    counted(election, [90, 10])
    certify_services.certify(
        election, Certifying("Đoàn Chủ tịch"), version=election.version, actor=CHAIR
    )
    assert refusal(election.congress) == "no_seats"
    give(3)
    second = setup_services.create(election.congress, actor=CHAIR)
    assert (second.number, second.seats) == (2, 2)


def test_seats_follow_the_allocation_until_the_first_ballot(app):
    election = a_list(seats=2, names=5)
    give(3)
    round_ = opened(election)
    assert (election.seats, round_.seats) == (3, 3)
    give(4)
    assert setup_services.seats_to_fill(election.congress).seats == 4
    assert (election.seats, round_.seats) == (3, 3)


def test_rules_are_saved_and_a_stale_form_is_told(app):
    election = setup_services.create(builders.an_electing_congress(), actor=CHAIR)
    wanted = Wanted(chosen_rules(rounds=3), reserve_seats=2, reserves_apart=False)
    setup_services.choose_rules(election, wanted, version=1, actor=CHAIR)
    assert rules.from_json(election.rules) == wanted.rules
    assert (election.reserve_seats, election.reserves_apart) == (2, False)
    with pytest.raises(Stale) as refused:
        setup_services.choose_rules(election, wanted, version=1, actor=CHAIR)
    assert refused.value.version == election.version


def test_two_organisers_begin_one_election(app):
    congress_id = builders.an_electing_congress().id
    db.session.rollback()

    def begin() -> None:
        setup_services.create(db.session.get_one(Congress, congress_id), actor=CHAIR)

    assert at_once(app, [begin] * 4) == ["done"] + ["election_under_way"] * 3
