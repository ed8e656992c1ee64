"""A place above falls free: the next reserve takes it, in one act."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from congress_app.audit.models import Entry
from congress_app.badges import token
from congress_app.badges.models import Badge
from congress_app.checkin.intake import Door
from congress_app.database import db
from congress_app.delegates import state_services
from congress_app.delegates.models import Delegate
from congress_app.elections import reserve_services, upward_queries, upward_services
from congress_app.elections.models import ElectedPlace, Election
from congress_app.elections.upward_models import ReserveCall
from congress_app.kernel.errors import Conflict, DomainError
from congress_app.kernel.permissions import system_actor
from tests import builders
from tests.checkin.door import Scene
from tests.conftest import FrozenClock
from tests.elections.together import at_once

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


def reserves(election: Election) -> list[ElectedPlace]:
    return [line.place for line in upward_queries.reserve_line(election)]


def states(election: Election) -> list[str]:
    return [line.state.value for line in upward_queries.reserve_line(election)]


def call(delegate: Delegate, place: ElectedPlace, reason: str = "Ốm") -> Delegate:
    return reserve_services.call(delegate, expected=place.id, reason=reason, actor=ACTOR)


def refused(act: Any) -> DomainError:
    with pytest.raises(DomainError) as caught:
        act()
    return caught.value


def test_the_first_reserve_takes_delegation_seat_and_state(election: Election) -> None:
    ill, other = elected(election)
    first, second = reserves(election)
    new = call(ill, first)
    assert (new.person_id, new.category, new.state, new.delegation_unit_id) == (
        first.candidate.person_id,
        "elected",
        "convened",
        election.congress.unit_id,
    )
    assert (ill.state, ill.state_reason, ill.replaced_by_id) == ("replaced", "Ốm", new.id)
    (ground,) = new.grounds
    assert ground.text == (
        f"Dự khuyết thứ 1 bầu tại {election.congress.name}, lượt 1: 60 phiếu; "
        f"thay {ill.person.full_name}"
    )
    assert (other.state, states(election)) == ("convened", ["called", "waiting"])
    row = db.session.scalars(select(ReserveCall)).one()
    assert (row.place_id, row.replaced_id, row.delegate_id, row.reason) == (
        first.id,
        ill.id,
        new.id,
        "Ốm",
    )
    assert upward_queries.next_in(upward_queries.reserve_line(election)) == second


def test_badge_and_page_go_over_and_the_old_ones_end(election: Election) -> None:
    ill = elected(election)[0]
    old = builders.a_badge(ill)
    token = state_services.make_link(ill, actor=ACTOR)
    new = call(ill, reserves(election)[0])
    fresh = db.session.scalars(select(Badge).where(Badge.delegate_id == new.id)).one()
    assert fresh.state == "active"
    assert fresh.code != old.code
    assert (ill.link_token, new.link_token is not None, new.link_token != token) == (
        None,
        True,
        True,
    )


def test_the_door_knows_the_old_badge_and_the_new(
    election: Election, frozen_clock: FrozenClock
) -> None:
    ill = elected(election)[0]
    state_services.move_state(election.target, [ill.id], "confirmed", actor=ACTOR)
    session = builders.a_session(election.target)
    old = builders.a_badge(ill, token.new_code())
    scene = Scene(election.target, session, ill, old, Door(election.target_id, 1, "Máy 1"))
    new = call(ill, reserves(election)[0])
    fresh = db.session.scalars(select(Badge).where(Badge.delegate_id == new.id)).one()
    assert (scene.ask().reason, scene.ask(fresh.code).verdict) == ("replaced", "accepted")


def test_who_had_no_badge_gives_none(election: Election) -> None:
    call(elected(election)[0], reserves(election)[0])
    assert db.session.scalar(select(func.count(Badge.id))) == 0


def test_a_reserve_who_falls_ill_is_followed_by_the_next(election: Election) -> None:
    first, second = reserves(election)
    new = call(call(elected(election)[0], first), second, "Ốm")
    assert new.person_id == second.candidate.person_id
    assert states(election) == ["called", "called"]
    error = refused(lambda: call(new, second))
    assert error.code == "no_reserve"
    assert election.congress.name in str(error)


@pytest.mark.parametrize("state", ["declined", "withdrawn"])
def test_who_gave_the_place_up_before_is_replaced_too(election: Election, state: str) -> None:
    ill = elected(election)[0]
    state_services.move_state(election.target, [ill.id], state, actor=ACTOR, reason="Bận")
    new = call(ill, reserves(election)[0])
    assert (new.state, ill.state, ill.replaced_by_id) == ("nominated", "replaced", new.id)


def test_who_declined_is_passed_over_and_may_come_back(election: Election) -> None:
    first, second = reserves(election)
    gone = reserve_services.decline(first, reason="Nghỉ hưu", actor=ACTOR)
    assert states(election) == ["declined", "waiting"]
    ill, other = elected(election)
    assert refused(lambda: call(ill, first)).code == "reserve_moved_on"
    assert call(ill, second).person_id == second.candidate.person_id
    reserve_services.restore(first, seen=gone.at.isoformat(), actor=ACTOR)
    assert states(election) == ["waiting", "called"]
    assert call(other, first).person_id == first.candidate.person_id


def test_only_who_waits_can_be_let_go_and_only_who_was_let_go_comes_back(
    election: Election,
) -> None:
    first, second = reserves(election)
    call(elected(election)[0], first)
    codes = [
        refused(lambda: reserve_services.decline(first, reason="x", actor=ACTOR)).code,
        refused(lambda: reserve_services.restore(first, seen="", actor=ACTOR)).code,
        refused(lambda: reserve_services.restore(second, seen="", actor=ACTOR)).code,
        refused(lambda: reserve_services.decline(second, reason=" ", actor=ACTOR)).code,
    ]
    assert codes == ["reserve_moved_on"] * 3 + ["reason_needed"]


def test_a_reserve_with_a_place_above_is_passed_over(election: Election) -> None:
    first, second = reserves(election)
    builders.a_delegate(election.target, first.candidate.person, category="official")
    assert states(election) == ["listed", "waiting"]
    assert call(elected(election)[0], second).person_id == second.candidate.person_id


def test_only_the_elected_have_reserves(election: Election) -> None:
    guest = builders.a_delegate(election.target)
    error = refused(lambda: call(guest, reserves(election)[0]))
    assert error.code == "not_by_election"


def test_a_returned_list_calls_nobody(app: Flask) -> None:
    election = builders.a_certified_election()
    sent = upward_services.send(election, actor=ACTOR)
    delegate = sent.lines[0].delegate
    upward_services.send_back(sent, reason="Thiếu", version=sent.version, actor=ACTOR)
    assert refused(lambda: call(delegate, reserves(election)[0])).code == "not_by_election"


def test_a_list_that_waits_calls_nobody_yet(app: Flask) -> None:
    election = builders.a_certified_election()
    delegate = upward_services.send(election, actor=ACTOR).lines[0].delegate
    error = refused(lambda: call(delegate, reserves(election)[0]))
    assert error.code == "not_accepted_yet"


def test_who_was_put_in_by_hand_holds_the_same_place(election: Election) -> None:
    ill = elected(election)[0]
    by_hand = builders.a_delegate(
        election.target,
        builders.a_person(unit=election.congress.unit),
        category="elected",
        state="convened",
    )
    ill.state, ill.replaced_by_id = "replaced", by_hand.id
    db.session.commit()
    new = call(by_hand, reserves(election)[0])
    assert (by_hand.state, by_hand.replaced_by_id, new.state) == ("replaced", new.id, "convened")


def test_a_refusal_leaves_everything_as_it_was(election: Election) -> None:
    ill = elected(election)[0]
    call(ill, reserves(election)[0])
    before = [(row.id, row.state) for row in elected(election)]
    assert refused(lambda: call(ill, reserves(election)[1])).code == "not_replaceable"
    assert refused(lambda: call(elected(election)[1], reserves(election)[1], " ")).code == (
        "reason_needed"
    )
    assert [(row.id, row.state) for row in elected(election)] == before
    assert states(election) == ["called", "waiting"]


def test_a_congress_that_is_over_replaces_nobody(election: Election) -> None:
    election.target.state = "closed"
    db.session.commit()
    ill = elected(election)[0]
    assert refused(lambda: call(ill, reserves(election)[0])).code == "congress_closed"
    assert states(election) == ["waiting", "waiting"]


def test_the_quota_stays_filled_and_is_not_passed(election: Election) -> None:
    call(elected(election)[0], reserves(election)[0])
    held = [row for row in elected(election) if row.state == "convened"]
    assert len(held) == 2


def test_the_call_is_told_with_both_names(election: Election) -> None:
    ill = elected(election)[0]
    call(ill, reserves(election)[0])
    entry = db.session.scalars(select(Entry).where(Entry.action == "election.call_reserve")).one()
    assert entry.changes == {"instead_of": ill.person.full_name, "reason": "Ốm"}
    assert entry.subject_name == reserves(election)[0].candidate.person.full_name


def test_one_reserve_for_two_places_goes_to_one(app: Flask, election: Election) -> None:
    ill_id, other_id = [row.id for row in elected(election)]
    place_id = reserves(election)[0].id
    election_id = election.id

    def act(delegate_id: int) -> Any:
        return lambda: (
            call(
                db.session.get_one(Delegate, delegate_id),
                db.session.get_one(ElectedPlace, place_id),
            ).id
        )

    answers = at_once(app, act(ill_id), act(other_id))
    won = [one for one in answers if isinstance(one, int)]
    lost = [one for one in answers if isinstance(one, DomainError)]
    assert len(won) == 1
    assert [(type(one), one.code) for one in lost] == [(Conflict, "reserve_moved_on")]
    election = db.session.get_one(Election, election_id)
    assert states(election) == ["called", "waiting"]
    assert sorted(row.state for row in elected(election)) == ["convened", "convened", "replaced"]


def test_two_replace_one_delegate_and_one_reserve_is_used(app: Flask, election: Election) -> None:
    ill_id, election_id = elected(election)[0].id, election.id
    place_id = reserves(election)[0].id

    def act() -> int:
        delegate = db.session.get_one(Delegate, ill_id)
        return call(delegate, db.session.get_one(ElectedPlace, place_id)).id

    answers = at_once(app, act, act)
    assert sorted(isinstance(one, int) for one in answers) == [False, True]
    assert states(db.session.get_one(Election, election_id)) == ["called", "waiting"]
