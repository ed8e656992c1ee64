"""Which units hold a congress at which level, its proposed name, and the one above it.

Guidance of 30/09/2019: base conferences are held by district offices, by the departments
of a provincial office and by the units directly under BHXH Việt Nam; upper-base ones by
the provincial offices and Khối cơ quan; the sector holds the congress.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from congress_app.congresses.rulebook import Level, Rulebook

_ABOVE = {Level.BASE: Level.UPPER_BASE, Level.UPPER_BASE: Level.NATIONAL}
# A department is called the same in every province, so its name needs the province's.
_NAMED_WITH_PARENT = frozenset({"phong"})


@dataclass(frozen=True)
class Place:
    """A unit as this chapter sees it; `path` is "/1/5/23/", ids from the root down."""

    id: int
    code: str
    name: str
    kind: str
    path: str

    @property
    def ancestor_ids(self) -> tuple[int, ...]:
        """The units above, the nearest first."""
        return tuple(int(part) for part in reversed(self.path.strip("/").split("/")[:-1]))


def level_of(book: Rulebook, place: Place, known: Mapping[int, Place]) -> Level | None:
    """At which level this unit holds a congress; None: at none.

    A department inside a unit that itself holds a base conference holds none of its own.
    """
    level = book.level_of_kind(place.kind)
    if level is None or level is not Level.BASE:
        return level
    above = (known[key] for key in place.ancestor_ids if key in known)
    inside = any(book.level_of_kind(unit.kind) is Level.BASE for unit in above)
    return None if inside else level


def by_level(book: Rulebook, places: Iterable[Place]) -> dict[Level, list[Place]]:
    """The units that hold a congress, by level, each level in the order given.

    One pass, because a whole country is placed for every board.
    """
    listed = list(places)
    levels = {kind: level for level, rules in book.levels.items() for kind in rules.unit_kinds}
    bases = {str(place.id) for place in listed if levels.get(place.kind) is Level.BASE}
    found: dict[Level, list[Place]] = {level: [] for level in Level}
    for place in listed:
        level = levels.get(place.kind)
        above = place.path.split("/")[1:-2]
        if level is not None and not (level is Level.BASE and bases.intersection(above)):
            found[level].append(place)
    return found


def places_of(book: Rulebook, level: Level, places: Iterable[Place]) -> list[Place]:
    """The units that hold a congress of this level, in the order given."""
    return by_level(book, places)[level]


def unit_above(
    book: Rulebook, level: Level, place: Place, known: Mapping[int, Place]
) -> Place | None:
    """The nearest unit above whose congress the elected delegates of this one go to."""
    target = _ABOVE.get(level)
    above = (known[key] for key in place.ancestor_ids if key in known)
    return next((unit for unit in above if book.level_of_kind(unit.kind) is target), None)


def proposed_name(book: Rulebook, level: Level, place: Place, known: Mapping[int, Place]) -> str:
    """The name of the congress as papers would have it; the organiser may change it."""
    event = book.levels[level].event_name
    if level is Level.NATIONAL:
        return event
    if place.kind in _NAMED_WITH_PARENT:
        upper = unit_above(book, level, place, known)
        if upper is not None:
            return f"{event} {place.name}, {upper.name}"
    return f"{event} {place.name}"
