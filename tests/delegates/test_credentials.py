"""States, caps, quotas and exceptions as rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.congresses.presets import GUIDANCE_2020
from congress_app.congresses.rulebook import Cap, Category
from congress_app.delegates import credentials
from congress_app.delegates.credentials import (
    ACTIVE,
    MOVES,
    CapStatus,
    Place,
    Quota,
    State,
    cap_status,
    check,
    counts_towards_cap,
    ground_warnings,
    may_move,
    takes_a_seat,
)
from congress_app.delegates.registration import CapException, GroundFacts
from congress_app.kernel.errors import RuleViolation

NATIONAL = GUIDANCE_2020.level("national")
UPPER = GUIDANCE_2020.level("upper_base")
ELECTED = Place("elected", 5)


def test_every_state_has_words_and_moves() -> None:
    assert set(credentials.STATE_LABELS) == set(State) == set(MOVES)
    assert set(credentials.STATE_KINDS) == set(State)


def test_moves_follow_the_way_of_a_place() -> None:
    assert may_move("nominated", "convened")
    assert may_move("convened", "confirmed")
    assert may_move("convened", "declined")
    assert not may_move("nominated", "confirmed")
    assert not may_move("replaced", "nominated")
    assert not any("replaced" in after for after in MOVES.values())


def test_only_coming_back_takes_a_seat() -> None:
    assert takes_a_seat("withdrawn", "nominated")
    assert takes_a_seat("declined", "nominated")
    assert not takes_a_seat("nominated", "convened")
    assert not takes_a_seat("convened", "declined")


def test_guests_count_at_upper_base_and_not_at_national_level() -> None:
    assert counts_towards_cap("guest", "confirmed", UPPER.cap.counted)
    assert not counts_towards_cap("guest", "confirmed", NATIONAL.cap.counted)
    assert counts_towards_cap("official", "nominated", NATIONAL.cap.counted)
    assert not counts_towards_cap("official", "declined", NATIONAL.cap.counted)


def test_cap_status_of_the_guidance() -> None:
    counts = {"guest": 40, "official": 200, "elected": 59}
    assert (cap_status(UPPER.cap, "02", counts).used, cap_status(UPPER.cap, "02", counts).left) == (
        299,
        1,
    )
    assert cap_status(UPPER.cap, "79", counts).limit == 350
    assert cap_status(NATIONAL.cap, "VN", counts).left == 500 - 259
    assert cap_status(Cap(), "0101", counts).left is None


def test_last_seat_goes_and_the_next_one_is_told_figures_and_way_out() -> None:
    status = CapStatus(300, ("guest", "official", "elected"), {"guest": 299})
    assert check([Place("official")], status, None) == []
    full = CapStatus(300, ("guest", "official", "elected"), {"guest": 300})
    (finding,) = check([Place("official")], full, None)
    assert (finding.code, finding.index) == ("over_cap", 0)
    assert str(finding.sentence) == (
        "Hội nghị đã có 300/300 đại biểu (tính cả khách mời). Hãy rút hoặc thay một đại biểu, "
        "hoặc ghi ngoại lệ có số văn bản."
    )


def test_a_guest_passes_a_full_national_congress() -> None:
    full = CapStatus(500, ("official", "elected"), {"official": 300, "elected": 200})
    assert check([Place("guest")], full, None) == []
    assert [f.code for f in check([Place("official")], full, None)] == ["over_cap"]


def test_a_batch_names_the_first_row_too_many() -> None:
    status = CapStatus(10, ("official", "elected"), {"official": 8})
    places = [Place("guest"), Place("official"), Place("official"), Place("official")]
    (finding,) = check(places, status, None)
    assert finding.index == 3
    assert "8/10" in str(finding.sentence)
    assert "vượt 1" in str(finding.sentence)


def test_quota_binds_only_elected_delegates_of_the_delegation() -> None:
    status = CapStatus(None, ())
    quotas = {5: Quota("BHXH tỉnh A", 3, 3), 6: Quota("BHXH tỉnh B", 0, 0)}
    assert check([Place("official", 5), Place("guest", 6)], status, quotas) == []
    findings = check([ELECTED, Place("elected", 6)], status, quotas)
    assert [(f.code, f.index) for f in findings] == [("over_quota", 0), ("over_quota", 1)]
    assert str(findings[0].sentence).startswith(
        "Đoàn BHXH tỉnh A đã có 3/3 đại biểu bầu theo chỉ tiêu phân bổ."
    )


def test_without_an_allocation_in_force_no_quota_binds() -> None:
    assert check([ELECTED] * 50, CapStatus(None, ()), None) == []


@given(
    limit=st.integers(0, 30),
    held=st.integers(0, 40),
    categories=st.lists(st.sampled_from(list(Category)), max_size=30),
    counted=st.sets(st.sampled_from(list(Category))),
)
def test_the_cap_holds_exactly(
    limit: int, held: int, categories: list[Category], counted: set[Category]
) -> None:
    """Refused if and only if the places added exceed what is free."""
    status = CapStatus(limit, tuple(counted), {"official": held})
    used = held if Category.OFFICIAL in counted else 0
    added = sum(category in counted for category in categories)
    findings = check([Place(category) for category in categories], status, None)
    assert bool(findings) == (added > 0 and added > max(limit - used, 0))
    if findings:
        before = categories[: findings[0].index]
        assert sum(c in counted for c in before) == max(limit - used, 0)


@given(st.sampled_from(list(State)), st.sampled_from(list(State)))
def test_a_move_never_leaves_the_states(before: State, after: State) -> None:
    if may_move(before, after):
        assert before != after
        assert before != State.REPLACED
        assert takes_a_seat(before, after) == (before not in ACTIVE and after in ACTIVE)


@pytest.mark.parametrize(
    ("by", "reason", "document", "missing"),
    [
        ("", "vì", "12/QĐ", "người quyết định"),
        ("A", " ", "12/QĐ", "lý do"),
        ("A", "vì", "", "số văn bản"),
        ("", "", "", "người quyết định, lý do, số văn bản"),
    ],
)
def test_an_exception_needs_all_three(by: str, reason: str, document: str, missing: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        CapException(by, reason, document)
    assert str(refused.value).endswith(f"Còn thiếu: {missing}.")


def test_award_grounds_outside_the_years_warn() -> None:
    grounds = [
        GroundFacts("Chiến sĩ thi đua ngành BHXH", "fighter_sector", 2017),
        GroundFacts("Chiến sĩ thi đua ngành BHXH", "fighter_sector", 2012),
        GroundFacts("Chiến sĩ thi đua toàn quốc", "fighter_national"),
        GroundFacts("Lãnh đạo BHXH Việt Nam", "vss_leaders"),
    ]
    warnings = ground_warnings(grounds, NATIONAL.subcategories, (2015, 2019))
    assert [str(warning) for warning in warnings] == [
        "Căn cứ “Chiến sĩ thi đua ngành BHXH”: năm 2012 nằm ngoài 2015–2019.",
        "Căn cứ “Chiến sĩ thi đua toàn quốc”: chưa ghi năm quyết định (cần 2015–2019).",
    ]


def test_a_place_given_up_may_be_filled_again_even_over_the_cap() -> None:
    full = CapStatus(2, ("official",), {"official": 3})
    place = Place("official")
    assert [finding.code for finding in check([place], full, None)] == ["over_cap"]
    assert check([place], full.without(place), None) == []
    two = check([place, place], full.without(place), None)
    assert [(finding.code, finding.index) for finding in two] == [("over_cap", 1)]


def test_a_guest_who_goes_makes_no_room_where_guests_do_not_count() -> None:
    full = CapStatus(2, ("official",), {"official": 2, "guest": 1})
    left = full.without(Place("guest"))
    assert [finding.code for finding in check([Place("official")], left, None)] == ["over_cap"]


def test_a_seat_given_up_may_be_filled_again_even_over_the_quota() -> None:
    status = CapStatus(None, ())
    over = {5: Quota("Đoàn", 1, 2, freed=1)}
    assert check([ELECTED], status, over) == []
    assert [f.code for f in check([ELECTED, ELECTED], status, over)] == ["over_quota"]
