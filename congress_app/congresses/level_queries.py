"""Which units stand at which level, asked of the database instead of the whole tree.

The same as `placing.by_level`. Of a hundred thousand units nearly all stand below bases; the
kinds of the parents, which are few, tell the bases apart from them.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import aliased

from congress_app.congresses.rulebook import Level, Rulebook
from congress_app.database import db
from congress_app.units.models import Unit
from congress_app.units.tree import Kind, ids_of


def of_levels(book: Rulebook, *levels: Level) -> ColumnElement[bool]:
    """Units whose kind holds congresses of these levels; for levels above the base."""
    kinds = {kind for level in levels for kind in book.levels[level].unit_kinds}
    return Unit.kind.in_(kinds)


def at_base(book: Rulebook, path: str = "/") -> ColumnElement[bool]:
    """Units of a base kind below the path that do not stand right below another one."""
    kinds = book.levels[Level.BASE].unit_kinds
    above = aliased(Unit)
    parents = select(above.id).where(above.kind.in_({kind.value for kind in Kind} - set(kinds)))
    if path != "/":
        parents = parents.where(above.path.startswith(path))
    return and_(Unit.kind.in_(kinds), Unit.parent_id.in_(parents))


def not_below_bases(book: Rulebook) -> ColumnElement[bool]:
    """All units but those right below one of a base kind, which are nearly all."""
    kinds = book.levels[Level.BASE].unit_kinds
    one, above = aliased(Unit), aliased(Unit)
    parents = select(above.id).where(above.kind.in_({kind.value for kind in Kind} - set(kinds)))
    # Two lists of numbers, because an index answers each and none answers "or".
    found = select(one.id).where(one.parent_id.in_(parents))
    return Unit.id.in_(found.union_all(select(one.id).where(one.parent_id.is_(None))))


def inside_a_base(book: Rulebook, paths: Collection[str]) -> set[str]:
    """Those of the paths with a base above them, however far: nothing there holds a congress."""
    above = {key for path in paths for key in ids_of(path)[:-1]}
    kinds = book.levels[Level.BASE].unit_kinds
    wanted = select(Unit.id).where(Unit.id.in_(above), Unit.kind.in_(kinds))
    bases = set(db.session.scalars(wanted))
    return {path for path in paths if bases.intersection(ids_of(path)[:-1])}
