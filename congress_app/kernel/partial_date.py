"""A birth date as it is known: a day, a month or only a year; never an invented 01/01."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import total_ordering

_BETWEEN = r"(?:\s*[/\-.]\s*|\s+)"
_SEPARATED = re.compile(rf"^(\d{{1,2}}){_BETWEEN}(\d{{1,2}}){_BETWEEN}(\d{{4}}|\d{{2}})$")
_MONTH = re.compile(rf"^(\d{{1,2}}){_BETWEEN}(\d{{4}})$")
_YEAR = re.compile(r"^(\d{4})$")
_ISO = re.compile(r"^(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$")
# Excel counts days from 1899-12-30 (its calendar holds a day 29/02/1900 that never was).
_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_SERIALS = range(3654, 54789)  # 1910 to 2049: what can be a birth date


@total_ordering
@dataclass(frozen=True)
class PartialDate:
    """Year always; month and day as far as they are known.

    In order, what is known less precisely goes first: 1978, 02/1978, 01/02/1978.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a day needs a month")
        if not 1900 <= self.year <= 2100:
            raise ValueError("year out of range")
        date(
            self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day
        )

    def __lt__(self, other: PartialDate) -> bool:
        return self._place() < other._place()

    def _place(self) -> tuple[int, int, int]:
        return self.year, self.month or 0, self.day or 0

    @property
    def precision(self) -> str:
        """`day`, `month` or `year`."""
        return "day" if self.day else "month" if self.month else "year"

    def __str__(self) -> str:
        if self.day:
            return f"{self.day:02d}/{self.month:02d}/{self.year}"
        if self.month:
            return f"{self.month:02d}/{self.year}"
        return str(self.year)

    def agrees_with(self, other: PartialDate) -> bool:
        """True when both can be the same day: equal as far as both are known."""
        if self.year != other.year:
            return False
        if self.month and other.month and self.month != other.month:
            return False
        return not (self.day and other.day) or self.day == other.day

    def age_in(self, year: int) -> int:
        """Age by year, the habit of official reports."""
        return year - self.year


def parse(value: object, *, this_year: int) -> PartialDate:
    """Read what people write: 2/9/1945, 02-09-1945, 02.09.45, 9/1945, 1945, Excel dates.

    A two-digit year is the latest one that is not in the future of `this_year`.
    Raises ValueError when the value cannot be a date.
    """
    if isinstance(value, datetime):
        return PartialDate(value.year, value.month, value.day)
    if isinstance(value, date):
        return PartialDate(value.year, value.month, value.day)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return _from_number(value)
    text = str(value).strip().lstrip("'’").strip()
    return _from_text(text, this_year)


def _from_number(value: int) -> PartialDate:
    if 1900 <= value <= 2100:
        return PartialDate(value)
    if value in _EXCEL_SERIALS:
        day = _EXCEL_EPOCH + timedelta(days=value)
        return PartialDate(day.year, day.month, day.day)
    raise ValueError(f"{value} is no date")


def _from_text(text: str, this_year: int) -> PartialDate:
    if match := _SEPARATED.match(text):
        day, month, year = (int(part) for part in match.groups())
        if len(match.group(3)) == 2:
            year += 2000 if 2000 + year <= this_year else 1900
        if day == 0:  # 00/00/1945, 00/09/1945: registers write zeros for what is unknown
            return PartialDate(year, month or None)
        return PartialDate(year, month, day)
    if match := _ISO.match(text):
        year, month, day = (int(part) for part in match.groups())
        return PartialDate(year, month, day)
    if match := _MONTH.match(text):
        return PartialDate(int(match.group(2)), int(match.group(1)))
    if match := _YEAR.match(text):
        return PartialDate(int(match.group(1)))
    if text.isdigit() and int(text) in _EXCEL_SERIALS:
        return _from_number(int(text))
    raise ValueError(f"{text!r} is no date")
