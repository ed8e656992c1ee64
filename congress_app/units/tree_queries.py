"""The tree as its page shows it: whole while it is small enough, else its upper part.

A whole country has a hundred thousand units. Then the page shows the tops with what stands
right below them, every sum over everything below all the same (`sum_services` keeps them),
and a filter is answered by the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from congress_app.database import db
from congress_app.kernel.vietnamese import fold
from congress_app.units import queries, tree
from congress_app.units.models import Unit, UnitSum
from congress_app.units.tree import Headcount, Node, Total, UnitRow
from congress_app.units.wanted import Wanted

# Of a large tree so many are counted; counting a hundred thousand takes longer than the page.
COUNTED = 1_000
_COLUMNS = [getattr(Unit, name) for name in UnitRow._fields]


@dataclass(frozen=True)
class Shown:
    """The tree of one reader: how many units it has, and the nodes to show.

    `doubtful` are units whose own number looks like the sum of those below
    (`tree.Node.counted_twice`); `is_whole` False: only the upper part is in `tops`.
    """

    count: int
    tops: list[Node[UnitRow]]
    doubtful: list[Node[UnitRow]]
    is_whole: bool


@dataclass(frozen=True)
class Found:
    """What a filter found: the nodes of one page, the names of their parents, how many in all.

    `has_more`: there are more than `total`; who finds so many narrows the search.
    """

    nodes: list[Node[UnitRow]]
    parents: dict[int, str]
    total: int
    has_more: bool = False


def shown(within: Sequence[str]) -> Shown:
    """The tree at or below the paths, whole unless more than `LISTED_WHOLE` units are known."""
    is_whole = not queries.is_large(within)
    if is_whole:
        nodes = queries.unit_tree(within)
        count = sum(1 for _node in tree.nodes(nodes))
    else:
        tops = [row.id for row in queries.tops(within)]
        upper = Unit.id.in_(tops) | Unit.parent_id.in_(tops)
        totals = dict(_with_totals(select(*_COLUMNS).where(_active(within), upper)))
        nodes = tree.build(totals)
        for node in tree.nodes(nodes):
            node.headcount = totals[node.row].headcount
        count = sum(totals[top.row].units for top in nodes)
    doubtful = [node for node in tree.nodes(nodes) if node.counted_twice]
    return Shown(count, nodes, doubtful, is_whole)


def found(wanted: Wanted, part: Shown, within: Sequence[str], page: int, size: int) -> Found:
    """One page (from 1) of the units that fit: by protocol, of a large tree by their codes.

    `part` is what `shown` gave for the same reach.
    """
    if part.is_whole:
        known = {node.row.id: node for node in tree.nodes(part.tops)}
        fits = [node for node in known.values() if wanted.takes(node.row)]
        names = {key: node.row.name for key, node in known.items()}
        return Found(fits[(page - 1) * size : page * size], names, len(fits))
    fitting = and_(_active(within), *_conditions(wanted))
    query = select(*_COLUMNS).where(fitting).order_by(Unit.code)
    rows = _with_totals(query.limit(size).offset((page - 1) * size))
    nodes = [Node(row, headcount=told.headcount) for row, told in rows]
    # Not in the same pass: alone, each finds its way by an index. A short first page is all.
    # Never fewer than the page after this one, so that one can always go on.
    enough = max(COUNTED, (page + 1) * size)
    total = len(nodes) if page == 1 and len(nodes) < size else _count(fitting, enough + 1)
    names = {node.row.id: node.row.name for node in tree.nodes(part.tops)}
    unnamed = {node.row.parent_id for node in nodes} - names.keys() - {None}
    if unnamed:
        above = select(Unit.id, Unit.name).where(Unit.id.in_(unnamed))
        names |= dict(db.session.execute(above).all())
    return Found(nodes, names, min(total, enough), has_more=total > enough)


def _with_totals(query: Select[Any]) -> Iterable[tuple[UnitRow, Total]]:
    """The units of a query of `_COLUMNS`, each with the sums kept of everything below it."""
    found = query.add_columns(UnitSum.units, UnitSum.people, UnitSum.unknown)
    for row in db.session.execute(found.outerjoin(UnitSum, UnitSum.unit_id == Unit.id)):
        *columns, units, people, unknown = row
        unit = UnitRow._make(columns)
        kept = units is not None
        yield unit, Total(units, Headcount(people, unknown)) if kept else _single(unit)


def _single(unit: UnitRow) -> Total:
    return Total(1, tree.alone(unit.headcount))


def _active(within: Sequence[str]) -> ColumnElement[bool]:
    return and_(queries.below(within), Unit.merged_into_id.is_(None))


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    """The filter in SQL; the same as `Wanted.takes`."""
    told: list[ColumnElement[bool]] = []
    if wanted.kind:
        told.append(Unit.kind == wanted.kind)
    if wanted.cluster_id is not None:
        told.append(Unit.cluster_id == wanted.cluster_id)
    if wanted.only_pilots:
        told.append(Unit.is_pilot.is_(True))
    for word in fold(wanted.text).split():
        in_name = Unit.search_key.contains(word, autoescape=True)
        told.append(or_(in_name, func.lower(Unit.code).contains(word, autoescape=True)))
    return told


def _count(condition: ColumnElement[bool], at_most: int) -> int:
    some = select(Unit.id).where(condition).limit(at_most).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0
