"""What is known of congresses and seasons; nothing here changes a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true

from congress_app.congresses import finality_queries, level_queries, placing, rulebook
from congress_app.congresses.lifecycle import Facts, State
from congress_app.congresses.models import Congress, Pulse, Season
from congress_app.congresses.placing import Place
from congress_app.congresses.plan import PLAN_LABELS, Plan
from congress_app.congresses.rulebook import Level, LevelRules, Rulebook
from congress_app.database import db
from congress_app.units import queries as unit_queries
from congress_app.units.models import Unit

EVERYWHERE = ("/",)


def congress_by_id(congress_id: int) -> Congress | None:
    """One congress with its unit."""
    return db.session.get(Congress, congress_id)


def rulebook_of(congress: Congress) -> Rulebook:
    """The frozen rulebook of the congress; before adoption, the season's."""
    body = congress.rules if congress.rules is not None else congress.season.rulebook.body
    return rulebook.from_json(body)


def rules_of(congress: Congress) -> LevelRules:
    """The rules of the congress's level."""
    return rulebook_of(congress).level(congress.level)


def plan_of(congress: Congress) -> Plan:
    """The plan of the congress as a value."""
    return Plan(**{name: getattr(congress, name) for name in PLAN_LABELS})


def facts_of(congress: Congress, note: str | None = None) -> Facts:
    """What a move of the congress is judged by."""
    return Facts(
        congress.state,
        congress.held_on,
        congress.place,
        congress.rules is not None,
        congress.attendance,
        note,
        finality_queries.kept_closed(congress.id) if congress.state == State.CLOSED else (),
    )


def states_below(congress: Congress) -> dict[str, int]:
    """How many congresses lead to this one, by state."""
    counted = select(Congress.state, func.count()).group_by(Congress.state)
    return dict(db.session.execute(counted.where(Congress.parent_id == congress.id)).all())


def pulse_of(congress_id: int) -> int:
    """The counter a live page compares; 0 before the first change."""
    return db.session.scalar(select(Pulse.counter).where(Pulse.congress_id == congress_id)) or 0


def seasons() -> Sequence[Season]:
    """All seasons, the newest first, each with its rulebook."""
    return db.session.scalars(select(Season).order_by(Season.id.desc())).all()


def season_by_key(key: str | None) -> Season | None:
    """The season with this key; without a key the newest one."""
    wanted = select(Season).order_by(Season.id.desc()).limit(1)
    return db.session.scalar(wanted.where(Season.key == key) if key else wanted)


def visible(within: Iterable[str]) -> ColumnElement[bool]:
    """Units inside the reach, or above it: those whose congresses it sends delegates to."""
    prefixes = tuple(within)
    if "/" in prefixes:
        return true()
    above = {int(part) for prefix in prefixes for part in prefix.split("/") if part}
    return or_(unit_queries.below(prefixes), Unit.id.in_(above))


def place_of(unit: Unit) -> Place:
    """A unit as this chapter sees it."""
    return Place(unit.id, unit.code, unit.name, unit.kind, unit.path)


_PLACE = (Unit.id, Unit.code, Unit.name, Unit.kind, Unit.path)


def places(
    *,
    within: Iterable[str] = EVERYWHERE,
    ids: Iterable[int] | None = None,
    book: Rulebook | None = None,
) -> list[Place]:
    """Active units as this chapter sees them, in protocol order among brothers and sisters.

    With a `book` those are left out that stand right below a unit of the base: whatever is
    inside such a unit holds no congress (`placing.level_of`), and there may be many.
    """
    wanted = select(*_PLACE).where(Unit.merged_into_id.is_(None), visible(within))
    if book is not None:
        wanted = wanted.where(level_queries.not_below_bases(book))
    if ids is not None:
        wanted = wanted.where(Unit.id.in_(list(ids)))
    rows = db.session.execute(wanted.order_by(Unit.precedence, Unit.code))
    return [Place(*row) for row in rows]


def planned_ids(season_id: int, level: str | None = None) -> dict[int, int]:
    """Units that have a congress in the season: unit id to congress id."""
    wanted = select(Congress.unit_id, Congress.id).where(Congress.season_id == season_id)
    if level is not None:
        wanted = wanted.where(Congress.level == level)
    return dict(db.session.execute(wanted).all())


def unplanned(season: Season, *, within: Iterable[str]) -> dict[Level, list[Place]]:
    """The units at or below the reach that should hold a congress and have none, by level."""
    book = rulebook.from_json(season.rulebook.body)
    planned = select(Congress.id).where(_held_in(season)).exists()
    wanted = select(*_PLACE).where(
        Unit.merged_into_id.is_(None),
        unit_queries.below(tuple(within)),
        level_queries.of_levels(book, *Level),
        level_queries.not_below_bases(book),
        ~planned,
    )
    rows = db.session.execute(wanted.order_by(Unit.precedence, Unit.code))
    found = placing.by_level(book, [Place(*row) for row in rows])
    # A base above may have its congress already, so that it is not among these.
    inside = level_queries.inside_a_base(book, {place.path for place in found[Level.BASE]})
    found[Level.BASE] = [place for place in found[Level.BASE] if place.path not in inside]
    return found


def _held_in(season: Season) -> ColumnElement[bool]:
    return and_(Congress.unit_id == Unit.id, Congress.season_id == season.id)


def missing_links(season: Season) -> dict[int, list[int]]:
    """Congresses that should lead to one planned above them and do not yet: by the upper id."""
    book = rulebook.from_json(season.rulebook.body)
    planned = planned_ids(season.id)
    known = {place.id: place for place in places(book=book)}
    wanted = select(Congress.id, Congress.level, Congress.unit_id).where(
        Congress.season_id == season.id,
        Congress.parent_id.is_(None),
        Congress.level != Level.NATIONAL,
    )
    found: dict[int, list[int]] = {}
    for congress_id, level, unit_id in db.session.execute(wanted):
        place = known.get(unit_id)
        above = placing.unit_above(book, Level(level), place, known) if place else None
        if above is not None and above.id in planned:
            found.setdefault(planned[above.id], []).append(congress_id)
    return found


@dataclass(frozen=True)
class BaseTurnouts:
    """How many took part in base conferences, summed for the units right below one unit.

    `path` is that unit's, or the base unit's own where it stands right below the unit asked
    about. `silent` conferences have not reported (their headcount is in `people`),
    `unknown` ones have no headcount either and count nobody.
    """

    path: str
    people: int
    silent: int
    unknown: int


def base_turnouts(season: Season, above: Place) -> list[BaseTurnouts]:
    """The sums of the base conferences below a unit, in no order; the database adds them up.

    Everybody attends there (guidance of 30/09/2019), so the headcount stands in for a
    conference that has no number yet. The seats to elect upwards are divided by these.
    """
    book = rulebook.from_json(season.rulebook.body)
    key = case((Unit.parent_id == above.id, Unit.id), else_=Unit.parent_id).label("key")
    number = func.coalesce(Congress.attendance, Unit.headcount)
    silent = and_(Congress.attendance.is_(None), Unit.headcount.is_not(None))
    counts = (
        select(
            key,
            func.coalesce(func.sum(number), 0).label("people"),
            func.sum(case((silent, 1), else_=0)).label("silent"),
            func.sum(case((number.is_(None), 1), else_=0)).label("unknown"),
        )
        .outerjoin(Congress, _held_in(season))
        .where(Unit.merged_into_id.is_(None), level_queries.at_base(book, above.path))
        .group_by(key)
        .subquery()
    )
    wanted = select(Unit.path, counts.c.people, counts.c.silent, counts.c.unknown)
    rows = db.session.execute(wanted.join(counts, Unit.id == counts.c.key)).all()
    inside = level_queries.inside_a_base(book, {row.path for row in rows})
    return [BaseTurnouts(*row) for row in rows if row.path not in inside]
