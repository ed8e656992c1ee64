"""Moves, what they need, and warnings that never block."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.congresses import lifecycle
from congress_app.congresses.lifecycle import Facts, Severity, State
from congress_app.congresses.presets import GUIDANCE_2020
from congress_app.congresses.rulebook import Duration
from congress_app.kernel.sentences import Sentence

BASE = GUIDANCE_2020.level("base")
UPPER_BASE = GUIDANCE_2020.level("upper_base")
NATIONAL = GUIDANCE_2020.level("national")
READY = Facts("draft", date(2020, 3, 12), "Hội trường BHXH tỉnh", has_rules=True)


def codes(findings):
    return [finding.code for finding in findings]


def test_the_lawful_moves():
    assert {(move.origin, move.target): move.needs_note for move in lifecycle.MOVES} == {
        ("draft", "convened"): False,
        ("convened", "open"): False,
        ("open", "closed"): False,
        ("convened", "draft"): True,
        ("open", "convened"): True,
        ("closed", "open"): True,
    }
    assert [move.target for move in lifecycle.moves_from("convened")] == ["open", "draft"]
    assert [move.target for move in lifecycle.moves_from("closed")] == ["open"]


def test_a_draft_without_day_place_and_rules_tells_all_three():
    assert codes(lifecycle.missing(Facts("draft"), "convened", UPPER_BASE)) == [
        "no_date",
        "no_place",
        "no_rules",
    ]


def test_a_full_plan_may_be_convened():
    assert lifecycle.missing(READY, "convened", UPPER_BASE) == []


def test_a_step_back_needs_its_reason():
    assert codes(lifecycle.missing(Facts("open"), "convened", UPPER_BASE)) == ["no_note"]
    explained = Facts("open", note="Mất điện, lùi sang chiều")
    assert lifecycle.missing(explained, "convened", UPPER_BASE) == []


def test_closing_a_base_conference_needs_the_number_of_those_present():
    assert codes(lifecycle.missing(Facts("open"), "closed", BASE)) == ["no_attendance"]
    assert lifecycle.missing(Facts("open", attendance=0), "closed", BASE) == []
    assert lifecycle.missing(Facts("open"), "closed", UPPER_BASE) == []


def test_closing_is_warned_of_and_said_afterwards():
    left = Sentence("Còn một tờ chưa nhập.")
    assert lifecycle.closing([left])[:-1] == [
        lifecycle.Finding("left_to_do", Severity.WARNING, left)
    ]
    (warning,) = lifecycle.closing()
    assert (warning.code, warning.severity) == ("no_more_writing", Severity.WARNING)
    over = {state: lifecycle.over(state, "Đại hội") for state in State}
    sentence = Sentence(lifecycle.OVER, name="Đại hội")
    assert over == dict.fromkeys(State) | {State.CLOSED: sentence}


def test_opening_again_needs_a_reason_and_that_nothing_is_gone():
    assert codes(lifecycle.missing(Facts("closed"), "open", BASE)) == ["no_note"]
    assert lifecycle.missing(Facts("closed", note="Bấm nhầm"), "open", BASE) == []
    gone = Sentence("Dữ liệu đã xóa.")
    for note in (None, "Bấm nhầm"):
        (finding,) = lifecycle.missing(
            Facts("closed", note=note, kept_closed=(gone,)), "open", BASE
        )
        assert finding == lifecycle.Finding("kept_closed", Severity.BLOCKING, gone)
    (warning,) = lifecycle.reopening()
    assert (warning.code, warning.severity) == ("out_of_date", Severity.WARNING)


@given(st.sampled_from(State), st.sampled_from(State))
def test_every_other_move_is_refused_with_both_states_named(origin, target):
    if lifecycle.move_between(origin, target) is not None:
        return
    (finding,) = lifecycle.missing(Facts(origin), target, UPPER_BASE)
    assert finding.code == "no_such_move"
    assert str(finding.sentence) == (
        f"Không thể chuyển từ “{lifecycle.STATE_LABELS[origin]}” sang "
        f"“{lifecycle.STATE_LABELS[target]}”. Hãy tải lại trang để xem bước tiếp."
    )


@pytest.mark.parametrize(
    ("rules", "day", "expected"),
    [
        (BASE, date(2020, 1, 29), []),
        (BASE, date(2020, 1, 30), ["after_deadline"]),
        (UPPER_BASE, date(2020, 4, 29), []),
        (UPPER_BASE, date(2020, 4, 30), ["after_deadline"]),
        (NATIONAL, date(2020, 6, 30), ["outside_window"]),
        (NATIONAL, date(2020, 7, 1), []),
        (NATIONAL, date(2020, 9, 30), []),
        (NATIONAL, date(2020, 10, 14), ["outside_window"]),
        (NATIONAL, None, []),
    ],
)
def test_a_day_outside_the_rules_warns(rules, day, expected):
    assert codes(lifecycle.dates(rules, day, Duration.HALF_DAY, None)) == expected


def test_the_fifth_congress_was_held_after_its_window_and_is_only_warned_of():
    (finding,) = lifecycle.dates(NATIONAL, date(2020, 10, 14), "full_day", None)
    assert finding.severity is Severity.WARNING
    assert str(finding.sentence) == (
        "Ngày 14/10/2020 ngoài khung thời gian: quy định là từ 01/07/2020 đến 30/09/2020."
    )


def test_a_base_conference_of_a_whole_day_is_warned_of():
    (finding,) = lifecycle.dates(BASE, None, "full_day", None)
    assert str(finding.sentence) == "Thời gian “1 ngày” khác quy định của cấp này (1/2 ngày)."


def test_only_the_named_conferences_may_be_combined():
    assert codes(lifecycle.dates(BASE, None, "half_day", "year_end")) == []
    assert codes(lifecycle.dates(UPPER_BASE, None, "half_day", "year_end")) == ["combined"]


@given(
    st.none() | st.dates(date(2019, 1, 1), date(2021, 12, 31)),
    st.sampled_from(Duration),
    st.none() | st.sampled_from(["year_end", "staff", "other"]),
)
def test_dates_never_block(day, duration, combined):
    found = lifecycle.dates(BASE, day, duration, combined)
    assert {finding.severity for finding in found} <= {Severity.WARNING}


def test_opening_on_another_day_warns():
    day = date(2020, 3, 12)
    assert codes(lifecycle.opening(day, date(2020, 3, 13))) == ["another_day"]
    assert lifecycle.opening(day, day) == []
    assert lifecycle.opening(None, day) == []
