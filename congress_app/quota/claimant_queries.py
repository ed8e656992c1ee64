"""The units that elect to a congress, and the figures their weights are mixed from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from sqlalchemy import select

from congress_app.congresses import level_queries, placing, rulebook
from congress_app.congresses import queries as congress_queries
from congress_app.congresses.models import Congress
from congress_app.congresses.rulebook import Level
from congress_app.database import db
from congress_app.quota.models import Allocation
from congress_app.quota.options import Options
from congress_app.quota.problem import Number
from congress_app.quota.proposal import Claimant, mix_of
from congress_app.units import queries as unit_queries
from congress_app.units.models import Unit

_BELOW = {Level.NATIONAL: Level.UPPER_BASE, Level.UPPER_BASE: Level.BASE}


@dataclass
class Figures:
    """Figures of the electing units by source, then by code.

    `silent` base conferences have not reported (their headcount stands in), `unknown` ones
    have no headcount either and count nobody; both by code.
    """

    units: list[Unit]
    values: dict[str, dict[str, int]] = field(default_factory=dict)
    silent: dict[str, int] = field(default_factory=dict)
    unknown: dict[str, int] = field(default_factory=dict)


def electing_units(congress: Congress) -> list[Unit]:
    """The units directly below the congress's own that elect its delegates, by protocol.

    They hold the congresses of the level below or stand above those that do. Where the
    rulebook names no such unit, all units directly below elect. Nobody elects to a base
    conference: everyone attends.
    """
    below = _BELOW.get(Level(congress.level))
    if below is None:
        return []
    units = unit_queries.children(congress.unit_id)
    holding = _holding(congress, below)
    chosen = [unit for unit in units if any(path.startswith(unit.path) for path in holding)]
    return chosen or units


def _holding(congress: Congress, level: Level) -> list[str]:
    """The paths of the units below the congress's own that hold one of this level."""
    book = rulebook.from_json(congress.season.rulebook.body)
    if level is not Level.BASE:
        # The kind alone tells: the bases, which are most of a country, need not be read.
        wanted = select(Unit.path).where(
            unit_queries.below((congress.unit.path,)),
            level_queries.of_levels(book, level),
            Unit.merged_into_id.is_(None),
        )
        return list(db.session.scalars(wanted))
    places = congress_queries.places(within=(congress.unit.path,), book=book)
    return [place.path for place in placing.places_of(book, level, places)]


def figures(congress: Congress, units: list[Unit] | None = None) -> Figures:
    """Everything a weight can be mixed from, whatever the number of units.

    `units`: the electing ones where they are known already. Delegates at the base
    conferences are summed under each unit (guidance of 30/09/2019).
    """
    found = Figures(electing_units(congress) if units is None else units)
    codes = {unit.id: unit.code for unit in found.units}
    found.values["equal"] = dict.fromkeys(codes.values(), 1)
    headcounts = unit_queries.headcounts(list(codes))
    found.values["headcount"] = {codes[key]: count.total for key, count in headcounts.items()}
    found.values["upper_attendance"] = _upper_attendance(congress, codes)
    _add_base_turnouts(congress, codes, found)
    return found


def _upper_attendance(congress: Congress, codes: dict[int, str]) -> dict[str, int]:
    rows = db.session.execute(
        select(Congress.unit_id, Congress.attendance).where(
            Congress.season_id == congress.season_id,
            Congress.level == Level.UPPER_BASE,
            Congress.unit_id.in_(codes),
        )
    )
    return {codes[unit_id]: attendance or 0 for unit_id, attendance in rows}


def _add_base_turnouts(congress: Congress, codes: dict[int, str], found: Figures) -> None:
    sums = dict.fromkeys(codes.values(), 0)
    depth = congress.unit.path.count("/")
    above = congress_queries.place_of(congress.unit)
    for turnout in congress_queries.base_turnouts(congress.season, above):
        step = turnout.path.split("/")[depth : depth + 1]
        code = codes.get(int(step[0])) if step and step[0] else None
        if code is None:
            continue
        sums[code] += turnout.people
        if turnout.unknown:
            found.unknown[code] = found.unknown.get(code, 0) + turnout.unknown
        if turnout.silent:
            found.silent[code] = found.silent.get(code, 0) + turnout.silent
    found.values["attendance"] = sums


def claimants(found: Figures, options: Options) -> list[Claimant]:
    """The electing units with their weights by the chosen sources."""
    weights = mix_of(options, found.values, [unit.code for unit in found.units])
    return [
        Claimant(
            unit.code,
            unit.name,
            weights[unit.code],
            {source: values.get(unit.code, 0) for source, values in found.values.items()},
            found.silent.get(unit.code, 0),
        )
        for unit in found.units
    ]


@dataclass(frozen=True)
class Drift:
    """A unit whose weight is another one today than when the version was computed."""

    name: str
    before: Number
    after: Number


def drift(congress: Congress, allocation: Allocation, options: Options) -> Sequence[Drift]:
    """Whose figures changed since the version was computed, units come and gone too."""
    now = {one.code: one for one in claimants(figures(congress), options)}
    before = {line.unit.code: line for line in allocation.lines}
    found = [
        Drift(line.unit.name, Fraction(line.weight), now[code].weight if code in now else 0)
        for code, line in before.items()
        if code not in now or Fraction(line.weight) != now[code].weight
    ]
    new = [one for code, one in now.items() if code not in before]
    return found + [Drift(one.name, 0, one.weight) for one in new]
