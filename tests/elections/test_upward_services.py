"""A certified list goes up, is accepted or returned."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.congresses.models import Congress
from congress_app.congresses.rulebook import Cap, Duration, LevelRules
from congress_app.database import db
from congress_app.delegates.models import Delegate
from congress_app.elections import upward_queries, upward_services
from congress_app.elections.models import Election
from congress_app.elections.upward_models import Transmission
from congress_app.kernel.errors import Conflict, DomainError, RuleViolation, Stale
from congress_app.kernel.permissions import system_actor
from tests import builders
from tests.elections.together import at_once

ACTOR = system_actor("test")


@pytest.fixture
def election(app: Flask) -> Election:
    """Two delegates and two reserves elected to the national congress."""
    return builders.a_certified_election()


def roster(congress: Congress) -> list[tuple[str, str, str]]:
    rows = db.session.scalars(
        select(Delegate).where(Delegate.congress_id == congress.id).order_by(Delegate.id)
    )
    return [(row.person.full_name, row.category, row.state) for row in rows]


def names(election: Election) -> list[str]:
    return [one.candidate.person.full_name for one in upward_queries.elected_places(election.id)]


def refused(act: Any) -> DomainError:
    with pytest.raises(DomainError) as caught:
        act()
    return caught.value


def send(election: Election, **options: Any) -> Transmission:
    return upward_services.send(election, actor=ACTOR, **options)


def answer(transmission: Transmission, reason: str | None = None, **options: Any) -> Transmission:
    version = options.pop("version", transmission.version)
    if reason is None:
        return upward_services.accept(
            transmission, convene=options.get("convene", True), version=version, actor=ACTOR
        )
    return upward_services.send_back(transmission, reason=reason, version=version, actor=ACTOR)


def test_the_elected_become_delegates_without_retyping(election: Election) -> None:
    sent = send(election, paper="12/TTr-BHXH", note="Kính gửi")
    first, second = names(election)
    assert roster(election.target) == [
        (first, "elected", "nominated"),
        (second, "elected", "nominated"),
    ]
    assert (sent.state, sent.number, sent.paper, len(sent.lines)) == ("sent", 1, "12/TTr-BHXH", 2)
    delegate = sent.lines[0].delegate
    assert delegate.person_id == sent.lines[0].place.candidate.person_id
    assert delegate.delegation_unit_id == election.congress.unit_id
    (ground,) = delegate.grounds
    assert (ground.text, ground.document) == (
        f"Bầu tại {election.congress.name}, lượt 1: 90 phiếu",
        "07/BB-HN",
    )


def test_persons_are_stored_once(election: Election) -> None:
    before = db.session.scalars(select(Delegate.person_id)).all()
    people = {one.candidate.person_id for one in upward_queries.elected_places(election.id)}
    send(election)
    assert before == []
    assert set(db.session.scalars(select(Delegate.person_id))) == people


def test_a_list_goes_up_once(election: Election) -> None:
    send(election)
    error = refused(lambda: send(election))
    assert (type(error), error.code) == (Conflict, "already_sent")
    assert len(roster(election.target)) == 2


def test_only_a_certified_list_goes_up(app: Flask) -> None:
    election = builders.a_certified_election(state="open")
    assert refused(lambda: send(election)).code == "election_moved_on"
    nobody = builders.a_certified_election(0, 1)
    assert refused(lambda: send(nobody)).code == "nobody_elected"


def test_the_quota_above_binds_and_nothing_is_half_done(app: Flask) -> None:
    congress = builders.an_electing_congress(1)
    election = builders.a_certified_election(2, 0, congress)
    error = refused(lambda: send(election))
    assert (type(error), error.code) == (RuleViolation, "over_quota")
    assert str(error).startswith("Chưa gửi được danh sách: Đoàn ")
    assert roster(election.target) == []
    assert upward_queries.transmissions_of(election.id) == []


def test_the_cap_above_binds(app: Flask) -> None:
    rules = builders.a_rulebook(national=LevelRules("Đại hội", Cap(1), (Duration.HALF_DAY,)))
    congress = builders.an_electing_congress(2)
    target = congress.parent
    assert target is not None
    target.rules = builders.a_congress(rules=rules).rules
    db.session.commit()
    election = builders.a_certified_election(2, 0, congress)
    assert refused(lambda: send(election)).code == "over_cap"


def test_a_congress_that_is_over_takes_nobody_in(election: Election) -> None:
    election.target.state = "closed"
    db.session.commit()
    assert refused(lambda: send(election)).code == "congress_closed"


def test_who_has_a_place_above_gets_the_ground_only(election: Election) -> None:
    place = upward_queries.elected_places(election.id)[0]
    builders.a_delegate(election.target, place.candidate.person, category="official")
    sent = send(election)
    line = sent.lines[0]
    assert (line.made, line.delegate.category, line.delegate.state) == (
        False,
        "official",
        "confirmed",
    )
    assert [ground.text for ground in line.delegate.grounds] == [
        f"Bầu tại {election.congress.name}, lượt 1: 90 phiếu"
    ]
    answer(sent, "Thiếu biên bản")
    db.session.expire_all()
    assert (line.delegate.state, line.delegate.grounds) == ("confirmed", [])


def test_accepting_convenes_the_delegates(election: Election) -> None:
    sent = send(election)
    accepted = answer(sent)
    assert (accepted.state, accepted.answered_by) == ("accepted", ACTOR.display_name)
    assert [state for _, _, state in roster(election.target)] == ["convened", "convened"]


def test_accepting_may_leave_the_calling_for_later(election: Election) -> None:
    answer(send(election), convene=False)
    assert [state for _, _, state in roster(election.target)] == ["nominated", "nominated"]


def test_a_returned_list_gives_its_places_up_and_goes_up_again(election: Election) -> None:
    returned = answer(send(election), "Thiếu biên bản kiểm phiếu")
    assert (returned.state, returned.reason) == ("returned", "Thiếu biên bản kiểm phiếu")
    rows = db.session.scalars(select(Delegate)).all()
    assert [(row.state, row.state_reason) for row in rows] == [
        ("withdrawn", "Thiếu biên bản kiểm phiếu")
    ] * 2
    again = send(election)
    assert (again.number, again.state) == (2, "sent")
    assert [state for _, _, state in roster(election.target)] == ["nominated", "nominated"]
    assert all(len(line.delegate.grounds) == 1 for line in again.lines)
    assert [one.state for one in upward_queries.transmissions_of(election.id)] == [
        "sent",
        "returned",
    ]


def test_returning_takes_back_whoever_holds_the_place_by_now(election: Election) -> None:
    sent = send(election)
    first = sent.lines[0].delegate
    by_hand = builders.a_delegate(
        election.target, builders.a_person(unit=election.congress.unit), category="elected"
    )
    first.state, first.replaced_by_id = "replaced", by_hand.id
    db.session.commit()
    answer(sent, "Thiếu")
    assert [state for _, _, state in roster(election.target)] == [
        "replaced",
        "withdrawn",
        "withdrawn",
    ]


def test_returning_needs_a_reason(election: Election) -> None:
    sent = send(election)
    assert refused(lambda: answer(sent, "  ")).code == "reason_needed"
    assert sent.state == "sent"


def test_a_list_is_answered_once_and_only_as_it_was_seen(election: Election) -> None:
    sent = send(election)
    assert isinstance(refused(lambda: answer(sent, version=sent.version + 1)), Stale)
    answer(sent)
    assert refused(lambda: answer(sent)).code == "transmission_answered"
    assert refused(lambda: answer(sent, "Muộn")).code == "transmission_answered"


def test_arrivals_show_what_waits_first(app: Flask, election: Election) -> None:
    other = builders.a_congress(
        builders.a_unit(parent=builders.the_root()),
        season=election.congress.season,
        parent_id=election.target_id,
        name="A",
    )
    silent = builders.a_certified_election(1, 0, other)
    sent = send(election)
    found, people = arrivals_of(election)
    assert [(one.election_id, one.transmission_id, people[one.election_id]) for one in found] == [
        (election.id, sent.id, 2),
        (silent.id, None, 1),
    ]
    assert upward_queries.waiting(election.target_id) == 1
    answer(sent, "Thiếu")
    again = send(election)
    assert [one.transmission_id for one in arrivals_of(election)[0]] == [again.id, None]
    answer(again)
    assert [one.election_id for one in arrivals_of(election)[0]] == [silent.id, election.id]
    assert upward_queries.waiting(election.target_id) == 0


def arrivals_of(election: Election) -> tuple[list[upward_queries.Arrival], dict[int, int]]:
    found = upward_queries.arrivals(election.target_id)
    return found, upward_queries.elected_of(found)


def test_every_step_is_told(election: Election) -> None:
    answer(send(election), "Thiếu")
    answer(send(election))
    told = db.session.scalars(select(Entry.action).order_by(Entry.id)).all()
    assert [action for action in told if action.startswith("transmission")] == [
        "transmission.send",
        "transmission.return",
        "transmission.send",
        "transmission.accept",
    ]


def test_two_send_at_once_and_one_list_goes_up(app: Flask, election: Election) -> None:
    election_id, target_id = election.id, election.target_id

    def act() -> int:
        return send(db.session.get_one(Election, election_id)).number

    answers = at_once(app, act, act)
    assert sorted(str(getattr(one, "code", one)) for one in answers) == ["1", "already_sent"]
    assert len(roster(db.session.get_one(Congress, target_id))) == 2


def test_accepting_and_returning_at_once_ends_one_way(app: Flask, election: Election) -> None:
    sent_id = send(election).id

    def accept() -> str:
        return answer(db.session.get_one(Transmission, sent_id)).state

    def give_back() -> str:
        return answer(db.session.get_one(Transmission, sent_id), "Thiếu").state

    answers = at_once(app, accept, give_back)
    won = [one for one in answers if isinstance(one, str)]
    lost = [one.code for one in answers if isinstance(one, DomainError)]
    assert (len(won), lost) == (1, ["transmission_answered"])
    assert db.session.get_one(Transmission, sent_id).state == won[0]
