"""Cap and quota of the congress above were lowered while a list waited for its answer."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.congresses.rulebook import Cap, Duration, LevelRules
from congress_app.database import db, transaction
from congress_app.delegates.models import Delegate
from congress_app.delegates.registration import CapException
from congress_app.elections import upward_queries, upward_room_queries, upward_services
from congress_app.elections.models import Election
from congress_app.elections.upward_models import Transmission
from congress_app.elections.upward_room import Room, beyond, figures
from congress_app.kernel.errors import Forbidden, RuleViolation
from congress_app.kernel.permissions import Actor, Grant, Permission, Role, system_actor
from congress_app.quota import queries as quota_queries
from tests import builders

ACTOR = system_actor("test")
LEAVE = CapException("Giám đốc", "Đã bầu theo chỉ tiêu cũ", "21/QĐ-BHXH")
TYPED = {
    "exception_by": LEAVE.by,
    "exception_reason": LEAVE.reason,
    "exception_document": LEAVE.document,
}


@pytest.fixture
def sent(app: Flask) -> Transmission:
    """Four delegates elected for four seats, their list sent."""
    return upward_services.send(builders.a_certified_election(4, 0), actor=ACTOR)


def lower(election: Election, seats: int) -> None:
    """Put a version in force that gives the electing unit so many seats."""
    target = election.target
    with transaction():
        before = quota_queries.allocation_in_force(target.id)
        assert before is not None
        before.state = "superseded"
    builders.an_allocation(target, {election.congress.unit: seats}, number=2)


def cap_at(election: Election, most: int) -> None:
    """Adopt rules that let the congress above have so many delegates."""
    book = builders.a_rulebook(national=LevelRules("Đại hội", Cap(most), (Duration.HALF_DAY,)))
    rules = builders.a_congress(rules=book).rules
    with transaction():
        election.target.rules = rules


def accept(
    sent: Transmission, exception: CapException | None = None, actor: Actor = ACTOR
) -> Transmission:
    return upward_services.accept(
        sent, convene=True, version=sent.version, exception=exception, actor=actor
    )


def excepted(sent: Transmission) -> list[tuple[str, str | None]]:
    """State and paper of each delegate of the list, most votes first."""
    db.session.expire_all()
    return [(line.delegate.state, line.delegate.exception_document) for line in sent.lines]


def test_a_list_beyond_the_quota_in_force_is_refused(sent: Transmission) -> None:
    lower(sent.election, 1)
    with pytest.raises(RuleViolation) as caught:
        accept(sent)
    unit = sent.election.congress.unit.name
    assert (caught.value.code, str(caught.value)) == (
        "over_quota",
        (
            f"Đoàn {unit} có 4 đại biểu bầu, tính cả danh sách này, mà chỉ tiêu đang có hiệu lực "
            "là 1: vượt 3. Hãy điều chỉnh phân bổ, trả lại danh sách, hoặc ghi ngoại lệ có số "
            "văn bản."
        ),
    )
    assert (sent.state, excepted(sent)) == ("sent", [("nominated", None)] * 4)


def test_a_list_beyond_the_cap_is_refused(sent: Transmission) -> None:
    cap_at(sent.election, 3)
    with pytest.raises(RuleViolation) as caught:
        accept(sent)
    assert (caught.value.code, str(caught.value)) == (
        "over_cap",
        (
            f"{sent.election.target.name} có 4 đại biểu tính vào số tối đa, kể cả danh sách này, "
            "mà tối đa là 3: vượt 1. Hãy rút bớt đại biểu, trả lại danh sách, hoặc ghi ngoại lệ "
            "có số văn bản."
        ),
    )
    assert accept(sent, LEAVE).state == "accepted"
    assert excepted(sent) == [("convened", None)] * 3 + [("convened", LEAVE.document)]


def test_an_exception_takes_the_elected_in_and_stands_beside_the_fewest_votes(
    sent: Transmission,
) -> None:
    lower(sent.election, 1)
    assert accept(sent, LEAVE).state == "accepted"
    assert excepted(sent) == [("convened", None)] + [("convened", LEAVE.document)] * 3
    told = db.session.scalars(
        select(Entry).where(Entry.action.in_(("transmission.accept", "delegate.edit")))
    ).all()
    told_of = [(one.action, one.changes) for one in told]
    leave = {"exception": TYPED}
    unit = sent.election.congress.unit.name
    assert told_of == [
        *[("delegate.edit", leave)] * 3,
        (
            "transmission.accept",
            {"state": ["sent", "accepted"], "count": 4, "exceeded": {unit: "4/1"}},
        ),
    ]


def test_an_exception_that_is_not_needed_is_not_kept(sent: Transmission) -> None:
    accept(sent, LEAVE)
    assert excepted(sent) == [("convened", None)] * 4


def test_who_holds_a_place_by_an_exception_is_not_asked_for_again(sent: Transmission) -> None:
    lower(sent.election, 3)
    with transaction():
        first = sent.lines[0].delegate
        first.exception_by, first.exception_reason = LEAVE.by, LEAVE.reason
        first.exception_document = "5/QĐ-BHXH"
    accept(sent)
    assert excepted(sent) == [("convened", "5/QĐ-BHXH"), *[("convened", None)] * 3]
    entry = db.session.scalars(select(Entry).where(Entry.action == "transmission.accept")).one()
    assert entry.changes["exceeded"] == {sent.election.congress.unit.name: "4/3"}


def test_who_gave_the_place_up_is_not_counted(sent: Transmission) -> None:
    lower(sent.election, 3)
    with transaction():
        sent.lines[3].delegate.state = "withdrawn"
    accept(sent)
    assert [state for state, _ in excepted(sent)] == [*["convened"] * 3, "withdrawn"]


def test_only_who_may_except_does(sent: Transmission) -> None:
    lower(sent.election, 1)
    decider = Actor("user", 1, "b", "Chị Bình", (Grant(Role.REGISTRAR, "/"),))
    assert not decider.can(Permission.DELEGATE_EXCEPT, "/")
    with pytest.raises(Forbidden) as caught:
        accept(sent, LEAVE, decider)
    assert caught.value.code == "may_not_except"
    assert sent.state == "sent"


def test_the_rooms_of_a_list_tell_what_is_held_against_what_is_allowed(sent: Transmission) -> None:
    lower(sent.election, 1)
    cap_at(sent.election, 9)
    ids = tuple(line.delegate_id for line in sent.lines)
    target, unit = sent.election.target, sent.election.congress.unit
    builders.a_delegate(target, category="guest")
    rooms = upward_room_queries.rooms(sent)
    assert rooms == [
        Room("over_quota", unit.name, 4, 1, 0, ids),
        Room("over_cap", target.name, 5, 9, 0, ids),
    ]
    assert (beyond(rooms), figures(rooms)) == (set(ids[1:]), {unit.name: "4/1"})


def test_while_no_allocation_is_in_force_no_quota_binds(app: Flask) -> None:
    congress = builders.an_electing_congress(2)
    target = congress.parent
    assert target is not None
    election = builders.a_certified_election(2, 0, congress)
    sent = upward_services.send(election, actor=ACTOR)
    with transaction():
        in_force = quota_queries.allocation_in_force(target.id)
        assert in_force is not None
        in_force.state = "superseded"
    assert [room for room in upward_room_queries.rooms(sent) if room.code == "over_quota"] == []
    accept(sent)


def plain(text: str) -> str:
    main = text.partition("<main")[2].partition("</main")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


def test_the_page_shows_the_numbers_and_asks_for_the_exception(
    sent: Transmission, as_role: Any
) -> None:
    lower(sent.election, 1)
    organiser = as_role("organiser")
    path = f"/congresses/{sent.election.target_id}/arrivals/{sent.id}"
    unit = sent.election.congress.unit.name
    page = organiser.get(path)
    assert f"Đại biểu bầu của đoàn {unit} 4 / 1 vượt 3" in plain(page.text)
    assert 'name="exception_document"' in page.text
    data = {"version": str(sent.version), "convene": "y"}
    refused = organiser.post(path, data=data)
    assert (refused.status_code, "vượt 3. Hãy điều chỉnh phân bổ" in refused.text) == (422, True)
    partly = organiser.post(path, data={**data, "exception_by": "Giám đốc"})
    assert (partly.status_code, 'value="Giám đốc"' in partly.text) == (422, True)
    answer = organiser.post(path, data={**data, **TYPED})
    assert (answer.status_code, answer.location) == (302, path)
    assert db.session.scalars(select(Delegate.exception_document).order_by(Delegate.id)).all() == [
        None,
        *[LEAVE.document] * 3,
    ]


def test_a_list_within_its_seats_is_shown_so_and_asks_for_nothing(
    sent: Transmission, as_role: Any
) -> None:
    page = as_role("organiser").get(f"/congresses/{sent.election.target_id}/arrivals/{sent.id}")
    unit = sent.election.congress.unit.name
    assert f"Đại biểu bầu của đoàn {unit} 4 / 4" in plain(page.text)
    assert 'name="exception_document"' not in page.text


def test_the_elected_are_those_of_the_list(sent: Transmission) -> None:
    listed = [one.candidate.person_id for one in upward_queries.elected_places(sent.election_id)]
    assert [line.delegate.person_id for line in sent.lines] == listed
