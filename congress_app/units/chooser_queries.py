"""The units a form offers: the list of them, what a typed text means, what to suggest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import aliased

from congress_app.database import db
from congress_app.kernel.vietnamese import fold, nfc
from congress_app.units import queries, tree
from congress_app.units.chooser import FEW, LEAST_LETTERS, NAMED, Offered, Option, Suggestion
from congress_app.units.lookup import (
    OfferedUnit,
    UnitMap,
    UnitRef,
    codes_in,
    name_and_above,
    spellings,
    units_meant,
)
from congress_app.units.models import Unit
from congress_app.units.tree import Kind

_REF = [getattr(Unit, name) for name in UnitRef.__dataclass_fields__]
_ROW = [getattr(Unit, name) for name in OfferedUnit._fields]
# Of the units that hold the words of a name the shortest are looked at: among them are those
# that bear just this name.
_LOOKED_AT = 500
_SORTED = 1_000
_UPPER_KINDS = [kind.value for kind in Kind if kind is not Kind.DEPARTMENT]


def options(offered: Offered) -> list[Option] | None:
    """All units offered, by protocol, indented by their place; None when they are many."""
    found = db.session.execute(select(*_ROW).where(_is_offered(offered)).limit(FEW + 1))
    rows = [OfferedUnit._make(row) for row in found]
    if len(rows) > FEW:
        return None
    codes = {row.id: row.code for row in rows}
    listed = queries.choices(tree.in_order(rows))
    return [Option(key, codes[key], words) for key, words in listed]


def meant(text: str, offered: Offered) -> tuple[Suggestion, ...]:
    """The offered units the text names: by code, by name, or "name, name of one above".

    `lookup.units_meant` decides; read are only the units it could mean. Of very many
    namesakes one more is given than a refusal names.
    """
    found = [unit for unit in units_meant(text, _possible(text, offered)) if offered.takes(unit)]
    return _suggestions([unit.id for unit in sorted(found, key=_place)[: NAMED + 1]])


def near(text: str, offered: Offered, most: int = NAMED) -> tuple[Suggestion, ...]:
    """The offered units whose names or codes hold every word.

    The one with this code comes first, the upper levels before the lower, departments last.
    """
    bare = nfc(text)
    if len(fold(bare)) < LEAST_LETTERS:
        return ()
    fits = _is_offered(offered) & _holds(bare, codes=True)
    # Nearly all units of a whole country are departments: they are asked for only when the
    # others do not fill the list.
    parts = (
        Unit.code.in_((bare, bare.upper(), bare.lower())),
        Unit.kind.in_(_UPPER_KINDS),
        Unit.kind == Kind.DEPARTMENT,
    )
    found: dict[int, None] = {}
    for part in parts:
        if len(found) < most:
            found |= dict.fromkeys(_first(fits & part, most))
    return _suggestions(list(found)[:most])


def by_id(unit_id: int, offered: Offered) -> Suggestion | None:
    """The unit, if it is offered."""
    found = db.session.scalars(select(Unit.id).where(_is_offered(offered), Unit.id == unit_id))
    return next(iter(_suggestions(found.all())), None)


def _within(offered: Offered) -> ColumnElement[bool]:
    reach = queries.below(offered.within) & Unit.merged_into_id.is_(None)
    return reach if offered.kept is None else or_(reach, Unit.id == offered.kept)


def _is_offered(offered: Offered) -> ColumnElement[bool]:
    told = queries.below(offered.within) & Unit.merged_into_id.is_(None)
    if offered.kinds:
        told &= Unit.kind.in_(offered.kinds)
    if offered.outside is not None:
        told &= ~Unit.path.startswith(offered.outside)
    return told if offered.kept is None else or_(told, Unit.id == offered.kept)


def _possible(text: str, offered: Offered) -> UnitMap:
    """At least every unit of the reach that the text may mean."""
    reach = _within(offered)
    codes = codes_in(text)
    # SQLite knows no small letter of those with marks.
    alike = func.lower(Unit.code).in_([code.lower() for code in codes])
    found = list(_refs(reach & or_(Unit.code.in_(codes), alike)))
    if found:
        return UnitMap(found)
    found += _refs(reach & _holds(text))
    for name, above in name_and_above(text):
        upper = UnitMap(_refs(reach & _holds(above))).named(above)[:NAMED]
        found += upper
        if upper:
            below = queries.below([unit.path for unit in upper])
            found += _refs(reach & below & _holds(name))
    return UnitMap({unit.id: unit for unit in found}.values())


def _refs(condition: ColumnElement[bool]) -> Iterable[UnitRef]:
    query = select(*_REF).where(condition).order_by(func.length(Unit.search_key), Unit.id)
    return [UnitRef(*row) for row in db.session.execute(query.limit(_LOOKED_AT))]


def _holds(text: str, *, codes: bool = False) -> ColumnElement[bool]:
    """The condition that the name holds every word, in one spelling or another."""
    parts = []
    for words in spellings(nfc(text)):
        ways = [Unit.search_key.contains(word, autoescape=True) for word in words]
        if codes:
            ways.append(func.lower(Unit.code).contains(words[0], autoescape=True))
        parts.append(or_(*ways))
    # Marks alone name nothing.
    return and_(*parts) if parts else false()


def _first(condition: ColumnElement[bool], most: int) -> list[int]:
    """The first of the units by level and protocol.

    Words that nearly every unit bears find thousands: of those a part is looked at, and
    whoever means another one types one more word.
    """
    depth = func.length(Unit.path) - func.length(func.replace(Unit.path, "/", ""))
    columns = (Unit.id, depth.label("depth"), Unit.precedence, Unit.code)
    some = select(*columns).where(condition).limit(_SORTED).subquery()
    order = (some.c.depth, some.c.precedence, some.c.code)
    return list(db.session.scalars(select(some.c.id).order_by(*order).limit(most)))


def _suggestions(ids: Sequence[int]) -> tuple[Suggestion, ...]:
    """The units in this order, each with the name of the one above."""
    upper = aliased(Unit)
    named = (
        select(Unit.id, Unit.code, Unit.name, upper.name)
        .outerjoin(upper, Unit.parent_id == upper.id)
        .where(Unit.id.in_(ids))
    )
    found = {row[0]: Suggestion._make(row) for row in db.session.execute(named)} if ids else {}
    return tuple(found[key] for key in ids)


def _place(unit: UnitRef) -> tuple[int, str]:
    return unit.path.count("/"), unit.code
