"""The raw text of a cell in the file turned into the value a person sees."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta

from congress_app.formats.sheet import Value
from congress_app.kernel.vietnamese import nfc, nfc_lines

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's day has no time zone
_LAST_SERIAL = 2_958_465  # 31/12/9999
_DAYS_OF_1904 = 1462


def clean(text: str) -> str | None:
    """Text as it is kept: composed, trimmed; line breaks stay; None when nothing is left."""
    if "\n" in text or "\r" in text:
        return nfc_lines(text) or None
    return nfc(text) or None


def number_value(text: str) -> Value:
    """A numeric cell: whole numbers as int; what is no finite number stays as text."""
    try:
        value = float(text)
    except ValueError:
        return clean(text)
    if not math.isfinite(value):
        return clean(text)
    if value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value


def date_value(text: str, *, from_1904: bool, is_time: bool) -> Value:
    """A numeric cell shown as a date: date, datetime, or "HH:MM" for a time of day.

    The day 29/02/1900, which only spreadsheets know, and numbers outside the calendar
    stay numbers.
    """
    serial = number_value(text)
    if not isinstance(serial, (int, float)):
        return serial
    if from_1904:
        serial += _DAYS_OF_1904
    if 0 <= serial < 1 and (is_time or serial > 0):
        seconds = round(serial * 86400)
        return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}"
    if not 1 <= serial <= _LAST_SERIAL or 60 <= serial < 61:
        return serial
    # Before the day that never was, the calendar runs one day behind.
    moment = _EPOCH + timedelta(days=int(serial) + (serial < 60))
    seconds = round((serial % 1) * 86400)
    return moment + timedelta(seconds=seconds) if seconds else moment.date()


def iso_value(text: str) -> Value:
    """A cell of type "d" (strict files): an ISO 8601 day or moment."""
    try:
        if len(text) == len("2020-01-30"):
            return date.fromisoformat(text)
        moment = datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError:
        return clean(text)
    return moment.date() if moment.time() == datetime.min.time() else moment
