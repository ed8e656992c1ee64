"""The units that report, by pages, in protocol order.

Protocol order is in no column: a unit's place depends on all that stand above it. So what
is put in order are the units above those that report, which are few, each with how many
report directly below it; of those that report only the ones of the page are read:

    province 12 ┬ department            read by itself, for it stands beside an office
                ├ office 1   137 teams  on the first page: the teams are read
                └ office 2   137 teams  counted
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, ColumnElement, func, or_, select, union

from congress_app.database import db
from congress_app.exemplars.asking_queries import Asking
from congress_app.units import tree
from congress_app.units.lookup import OfferedUnit
from congress_app.units.models import Unit
from congress_app.units.queries import below
from congress_app.units.tree import Kind

_ACTIVE = Unit.merged_into_id.is_(None)
# A unit by itself, or (by its number) those found below it, and how many they are.
Block = tuple[OfferedUnit, int | None, int]
_COLUMNS = [getattr(Unit, name) for name in OfferedUnit._fields]


@dataclass(frozen=True)
class Reporters:
    """The units of a page, and all that stand above those that report."""

    units: Sequence[OfferedUnit]
    above: Sequence[OfferedUnit]

    @property
    def names(self) -> dict[int, str]:
        """What the units are called."""
        return names([*self.units, *self.above])


class Order:
    """Active units that report, in protocol order: those asked and the others given."""

    def __init__(self, asking: Asking, within: Sequence[str], others: Collection[int]) -> None:
        self._found = _found(asking, within, others)
        self._counts = {} if self._found is None else _counted(self._found)
        self._above = _with_those_above(key for key in self._counts if key is not None)

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self._counts.values())

    def page(self, start: int, stop: int) -> Reporters:
        """Those from `start` up to `stop`; three queries at most."""
        if self._found is None or start >= stop:
            return Reporters([], self._above)
        parents = {row.parent_id for row in self._above}
        # Beside a unit with others below it the single ones have to find their place.
        mixed = {key for key in self._counts if key is None or key in parents}
        single = {row.id: row for row in _below_these(self._found, mixed)}
        rows = {row.id: row for row in self._above} | single
        blocks: list[Block] = []
        for row in tree.in_order(rows.values()):
            if row.id in single:
                blocks.append((row, None, 1))
            if row.id in self._counts and row.id not in mixed:
                blocks.append((row, row.id, self._counts[row.id]))
        first, shown = _cut(blocks, start, stop)
        members = _by_parent(self._found, {key for _row, key, _count in shown if key is not None})
        listed = [
            one for row, key, _count in shown for one in ([row] if key is None else members[key])
        ]
        return Reporters(listed[start - first : stop - first], self._above)


def in_order(rows: Iterable[OfferedUnit]) -> list[OfferedUnit]:
    """The units and those above them in protocol order."""
    known = {row.id: row for row in rows}
    over = {path for row in known.values() if (path := row.path.removesuffix(f"{row.id}/")) != "/"}
    above = {key for path in over for key in tree.ids_of(path)} - set(known)
    return tree.in_order([*known.values(), *_rows(Unit.id.in_(above) & _ACTIVE, above)])


def names(units: Iterable[OfferedUnit]) -> dict[int, str]:
    """What units are called; every province has the same departments, so theirs tell whose,
    where their own names do not."""
    rows = list(units)
    plain = {unit.id: unit.name for unit in rows}
    told = dict(plain)
    for unit in rows:
        above = plain.get(unit.parent_id) if unit.parent_id is not None else None
        if unit.kind == Kind.DEPARTMENT and above and not unit.name.endswith(above):
            told[unit.id] = f"{unit.name}, {above}"
    return told


def _found(asking: Asking, within: Sequence[str], others: Collection[int]) -> CTE | None:
    """The numbers of the units and of those directly above them; None when nobody can."""
    columns = (Unit.id.label("id"), Unit.parent_id.label("parent_id"))
    parts: list[Any] = [part.where(below(within)) for part in asking.each(*columns)]
    if others:
        parts.append(select(*columns).where(Unit.id.in_(others), _ACTIVE))
    return union(*parts).cte("found") if parts else None


def _counted(found: CTE) -> dict[int | None, int]:
    query = select(found.c.parent_id, func.count()).group_by(found.c.parent_id)
    return {key: count for key, count in db.session.execute(query)}  # noqa: C416


def _with_those_above(keys: Iterable[int]) -> list[OfferedUnit]:
    wanted = set(keys)
    rows = _rows(Unit.id.in_(wanted), wanted)
    above = {key for row in rows for key in tree.ids_of(row.path)} - wanted
    return rows + _rows(Unit.id.in_(above), above)


def _below_these(found: CTE, keys: Collection[int | None]) -> list[OfferedUnit]:
    """The units found directly below these, where None is above the whole tree."""
    if not keys:
        return []
    numbers = [key for key in keys if key is not None]
    condition: ColumnElement[bool] = found.c.parent_id.in_(numbers)
    if None in keys:
        condition = or_(condition, found.c.parent_id.is_(None))
    query = select(*_COLUMNS).join(found, found.c.id == Unit.id).where(condition)
    return [OfferedUnit._make(row) for row in db.session.execute(query)]


def _by_parent(found: CTE, keys: Collection[int]) -> Mapping[int, list[OfferedUnit]]:
    """The units found below each of these, in protocol order."""
    listed: dict[int, list[OfferedUnit]] = {key: [] for key in keys}
    for row in sorted(_below_these(found, keys), key=tree.protocol_key):
        if row.parent_id is not None:
            listed[row.parent_id].append(row)
    return listed


def _cut(blocks: Sequence[Block], start: int, stop: int) -> tuple[int, list[Block]]:
    """The blocks that reach into the page, and how many units stand before the first."""
    first, place = 0, 0
    shown: list[Block] = []
    for block in blocks:
        if place < stop and place + block[2] > start:
            first = first if shown else place
            shown.append(block)
        place += block[2]
    return first, shown


def _rows(condition: ColumnElement[bool], keys: Collection[int]) -> list[OfferedUnit]:
    """The units that meet the condition; no query for no keys."""
    if not keys:
        return []
    return [
        OfferedUnit._make(row) for row in db.session.execute(select(*_COLUMNS).where(condition))
    ]
