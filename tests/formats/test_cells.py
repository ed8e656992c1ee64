"""What clerks write, read as what they mean; what has two meanings, refused."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.formats import cells
from congress_app.formats.cells import (
    count_of,
    date_of,
    email_of,
    number_of,
    phone_of,
    sex_of,
    text_of,
    yes_no_of,
)
from congress_app.kernel.partial_date import PartialDate
from congress_app.kernel.vietnamese import number


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("Nguyễn Văn An", "Nguyễn Văn An"),
        (1978, "1978"),
        (1.5, "1,5"),
        (1e-7, "0,0000001"),
        (True, "Có"),
        (False, "Không"),
        (date(1945, 9, 2), "02/09/1945"),
        (datetime.fromisoformat("2020-10-14T07:30"), "14/10/2020 07:30"),
        (datetime.fromisoformat("2020-10-14T00:00"), "14/10/2020"),
    ],
)
def test_cells_as_text(value: Any, text: str) -> None:
    assert text_of(value) == text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(1945, 9, 2), PartialDate(1945, 9, 2)),
        (datetime.fromisoformat("1945-09-02T00:00"), PartialDate(1945, 9, 2)),
        ("2/9/1945", PartialDate(1945, 9, 2)),
        ("  02-09-1945 ", PartialDate(1945, 9, 2)),
        ("2.9.45", PartialDate(1945, 9, 2)),
        ("'1978", PartialDate(1978)),
        ("9/1945", PartialDate(1945, 9)),
        (1978, PartialDate(1978)),
        (28662, PartialDate(1978, 6, 21)),
        # 1978 typed into a cell formatted as a date.
        (date(1905, 5, 31), PartialDate(1978)),
        (date(1905, 3, 14), PartialDate(1900)),
    ],
)
def test_dates(value: Any, expected: PartialDate) -> None:
    assert date_of(value, this_year=2026) == expected


def test_a_day_of_1905_that_would_be_a_coming_year_stays_a_day() -> None:
    assert date_of(date(1905, 7, 19), this_year=2026) == PartialDate(1905, 7, 19)
    assert date_of(date(1905, 7, 18), this_year=2026) == PartialDate(2026)


@pytest.mark.parametrize("value", ["31/02/1980", "không rõ", "1/13/1980", True, "-", 12, "1899"])
def test_what_is_no_date(value: Any) -> None:
    with pytest.raises(ValueError, match=r".+"):
        date_of(value, this_year=2026)


@pytest.mark.parametrize("value", ["Nam", "NAM", " nam ", "M", "Male", 1, True, "Nam."])
def test_men(value: Any) -> None:
    assert sex_of(value) == "M"


@pytest.mark.parametrize("value", ["Nữ", "NỮ", "nu", "Nu\u031b\u0303", "F", "female", 0, False])
def test_women(value: Any) -> None:
    assert sex_of(value) == "F"


@pytest.mark.parametrize("value", ["x", "?", 2, "nam nữ"])
def test_what_is_no_sex(value: Any) -> None:
    with pytest.raises(ValueError, match="is no sex"):
        sex_of(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1.000", 1000),
        ("1.234.567", 1234567),
        ("1.234,5", Decimal("1234.5")),
        ("0,125", Decimal("0.125")),
        ("12", 12),
        ("-3", -3),
        ("12 345", 12345),
        (12, 12),
        (12.0, 12),
        (0.1, Decimal("0.1")),
    ],
)
def test_numbers_in_vietnamese_writing(value: Any, expected: int | Decimal) -> None:
    assert number_of(value) == expected


@pytest.mark.parametrize(
    "value", ["1,000", "1.5", "1.23.456", "1,2,3", "", "mười", "1/2", float("nan"), True, "1e3"]
)
def test_numbers_with_two_readings_or_none(value: Any) -> None:
    with pytest.raises(ValueError, match=r".+"):
        number_of(value)


@given(st.integers(-(10**12), 10**12))
def test_a_number_shown_is_read_back(value: int) -> None:
    assert number_of(number(value)) == value


@given(st.decimals(-(10**9), 10**9, allow_nan=False, places=2))
def test_decimals_shown_are_read_back(value: Decimal) -> None:
    assert number_of(number(value, 2)) == value


@pytest.mark.parametrize("value", ["-1", "1,5", -3, 2.5])
def test_what_is_no_count(value: Any) -> None:
    with pytest.raises(ValueError, match="is no count"):
        count_of(value)


def test_counts() -> None:
    assert [count_of(value) for value in ("1.250", 0, 12.0)] == [1250, 0, 12]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0912 345 678", "0912345678"),
        ("0912.345.678", "0912345678"),
        ("+84 912-345-678", "0912345678"),
        ("+84 (0)912345678", "0912345678"),
        ("84912345678", "0912345678"),
        ("0084912345678", "0912345678"),
        (912345678, "0912345678"),
        (912345678.0, "0912345678"),
        ("912345678", "0912345678"),
        ("'0912345678", "0912345678"),
        ("01681234567", "0381234567"),
        ("1681234567", "0381234567"),
        ("024 3936 1718", "02439361718"),
        (2439361718, "02439361718"),
        ("+84 24 3936 1718", "02439361718"),
    ],
)
def test_phones(value: Any, expected: str) -> None:
    assert phone_of(value) == expected


@pytest.mark.parametrize(
    "value",
    ["0112345678", "091234567", "09123456789", "0912345678/0913", "abc", "+1 202 555 0100", 12.5,
     date(2020, 1, 1), "０９１２３４５６７８x"],
)  # fmt: skip
def test_what_is_no_phone(value: Any) -> None:
    with pytest.raises(ValueError, match="phone"):
        phone_of(value)


@given(st.sampled_from("35789"), st.integers(0, 10**8 - 1))
def test_a_number_survives_what_spreadsheets_do_to_it(second: str, rest: int) -> None:
    phone = f"0{second}{rest:08d}"
    assert {phone_of(phone), phone_of(int(phone)), phone_of(f"+84{phone[1:]}")} == {phone}


def test_emails() -> None:
    assert email_of("mailto:An.Nguyen@VSS.gov.VN") == "An.Nguyen@vss.gov.vn"
    for wrong in (
        "an@",
        "an@vss",
        "an nguyen@vss.gov.vn",
        "a@b@c.vn",
        "ân@vss.gov.vn",
        "a..b@c.vn",
    ):
        with pytest.raises(ValueError, match="e-mail"):
            email_of(wrong)


def test_marks() -> None:
    yes = ["x", "X", "Có", "1", 1, True, "✓", date(2005, 2, 3), "Yes"]
    no = ["Không", "0", 0, False, "-", "chưa"]
    assert [yes_no_of(value) for value in yes + no] == [True] * len(yes) + [False] * len(no)
    assert cells.yes_no_of("Đảng viên", yes=frozenset({"dang vien"})) is True
    with pytest.raises(ValueError, match="neither"):
        yes_no_of("Đảng viên")
