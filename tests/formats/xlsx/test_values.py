"""Numbers, days and moments from the text of a cell."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import to_excel

from congress_app.formats.xlsx.values import clean, date_value, iso_value, number_value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", 5),
        ("5.0", 5),
        ("-2.50", -2.5),
        ("1E+3", 1000),
        ("1e400", "1e400"),
        ("x", "x"),
        (" ", None),
    ],
)
def test_numbers(text: str, value: object) -> None:
    found = number_value(text)
    assert (found, type(found)) == (value, type(value))


def test_codes_beyond_exact_numbers_do_not_pretend_to_be_whole() -> None:
    assert number_value("40719238846150277") == 4.0719238846150277e16


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_days_are_those_of_spreadsheets(day: date) -> None:
    early = day < date(1900, 3, 1)
    serial = (day - date(1899, 12, 31)).days if early else int(to_excel(day))
    assert date_value(str(serial), from_1904=False, is_time=False) == day


@given(st.datetimes(datetime.fromisoformat("1900-03-01"), datetime.fromisoformat("2200-01-01")))
def test_moments_to_the_second(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    serial = repr(to_excel(moment))
    expected = moment if moment.time() != datetime.min.time() else moment.date()
    assert date_value(serial, from_1904=False, is_time=False) == expected


@pytest.mark.parametrize(
    ("text", "is_time", "value"),
    [
        ("60", False, 60),
        ("0", False, 0),
        ("0", True, "00:00"),
        ("0.3125", True, "07:30"),
        ("0.5", False, "12:00"),
        ("-1", False, -1),
        ("2958466", False, 2958466),
        ("không", False, "không"),
        ("0.9999999", True, "24:00"),
    ],
)
def test_the_edges_of_the_calendar(text: str, is_time: bool, value: object) -> None:
    assert date_value(text, from_1904=False, is_time=is_time) == value


def test_the_calendar_of_1904() -> None:
    expected = date(1980, 2, 1)
    serial = (expected - date(1904, 1, 1)) // timedelta(days=1)
    assert date_value(str(serial), from_1904=True, is_time=False) == expected


def test_days_in_strict_files() -> None:
    assert iso_value("1980-02-01") == date(1980, 2, 1)
    assert iso_value("1980-02-01T00:00:00Z") == date(1980, 2, 1)
    assert iso_value("1980-02-01T07:30:00") == datetime.fromisoformat("1980-02-01T07:30:00")
    assert iso_value("hôm qua") == "hôm qua"


def test_text_is_composed_trimmed_and_keeps_its_lines() -> None:
    assert clean(" Nguye\u0302\u0303n \r\n  Ý\xa0 ") == "Nguyễn\nÝ"
    assert clean(" \n \t ") is None
