"""The seat in the hall goes with the place."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.database import db
from congress_app.delegates.models import Delegate
from congress_app.elections import reserve_services, upward_queries, upward_services
from congress_app.elections.models import Election
from congress_app.kernel.permissions import system_actor
from congress_app.seating import move_services as seating
from congress_app.seating.queries import seat_of
from tests import builders

ACTOR = system_actor("test")


@pytest.fixture
def election(app: Flask) -> Election:
    """Two delegates and two reserves, their list accepted above."""
    made = builders.a_certified_election()
    sent = upward_services.send(made, actor=ACTOR)
    upward_services.accept(sent, convene=True, version=sent.version, actor=ACTOR)
    return made


def elected(election: Election) -> list[Delegate]:
    return list(
        db.session.scalars(
            select(Delegate).where(Delegate.congress_id == election.target_id).order_by(Delegate.id)
        )
    )


def test_the_seat_in_the_hall_goes_over(election: Election) -> None:
    ill, _other = elected(election)
    hall = builders.a_hall(election.target, "A: 4")
    builders.seated(hall, "A3", ill)
    place = upward_queries.reserve_line(election)[0].place
    new = reserve_services.call(ill, expected=place.id, reason="Ốm", actor=ACTOR)
    assert {who: str(seat.number) for who, seat in seat_of([ill.id, new.id]).items()} == {
        new.id: "3"
    }


def test_a_substitute_who_sits_already_keeps_his_own_seat(election: Election) -> None:
    ill, other = elected(election)
    hall = builders.a_hall(election.target, "A: 4")
    builders.seated(hall, "A1", ill)
    builders.seated(hall, "A2", other)
    seating.hand_over(ill, other, actor=ACTOR)
    assert {who: str(seat.number) for who, seat in seat_of([ill.id, other.id]).items()} == {
        other.id: "2"
    }
