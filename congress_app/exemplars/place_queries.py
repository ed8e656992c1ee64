"""The units a list of exemplars is narrowed to: what is suggested, and what a text means."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import false, func, or_, select
from sqlalchemy.orm import aliased

from congress_app.database import db
from congress_app.kernel.vietnamese import fold, nfc
from congress_app.units import queries as unit_queries
from congress_app.units import tree
from congress_app.units.lookup import OfferedUnit
from congress_app.units.models import Unit
from congress_app.units.queries import below
from congress_app.units.tree import Kind

_CODE_AT_END = re.compile(r"\(([^()]+)\)$")


def shortest(within: Sequence[str]) -> Sequence[str]:
    """The same reach; one that holds the whole tree is told as such, so that no unit has to
    be looked at to know that it lies within."""
    if not any(path.count("/") <= 2 for path in within):
        return within
    out_of_reach = select(Unit.id).where(Unit.parent_id.is_(None), Unit.path.not_in(within))
    is_part = db.session.scalar(out_of_reach.limit(1)) is not None
    return within if is_part else unit_queries.EVERYTHING


def suggested(within: Sequence[str]) -> list[str]:
    """The units at the top of the reach and those directly below, each "name (code)"."""
    tops = unit_queries.tops(within)
    query = (
        select(Unit.name, Unit.code)
        .where(Unit.parent_id.in_([top.id for top in tops]), Unit.merged_into_id.is_(None))
        .where(Unit.kind != Kind.DEPARTMENT)
        .order_by(Unit.precedence, Unit.code)
    )
    found = [(top.name, top.code) for top in tops]
    found += [(name, code) for name, code in db.session.execute(query)]
    return [f"{name} ({code})" for name, code in found]


def unit_chosen(unit_id: int | None, within: Sequence[str]) -> Unit | None:
    """The active unit of the reach with this key; without one the first at the top of it."""
    unit = unit_queries.unit_by_id(unit_id) if unit_id else None
    if unit is not None and unit.merged_into_id is None and _is_within(unit.path, within):
        return unit
    tops = tree.in_order(unit_queries.tops(within))
    return unit_queries.unit_by_id(tops[0].id) if tops else None


def _is_within(path: str, within: Sequence[str]) -> bool:
    return any(path.startswith(one) for one in within)


def near(unit: Unit, within: Sequence[str]) -> list[tuple[int, str]]:
    """Choices of a select: the units at the top of the reach and directly below, those above
    the unit with their other units, and those directly below it.

    Whoever looks for one deeper chooses what it stands under first.
    """
    tops = [top.id for top in unit_queries.tops(within)]
    offered = Unit.id.in_(tops) | Unit.parent_id.in_([*tops, *tree.ids_of(unit.path)])
    columns = [getattr(Unit, name) for name in OfferedUnit._fields]
    query = select(*columns).where(offered, below(within), Unit.merged_into_id.is_(None))
    rows = [OfferedUnit._make(row) for row in db.session.execute(query)]
    return unit_queries.choices(tree.in_order(rows))


def paths_meant(text: str, within: Sequence[str], most: int) -> tuple[str, ...]:
    """The paths of the units with this code, alone or at the end in brackets; else of those
    whose name holds the text, `most` and one more at the utmost.

    A department that is called after its province is found with it.
    """
    bare = nfc(text)
    at_end = _CODE_AT_END.search(bare)
    codes = {bare.lower(), at_end.group(1).strip().lower() if at_end else bare.lower()}
    reachable = select(Unit.path).where(below(within), Unit.merged_into_id.is_(None))
    found = tuple(db.session.scalars(reachable.where(func.lower(Unit.code).in_(codes))))
    if found:
        return found
    upper, words = aliased(Unit), fold(bare)
    in_reach = or_(false(), *(upper.path.startswith(one) for one in within))
    above = select(upper.id).where(
        upper.id == Unit.parent_id, in_reach, upper.search_key.contains(words, autoescape=True)
    )
    named = reachable.where(Unit.search_key.contains(words, autoescape=True), ~above.exists())
    return tuple(db.session.scalars(named.order_by(Unit.path).limit(most + 1)))
