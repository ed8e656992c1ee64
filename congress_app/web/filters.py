"""Jinja filters: dates, instants, numbers and labels the Vietnamese official way."""

from __future__ import annotations

from datetime import date, datetime, time

from flask import Flask

from congress_app.kernel import clock, vietnamese
from congress_app.kernel.sentences import Sentence
from congress_app.web import texts
from congress_app.web.texts import say


def init_app(app: Flask) -> None:
    """Register the filters, and how templates translate."""
    texts.init_app(app)
    app.jinja_env.filters.update(
        day=day,
        clock_time=clock_time,
        instant=instant,
        number=number,
        percent=vietnamese.percent,
        say=say,
    )


def day(value: date | None) -> str:
    """05/07/2020; empty for nothing."""
    return value.strftime("%d/%m/%Y") if value else ""


def clock_time(value: datetime | time | None) -> str:
    """07:30 on the venue's clock; empty for nothing."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = clock.at_venue(value).time()
    return value.strftime("%H:%M")


def instant(value: datetime | None) -> str:
    """07:30 05/07/2020 on the venue's clock; empty for nothing."""
    return clock.at_venue(value).strftime("%H:%M %d/%m/%Y") if value else ""


def number(value: int | float | None, places: int | None = None) -> str:
    """1.234,5; an en dash for nothing."""
    return "–" if value is None else vietnamese.number(value, places)


def label(labels: dict[str, Sentence | str], key: str | None) -> str:
    """The words for a code, in the reader's language; the code itself when unknown."""
    return say(labels[key]) if key in labels else (key or "")
