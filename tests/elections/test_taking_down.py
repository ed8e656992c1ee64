"""A round taken down: by whom, what stays readable, and what the screens then show."""

from __future__ import annotations

import pytest

from congress_app.elections import (
    queries,
    round_queries,
    round_services,
)
from congress_app.elections.acts import (
    TakingDown,
)
from congress_app.elections.conduct import RoundKind
from congress_app.kernel.errors import Conflict, Forbidden, RuleViolation, Stale
from congress_app.kernel.permissions import Actor, Grant, Role
from tests.elections.voting import (
    CHAIR,
    a_list,
    counted,
    ids,
    opened,
    released,
    taken_down,
)


def test_an_invalidated_round_stays_readable_and_is_held_again(app):
    election = a_list(seats=2, names=3)
    bad = counted(election, [90, 80, 30])
    figures = dict(bad.figures)
    taken_down(bad, "Phát nhầm mẫu phiếu")
    assert (bad.outcome, bad.invalid_reason, bad.figures) == (
        "invalidated",
        "Phát nhầm mẫu phiếu",
        figures,
    )
    assert queries.outcome_of(bad).elected == tuple(map(str, ids(election)[:2]))
    course = round_queries.course_of(election)
    assert (course.delegates, course.may_be_certified) == ((), False)
    (offer,) = course.may_follow
    assert (offer.kind, offer.candidates, offer.seats, offer.repeats) == (
        RoundKind.FIRST,
        tuple(bad.candidates),
        2,
        True,
    )
    again = counted(election, [10, 90, 80])
    assert (again.number, again.follows_id) == (2, bad.id)
    assert sorted(again.result["elected"]) == ids(election)[1:]


def test_a_result_is_taken_down_only_by_a_named_decision_with_its_paper(app):
    round_ = counted(a_list(seats=1, names=2), [90, 10])
    for decided_by, paper in ((None, None), ("Đoàn Chủ tịch", None), (None, "07/BB-HN")):
        alone = TakingDown("Phát nhầm mẫu phiếu", decided_by, paper)
        with pytest.raises(RuleViolation) as refused:
            round_services.invalidate(round_, alone, version=round_.version, actor=CHAIR)
        assert refused.value.code == "decider_needed"
    taken_down(round_)
    told = (round_.outcome, round_.invalid_for, round_.invalid_paper)
    assert told == ("invalidated", "Đoàn Chủ tịch", "07/BB-HN")


def test_a_round_without_a_result_needs_nobody_s_decision(app):
    round_ = opened(a_list(seats=1, names=2))
    alone = TakingDown("Mất điện giữa chừng")
    round_services.invalidate(round_, alone, version=round_.version, actor=CHAIR)
    assert (round_.outcome, round_.invalid_for) == ("invalidated", None)


def test_what_the_hall_has_seen_is_taken_down_by_who_may_certify(app):
    round_ = released(counted(a_list(seats=1, names=2), [90, 10]))
    secretary = Actor("user", 9, "secretary", "Đỗ Thư Ký", (Grant(Role.SECRETARY, "/"),))
    with pytest.raises(Forbidden) as refused:
        taken_down(round_, by=secretary)
    assert (refused.value.code, round_.outcome) == ("released", "result")
    taken_down(round_, by=CHAIR)
    assert round_.outcome == "invalidated"


def test_nobody_takes_down_or_shows_a_round_that_went_on_since_it_was_looked_at(app):
    round_ = counted(a_list(seats=1, names=2), [90, 10])
    looked_at = round_.version
    released(round_)
    with pytest.raises(Stale):
        round_services.invalidate(round_, TakingDown("Nhầm"), version=looked_at, actor=CHAIR)
    with pytest.raises(Stale):
        round_services.release(round_, version=looked_at, actor=CHAIR)


def test_only_the_last_round_can_be_taken_down(app):
    election = a_list(seats=2, names=3)
    first = counted(election, [90, 40, 30], valid=100)
    opened(election, RoundKind.ADDITIONAL, "Còn thiếu 1 suất")
    with pytest.raises(Conflict) as refused:
        taken_down(first, "Nhầm")
    assert refused.value.code == "not_last_round"


def test_a_released_result_is_what_the_screens_may_show(app):
    election = a_list(seats=1, names=2)
    round_ = counted(election, [90, 10])
    assert queries.latest_released(election.congress_id) is None
    released(round_)
    assert queries.latest_released(election.congress_id) is round_
    taken_down(round_, "Nhầm")
    assert queries.latest_released(election.congress_id) is None
