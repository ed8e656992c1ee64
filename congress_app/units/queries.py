"""What is known of units; nothing here changes a row.

`within` are unit paths: only units at or below one of them are given. The default, "/",
is everything. Merged units are left out unless a function says otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from posixpath import commonpath

from sqlalchemy import BindParameter, ColumnElement, bindparam, case, false, func, or_, select, true
from sqlalchemy.orm import aliased

from congress_app.database import db
from congress_app.kernel.vietnamese import fold
from congress_app.units import tree
from congress_app.units.lookup import OfferedUnit, UnitMap, UnitRef, natural_key
from congress_app.units.models import Cluster, Unit, UnitSum
from congress_app.units.tree import Headcount, Node, Total, UnitRow

EVERYTHING = ("/",)
# A page lists a tree of at most so many units whole: more than the sector of today has with a
# level added.
LISTED_WHOLE = 3_000


def below(within: Sequence[str]) -> ColumnElement[bool]:
    """The condition that a `Unit` stands at or below one of the paths."""
    if "/" in within:
        return true()
    # Written out: of a path it is not told PostgreSQL takes one unit of two hundred to lie
    # below, also where all do, and walks through the whole tree once a statement is prepared.
    return or_(false(), *(Unit.path.startswith(_written(path)) for path in within))


def _written(path: str) -> BindParameter[str]:
    return bindparam(None, path, literal_execute=True)


def unit_by_id(unit_id: int) -> Unit | None:
    """One unit, merged ones too."""
    return db.session.get(Unit, unit_id)


def unit_by_code(code: str) -> Unit | None:
    """One unit by its exact code, merged ones too."""
    return db.session.scalar(select(Unit).where(Unit.code == code))


def paths_named(text: str) -> tuple[str, ...]:
    """The paths of at most 50 units with this code, or whose name holds the text."""
    bare = text.strip()
    named = Unit.search_key.contains(fold(bare), autoescape=True)
    query = select(Unit.path).where(or_(Unit.code == bare, named))
    return tuple(db.session.scalars(query.order_by(func.length(Unit.path), Unit.id).limit(50)))


def children(unit_id: int) -> list[Unit]:
    """The units directly below, in protocol order."""
    query = select(Unit).where(Unit.parent_id == unit_id, Unit.merged_into_id.is_(None))
    return list(db.session.scalars(query.order_by(Unit.precedence, Unit.code)))


def siblings(unit: Unit) -> list[Unit]:
    """The unit and its active brothers and sisters, in protocol order."""
    query = select(Unit).where(Unit.parent_id == unit.parent_id, Unit.merged_into_id.is_(None))
    return list(db.session.scalars(query.order_by(Unit.precedence, Unit.code)))


def next_precedence(parent_id: int | None) -> int:
    """The number after the last child of the parent."""
    last = select(func.max(Unit.precedence)).where(Unit.parent_id == parent_id)
    return (db.session.scalar(last) or 0) + 1


def lock_tree() -> None:
    """Queue behind whoever else changes the shape of the tree.

    For services, inside their transaction: on PostgreSQL the root rows are locked; SQLite
    lets in one writer at a time anyway.
    """
    roots = select(Unit.id).where(Unit.parent_id.is_(None)).order_by(Unit.id)
    db.session.execute(roots.with_for_update())


def subtree(path: str) -> list[Unit]:
    """The unit at the path and all below it, in protocol order."""
    query = select(Unit).where(below((path,)), Unit.merged_into_id.is_(None))
    return tree.in_order(db.session.scalars(query))


def ancestors(path: str) -> list[Unit]:
    """The units above the one at the path, the root first."""
    above = tree.ids_of(path)[:-1]
    if not above:
        return []
    found = {unit.id: unit for unit in db.session.scalars(select(Unit).where(Unit.id.in_(above)))}
    return [found[unit_id] for unit_id in above]


def units_in_order(within: Sequence[str] = EVERYTHING) -> list[UnitRow]:
    """All active units in protocol order, each directly before those below it; one query."""
    return tree.in_order(_rows_where(below(within)))


def unit_tree(within: Sequence[str] = EVERYTHING) -> list[Node[UnitRow]]:
    """The same as nested nodes with headcount sums; a unit whose parent is out of reach
    stands at the top."""
    return tree.build(_rows_where(below(within)))


def with_those_above(
    condition: ColumnElement[bool], within: Sequence[str] = EVERYTHING
) -> list[UnitRow]:
    """The active units of the reach that meet it, and those above them, in protocol order."""
    rows = _rows_where(condition & below(within))
    known = {row.id for row in rows}
    above = {unit_id for row in rows for unit_id in tree.ids_of(row.path)} - known
    if above:
        rows += _rows_where(Unit.id.in_(above) & below(within))
    return tree.in_order(rows)


def _rows_where(condition: ColumnElement[bool]) -> list[UnitRow]:
    columns = [getattr(Unit, name) for name in UnitRow._fields]
    query = select(*columns).where(condition, Unit.merged_into_id.is_(None))
    return [UnitRow._make(row) for row in db.session.execute(query)]


def headcounts(unit_ids: Collection[int]) -> dict[int, Headcount]:
    """For each unit the people of its whole subtree, and how many units have no number.

    A fixed number of queries for any number of units. A merged or unknown unit has nobody.
    """
    query = select(Unit.id, Unit.path, Unit.headcount)
    query = query.where(Unit.id.in_(unit_ids), Unit.merged_into_id.is_(None))
    rows = db.session.execute(query).all()
    covering = _covering([row.path for row in rows])
    sums: Mapping[int, Headcount]
    if is_large(covering):
        sums = {key: told.headcount for key, told in kept_totals(unit_ids).items()}
    else:
        sums = subtree_sums(covering)
    found = {row.id: sums.get(row.id) or tree.alone(row.headcount) for row in rows}
    return {unit_id: found.get(unit_id, Headcount()) for unit_id in unit_ids}


def subtree_sums(within: Sequence[str]) -> dict[int, Headcount]:
    """The people at and below each unit of the reach that has others below it.

    The database adds up the units of each parent; what is added here are the parents, which
    are few even in a tree of a hundred thousand units.
    """
    return {key: told.headcount for key, told in subtree_totals(within).items()}


def subtree_totals(within: Sequence[str]) -> dict[int, Total]:
    """As `subtree_sums`, with the number of units."""
    active = below(within) & Unit.merged_into_id.is_(None)
    unknown = func.sum(case((Unit.headcount.is_(None), 1), else_=0))
    people = func.coalesce(func.sum(Unit.headcount), 0)
    grouped = select(Unit.parent_id, func.count(), people, unknown).where(active)
    rows = db.session.execute(grouped.group_by(Unit.parent_id))
    direct = {key: Total(units, Headcount(total, none)) for key, units, total, none in rows}
    parents = select(Unit.parent_id).where(active, Unit.parent_id.is_not(None))
    inner = select(Unit.id, Unit.parent_id, Unit.path, Unit.headcount)
    found = db.session.execute(inner.where(active, Unit.id.in_(parents))).all()
    sums: dict[int, Total] = {}
    # The deepest first, so that each sum is whole before it is added to the one above.
    for row in sorted(found, key=lambda one: one.path.count("/"), reverse=True):
        below_it = sums.get(row.id, Total()) + direct[row.id]
        if row.parent_id is not None:
            # As a child of its parent it was counted with its own number, or as unknown.
            twice = Total(0, Headcount(0, 0 if row.headcount is not None else -1))
            sums[row.parent_id] = sums.get(row.parent_id, Total()) + below_it + twice
        sums[row.id] = below_it + Total(1, Headcount(row.headcount or 0))
    return sums


def tops(within: Sequence[str]) -> list[UnitRow]:
    """The active units at the top of the reach; one inside another's reach is no top."""
    return _rows_where(_is_top(within))


def _is_top(within: Sequence[str]) -> ColumnElement[bool]:
    if "/" in within:
        return Unit.parent_id.is_(None)
    inside = {p for p in within if any(p != q and p.startswith(q) for q in within)}
    return Unit.path.in_(set(within) - inside)


def is_large(within: Sequence[str]) -> bool:
    """True when more than `LISTED_WHOLE` units are known to stand at or below the paths."""
    known = select(func.sum(UnitSum.units)).join(Unit, UnitSum.unit_id == Unit.id)
    return (db.session.scalar(known.where(_is_top(within))) or 0) > LISTED_WHOLE


def kept_totals(unit_ids: Collection[int]) -> dict[int, Total]:
    """The sums kept beside those of the units that have others below them."""
    rows = db.session.scalars(select(UnitSum).where(UnitSum.unit_id.in_(unit_ids)))
    return {row.unit_id: Total(row.units, Headcount(row.people, row.unknown)) for row in rows}


def _covering(paths: Sequence[str]) -> tuple[str, ...]:
    """Few paths that have all of these at or below them; beyond eight, the one above all."""
    tops = [path for path in paths if not any(path != p and path.startswith(p) for p in paths)]
    if len(tops) <= 8:
        return tuple(tops)
    return (commonpath(tops).rstrip("/") + "/",)


def choices(rows: Sequence[OfferedUnit]) -> list[tuple[int, str]]:
    """Choices of a select: (id, name), indented by their place among the rows."""
    top = min((row.path.count("/") for row in rows), default=0)
    return [
        (row.id, "\u2003" * (row.path.count("/") - top) + f"{row.name} ({row.code})")
        for row in rows
    ]


def unit_map(within: Sequence[str] = EVERYTHING) -> UnitMap:
    """All active units of the reach, to look up codes and names of a sheet; one query."""
    columns = [getattr(Unit, name) for name in UnitRef.__dataclass_fields__]
    query = select(*columns).where(below(within), Unit.merged_into_id.is_(None))
    return UnitMap(UnitRef(*row) for row in db.session.execute(query.order_by(Unit.id)))


def merged_into(unit_id: int) -> list[Unit]:
    """The units that were merged into this one, in order of their codes."""
    query = select(Unit).where(Unit.merged_into_id == unit_id).order_by(Unit.code)
    return list(db.session.scalars(query))


def cluster_by_id(cluster_id: int) -> Cluster | None:
    """One cluster."""
    return db.session.get(Cluster, cluster_id)


def members(cluster_id: int, within: Sequence[str] = EVERYTHING) -> list[UnitRow]:
    """The active units of a cluster, brothers and sisters in protocol order."""
    return tree.in_order(_rows_where(below(within) & (Unit.cluster_id == cluster_id)))


def clusters(within: Sequence[str] = EVERYTHING) -> list[tuple[Cluster, int]]:
    """All clusters in order of their names, each with the number of its active units."""
    counted = (Unit.cluster_id == Cluster.id) & Unit.merged_into_id.is_(None) & below(within)
    query = select(Cluster, func.count(Unit.id)).outerjoin(Unit, counted).group_by(Cluster.id)
    found = [(cluster, count) for cluster, count in db.session.execute(query)]
    return sorted(found, key=lambda pair: natural_key(pair[0].name))


def cluster_names(unit_ids: Collection[int]) -> dict[int, str]:
    """What the cluster of each of these units is called; units in none are not there."""
    query = select(Unit.id, Cluster.name).join(Cluster, Unit.cluster_id == Cluster.id)
    return dict(db.session.execute(query.where(Unit.id.in_(unit_ids))).all())


def units_to_export(within: Sequence[str]) -> list[tuple[Unit, str | None, str | None]]:
    """Active units in protocol order, each with its parent's code and its cluster's name."""
    parent = aliased(Unit)
    query = (
        select(Unit, parent.code, Cluster.name)
        .outerjoin(parent, Unit.parent_id == parent.id)
        .outerjoin(Cluster, Unit.cluster_id == Cluster.id)
        .where(below(within), Unit.merged_into_id.is_(None))
    )
    found = {unit: (code, cluster) for unit, code, cluster in db.session.execute(query)}
    return [(unit, *found[unit]) for unit in tree.in_order(found)]
