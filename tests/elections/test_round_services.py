"""Opening a round: the hall frozen, quorum, rules that no longer change, ballots, a fresh start."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.elections import (
    candidate_services,
    credential_queries,
    credential_services,
    presence_queries,
    queries,
    round_services,
    setup_services,
)
from congress_app.elections.acts import (
    BelowQuorum,
    NominatedBy,
    Opening,
    TypedHall,
    Wanted,
)
from congress_app.elections.conduct import Nomination, RoundKind
from congress_app.elections.credential_doubts import Ruling
from congress_app.elections.credential_services import Decision
from congress_app.elections.rules import Form
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict, NotFound, RuleViolation
from tests import builders
from tests.elections.voting import (
    ALL,
    CHAIR,
    a_list,
    chosen_rules,
    counted,
    ids,
    opened,
)


def test_the_first_round_freezes_the_rules_and_the_list(app):
    election = a_list()
    opened(election)
    assert (election.state, election.rules_frozen_by) == ("open", CHAIR.display_name)
    with pytest.raises(Conflict) as refused:
        setup_services.choose_rules(
            election, Wanted(chosen_rules(rounds=5)), version=election.version, actor=CHAIR
        )
    assert refused.value.code == "rules_frozen"
    person = builders.a_person(unit=election.congress.unit)
    with pytest.raises(Conflict) as refused:
        candidate_services.nominate(election, person, NominatedBy(Nomination.FLOOR), actor=CHAIR)
    assert refused.value.code == "rules_frozen"


def test_presence_typed_where_nobody_is_written_down(app, frozen_clock):
    election = a_list()
    round_ = round_services.open_round(
        election,
        Opening(RoundKind.FIRST, typed=TypedHall(120, 110, excused=4, absent_throughout=6)),
        actor=CHAIR,
    )
    told = (round_.presence_source, round_.presence_at, round_.convened, round_.present)
    assert told == ("typed", frozen_clock.now, 120, 110)
    assert (round_.excused, round_.absent_throughout, round_.state) == (4, 6, "open")


def test_presence_is_taken_from_the_scans_of_the_minute(app, frozen_clock):
    election = a_list()
    congress = election.congress
    session = builders.a_session(congress, clock.now())
    here = [builders.a_delegate(congress) for _ in range(3)]
    builders.a_delegate(congress)
    guest = builders.a_delegate(congress, builders.a_person(), category="guest")
    badges = [builders.a_badge(delegate) for delegate in (*here, guest)]
    for badge in badges:
        builders.a_scan(session, badge, at=clock.now())
    late = builders.a_scan(session, badges[0], "out", at=clock.now() + timedelta(minutes=30))
    frozen_clock.advance(hours=1)
    before = late.corrected_at - timedelta(minutes=1)
    hall = presence_queries.hall(congress, before)
    assert (hall.convened, hall.present, hall.absent_throughout) == (4, 3, 1)
    assert hall.voters == frozenset(one.id for one in here)
    round_ = round_services.open_round(
        election, Opening(RoundKind.FIRST, at=before, typed=ALL), actor=CHAIR
    )
    assert (round_.presence_source, round_.convened, round_.present) == ("scans", 4, 3)
    assert presence_queries.hall(congress, clock.now()).present == 2


def test_a_minute_that_has_not_come_is_refused(app, frozen_clock):
    opening = Opening(RoundKind.FIRST, at=clock.now() + timedelta(minutes=1), typed=ALL)
    with pytest.raises(RuleViolation) as refused:
        round_services.open_round(a_list(), opening, actor=CHAIR)
    assert refused.value.code == "in_the_future"


@pytest.mark.parametrize("hall", [TypedHall(10, 11), TypedHall(10, 0), TypedHall(10, 8, 3)])
def test_impossible_presence_is_refused(app, hall):
    election = a_list()
    with pytest.raises(RuleViolation) as refused:
        round_services.open_round(election, Opening(RoundKind.FIRST, typed=hall), actor=CHAIR)
    assert refused.value.code == "presence_impossible"
    assert queries.election_by_id(election.congress_id, election.id).state == "list_adopted"


def test_below_quorum_only_by_a_recorded_decision(app):
    election = a_list(quorum="2/3")
    few = TypedHall(100, 66)
    with pytest.raises(RuleViolation) as refused:
        round_services.open_round(election, Opening(RoundKind.FIRST, typed=few), actor=CHAIR)
    assert refused.value.code == "below_quorum"
    assert "66 trên 100, cần 67" in str(refused.value.sentence)
    decided = BelowQuorum("Đoàn Chủ tịch", "Bão, đường bị chia cắt")
    round_ = round_services.open_round(
        election, Opening(RoundKind.FIRST, typed=few, below_quorum=decided), actor=CHAIR
    )
    assert (round_.below_quorum_by, round_.below_quorum_reason) == (
        "Đoàn Chủ tịch",
        "Bão, đường bị chia cắt",
    )


def test_the_whole_list_by_hand_needs_a_list_without_surplus(app):
    election = a_list(seats=2, names=3, form=Form.HANDS_LIST)
    with pytest.raises(RuleViolation) as refused:
        opened(election)
    assert refused.value.code == "list_vote_with_surplus"


def test_one_round_at_a_time_and_only_the_next_one(app):
    election = a_list(seats=2, names=3)
    opened(election)
    for kind in (RoundKind.FIRST, RoundKind.ADDITIONAL, RoundKind.REVOTE):
        with pytest.raises(Conflict) as refused:
            opened(election, kind, "Bầu tiếp")
        assert refused.value.code == "round_not_next"


def test_an_additional_round_lists_who_is_not_in_and_says_why(app):
    election = a_list(seats=2, names=3)
    _first, second, third = ids(election)
    counted(election, [90, 40, 30], valid=100)
    with pytest.raises(RuleViolation) as refused:
        round_services.open_round(election, Opening(RoundKind.ADDITIONAL, typed=ALL), actor=CHAIR)
    assert refused.value.code == "reason_needed"
    round_ = opened(election, RoundKind.ADDITIONAL, "Còn thiếu 1 suất")
    assert (round_.candidates, round_.seats, round_.reason) == (
        [second, third],
        1,
        "Còn thiếu 1 suất",
    )
    assert round_.follows.number == 1


def test_the_issue_list_knows_issued_and_returned_and_nobody_but_voters(app):
    election = a_list()
    congress = election.congress
    session = builders.a_session(congress)
    voters = [builders.a_delegate(congress) for _ in range(2)]
    guest = builders.a_delegate(congress, builders.a_person(), category="guest")
    for delegate in voters:
        builders.a_scan(session, builders.a_badge(delegate))
    round_ = round_services.open_round(election, Opening(RoundKind.FIRST), actor=CHAIR)
    asked = [one.id for one in (*voters, guest)]
    assert round_services.hand_out(round_, asked, actor=CHAIR) == 2
    assert round_services.hand_out(round_, asked, actor=CHAIR) == 0
    round_services.mark(round_, voters[0].id, "returned", actor=CHAIR)
    assert queries.ballots_of(round_.id) == {voters[0].id: True, voters[1].id: False}
    round_services.mark(round_, voters[1].id, "none", actor=CHAIR)
    assert queries.ballots_of(round_.id) == {voters[0].id: True}
    told = db.session.scalars(select(Entry).where(Entry.action == "election.mark_ballot"))
    assert [one.changes["ballot"] for one in told] == [["issued", "returned"], ["issued", "none"]]
    round_services.start_count(round_, actor=CHAIR)
    with pytest.raises(Conflict) as refused:
        round_services.hand_out(round_, asked, actor=CHAIR)
    assert refused.value.code == "round_moved_on"


def test_every_step_is_in_the_log_without_a_voter(app):
    election = a_list(seats=1, names=2)
    counted(election, [90, 10])
    written = db.session.scalars(select(Entry).where(Entry.action.like("election.%"))).all()
    assert [one.action.partition(".")[2] for one in written] == [
        "create",
        "rules",
        "nominate",
        "nominate",
        "adopt_list",
        "freeze",
        "open_round",
        "start_count",
        "count",
        "count",
        "close_round",
    ]


def test_who_was_found_not_qualified_does_not_vote(app, frozen_clock):
    election = a_list()
    congress = election.congress
    session = builders.a_session(congress, clock.now())
    voting, refused, pending = (builders.a_delegate(congress) for _ in range(3))
    for one in (voting, refused, pending):
        builders.a_scan(session, builders.a_badge(one), at=clock.now())
    rule(congress, refused.id, Decision(Ruling.NOT_QUALIFIED, "Ban Thẩm tra", "Bị kỷ luật"))
    rule(congress, pending.id, Decision(Ruling.PENDING, "Ban Thẩm tra", "Thiếu biên bản"))
    voters = frozenset({voting.id, pending.id})
    hall = presence_queries.hall(congress, clock.now())
    assert (hall.convened, hall.present, hall.voters) == (2, 2, voters)
    assert presence_queries.voter_ids(congress.id) == voters
    again = credential_queries.latest_rulings(congress.id)[refused.id].id
    rule(congress, refused.id, Decision(Ruling.VALID, "Ban Thẩm tra"), seen=again)
    assert presence_queries.voter_ids(congress.id) == voters | {refused.id}


def rule(congress: Congress, delegate_id: int, decision: Decision, seen: int = 0) -> None:
    """The credentials committee finds something about a delegate."""
    credential_services.decide(congress, delegate_id, decision, seen=seen, actor=CHAIR)


def test_the_issue_list_knows_only_voters_of_this_congress(app):
    election = a_list()
    builders.a_delegate(election.congress)
    foreign = builders.a_delegate(builders.a_congress())
    guest = builders.a_delegate(election.congress, category="guest")
    round_ = round_services.open_round(election, Opening(RoundKind.FIRST, typed=ALL), actor=CHAIR)
    told = len(db.session.scalars(select(Entry)).all())
    for stranger in (foreign.id, guest.id, 999_999):
        for standing in ("none", "issued"):
            with pytest.raises(NotFound):
                round_services.mark(round_, stranger, standing, actor=CHAIR)
    assert len(db.session.scalars(select(Entry)).all()) == told


def test_a_mark_of_no_known_meaning_is_refused(app):
    election = a_list()
    voter = builders.a_delegate(election.congress)
    round_ = round_services.open_round(election, Opening(RoundKind.FIRST, typed=ALL), actor=CHAIR)
    with pytest.raises(NotFound):
        round_services.mark(round_, voter.id, "", actor=CHAIR)
    assert queries.ballots_of(round_.id) == {}
