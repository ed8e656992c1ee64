"""Lists of congresses: filtered, sorted, paged, each row with its cap and its light."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVarTuple

from sqlalchemy import ColumnElement, Row, Select, case, func, or_, select
from sqlalchemy.orm import aliased

from congress_app.congresses import rulebook, timing
from congress_app.congresses.frozen_queries import frozen, frozen_due
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
_PROTOCOL = (_LEVEL_RANK, _Upper.precedence, _Upper.code, Unit.precedence, Unit.code)
_SORTS: dict[str, tuple[ColumnElement[Any], ...]] = {
    "unit": (),
    "date": (Congress.held_on.asc().nulls_last(),),
    "-date": (Congress.held_on.desc().nulls_last(),),
    "name": (Congress.name.asc(),),
    "-name": (Congress.name.desc(),),
}
SORTS = tuple(_SORTS)
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
    frozen("cap", "default").label("cap"),
    frozen("cap", "exceptions").label("exceptions"),
    frozen("deadline").label("deadline"),
    frozen("window", 0).label("first"),
    frozen("window", 1).label("last"),
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
    wanted: ListFilter = ListFilter(),
    *,
    within: Iterable[str] = EVERYWHERE,
    page: int | None = None,
    size: int = 50,
) -> list[CongressRow]:
    """The congresses of a list, in its order: all of them, or one page (from 1)."""
    books = {season.id: rulebook.from_json(season.rulebook.body) for season in seasons()}
    order = (*_SORTS.get(wanted.sort, ()), *_PROTOCOL, Congress.id)
    statement = _listed(select(*_COLUMNS), wanted, within).order_by(*order)
    if page is not None:
        # The numbers first: PostgreSQL would read the rulebooks of all the rows it sorts.
        shown = _listed(select(Congress.id), wanted, within).order_by(*order)
        shown = shown.limit(size).offset((page - 1) * size)
        statement = statement.where(Congress.id.in_(list(db.session.scalars(shown))))
    today = clock.today()
    return [_row(row, books[row.season_id], today) for row in db.session.execute(statement)]


def count_by_level(wanted: ListFilter, *, within: Iterable[str] = EVERYWHERE) -> dict[Level, int]:
    """How many congresses the filter finds at each level, whatever level it names itself."""
    counted = select(Congress.level, func.count()).group_by(Congress.level)
    unlevelled = ListFilter(wanted.season_id, None, wanted.state, wanted.text)
    found = dict(db.session.execute(_listed(counted, unlevelled, within)).all())
    return {level: found.get(level, 0) for level in Level}


def _listed(
    statement: Select[*Columns], wanted: ListFilter, within: Iterable[str]
) -> Select[*Columns]:
    statement = (
        statement.join(Unit, Congress.unit_id == Unit.id)
        .outerjoin(_Upper, Unit.parent_id == _Upper.id)
        .where(visible(within))
    )
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


def _row(row: Row[*tuple[Any, ...]], book: Rulebook, today: date) -> CongressRow:
    if row.rules_adopted_at is None:
        rules = book.level(row.level)
        cap, due = rules.cap.limit(row.unit_code), timing.due_of(rules)
    else:
        exceptions = json.loads(row.exceptions or "{}")
        general = None if row.cap is None else int(row.cap)
        cap = exceptions.get(row.unit_code, general)
        due = frozen_due(row.deadline, row.first, row.last)
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
