"""Whom the award items of a programme honour, and whom they may."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.exemplars import queries as exemplar_queries
from congress_app.exemplars.models import Exemplar
from congress_app.exemplars.wanted import Wanted
from congress_app.programme.exemplar_queries import is_selected
from congress_app.programme.honours import Honour, HonourLine, honours_of, usual_award
from congress_app.programme.models import Item, Session


def lines_of(congress_id: int) -> dict[int, tuple[HonourLine, ...]]:
    """By award item who is honoured, in order; items without a list are left out."""
    items = db.session.execute(
        select(Item.id, Item.honours)
        .join(Session, Item.session_id == Session.id)
        .where(
            Session.congress_id == congress_id,
            Item.kind == "award",
            Item.honours.is_not(None),
        )
    ).all()
    lists = {item_id: honours_of(stored) for item_id, stored in items}
    rows = _exemplars(each.exemplar_id for honours in lists.values() for each in honours)
    return {item_id: _lines(honours, rows) for item_id, honours in lists.items()}


def lines_for(honours: Sequence[Honour]) -> tuple[HonourLine, ...]:
    """The same of a list that is being typed; unknown exemplars are left out."""
    return _lines(honours, _exemplars(each.exemplar_id for each in honours))


def lines_sent(
    congress: Congress, item: Item, exemplar_ids: Sequence[int]
) -> tuple[HonourLine, ...]:
    """The lines a page was sent back with, without their awards.

    A number in a form can be anybody's: exemplars of other units are left out, unless the
    item honours them already.
    """
    standing = {each.exemplar_id for each in honours_of(item.honours)}
    rows = {
        key: row
        for key, row in _exemplars(exemplar_ids).items()
        if key in standing or row.unit.path.startswith(congress.unit.path)
    }
    return _lines([Honour(key, "") for key in exemplar_ids], rows)


def candidates(
    congress: Congress, *, without: Collection[int], text: str = "", limit: int
) -> tuple[list[Exemplar], int]:
    """Exemplars of the congress's units that a council selected, in the register's order.

    The first so many, and how many more there are.
    """
    reach, wanted = (congress.unit.path,), Wanted(text=text or None, selected=True)
    found = exemplar_queries.exemplars(reach, wanted, limit=limit + len(without))
    rows = [row for row in found if row.id not in without][:limit]
    left_out = exemplar_queries.total(reach, replace(wanted, ids=tuple(without)))
    return rows, exemplar_queries.total(reach, wanted) - left_out - len(rows)


def candidates_among(congress: Congress, ids: Collection[int]) -> list[Exemplar]:
    """Those of the exemplars that may be honoured here, in the register's order."""
    if not ids:
        return []
    wanted = Wanted(selected=True, ids=tuple(ids))
    return exemplar_queries.exemplars((congress.unit.path,), wanted)


def usual_honour(row: Exemplar) -> Honour:
    """The exemplar with the award that is proposed to be read."""
    return Honour(row.id, usual_award(exemplar_queries.award_facts(row.awards)))


def _exemplars(ids: Iterable[int]) -> dict[int, Exemplar]:
    wanted = set(ids)
    if not wanted:
        return {}
    query = select(Exemplar).where(Exemplar.id.in_(wanted))
    rows = db.session.scalars(query.options(selectinload(Exemplar.nominations))).unique()
    return {row.id: row for row in rows}


def _lines(honours: Sequence[Honour], rows: dict[int, Exemplar]) -> tuple[HonourLine, ...]:
    return tuple(
        HonourLine(row.id, row.name, row.unit.name, each.award, is_selected(row))
        for each in honours
        if (row := rows.get(each.exemplar_id)) is not None
    )
