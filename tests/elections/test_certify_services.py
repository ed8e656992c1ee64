"""Ties, re-votes, the congress's choice, reserves, and the end."""

from __future__ import annotations

import pytest

from congress_app.elections import certify_services, queries, round_queries
from congress_app.elections.acts import Certifying, Decision
from congress_app.elections.conduct import RoundKind
from congress_app.elections.count import TieRule
from congress_app.kernel.errors import Conflict, RuleViolation, Stale
from tests.elections.voting import CHAIR, a_list, counted, decided, ids, opened, taken_down

PRESIDIUM = Certifying("Đồng chí Trần Thị Chủ tịch", "05/BB-HN")


def places(election) -> list[tuple[str, int, int, int]]:
    return [
        (place.role, place.position, place.candidate_id, place.votes)
        for place in queries.places_of(election.id)
    ]


def test_a_tie_is_voted_again_among_exactly_the_tied(app):
    election = a_list(seats=2, names=4)
    first, second, third, _fourth = ids(election)
    tied = counted(election, [80, 55, 55, 10])
    assert (tied.outcome, tied.result["elected"], tied.result["tied"]) == (
        "tie",
        [first],
        [second, third],
    )
    course = round_queries.course_of(election)
    assert not course.may_be_certified
    (offer,) = course.may_follow
    assert (offer.kind, offer.candidates, offer.seats, offer.needs_majority, offer.follows) == (
        RoundKind.REVOTE,
        (second, third),
        1,
        False,
        1,
    )
    again = counted(election, [30, 45], RoundKind.REVOTE)
    assert (again.number, again.follows_id, again.reason) == (2, tied.id, "Bầu tiếp")
    assert (again.candidates, again.seats, again.outcome) == ([second, third], 1, "result")
    course = round_queries.course_of(election)
    assert [one.candidate for one in course.delegates] == [first, third]
    assert course.may_be_certified
    assert (tied.outcome, tied.result["tied"]) == ("tie", [second, third])


def test_a_second_tie_may_end_by_the_congress(app):
    election = a_list(seats=2, names=3)
    first, second, third = ids(election)
    counted(election, [70, 60, 60])
    again = counted(election, [50, 50], RoundKind.REVOTE)
    assert again.outcome == "tie"
    decided(again, Decision((third,), "Hội nghị biểu quyết chọn người trẻ"))
    course = round_queries.course_of(election)
    assert [(one.candidate, one.round_number) for one in course.delegates] == [
        (first, 1),
        (third, 2),
    ]
    assert course.may_be_certified
    assert (again.result["elected"], again.result["tied"]) == ([], [second, third])


def test_the_congress_may_choose_only_among_the_tied_and_as_many_as_there_are_seats(app):
    election = a_list(seats=2, names=4)
    first, second, third, _fourth = ids(election)
    tied = counted(election, [80, 55, 55, 10])
    for chosen in ((first,), (second, third), ()):
        decision = Decision(chosen, "Hội nghị quyết định")
        with pytest.raises(RuleViolation, match="đúng 1 người trong số 2"):
            decided(tied, decision)
    assert round_queries.course_of(election).open_tie is not None


def test_what_is_not_tied_is_not_decided(app):
    election = a_list(seats=2, names=3)
    round_ = counted(election, [90, 80, 10])
    with pytest.raises(Conflict) as refused:
        decided(round_, Decision((1,), "–"))
    assert refused.value.code == "no_tie"


def test_older_with_unknown_births_still_ties_and_the_congress_decides(app):
    election = a_list(seats=2, names=3, tie_rule=TieRule.OLDER)
    for candidate in election.candidates:
        candidate.person.birth_year = candidate.person.birth_month = None
        candidate.person.birth_day = None
    app.extensions["sqlalchemy"].session.commit()
    round_ = counted(election, [60, 70, 60])
    assert (round_.outcome, queries.decisions_of(election.id)) == ("tie", {})
    decision = Decision((ids(election)[0],), "Hội nghị quyết định", "06/BB-HN")
    decided(round_, decision)
    made = queries.decisions_of(election.id)[round_.id]
    assert (made.by_rule, made.chosen, made.paper) == ("congress", [ids(election)[0]], "06/BB-HN")


def test_certifying_writes_who_was_elected_in_order(app):
    election = a_list(seats=2, names=4)
    first, second, *_rest = ids(election)
    counted(election, [80, 90, 20, 10])
    version = queries.election_by_id(election.congress_id, election.id).version
    certify_services.certify(election, PRESIDIUM, version=version, actor=CHAIR)
    assert places(election) == [("delegate", 1, second, 90), ("delegate", 2, first, 80)]
    assert (election.state, election.certified_for) == ("certified", PRESIDIUM.presidium)
    with pytest.raises(Conflict) as refused:
        certify_services.certify(election, PRESIDIUM, version=version, actor=CHAIR)
    assert refused.value.code == "election_moved_on"


def test_a_stale_certification_is_refused(app):
    election = a_list(seats=2, names=3)
    counted(election, [80, 90, 20])
    with pytest.raises(Stale):
        certify_services.certify(election, PRESIDIUM, version=1, actor=CHAIR)


def test_an_open_tie_or_a_round_under_way_is_not_certified(app):
    election = a_list(seats=2, names=3)
    counted(election, [70, 60, 60])
    with pytest.raises(RuleViolation) as refused:
        certify_services.certify(election, PRESIDIUM, version=election.version, actor=CHAIR)
    assert refused.value.code == "not_certifiable"


def test_reserves_by_a_ballot_of_their_own_keep_the_order_of_votes(app):
    election = a_list(seats=1, names=4, reserve_seats=2)
    first, second, third, fourth = ids(election)
    counted(election, [85, 5, 5, 5])
    (offer,) = round_queries.course_of(election).may_follow
    assert (offer.kind, offer.candidates, offer.seats) == (
        RoundKind.RESERVES,
        (second, third, fourth),
        2,
    )
    counted(election, [60, 70, 10], RoundKind.RESERVES)
    certify_services.certify(election, PRESIDIUM, version=election.version, actor=CHAIR)
    assert places(election) == [
        ("delegate", 1, first, 85),
        ("reserve", 1, third, 70),
        ("reserve", 2, second, 60),
    ]


def test_reserves_with_equal_votes_ask_for_their_order(app):
    election = a_list(seats=1, names=3, reserve_seats=2)
    _first, second, third = ids(election)
    counted(election, [90, 5, 5])
    counted(election, [60, 60], RoundKind.RESERVES)
    with pytest.raises(RuleViolation) as refused:
        certify_services.certify(election, PRESIDIUM, version=election.version, actor=CHAIR)
    assert refused.value.code == "reserve_order_needed"
    decided = Certifying("Đoàn Chủ tịch", None, (third, second))
    certify_services.certify(election, decided, version=election.version, actor=CHAIR)
    assert places(election)[1:] == [("reserve", 1, third, 60), ("reserve", 2, second, 60)]


def test_reserves_of_the_same_ballot_are_who_passed_half_and_are_not_in(app):
    election = a_list(seats=2, names=5, reserve_seats=5, reserves_apart=False)
    first, second, third, *_rest = ids(election)
    counted(election, [70, 60, 55, 10, 5])
    assert round_queries.course_of(election).may_follow == ()
    certify_services.certify(election, PRESIDIUM, version=election.version, actor=CHAIR)
    assert places(election) == [
        ("delegate", 1, first, 70),
        ("delegate", 2, second, 60),
        ("reserve", 1, third, 55),
    ]


def test_a_certified_election_cannot_be_taken_down(app):
    election = a_list(seats=1, names=2)
    round_ = counted(election, [90, 10])
    certify_services.certify(election, PRESIDIUM, version=election.version, actor=CHAIR)
    with pytest.raises(Conflict) as refused:
        taken_down(round_, "Muộn rồi")
    assert refused.value.code == "election_moved_on"


def test_no_seat_is_given_by_decision_while_the_tied_are_voted_on(app):
    election = a_list(seats=2, names=4)
    first, second, *_others = ids(election)
    tied = counted(election, [80, 55, 55, 10])
    revote = opened(election, RoundKind.REVOTE)
    chosen = Decision((second,), "Hội nghị quyết định")
    with pytest.raises(Conflict) as refused:
        decided(tied, chosen)
    assert refused.value.code == "revote_running"
    taken_down(revote, "Phát nhầm phiếu")
    decided(tied, chosen)
    course = round_queries.course_of(election)
    assert [one.candidate for one in course.delegates] == [first, second]
    assert (course.may_follow, course.may_be_certified) == ((), True)


def test_a_page_from_before_the_last_round_does_not_certify(app):
    election = a_list(seats=2, names=4)
    counted(election, [90, 20, 20, 10], valid=100)
    shown = queries.election_by_id(election.congress_id, election.id).version
    added = counted(election, [80, 10, 10], RoundKind.ADDITIONAL, valid=100)
    with pytest.raises(Stale):
        certify_services.certify(election, PRESIDIUM, version=shown, actor=CHAIR)
    shown = queries.election_by_id(election.congress_id, election.id).version
    taken_down(added, "Sai phiếu")
    assert queries.election_by_id(election.congress_id, election.id).version > shown
