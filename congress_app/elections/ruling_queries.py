"""The committee's list: short facts of everybody, the whole facts of those who are shown."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import func, select

from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.delegates import bond_queries
from congress_app.delegates.models import Delegate, Person
from congress_app.elections import credential_doubts, credential_queries
from congress_app.elections.credential_classes import DelegateFacts, Head
from congress_app.elections.credential_doubts import Point
from congress_app.elections.credential_models import CredentialRuling
from congress_app.units.models import Unit

Doubts = dict[int, list[Point]]


_RULING = (
    select(CredentialRuling.ruling)
    .where(CredentialRuling.delegate_id == Delegate.id)
    .order_by(CredentialRuling.id.desc())
    .limit(1)
    .scalar_subquery()
)
_COLUMNS: tuple[Any, ...] = (
    Delegate.id,
    Delegate.category,
    Delegate.number,
    Person.full_name,
    Person.search_key,
    func.coalesce(func.nullif(Unit.name, ""), Person.organisation, ""),
    credential_queries.DELEGATION.name,
    _RULING,
)


def heads(congress: Congress) -> list[Head]:
    """Everybody who is examined, in the order of `credential_queries.examined`."""
    statement = credential_queries.in_order(_COLUMNS, *credential_queries.conditions(congress))
    found = [Head._make(row) for row in db.session.execute(statement)]
    overtaken = _overtaken(congress)
    return [
        one._replace(ruling=credential_doubts.still(one.ruling))
        if one.delegate_id in overtaken
        else one
        for one in found
    ]


def _overtaken(congress: Congress) -> frozenset[int]:
    """The delegates who were changed after the ruling on them."""
    changed = bond_queries.identified_at(congress)
    rulings = credential_queries.rulings_on(changed) if changed else {}
    return frozenset(
        key for key, row in rulings.items() if credential_doubts.is_overtaken(row.at, changed[key])
    )


def shown(
    congress: Congress, everybody: Sequence[Head], keys: Collection[int]
) -> tuple[list[DelegateFacts], Doubts]:
    """The whole facts of some (`delegate_id`) in the list's order, and the doubts about them.

    Besides them only those are read whose names may be loosely theirs.
    """
    names = {one.name_key for one in everybody if one.delegate_id in keys}
    near = [one.delegate_id for one in everybody if one.name_key in names]
    read = credential_queries.examined(congress, Delegate.id.in_(near))
    found = credential_queries.doubts(congress, read)
    return [one for one in read if one.delegate_id in keys], {
        key: points for key, points in found.items() if key in keys
    }
