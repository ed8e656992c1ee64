"""Two tellers, one result: sheets apart, stale saves, and the ends a round may come to."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.database import db
from congress_app.elections import count_services, queries, round_queries
from congress_app.elections.conduct import RoundKind
from congress_app.elections.count import TieRule
from congress_app.elections.models import Round
from congress_app.elections.rules import Form
from congress_app.elections.sheet import teller_key
from congress_app.kernel.errors import Conflict, NotFound, RuleViolation, Stale
from tests.elections.voting import (
    CHAIR,
    FIRST,
    SECOND,
    a_list,
    counted,
    filled,
    ids,
    opened,
)


def test_a_clear_result_closes_the_round(app):
    election = a_list(seats=2, names=4)
    round_ = counted(election, [90, 80, 20, 10])
    assert (round_.state, round_.outcome) == ("closed", "result")
    assert round_.result["elected"] == ids(election)[:2]
    assert round_.result["threshold"] == 51
    course = round_queries.course_of(election)
    assert [one.candidate for one in course.delegates] == ids(election)[:2]
    assert (course.vacant, course.may_follow, course.may_be_certified) == (0, (), True)


def test_a_differing_cell_stops_the_close_and_is_named(app):
    election = a_list()
    round_ = opened(election)
    votes = dict(zip(ids(election), [80, 70, 20, 10], strict=True))
    count_services.save_sheet(round_, filled(round_, votes), version=0, actor=FIRST)
    other = filled(round_, votes) | {"issued": 99, "collected": 99}
    other |= {"invalid": other["invalid"] - 1}
    other |= {"invalid.not_issued": other["invalid"]}
    count_services.save_sheet(round_, other, version=0, actor=SECOND)
    with pytest.raises(RuleViolation) as refused:
        count_services.close(round_, actor=CHAIR)
    assert refused.value.code == "sheets_differ"
    assert [str(one) for one in refused.value.details] == [
        "Số phiếu phát ra",
        "Số phiếu thu về",
        "Số phiếu không hợp lệ",
        "Không theo mẫu hoặc không do ban kiểm phiếu phát",
    ]
    assert round_.state == "counting"


def test_one_sheet_is_not_enough_and_empty_cells_are_told(app):
    election = a_list()
    round_ = opened(election)
    count_services.save_sheet(round_, {"issued": 100}, version=0, actor=FIRST)
    with pytest.raises(RuleViolation) as refused:
        count_services.close(round_, actor=CHAIR)
    assert refused.value.code == "sheets_incomplete"
    assert [str(one) for one in refused.value.details] == [
        "Phiếu kiểm của Lê Văn Một: còn 14 ô trống.",
        "Còn thiếu 1 phiếu kiểm.",
    ]


def test_one_person_cannot_hold_both_sheets_and_a_third_none(app):
    round_ = opened(a_list())
    first = count_services.save_sheet(round_, {"issued": 1}, version=0, actor=FIRST)
    again = count_services.save_sheet(round_, {"issued": 2}, version=first.version, actor=FIRST)
    assert (again.id, again.cells) == (first.id, {"issued": 2})
    count_services.save_sheet(round_, {}, version=0, actor=SECOND)
    with pytest.raises(Conflict) as refused:
        count_services.save_sheet(round_, {}, version=0, actor=CHAIR)
    assert refused.value.code == "sheets_taken"
    assert [one.teller for one in queries.sheets_of(round_.id)] == ["Lê Văn Một", "Phạm Thị Hai"]


def test_a_stale_save_is_told_both_values(app):
    round_ = opened(a_list())
    sheet = count_services.save_sheet(round_, {"issued": 100, "valid": 5}, version=0, actor=FIRST)
    opened_at = sheet.version
    count_services.save_sheet(round_, {"issued": 98, "valid": 5}, version=opened_at, actor=FIRST)
    with pytest.raises(Stale) as refused:
        count_services.save_sheet(round_, {"issued": 97}, version=opened_at, actor=FIRST)
    assert refused.value.version == opened_at + 1
    details: Any = refused.value.details
    assert [{**one, "cell": str(one["cell"])} for one in details] == [
        {"cell": "Số phiếu phát ra", "stored": 98, "typed": 97},
        {"cell": "Số phiếu hợp lệ", "stored": 5, "typed": None},
    ]
    assert queries.sheets_of(round_.id)[0].cells == {"issued": 98, "valid": 5}


def test_figures_that_cannot_be_true_stop_the_close(app):
    election = a_list()
    round_ = opened(election)
    wrong = filled(round_, dict(zip(ids(election), [90, 80, 20, 10], strict=True)))
    wrong["valid"] = 99
    for teller in (FIRST, SECOND):
        count_services.save_sheet(round_, wrong, version=0, actor=teller)
    with pytest.raises(RuleViolation) as refused:
        count_services.close(round_, actor=CHAIR)
    assert refused.value.code == "figures_impossible"
    assert [str(one) for one in refused.value.details] == [
        "Phiếu kiểm của Lê Văn Một: người nhập mở lại phiếu để xem chỗ chưa khớp.",
        "Phiếu kiểm của Phạm Thị Hai: người nhập mở lại phiếu để xem chỗ chưa khớp.",
    ]


def test_who_counted_and_how_often_each_sheet_was_saved_stays_with_the_figures(app):
    election = a_list(seats=1, names=2)
    round_ = opened(election)
    right = filled(round_, dict(zip(ids(election), [90, 10], strict=True)))
    first = count_services.save_sheet(round_, right, version=0, actor=FIRST)
    slip = count_services.save_sheet(round_, right | {"issued": 99}, version=0, actor=SECOND)
    count_services.save_sheet(round_, right, version=slip.version, actor=SECOND)
    assert first.version == 1
    closed = count_services.close(round_, actor=CHAIR)
    assert closed.figures["counted_by"] == [
        {"teller": "Lê Văn Một", "saves": 1},
        {"teller": "Phạm Thị Hai", "saves": 2},
    ]
    assert closed.figures["handed_over"] == 0


def hand_over(round_: Round, sheet_id: int, version: int) -> None:
    """By the chair, who looked at the sheet of the first teller."""
    holder, why = teller_key(FIRST), "Mở nhầm phiếu"
    count_services.hand_over(round_, sheet_id, why, holder=holder, version=version, actor=CHAIR)


def test_a_sheet_in_wrong_hands_is_freed_and_what_stood_on_it_is_in_the_log(app):
    round_ = opened(a_list())
    held = count_services.save_sheet(round_, {"issued": 77}, version=0, actor=FIRST)
    with pytest.raises(Stale):
        hand_over(round_, held.id, version=0)
    sheet_id = held.id
    hand_over(round_, sheet_id, version=held.version)
    assert queries.sheets_of(round_.id) == []
    told = db.session.scalars(select(Entry).where(Entry.action == "election.hand_over_sheet")).one()
    assert told.changes == {
        "slot": 1,
        "name": "Lê Văn Một",
        "cells": {"issued": "77 → –"},
        "reason": "Mở nhầm phiếu",
    }
    with pytest.raises(NotFound):
        hand_over(round_, sheet_id, version=1)
    with pytest.raises(Stale):
        count_services.save_sheet(round_, {"issued": 77}, version=1, actor=FIRST)
    taken = count_services.save_sheet(round_, {"issued": 80}, version=0, actor=SECOND)
    with pytest.raises(Stale):
        hand_over(round_, taken.id, version=taken.version)
    assert (taken.slot, taken.teller) == (1, "Phạm Thị Hai")
    assert queries.sheets_handed_over(round_.id) == 1


def test_cells_of_another_round_are_left_out(app):
    round_ = opened(a_list())
    sheet = count_services.save_sheet(
        round_, {"issued": 3, "votes.999999": 1, "rubbish": 2}, version=0, actor=FIRST
    )
    assert sheet.cells == {"issued": 3}


def test_nobody_over_half_leaves_all_seats_and_opens_an_additional_round(app):
    election = a_list(seats=2, names=4)
    round_ = counted(election, [50, 40, 30, 20], valid=100)
    assert (round_.outcome, round_.result["elected"], round_.result["vacant"]) == (
        "shortfall",
        [],
        2,
    )
    (offer,) = round_queries.course_of(election).may_follow
    assert (offer.kind, offer.candidates, offer.seats) == (
        RoundKind.ADDITIONAL,
        tuple(sorted(ids(election), key=ids(election).index)),
        2,
    )


def test_zero_valid_ballots_elect_nobody(app):
    election = a_list(seats=2, names=3)
    round_ = counted(election, [0, 0, 0], valid=0)
    assert (round_.outcome, round_.result["elected"], round_.result["vacant"]) == (
        "shortfall",
        [],
        2,
    )
    assert not round_queries.course_of(election).may_be_certified


def test_more_seats_than_candidates_leave_seats_vacant(app):
    election = a_list(seats=3, names=2)
    round_ = counted(election, [90, 80])
    assert (round_.outcome, round_.result["vacant"]) == ("shortfall", 1)
    course = round_queries.course_of(election)
    assert (course.vacant, course.may_follow, course.may_be_certified) == (1, (), True)


def test_hands_need_one_sheet_and_must_sum_to_those_voting(app):
    election = a_list(seats=2, names=3, form=Form.HANDS_EACH)
    round_ = opened(election)
    assert round_.state == "counting"
    first, second, third = ids(election)
    sheet = {
        f"for.{first}": 90,
        f"against.{first}": 10,
        f"other.{first}": 0,
        f"for.{second}": 60,
        f"against.{second}": 30,
        f"other.{second}": 10,
        f"for.{third}": 20,
        f"against.{third}": 70,
        f"other.{third}": 5,
    }
    saved = count_services.save_sheet(round_, sheet, version=0, actor=FIRST)
    with pytest.raises(RuleViolation) as refused:
        count_services.close(round_, actor=CHAIR)
    assert [one.params["teller"] for one in refused.value.details] == ["Lê Văn Một"]
    sheet[f"other.{third}"] = 10
    count_services.save_sheet(round_, sheet, version=saved.version, actor=FIRST)
    closed = count_services.close(round_, actor=CHAIR)
    assert closed.result["elected"] == [first, second]


def test_hands_on_the_whole_list_elect_everybody_or_nobody(app):
    election = a_list(seats=3, names=3, form=Form.HANDS_LIST)
    round_ = opened(election)
    count_services.save_sheet(round_, {"for": 95, "against": 3, "other": 2}, version=0, actor=FIRST)
    closed = count_services.close(round_, actor=CHAIR)
    assert (closed.outcome, sorted(closed.result["elected"])) == ("result", ids(election))


def test_older_by_the_frozen_rule_is_a_recorded_act(app):
    election = a_list(seats=2, names=3, tie_rule=TieRule.OLDER)
    round_ = counted(election, [60, 70, 60])
    assert (round_.outcome, round_.result["elected"]) == (
        "result",
        [ids(election)[1], ids(election)[0]],
    )
    decision = queries.decisions_of(election.id)[round_.id]
    assert (decision.by_rule, decision.chosen, decision.by) == (
        "older",
        ids(election)[:1],
        CHAIR.display_name,
    )


def test_a_closed_round_takes_no_sheet(app):
    election = a_list()
    round_ = counted(election, [90, 80, 20, 10])
    with pytest.raises(Conflict) as refused:
        count_services.save_sheet(round_, {"issued": 1}, version=0, actor=FIRST)
    assert refused.value.code == "round_moved_on"
