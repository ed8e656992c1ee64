"""Dates known to the day, the month or the year, as people write them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.kernel.partial_date import PartialDate, parse

DAYS = st.dates(date(1900, 1, 1), date(2026, 12, 31)).map(
    lambda day: PartialDate(day.year, day.month, day.day)
)
MONTHS = st.builds(PartialDate, st.integers(1900, 2100), st.integers(1, 12))
YEARS = st.builds(PartialDate, st.integers(1900, 2100))
DATES = st.one_of(DAYS, MONTHS, YEARS)


@given(DATES)
def test_what_is_shown_is_read_back(known: PartialDate) -> None:
    assert parse(str(known), this_year=2026) == known


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2/9/1945", PartialDate(1945, 9, 2)),
        ("02-09-1945", PartialDate(1945, 9, 2)),
        ("02.09.1945", PartialDate(1945, 9, 2)),
        ("2 9 1945", PartialDate(1945, 9, 2)),
        ("02/ 9 /1945", PartialDate(1945, 9, 2)),
        ("2/9/45", PartialDate(1945, 9, 2)),
        ("2/9/26", PartialDate(2026, 9, 2)),
        ("2/9/27", PartialDate(1927, 9, 2)),
        ("1945-09-02", PartialDate(1945, 9, 2)),
        ("1945-09-02 00:00:00", PartialDate(1945, 9, 2)),
        ("00/00/1945", PartialDate(1945)),
        ("0/9/1945", PartialDate(1945, 9)),
        ("9/1945", PartialDate(1945, 9)),
        ("09 - 1945", PartialDate(1945, 9)),
        ("1945", PartialDate(1945)),
        ("'1945", PartialDate(1945)),
        ("16682", PartialDate(1945, 9, 2)),
        (16682, PartialDate(1945, 9, 2)),
        (16682.0, PartialDate(1945, 9, 2)),
        (1945, PartialDate(1945)),
        (date(1945, 9, 2), PartialDate(1945, 9, 2)),
        (datetime.fromisoformat("1945-09-02T07:00"), PartialDate(1945, 9, 2)),
    ],
)
def test_what_people_and_spreadsheets_write(value: object, expected: PartialDate) -> None:
    assert parse(value, this_year=2026) == expected


@pytest.mark.parametrize(
    "value",
    ["", "x", "30/2/1980", "1/0/1980", "0/1980", "13/1980", "1899", "2101", "1/1/1", True, 5, 1.5,
     None, "1980/1/2", 99999, "1-2-3-1980"],
)  # fmt: skip
def test_what_is_no_date(value: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse(value, this_year=2026)


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_a_value_error(text: str) -> None:
    try:
        found = parse(text, this_year=2026)
    except ValueError:
        return
    assert 1900 <= found.year <= 2100


def test_a_day_without_a_month_cannot_be() -> None:
    with pytest.raises(ValueError, match="a day needs a month"):
        PartialDate(1980, None, 5)


@pytest.mark.parametrize("parts", [(1980, 0), (1980, 1, 0), (1980, 13), (1980, 2, 30), (1899,)])
def test_days_that_are_not_in_the_calendar_cannot_be(parts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        PartialDate(*parts)


def test_precision_and_text() -> None:
    known = [PartialDate(1980, 2, 1), PartialDate(1980, 2), PartialDate(1980)]
    assert [(item.precision, str(item)) for item in known] == [
        ("day", "01/02/1980"),
        ("month", "02/1980"),
        ("year", "1980"),
    ]


@given(DATES, DATES)
def test_agreement_is_mutual_and_within_what_is_known(one: PartialDate, other: PartialDate) -> None:
    assert one.agrees_with(one)
    assert one.agrees_with(other) == other.agrees_with(one)
    assert one.agrees_with(PartialDate(one.year))
    if one.agrees_with(other) and one.precision == other.precision == "day":
        assert one == other


@given(st.lists(DATES, max_size=8))
def test_any_dates_can_be_put_in_order(dates: list[PartialDate]) -> None:
    ordered = sorted(dates)
    assert [item.year for item in ordered] == sorted(item.year for item in dates)
    assert sorted(ordered, reverse=True) == sorted(dates, reverse=True)


def test_the_less_precise_goes_first() -> None:
    expected = [
        PartialDate(1980),
        PartialDate(1980, 2),
        PartialDate(1980, 2, 1),
        PartialDate(1980, 3),
        PartialDate(1981),
    ]
    shuffled = [expected[place] for place in (3, 0, 4, 2, 1)]
    assert sorted(shuffled) == expected
    assert PartialDate(1980) <= PartialDate(1980)


def test_age_is_counted_by_year() -> None:
    assert PartialDate(1980, 12, 31).age_in(2020) == 40
