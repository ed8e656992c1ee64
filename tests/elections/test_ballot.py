from __future__ import annotations

from dataclasses import replace

from congress_app.elections.ballot import (
    instruction,
    round_limit_warning,
    surplus_limit,
    surplus_warning,
)
from congress_app.elections.rules import PRESETS, preset

RULES = PRESETS[0]


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


def test_after_the_last_round_the_congress_is_asked() -> None:
    assert round_limit_warning(RULES, 1) is None
    assert str(round_limit_warning(RULES, 2)).startswith("Đã bầu 2 lượt.")
    assert round_limit_warning(replace(RULES, rounds=3), 2) is None
