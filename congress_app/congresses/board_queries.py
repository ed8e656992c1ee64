"""The plan board: every unit that should hold a congress, against its deadline.

A fixed number of statements whatever the size of the country: seasons carry their
rulebook, then one read of the units and one of the congresses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, select

from congress_app.congresses import placing, queries, rulebook, timing
from congress_app.congresses.frozen_queries import frozen, frozen_due
from congress_app.congresses.models import Congress, Season
from congress_app.congresses.placing import Place
from congress_app.congresses.rulebook import Level, Rulebook
from congress_app.congresses.timing import Due, Light
from congress_app.database import db
from congress_app.kernel import clock
from congress_app.units.models import Unit


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
    due: Due


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
    """The lines of every level in protocol order, under the season's own rules."""

    season: Season
    book: Rulebook
    lines: Mapping[Level, tuple[Line, ...]]

    def below(self, unit_path: str) -> tuple[Line, ...]:
        """The base conferences at or below a unit."""
        lines = self.lines[Level.BASE]
        return tuple(line for line in lines if line.place.path.startswith(unit_path))


@dataclass(frozen=True)
class Lesson:
    """What a pilot congress taught the others."""

    congress_id: int
    unit_name: str
    held_on: date | None
    text: str


def board(season: Season, *, within: Iterable[str] = queries.EVERYWHERE) -> Board:
    """All units of the season that the reach may see, with their plans and lights."""
    book = rulebook.from_json(season.rulebook.body)
    reach = tuple(within)
    listed, pilots = queries.places(within=reach, book=book), _pilots()
    plans, today = _plans(season, book, reach), clock.today()
    known = {place.id: place for place in listed}
    placed = placing.by_level(book, listed)
    lines: dict[Level, tuple[Line, ...]] = {}
    below: dict[int, Counter[Light]] = {}
    for level in Level:
        due = timing.due_of(book.levels[level])
        lines[level] = tuple(
            _line(place, plans.get(place.id), due, today, place.id in pilots, below)
            for place in placed[level]
        )
        for line in lines[level]:
            above = placing.unit_above(book, level, line.place, known)
            if above is not None:
                below.setdefault(above.id, Counter())[line.light] += 1
    return Board(season, book, lines)


def count_lights(lines: Iterable[Line]) -> dict[Light, int]:
    """How many lines stand under each light, all lights named."""
    counted = Counter(line.light for line in lines)
    return {light: counted.get(light, 0) for light in Light}


def _line(
    place: Place,
    planned: Planned | None,
    due: Due,
    today: date,
    is_pilot: bool,
    below: Mapping[int, Mapping[Light, int]],
) -> Line:
    due = planned.due if planned else due
    state, held_on = (planned.state, planned.held_on) if planned else (None, None)
    light = timing.light(due, state, held_on, today)
    return Line(place, is_pilot, planned, due, light, below.get(place.id, {}))


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


def _pilots() -> set[int]:
    return set(db.session.scalars(select(Unit.id).where(Unit.is_pilot)))


def _plans(season: Season, book: Rulebook, reach: Iterable[str]) -> dict[int, Planned]:
    wanted = (
        select(
            Congress.unit_id,
            Congress.level,
            Congress.rules_adopted_at,
            Congress.id,
            Congress.state,
            Congress.held_on,
            Congress.duration,
            Congress.place,
            Congress.combined_with,
            Congress.plan_document,
            Congress.attendance,
            frozen("deadline").label("deadline"),
            frozen("window", 0).label("first"),
            frozen("window", 1).label("last"),
        )
        .join(Unit, Congress.unit_id == Unit.id)
        .where(Congress.season_id == season.id, queries.visible(reach))
    )
    return {row.unit_id: _planned(row, book) for row in db.session.execute(wanted)}


def _planned(row: Row[*tuple[Any, ...]], book: Rulebook) -> Planned:
    if row.rules_adopted_at is None:
        due = timing.due_of(book.levels[Level(row.level)])
    else:
        due = frozen_due(row.deadline, row.first, row.last)
    return Planned(
        congress_id=row.id,
        state=row.state,
        held_on=row.held_on,
        duration=row.duration,
        place=row.place,
        combined_with=row.combined_with,
        plan_document=row.plan_document,
        attendance=row.attendance,
        due=due,
    )
