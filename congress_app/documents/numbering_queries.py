"""The numbers bodies have given, and the day on which each gave its last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.documents import numbering
from congress_app.documents.models import Document, DocumentSeries
from congress_app.documents.numbering import State, folded, next_number, year_of
from congress_app.kernel import clock


def series_of(unit_id: int, symbol: str, year: int) -> DocumentSeries | None:
    """The numbers one body of a unit gives in a year, however its symbol was typed."""
    # Two that were begun when spellings made a series of their own: the longer goes on.
    return max(
        _all_of(unit_id, symbol, year),
        key=lambda one: (one.last_number or 0, -one.id),
        default=None,
    )


def _all_of(unit_id: int, symbol: str, year: int) -> Sequence[DocumentSeries]:
    wanted = (
        select(DocumentSeries)
        .where(DocumentSeries.unit_id == unit_id, DocumentSeries.year == year)
        .execution_options(populate_existing=True)
    )
    return [one for one in db.session.scalars(wanted) if folded(one.symbol) == folded(symbol)]


def latest_day(unit_id: int, symbol: str, year: int, replaced: int | None) -> date | None:
    """The latest day of the body's papers in force in the year, but for the one that is
    `replaced` now: a wrong day is put right by a void paper or a new one."""
    listed = [one.id for one in _all_of(unit_id, symbol, year)]
    wanted = select(func.max(Document.signed_on)).where(
        Document.series_id.in_(listed),
        Document.state == State.ISSUED,
        Document.id.is_distinct_from(replaced),
    )
    return db.session.scalar(wanted)


def must_follow(congress: Congress, symbol: str, day: date, replaced: int | None) -> None:
    """May the body give a number on this day? Raises as `numbering.must_follow`."""
    latest = latest_day(congress.unit_id, symbol, year_of(day), replaced)
    numbering.must_follow(day, latest, congress.held_on, clock.today())


def coming_number(unit_id: int, symbol: str, year: int) -> int | None:
    """The number the next paper of the body will get; None before its first paper."""
    series = series_of(unit_id, symbol, year)
    return next_number(series.last_number, series.first_number) if series else None


def used_numbers(series_id: int) -> list[int]:
    """Every number of a series, void ones included, in order."""
    wanted = select(Document.number).where(Document.series_id == series_id)
    return [number for number in db.session.scalars(wanted.order_by(Document.number)) if number]
