"""Lists of congresses: filtered, sorted, paged, each row with its cap and its light."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVarTuple

from sqlalchemy import ColumnElement, Row, Select, case, func, or_, select, union_all
from sqlalchemy.orm import aliased

from congress_app.congresses import rulebook, terms, timing
from congress_app.congresses.models import Congress
from congress_app.congresses.queries import EVERYWHERE, seasons, visible
from congress_app.congresses.rulebook import Level, Rulebook
from congress_app.congresses.timing import Light
from congress_app.database import db
from congress_app.kernel import clock
from congress_app.kernel.vietnamese import fold
from congress_app.units.models import Unit

Columns = TypeVarTuple("Columns")

_Upper = aliased(Unit)
_LEVEL_RANK = case(
    (Congress.level == Level.NATIONAL, 0), (Congress.level == Level.UPPER_BASE, 1), else_=2
)
# Protocol order: by level, then by the unit above, then among its brothers and sisters.
_PROTOCOL: tuple[Any, ...] = (
    _LEVEL_RANK,
    _Upper.precedence,
    _Upper.code,
    Unit.precedence,
    Unit.code,
)
_SORTED: dict[str, tuple[ColumnElement[Any], ...]] = {
    "date": (Congress.held_on.asc().nulls_last(),),
    "-date": (Congress.held_on.desc().nulls_last(),),
    "name": (Congress.name.asc(),),
    "-name": (Congress.name.desc(),),
}
SORTS = ("unit", *_SORTED)
_COLUMNS = (
    Congress.id,
    Congress.season_id,
    Congress.level,
    Congress.name,
    Unit.code.label("unit_code"),
    Unit.name.label("unit_name"),
    _Upper.name.label("upper_name"),
    Unit.is_pilot,
    Congress.held_on,
    Congress.place,
    Congress.state,
    Congress.rules_adopted_at,
    Congress.cap,
    Congress.due_before,
    Congress.due_from,
    Congress.due_until,
)


@dataclass(frozen=True)
class ListFilter:
    """Which congresses to list; None or "" leaves a filter out."""

    season_id: int | None = None
    level: str | None = None
    state: str | None = None
    text: str | None = None
    sort: str = "unit"


@dataclass(frozen=True)
class CongressRow:
    """One congress in a list; `cap` None: no cap."""

    id: int
    level: str
    name: str
    unit_code: str
    unit_name: str
    upper_name: str | None
    is_pilot: bool
    held_on: date | None
    place: str | None
    state: str
    cap: int | None
    light: Light


def congress_rows(
    wanted: ListFilter = ListFilter(), *, within: Iterable[str] = EVERYWHERE
) -> list[CongressRow]:
    """All congresses of a list, in its order."""
    statement = _narrowed(_placed(select(*_COLUMNS)), wanted, within)
    return _told(statement.order_by(*_order(wanted)))


def some_rows(
    wanted: ListFilter,
    counts: Mapping[Level, int],
    part: slice,
    *,
    within: Iterable[str] = EVERYWHERE,
) -> list[CongressRow]:
    """A part of the list; `counts` are those of `count_by_level` for the same filter."""
    pieces = []
    for narrowed, piece in _pieces(wanted, counts, part):
        found = _narrowed(_placed(select(Congress.id)), narrowed, within).order_by(*_order(wanted))
        cut = found.offset(piece.start).limit(piece.stop - piece.start).subquery()
        pieces.append(select(cut.c.id))
    # The numbers first: what is sorted to find them should not carry the columns along.
    keys = list(db.session.scalars(union_all(*pieces))) if pieces else []
    statement = _placed(select(*_COLUMNS)).where(Congress.id.in_(keys))
    return _told(statement.order_by(*_order(wanted)))


def _pieces(
    wanted: ListFilter, counts: Mapping[Level, int], part: slice
) -> Iterator[tuple[ListFilter, slice]]:
    """The same part level by level where the list goes by level: few rows stand above the base."""
    if wanted.level or wanted.sort in _SORTED:
        yield wanted, part
        return
    before = 0
    for level in reversed(Level):
        start, stop = max(part.start, before), min(part.stop, before + counts[level])
        if start < stop:
            yield replace(wanted, level=level), slice(start - before, stop - before)
        before += counts[level]


def count_by_level(wanted: ListFilter, *, within: Iterable[str] = EVERYWHERE) -> dict[Level, int]:
    """How many congresses the filter finds at each level, whatever level it names itself."""
    counted = select(Congress.level, func.count()).group_by(Congress.level)
    if wanted.text or "/" not in within:
        counted = _placed(counted)
    rows = db.session.execute(_narrowed(counted, replace(wanted, level=None), within)).all()
    found = dict(rows)
    return {level: found.get(level, 0) for level in Level}


def _placed(statement: Select[*Columns]) -> Select[*Columns]:
    """With the unit of each congress and the unit above it."""
    statement = statement.join(Unit, Congress.unit_id == Unit.id)
    return statement.outerjoin(_Upper, Unit.parent_id == _Upper.id)


def _narrowed(
    statement: Select[*Columns], wanted: ListFilter, within: Iterable[str]
) -> Select[*Columns]:
    statement = statement.where(visible(within))
    if wanted.season_id is not None:
        statement = statement.where(Congress.season_id == wanted.season_id)
    if wanted.level:
        statement = statement.where(Congress.level == wanted.level)
    if wanted.state:
        statement = statement.where(Congress.state == wanted.state)
    if wanted.text:
        text = fold(wanted.text)
        statement = statement.where(
            or_(
                Unit.search_key.contains(text, autoescape=True),
                _Upper.search_key.contains(text, autoescape=True),
                func.lower(Unit.code).startswith(text, autoescape=True),
            )
        )
    return statement


def _order(wanted: ListFilter) -> tuple[ColumnElement[Any], ...]:
    return (*_SORTED.get(wanted.sort, ()), *_PROTOCOL, Congress.id)


def _told(statement: Select[*Columns]) -> list[CongressRow]:
    books = {season.id: rulebook.from_json(season.rulebook.body) for season in seasons()}
    today = clock.today()
    return [_row(row, books[row.season_id], today) for row in db.session.execute(statement)]


def _row(row: Row[*tuple[Any, ...]], book: Rulebook, today: date) -> CongressRow:
    if row.rules_adopted_at is None:
        rules = book.level(row.level)
        cap, due = rules.cap.limit(row.unit_code), timing.due_of(rules)
    else:
        cap, due = terms.cap_of(row.cap).limit(row.unit_code), terms.due_of(row)
    return CongressRow(
        id=row.id,
        level=row.level,
        name=row.name,
        unit_code=row.unit_code,
        unit_name=row.unit_name,
        upper_name=row.upper_name,
        is_pilot=row.is_pilot,
        held_on=row.held_on,
        place=row.place,
        state=row.state,
        cap=cap,
        light=timing.light(due, row.state, row.held_on, today),
    )
