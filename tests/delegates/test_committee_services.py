"""Forming bodies: seats in order, who may sit, adoption with figures."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.delegates import committee_queries, committee_services, state_services
from congress_app.delegates.committee_models import CommitteeSeat
from congress_app.delegates.committee_queries import Member
from congress_app.delegates.committee_services import NewMember
from congress_app.delegates.committees import Body, OpenVote, Post
from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.permissions import system_actor
from tests import builders

ACTOR = system_actor("thư ký")


@pytest.fixture
def congress(app: Flask) -> Congress:
    """A congress with two delegates of one name and one of another."""
    congress = builders.a_congress()
    unit = congress.unit
    for number, name in enumerate(["Lê Thị Hòa", "Trần An", "Trần An"], start=1):
        person = builders.a_person(name, unit, position="Chuyên viên")
        builders.a_delegate(congress, person, number=number)
    return congress


def seat(congress: Congress, name: str, post: Post = Post.MEMBER) -> CommitteeSeat:
    """A delegate in the secretariat."""
    return committee_services.add_member(
        congress, Body.SECRETARIAT, NewMember(name, post), actor=ACTOR
    )


def names(congress: Congress) -> list[tuple[str, str]]:
    """The secretariat."""
    return [(m.name, m.post) for m in committee_queries.members(congress.id, Body.SECRETARIAT)]


def refusal(act: object) -> str:
    """The code an act is refused with."""
    with pytest.raises(RuleViolation) as refused:
        act()  # type: ignore[operator]
    return refused.value.code


def test_members_stand_by_post_and_tell_who_they_are(congress: Congress) -> None:
    seat(congress, "Trần An, số 2")
    seat(congress, "Trần An, số 3", Post.HEAD)
    outsider = NewMember("Bà Đỗ Thị Mai", Post.SECRETARY, outsider=True, about="Chánh Văn phòng")
    committee_services.add_member(congress, Body.SECRETARIAT, outsider, actor=ACTOR)
    found = committee_queries.members(congress.id, Body.SECRETARIAT)
    assert [(m.name, m.words, m.has_left) for m in found] == [
        ("Trần An", "Trưởng đoàn thư ký", False),
        ("Đỗ Thị Mai", "Thư ký", False),
        ("Trần An", "Thành viên", False),
    ]
    assert found[1] == Member(
        found[1].seat_id, "Đỗ Thị Mai", "secretary", "Thư ký", "Chánh Văn phòng"
    )
    assert found[0].about == f"Chuyên viên, {congress.unit.name}"
    people = committee_queries.person_ids(congress.id, Body.SECRETARIAT)
    assert people == [found[0].person_id, found[2].person_id]
    assert committee_queries.members(congress.id, Body.TELLERS) == []
    entry = db.session.scalars(select(Entry).order_by(Entry.id)).first()
    assert entry is not None
    assert (entry.action, entry.changes) == (
        "committee.add",
        {"body": "secretariat", "member": "Trần An, số 2", "post": "Thành viên"},
    )


def test_who_may_not_be_seated(congress: Congress) -> None:
    seat(congress, "Lê Thị Hòa", Post.HEAD)
    assert refusal(lambda: seat(congress, "1")) == "seated_already"
    assert refusal(lambda: seat(congress, "Trần An, số 2", Post.HEAD)) == "second_head"
    assert refusal(lambda: seat(congress, "Trần An")) == "ambiguous_name"
    assert refusal(lambda: seat(congress, "Ngô Không Có")) == "no_such_delegate"
    assert names(congress) == [("Lê Thị Hòa", "head")]


def test_an_outsider_is_seated_once(congress: Congress) -> None:
    new = NewMember("Đỗ Mai", outsider=True)
    committee_services.add_member(congress, Body.TELLERS, new, actor=ACTOR)
    again = lambda: committee_services.add_member(  # noqa: E731
        congress, Body.TELLERS, NewMember("đỗ mai", outsider=True), actor=ACTOR
    )
    assert refusal(again) == "seated_already"


def test_order_post_and_leaving(congress: Congress) -> None:
    first, second = seat(congress, "Lê Thị Hòa"), seat(congress, "2")
    committee_services.move_member(second, -1, actor=ACTOR)
    assert names(congress) == [("Trần An", "member"), ("Lê Thị Hòa", "member")]
    committee_services.move_member(second, -1, actor=ACTOR)
    committee_services.set_post(first, Post.HEAD, actor=ACTOR)
    assert names(congress) == [("Trần An", "member"), ("Lê Thị Hòa", "head")]
    assert refusal(lambda: committee_services.set_post(second, Post.HEAD, actor=ACTOR)) == (
        "second_head"
    )
    committee_services.remove_member(second, actor=ACTOR)
    assert names(congress) == [("Lê Thị Hòa", "head")]
    assert [s.position for s in committee_queries.seats(congress.id)] == [1]


def test_a_delegate_who_left_is_told(congress: Congress) -> None:
    row = seat(congress, "2")
    builders.a_seat(congress, body="tellers")
    state_services.move_state(
        congress, [row.delegate_id or 0], "declined", actor=ACTOR, reason="ốm"
    )
    (member,) = committee_queries.members(congress.id, Body.SECRETARIAT)
    assert member.has_left
    assert {
        body: len(rows) for body, rows in committee_queries.all_members(congress.id).items()
    } == {
        "presidium": 0,
        "secretariat": 1,
        "credentials": 0,
        "tellers": 1,
        "organising": 0,
    }


def test_adoption_keeps_the_list_as_voted(congress: Congress) -> None:
    seat(congress, "Lê Thị Hòa", Post.HEAD)
    vote = OpenVote(40, 38, 1, 1)
    seen = committee_queries.fingerprint(committee_queries.seats(congress.id, Body.SECRETARIAT))
    committee_services.adopt(
        congress, Body.SECRETARIAT, vote=vote, document=None, seen=seen, actor=ACTOR
    )
    seat(congress, "2")
    (act,) = committee_queries.adoptions(congress.id, Body.SECRETARIAT)
    assert (act.voting, act.agree, act.against, act.other, act.document, act.members) == (
        40,
        38,
        1,
        1,
        None,
        [["Lê Thị Hòa", "head"]],
    )
    now = committee_queries.as_voted(committee_queries.seats(congress.id, Body.SECRETARIAT))
    assert now != act.members


def test_adoption_needs_members_and_an_act(congress: Congress) -> None:
    def adopt(document: str | None) -> None:
        seen = committee_queries.fingerprint(committee_queries.seats(congress.id, Body.ORGANISING))
        committee_services.adopt(
            congress, Body.ORGANISING, vote=None, document=document, seen=seen, actor=ACTOR
        )

    assert refusal(lambda: adopt("05/QĐ-BTC")) == "nobody_seated"
    builders.a_seat(congress, body="organising")
    assert refusal(lambda: adopt(None)) == "no_act"
    adopt("05/QĐ-BTC")
    (act,) = committee_queries.adoptions(congress.id, Body.ORGANISING)
    assert (act.voting, act.document) == (None, "05/QĐ-BTC")


def test_a_closed_congress_keeps_its_bodies(app: Flask) -> None:
    closed = builders.a_congress(state="closed")
    row = builders.a_seat(closed)
    assert refusal(lambda: committee_services.remove_member(row, actor=ACTOR)) == "congress_closed"
