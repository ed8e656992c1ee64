"""Whom a version gives fewer seats than were elected, and that it must be known."""

from __future__ import annotations

import pytest

from congress_app.kernel.errors import RuleViolation
from congress_app.quota.exceeding import NOBODY, Exceeding, all_known, read, written

FOUND = [Exceeding(7, "Tỉnh A", 8, 6), Exceeding(9, "Tỉnh C", 2, 1)]


def test_what_a_page_shows_comes_back_as_it_was() -> None:
    assert (written(FOUND), read(written(FOUND))) == ("7:8,9:2", {7: 8, 9: 2})
    assert (written([]), read("")) == ("", {})


@pytest.mark.parametrize("text", ["7", "7:8:9", "a:b", "-7:8", "7:٣", "7:12345678901", ",,"])
def test_rubbish_says_nothing(text: str) -> None:
    assert read(text) == {}


def test_what_is_not_known_is_refused() -> None:
    with pytest.raises(RuleViolation) as caught:
        all_known(FOUND, {7: 8})
    assert (caught.value.code, str(caught.value)) == (
        "elected_over_seats",
        (
            "Có 2 đơn vị có nhiều đại biểu được bầu hơn số suất của phương án này, tất cả vượt 3 "
            "người. Hãy xem các đơn vị này rồi đánh dấu xác nhận."
        ),
    )


def test_one_more_elected_since_is_not_known() -> None:
    with pytest.raises(RuleViolation):
        all_known(FOUND, {7: 7, 9: 2})


def test_what_is_known_is_told() -> None:
    assert all_known(FOUND, {7: 8, 9: 2}) == {"exceeded": {"Tỉnh A": "8/6", "Tỉnh C": "2/1"}}
    assert all_known([], NOBODY) == {}
