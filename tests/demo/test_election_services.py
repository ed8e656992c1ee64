"""Elected delegates of the demonstration were elected: every place, ground and list agrees."""

from __future__ import annotations

from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.delegates.models import Delegate
from congress_app.elections import (
    queries,
    reserve_queries,
    round_queries,
    setup_services,
    upward_queries,
)
from congress_app.elections.conduct import ElectionState, PlaceRole
from congress_app.elections.models import ElectedPlace, Election
from congress_app.elections.place_queries import ground_facts
from congress_app.elections.upward_models import ReserveCall, TransmissionLine
from congress_app.quota import queries as quota_queries
from congress_app.units.models import Unit

pytestmark = pytest.mark.demonstration


@pytest.fixture
def elections(app: Flask) -> dict[str, Election]:
    """The elections of the small demonstration, by the code of their unit."""
    rows = db.session.execute(
        select(Unit.code, Election)
        .join(Congress, Election.congress_id == Congress.id)
        .join(Unit, Congress.unit_id == Unit.id)
    )
    return {row[0]: row[1] for row in rows}


def of_code(code: str) -> Congress:
    return db.session.scalars(select(Congress).join(Unit).where(Unit.code == code)).one()


def test_one_hall_raises_hands_one_has_not_begun_and_the_province_draws_up_its_list(
    elections: dict[str, Election],
) -> None:
    states = Counter(one.state for one in elections.values())
    assert states == {"certified": 27, "open": 1, "preparing": 1}
    assert elections["22-12"].state == ElectionState.OPEN
    assert [(one.state, one.outcome) for one in elections["22-12"].rounds] == [("counting", None)]
    assert "22-13" not in elections
    assert setup_services.seats_to_fill(of_code("22-13")).seats > 0
    province = elections["22"]
    assert len(province.candidates) == province.seats + 2
    assert quota_queries.seats_from_above(province.congress).seats == province.seats


def test_places_are_what_the_rounds_decided(elections: dict[str, Election]) -> None:
    for election in elections.values():
        if election.state != ElectionState.CERTIFIED:
            continue
        course = round_queries.course_of(election)
        assert course.may_be_certified
        stored: dict[PlaceRole, list[tuple[int, int]]] = {role: [] for role in PlaceRole}
        for place in queries.places_of(election.id):
            stored[PlaceRole(place.role)].append((place.candidate_id, place.votes))
        decided = reserve_queries.lined_up(election, course)
        assert stored == {
            PlaceRole.DELEGATE: [(one.candidate, one.votes) for one in course.delegates],
            PlaceRole.RESERVE: [(one.candidate, one.votes) for one in decided],
        }
        assert len(course.delegates) == election.seats
        for round_ in election.rounds:
            sheets = [one.cells for one in queries.sheets_of(round_.id)]
            assert round_.figures is not None
            assert sheets == [round_.figures["cells"]] * round_queries.sheets_needed(round_)


def test_every_elected_delegate_has_his_election_as_ground(elections: dict[str, Election]) -> None:
    elected = select(Delegate).where(Delegate.category == "elected")
    grounds = {
        one.id: [(ground.text, ground.document) for ground in one.grounds]
        for one in db.session.scalars(elected)
    }
    lines = db.session.scalars(select(TransmissionLine)).all()
    calls = db.session.scalars(select(ReserveCall)).all()
    expected = {}
    for line in lines:
        told = ground_facts(line.place)
        assert line.delegate.person_id == line.place.candidate.person_id
        expected[line.delegate_id] = [(told.text, told.document)]
    for call in calls:
        assert call.replaced is not None
        assert call.delegate_id is not None
        assert call.replaced.replaced_by_id == call.delegate_id
        told = ground_facts(
            call.place,
            reserve=call.place.position,
            instead_of=call.replaced.person.full_name,
        )
        expected[call.delegate_id] = [(told.text, told.document)]
    assert grounds == expected
    assert len(calls) >= 2


def test_a_reserve_is_left_where_one_was_called(elections: dict[str, Election]) -> None:
    called = db.session.scalars(select(ReserveCall)).all()
    for call in called:
        line = upward_queries.reserve_line(call.place.election)
        assert [one.state.value for one in line] == ["called", "waiting"]


def test_as_many_are_elected_as_the_quota_says(elections: dict[str, Election]) -> None:
    counted = Counter(
        db.session.scalars(
            select(ElectedPlace.election_id).where(ElectedPlace.role == PlaceRole.DELEGATE)
        )
    )
    for election in elections.values():
        if election.state == ElectionState.CERTIFIED:
            above = quota_queries.seats_from_above(election.congress)
            assert above is not None
            assert counted[election.id] == above.seats == election.seats
