"""The stored rows of tables as plain JSON, and those of a congress."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Select, Table, select

from congress_app.database import Model, db
from congress_app.dossiers import holdings

Rows = dict[str, list[dict[str, Any]]]
AT_ONCE = 500


def table(name: str) -> Table:
    """The table of that name."""
    return Model.metadata.tables[name]


def ids_in(name: str, congress_id: int) -> Select[Any]:
    """Selects the keys of a table's rows that belong to the congress."""
    if name == "congress":
        return select(table("congress").c.id).where(table("congress").c.id == congress_id)
    column, parent = holdings.OWNERS[name]
    key = key_of(name)
    return select(key).where(table(name).c[column].in_(ids_in(parent, congress_id)))


def key_of(name: str) -> Any:
    """The first key column of a table: what others point at."""
    return next(iter(table(name).primary_key.columns))


def persons_of(congress_id: int) -> Select[Any]:
    """Selects the persons who were delegates of the congress or stood in its elections."""
    delegate, candidate = table("delegate"), table("candidate")
    came = select(delegate.c.person_id).where(delegate.c.congress_id == congress_id)
    stood = select(candidate.c.person_id).where(
        candidate.c.id.in_(ids_in("candidate", congress_id))
    )
    return select(came.union(stood).subquery())


def congress_rows(congress_id: int) -> Rows:
    """Everything of a congress without secrets and contacts, in the order of the keys."""
    found: Rows = {"congress": plain_rows("congress", table("congress").c.id == congress_id)}
    person = table("person")
    found["person"] = plain_rows("person", person.c.id.in_(persons_of(congress_id)))
    for name in sorted(holdings.OWNERS):
        column, parent = holdings.OWNERS[name]
        owned = table(name).c[column].in_(ids_in(parent, congress_id))
        found[name] = plain_rows(name, owned)
    return found


def plain_rows(name: str, condition: Any, *, whole: bool = False) -> list[dict[str, Any]]:
    """The rows a condition finds; `whole`: with contacts and the bytes of files."""
    hidden = holdings.hidden_columns(name, contacts=whole)
    columns = [column for column in table(name).columns if column.name not in hidden]
    order = list(table(name).primary_key.columns)
    rows = db.session.execute(select(*columns).where(condition).order_by(*order))
    return [
        {key: _plain(value, whole=whole) for key, value in row._mapping.items()} for row in rows
    ]


def _plain(value: Any, *, whole: bool) -> Any:
    if isinstance(value, bytes) and not whole:
        return {"size": len(value), "sha256": hashlib.sha256(value).hexdigest()}
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return value


def needed_elsewhere(congress_id: int) -> tuple[Select[Any], ...]:
    """Selects of the persons another congress, not purged yet, still has to reach."""
    dossier, delegate = table("dossier"), table("delegate")
    candidate, election = table("candidate"), table("election")
    purged = select(dossier.c.congress_id).where(dossier.c.purged_at.is_not(None))
    came = select(delegate.c.person_id).where(
        delegate.c.congress_id != congress_id, delegate.c.congress_id.not_in(purged)
    )
    stood = (
        select(candidate.c.person_id)
        .join(election, candidate.c.election_id == election.c.id)
        .where(election.c.congress_id != congress_id, election.c.congress_id.not_in(purged))
    )
    return came, stood
