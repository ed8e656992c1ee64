"""The plan board: every unit that should hold a congress, against its deadline.

A fixed number of statements whatever the size of the country. What stands above the base is
read line by line; the bases are counted by the database, and read for one unit at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, select

from congress_app.congresses import level_queries, placing, queries, rulebook, terms, timing
from congress_app.congresses.light_queries import light_of
from congress_app.congresses.models import Congress, Season
from congress_app.congresses.placing import Place
from congress_app.congresses.rulebook import Level, Rulebook
from congress_app.congresses.timing import Due, Light
from congress_app.database import db
from congress_app.kernel import clock
from congress_app.units.models import Unit
from congress_app.units.tree import ids_of

_Lights = Counter[Light]


@dataclass(frozen=True)
class Planned:
    """The plan of a unit as the board needs it."""

    congress_id: int
    state: str
    held_on: date | None
    duration: str
    place: str | None
    combined_with: str | None
    plan_document: str | None
    attendance: int | None


_COLUMNS = (
    Unit.id,
    Unit.code,
    Unit.name,
    Unit.kind,
    Unit.path,
    Unit.is_pilot,
    Congress.id.label("congress_id"),
    Congress.rules_adopted_at,
    Congress.due_before,
    Congress.due_from,
    Congress.due_until,
    Congress.state,
    Congress.held_on,
    Congress.duration,
    Congress.place,
    Congress.combined_with,
    Congress.plan_document,
    Congress.attendance,
)


@dataclass(frozen=True)
class Line:
    """One unit on the board; `below` counts the lights of the level right below it."""

    place: Place
    is_pilot: bool
    planned: Planned | None
    due: Due
    light: Light
    below: Mapping[Light, int]

    @property
    def below_total(self) -> int:
        """How many congresses there should be right below the unit."""
        return sum(self.below.values())


@dataclass(frozen=True)
class Board:
    """The lines above the base in protocol order, under the season's own rules.

    `base` counts the lights of all base units, all lights named.
    """

    season: Season
    book: Rulebook
    lines: Mapping[Level, tuple[Line, ...]]
    base: Mapping[Light, int]


@dataclass(frozen=True)
class Part:
    """One upper-base unit, and the lines of the base units below it."""

    season: Season
    book: Rulebook
    above: Line
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Lesson:
    """What a pilot congress taught the others."""

    congress_id: int
    unit_name: str
    held_on: date | None
    text: str


def board(season: Season, *, within: Iterable[str] = queries.EVERYWHERE) -> Board:
    """The units above the base that the reach may see, with plans, lights and what is below."""
    book, seen = rulebook.from_json(season.rulebook.body), queries.visible(within)
    rows = _rows(season, level_queries.of_levels(book, Level.NATIONAL, Level.UPPER_BASE), seen)
    known = {row.id: _place(row) for row in rows}
    base = _base_lights(season, book, seen)
    below: dict[int, _Lights] = {}
    for path, counted in base.items():
        above = _nearest(book, Level.UPPER_BASE, path, known)
        if above is not None:
            below.setdefault(above, Counter()).update(counted)
    lines: dict[Level, tuple[Line, ...]] = {}
    for level in (Level.UPPER_BASE, Level.NATIONAL):
        kinds = book.levels[level].unit_kinds
        lines[level] = tuple(_line(row, book, level, below) for row in rows if row.kind in kinds)
        for line in lines[level]:
            upper = placing.unit_above(book, level, line.place, known)
            if upper is not None:
                below.setdefault(upper.id, Counter())[line.light] += 1
    total = sum(base.values(), Counter())
    return Board(season, book, lines, {light: total[light] for light in Light})


def part(
    season: Season, unit_id: int, *, within: Iterable[str] = queries.EVERYWHERE
) -> Part | None:
    """The base units of one upper-base unit; None when the reach may see no such unit."""
    book, seen = rulebook.from_json(season.rulebook.body), queries.visible(within)
    upper = level_queries.of_levels(book, Level.UPPER_BASE)
    found = _rows(season, upper, seen, Unit.id == unit_id)
    if not found:
        return None
    (above,) = found
    rows = _rows(season, level_queries.at_base(book, above.path), seen)
    inside = level_queries.inside_a_base(book, {row.path for row in rows})
    lines = tuple(_line(row, book, Level.BASE, {}) for row in rows if row.path not in inside)
    return Part(season, book, _line(above, book, Level.UPPER_BASE, {}), lines)


def count_lights(lines: Iterable[Line]) -> dict[Light, int]:
    """How many lines stand under each light, all lights named."""
    counted = Counter(line.light for line in lines)
    return {light: counted.get(light, 0) for light in Light}


def lessons(season: Season) -> Sequence[Lesson]:
    """What the pilot units' congresses of the season taught, for all to read."""
    wanted = (
        select(Congress.id, Unit.name, Congress.held_on, Congress.lessons)
        .join(Unit, Congress.unit_id == Unit.id)
        .where(Congress.season_id == season.id, Unit.is_pilot, Congress.lessons.is_not(None))
        .order_by(Congress.held_on, Congress.id)
    )
    return [
        Lesson(key, name, day, text or "") for key, name, day, text in db.session.execute(wanted)
    ]


def _rows(season: Season, *conditions: ColumnElement[bool]) -> Sequence[Row[*tuple[Any, ...]]]:
    """Active units with their congress of the season, all null where there is none."""
    wanted = select(*_COLUMNS).select_from(Unit).outerjoin(Congress, _own(season))
    wanted = wanted.where(Unit.merged_into_id.is_(None), *conditions)
    return db.session.execute(wanted.order_by(Unit.precedence, Unit.code)).all()


def _own(season: Season) -> ColumnElement[bool]:
    return and_(Congress.unit_id == Unit.id, Congress.season_id == season.id)


def _base_lights(season: Season, book: Rulebook, seen: ColumnElement[bool]) -> dict[str, _Lights]:
    """The lights of the base units by the path of the unit right above them."""
    rules, today = book.levels[Level.BASE], clock.today()
    # Found before they are joined: PostgreSQL takes the bases for few and would look up the
    # congress of each.
    planned = (
        select(Congress.unit_id, light_of(rules, today).label("light"))
        .where(Congress.season_id == season.id)
        .cte("planned")
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )
    unplanned = timing.light(timing.due_of(rules), None, None, today)
    light = func.coalesce(planned.c.light, unplanned.value).label("light")
    each = select(Unit.parent_id, light).outerjoin(planned, planned.c.unit_id == Unit.id)
    each = each.where(Unit.merged_into_id.is_(None), seen, level_queries.at_base(book))
    bases = each.subquery()
    counts = (
        select(bases.c.parent_id, bases.c.light, func.count().label("number"))
        .group_by(bases.c.parent_id, bases.c.light)
        .subquery()
    )
    wanted = select(Unit.path, counts.c.light, counts.c.number)
    rows = db.session.execute(wanted.join(counts, Unit.id == counts.c.parent_id)).all()
    inside = level_queries.inside_a_base(book, {row.path for row in rows})
    found: dict[str, _Lights] = {}
    for path, light_name, number in rows:
        if path not in inside:
            found.setdefault(path, Counter())[Light(light_name)] += number
    return found


def _nearest(book: Rulebook, level: Level, path: str, known: Mapping[int, Place]) -> int | None:
    """The nearest unit of the level at or above the path."""
    kinds = book.levels[level].unit_kinds
    above = (key for key in reversed(ids_of(path)) if key in known)
    return next((key for key in above if known[key].kind in kinds), None)


def _line(
    row: Row[*tuple[Any, ...]],
    book: Rulebook,
    level: Level,
    below: Mapping[int, Mapping[Light, int]],
) -> Line:
    frozen = row.rules_adopted_at is not None
    due = terms.due_of(row) if frozen else timing.due_of(book.levels[level])
    light = timing.light(due, row.state, row.held_on, clock.today())
    planned = None if row.congress_id is None else _planned(row)
    return Line(_place(row), row.is_pilot, planned, due, light, below.get(row.id, {}))


def _planned(row: Row[*tuple[Any, ...]]) -> Planned:
    return Planned(
        congress_id=row.congress_id,
        state=row.state,
        held_on=row.held_on,
        duration=row.duration,
        place=row.place,
        combined_with=row.combined_with,
        plan_document=row.plan_document,
        attendance=row.attendance,
    )


def _place(row: Row[*tuple[Any, ...]]) -> Place:
    return Place(row.id, row.code, row.name, row.kind, row.path)
