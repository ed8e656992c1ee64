"""The stored rows of a congress or of a person, table by table, as plain JSON."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, false, or_, select

from congress_app.audit.models import Entry
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
    found: Rows = {"congress": _plain_rows("congress", table("congress").c.id == congress_id)}
    person = table("person")
    found["person"] = _plain_rows("person", person.c.id.in_(persons_of(congress_id)))
    for name in sorted(holdings.OWNERS):
        column, parent = holdings.OWNERS[name]
        owned = table(name).c[column].in_(ids_in(parent, congress_id))
        found[name] = _plain_rows(name, owned)
    return found


def edges_about_persons() -> Iterator[tuple[str, str, str]]:
    """(table, column, target) of every column that points at a row about one person."""
    for each in Model.metadata.sorted_tables:
        for column in each.columns:
            for key in column.foreign_keys:
                target = key.column.table.name
                aside = (each.name, column.name) in holdings.ASIDE
                if target in holdings.ABOUT_A_PERSON and not aside:
                    yield each.name, column.name, target


def _edges_in_order() -> list[tuple[str, str, str]]:
    return sorted(edges_about_persons(), key=lambda edge: holdings.ABOUT_A_PERSON.index(edge[2]))


def keys_about(known: dict[str, set[int]]) -> dict[str, set[int]]:
    """The keys of all rows about one person, table by table, followed from the `known` ones."""
    keys = dict(known)
    for name, column, target in _edges_in_order():
        if name in holdings.ABOUT_A_PERSON:
            owned = table(name).c[column].in_(keys.get(target, set()))
            held = set(db.session.scalars(select(key_of(name)).where(owned)))
            keys[name] = keys.get(name, set()) | held
    return keys


def owned_by(name: str, keys: Mapping[str, set[int]]) -> ColumnElement[bool]:
    """Which rows of a table point at rows with these keys, others' opinions included.

    Not those that only tell of another one: who came in his stead.
    """
    return or_(
        false(),
        *(
            column.in_(keys[key.column.table.name])
            for column in table(name).columns
            for key in column.foreign_keys
            if key.column.table.name in keys and (name, column.name) not in holdings.OF_ANOTHER
        ),
    )


def person_rows(person_id: int) -> Rows:
    """Everything that is kept about one person: contacts and files included, secrets not."""
    link = table("exemplar_person")
    praised = select(link.c.exemplar_id).where(link.c.person_id == person_id)
    keys = keys_about({"person": {person_id}, "exemplar": set(db.session.scalars(praised))})
    found: Rows = {}
    for name in holdings.ABOUT_A_PERSON:
        found[name] = _plain_rows(name, key_of(name).in_(keys.get(name, set())), contacts=True)
    for name, column, target in _edges_in_order():
        if name not in holdings.ABOUT_A_PERSON:
            owned = table(name).c[column].in_(keys.get(target, set()))
            known = found.setdefault(name, [])
            known += [row for row in _plain_rows(name, owned, contacts=True) if row not in known]
    found[Entry.__tablename__] = _log_about(keys)
    return {name: rows for name, rows in sorted(found.items()) if rows}


def _log_about(keys: dict[str, set[int]]) -> list[dict[str, Any]]:
    rows = []
    for name, wanted in sorted(keys.items()):
        rows += _plain_rows(
            Entry.__tablename__,
            (table(Entry.__tablename__).c.subject_kind == name)
            & table(Entry.__tablename__).c.subject_id.in_(wanted),
        )
    return rows


def _plain_rows(name: str, condition: Any, *, contacts: bool = False) -> list[dict[str, Any]]:
    hidden = holdings.hidden_columns(name, contacts=contacts)
    columns = [column for column in table(name).columns if column.name not in hidden]
    order = list(table(name).primary_key.columns)
    rows = db.session.execute(select(*columns).where(condition).order_by(*order))
    return [
        {key: _plain(value, whole=contacts) for key, value in row._mapping.items()} for row in rows
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
