"""Numbers without gaps."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.documents import numbering
from congress_app.kernel.errors import RuleViolation


@given(st.integers(1, 500), st.integers(0, 30))
def test_a_series_has_no_gaps(first: int, count: int) -> None:
    last: int | None = None
    given_out = []
    for _ in range(count):
        last = numbering.next_number(last, first)
        given_out.append(last)
    assert given_out == list(range(first, first + count))
    assert numbering.gaps(given_out, first) == []


def test_a_gap_is_found() -> None:
    assert numbering.gaps([1, 2, 4, 7]) == [3, 5, 6]
    assert numbering.gaps([]) == []


def test_a_series_belongs_to_the_year_of_the_paper() -> None:
    assert numbering.year_of(date(2020, 12, 31)) == 2020


@pytest.mark.parametrize(
    "typed",
    ["BTC", "btc", "BTC–", "B TC", "ВТС", "-B\u200bTC", " BTC ", "BΤC"],
    ids=["plain", "small", "dash", "space", "cyrillic", "invisible", "edges", "greek"],
)
def test_a_symbol_is_the_same_however_it_was_typed(typed: str) -> None:
    assert numbering.folded(typed) == "BTC"


def test_letters_of_old_fonts_are_the_same() -> None:
    assert {numbering.folded(one) for one in ("ĐCT", "ÐCT", "đct", "ðct", "Ɖct")} == {"ĐCT"}


def test_a_latest_day_to_come_is_not_asked_for() -> None:
    with pytest.raises(RuleViolation, match=r"từ 15/06/2020 đến hôm nay"):
        numbering.must_follow(date(2020, 6, 14), date(2020, 12, 31), None, date(2020, 6, 15))


def test_bodies_stay_apart() -> None:
    typed = ["BTC", "ĐCT", "BHXH-TĐKT", "BHXH–TDKT", "BHXH", "BTC2"]
    assert len({numbering.folded(one) for one in typed}) == 6
    assert numbering.folded("BHXH — tđkt") == "BHXH-TĐKT"


@pytest.mark.parametrize(
    ("day", "latest", "code"),
    [
        (date(2020, 6, 15), None, None),
        (date(2020, 1, 1), None, None),
        (date(2018, 1, 1), None, None),
        (date(2020, 6, 5), date(2020, 6, 5), None),
        (date(2020, 6, 16), None, "future_day"),
        (date(2039, 1, 1), None, "future_day"),
        (date(1990, 5, 5), None, "day_too_early"),
        (date(2020, 6, 4), date(2020, 6, 5), "day_before_last"),
        # The latest was mistyped before there was a rule: today goes, yesterday does not.
        (date(2020, 6, 15), date(2020, 12, 31), None),
        (date(2020, 6, 14), date(2020, 12, 31), "day_before_last"),
    ],
)
def test_numbers_follow_the_days(day: date, latest: date | None, code: str | None) -> None:
    found = None
    try:
        numbering.must_follow(day, latest, date(2020, 7, 1), date(2020, 6, 15))
    except RuleViolation as error:
        found = error.code
    assert found == code
