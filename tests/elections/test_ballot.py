from __future__ import annotations

from dataclasses import replace

import pytest

from congress_app.elections.ballot import (
    NextRound,
    check_listed,
    following,
    instruction,
    round_limit_warning,
    surplus_limit,
    surplus_warning,
)
from congress_app.elections.conduct import RoundKind
from congress_app.elections.count import Count
from congress_app.elections.rules import PRESETS, preset
from congress_app.elections.tally import decide
from congress_app.kernel.errors import RuleViolation
from tests.elections.rounds import a_count

RULES = PRESETS[0]


def plan(count: Count) -> NextRound:
    found = following(count, decide(count))
    assert found is not None
    return found


def test_surplus_is_limited_to_a_share_but_always_to_one_at_least() -> None:
    assert [surplus_limit(RULES, seats) for seats in (1, 3, 10, 20)] == [1, 1, 3, 6]
    assert surplus_limit(preset("valid"), 10) is None


def test_too_much_and_too_little_surplus_warn() -> None:
    assert surplus_warning(RULES, 13, 10) is None
    assert surplus_warning(RULES, 10, 10) is None
    assert str(surplus_warning(RULES, 14, 10)) == (
        "Số dư là 4 người, quá 30 % của 10 suất (nhiều nhất 3 người). Hãy rút bớt hoặc để đại hội "
        "quyết định."
    )
    assert str(surplus_warning(RULES, 8, 10)).startswith("Danh sách có 8 người cho 10 suất")
    assert surplus_warning(preset("valid"), 30, 10) is None


def test_the_ballot_says_how_it_is_filled_in() -> None:
    assert "gạch cả họ và tên" in str(instruction(RULES, 4, 3))
    assert "“Không đồng ý”" in str(instruction(RULES, 3, 3))
    assert "gạch cả họ và tên" in str(instruction(preset("valid"), 3, 3))


def test_after_a_tie_exactly_the_tied_stand_again() -> None:
    found = plan(a_count(2, A=70, B=50, C=50, D=20))
    assert (found.kind, found.listed, found.seats, found.needs_majority) == (
        RoundKind.REVOTE,
        ("B", "C"),
        1,
        False,
    )


def test_after_a_shortfall_the_others_stand_for_the_empty_seats() -> None:
    found = plan(a_count(3, A=70, B=40, C=30))
    assert (found.kind, found.listed, found.seats, found.needs_majority) == (
        RoundKind.ADDITIONAL,
        ("B", "C"),
        2,
        True,
    )
    assert str(found.reason) == "Còn thiếu 2/3 suất"
    assert plan(a_count(3, A=70, B=60)).listed == ()


def test_nothing_follows_a_full_result() -> None:
    count = a_count(1, A=70, B=20)
    assert following(count, decide(count)) is None


@pytest.mark.parametrize(
    ("listed", "elected", "new_names", "code"),
    [
        (["B", "C", "X"], ["A"], False, "new_name"),
        (["A", "B"], ["A"], True, "already_elected"),
        ([], ["A"], True, "nobody_listed"),
    ],
)
def test_an_additional_round_lists_only_whom_it_may(
    listed: list[str], elected: list[str], new_names: bool, code: str
) -> None:
    with pytest.raises(RuleViolation) as caught:
        check_listed(plan(a_count(3, A=70, B=40, C=30)), listed, elected, new_names=new_names)
    assert caught.value.code == code


def test_lawful_lists_pass() -> None:
    additional = plan(a_count(3, A=70, B=40, C=30))
    check_listed(additional, ["C"], ["A"], new_names=False)
    check_listed(additional, ["B", "X"], ["A"], new_names=True)
    check_listed(plan(a_count(1, A=60, B=60)), ["B", "A"], [], new_names=False)


@pytest.mark.parametrize("listed", [["A"], ["A", "B", "C"], ["A", "C"]])
def test_a_revote_never_lists_others(listed: list[str]) -> None:
    with pytest.raises(RuleViolation) as caught:
        check_listed(plan(a_count(1, A=60, B=60, C=9)), listed, [], new_names=True)
    assert (caught.value.code, caught.value.details) == ("not_the_tied", ({"codes": ["A", "B"]},))


def test_after_the_last_round_the_congress_is_asked() -> None:
    assert round_limit_warning(RULES, 1) is None
    assert str(round_limit_warning(RULES, 2)).startswith("Đã bầu 2 lượt.")
    assert round_limit_warning(replace(RULES, rounds=3), 2) is None
