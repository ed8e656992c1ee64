"""Which rows, and which entries of the log, are one person's.

Handing over and deleting both ask here, so that neither knows of less than the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, false, func, or_, select
from sqlalchemy.orm import aliased

from congress_app.audit import sealed_queries
from congress_app.audit.chain import SEALED
from congress_app.audit.models import Entry
from congress_app.database import Model, db
from congress_app.dossiers import holdings, row_queries
from congress_app.dossiers.row_queries import Rows

Keys = Mapping[str, set[int]]

# Who a row that points at an exemplar belongs to, when it names somebody: a speech about
# another one's model is its speaker's, with what he wrote and when he can be there.
_SPEAKERS = {("speech", "exemplar_id"): ("delegate_id", "delegate")}


def edges_about_persons() -> Iterator[tuple[str, str, str]]:
    """(table, column, target) of every column that points at a row about one person."""
    for each in Model.metadata.sorted_tables:
        for column in each.columns:
            for key in column.foreign_keys:
                target = key.column.table.name
                another = (each.name, column.name) in holdings.OF_ANOTHER
                if target in holdings.ABOUT_A_PERSON and not another:
                    yield each.name, column.name, target


def keys_about(person_id: int, *, praised: bool = False) -> dict[str, set[int]]:
    """The keys of the rows about one person, table by table; `praised`: as an exemplar too."""
    keys = {"person": {person_id}}
    if praised:
        link = row_queries.table("exemplar_person")
        own = select(link.c.exemplar_id).where(link.c.person_id == person_id)
        keys["exemplar"] = set(db.session.scalars(own))
    return _with_what_points(keys)


def keys_about_exemplar(exemplar_id: int) -> dict[str, set[int]]:
    """The keys of the rows about an exemplar who is no delegate's person."""
    return _with_what_points({"person": set(), "exemplar": {exemplar_id}})


def _with_what_points(keys: dict[str, set[int]]) -> dict[str, set[int]]:
    place = holdings.ABOUT_A_PERSON.index
    for name, column, target in sorted(edges_about_persons(), key=lambda edge: place(edge[2])):
        if name in holdings.ABOUT_A_PERSON:
            owned = _pointing(name, column, keys.get(target, set()), keys)
            held = set(db.session.scalars(select(row_queries.key_of(name)).where(owned)))
            keys[name] = keys.get(name, set()) | held
    return keys


def _pointing(name: str, column: str, ids: set[int], keys: Keys) -> ColumnElement[bool]:
    """Which rows of a table point at the ids by a column, and are nobody else's by another."""
    rows = row_queries.table(name).c
    owned: ColumnElement[bool] = rows[column].in_(ids)
    if (name, column) not in _SPEAKERS:
        return owned
    speaker, target = _SPEAKERS[name, column]
    return owned & or_(rows[speaker].is_(None), rows[speaker].in_(keys.get(target, set())))


def tables_of(keys: Keys) -> list[str]:
    """The person's tables, and every one that points at them."""
    pointing = {name for name, _column, target in edges_about_persons() if target in keys}
    return sorted(pointing | set(keys))


def is_of(name: str, keys: Keys) -> ColumnElement[bool]:
    """Which rows of a table are the person's: by their own keys, or by what they point at."""
    if name in keys:
        own: ColumnElement[bool] = row_queries.key_of(name).in_(keys[name])
        return own
    return or_(
        false(),
        *(
            row_queries.table(name).c[column].in_(keys[target])
            for table, column, target in edges_about_persons()
            if table == name and target in keys
        ),
    )


def entries_about(keys: Keys) -> dict[str, set[int]]:
    """By table: the log's entries about the rows that are the person's.

    A name struck off a list of candidates leaves no row behind; its entry tells whose it was.
    Why a delegate left stands in the entry about the reserve who was called in his stead.
    """
    found = {}
    for name in tables_of(keys):
        if len(row_queries.table(name).primary_key) == 1:
            own = select(row_queries.key_of(name)).where(is_of(name, keys))
            found[name] = _entries(name, set(db.session.scalars(own)))
    found["candidate"] |= _struck(keys["person"])
    found["elected_place"] |= _called_instead(keys["delegate"])
    return {name: held for name, held in found.items() if held}


def _entries(kind: str, ids: set[int]) -> set[int]:
    """Entries about rows that are there; not about others that had the same numbers before."""
    wanted = select(Entry.id).where(Entry.subject_kind == kind, Entry.subject_id.in_(ids))
    return set(db.session.scalars(wanted.where(_end().is_(None))))


def _struck(persons: set[int]) -> set[int]:
    """Entries about the candidates whose striking names one of the persons."""
    strikings = select(Entry.number, Entry.subject_id, Entry.changes).where(
        Entry.action == holdings.STRIKING
    )
    his = [row for row in db.session.execute(strikings) if row.changes.get("person_id") in persons]
    wanted = select(Entry.id).where(
        Entry.subject_kind == "candidate",
        Entry.subject_id.in_({row.subject_id for row in his}),
        _end().in_([row.number for row in his]),
    )
    return set(db.session.scalars(wanted))


def _end() -> ScalarSelect[int]:
    """Of an entry: the number of the one that tells of the end of the row it is about.

    The number of a row may have been another one's before and after; None while it is there.
    """
    end = aliased(Entry)
    wanted = select(func.min(end.number)).where(
        end.subject_kind == Entry.subject_kind,
        end.subject_id == Entry.subject_id,
        end.action.in_(holdings.LAST_ACTS),
        end.number >= Entry.number,
    )
    return wanted.correlate(Entry).scalar_subquery()


def _called_instead(delegates: set[int]) -> set[int]:
    call = row_queries.table("reserve_call")
    places = select(call.c.place_id).where(call.c.replaced_id.in_(delegates))
    wanted = select(Entry.id).where(
        Entry.action == holdings.CALLING,
        Entry.subject_kind == "elected_place",
        Entry.subject_id.in_(places),
    )
    return set(db.session.scalars(wanted))


def person_rows(person_id: int) -> Rows:
    """Everything that is kept about one person: contacts and files included, secrets not."""
    return rows_of(keys_about(person_id, praised=True))


def rows_of(keys: Keys) -> Rows:
    """Everything that is kept about whoever has these keys."""
    found: Rows = {
        name: row_queries.plain_rows(name, is_of(name, keys), whole=True)
        for name in tables_of(keys)
        if name not in holdings.NOT_HANDED_OVER
    }
    log = Entry.__tablename__
    told = set().union(*entries_about(keys).values())
    found[log] = [_entry(row) for row in row_queries.plain_rows(log, Entry.id.in_(told))]
    return {name: rows for name, rows in sorted(found.items()) if rows}


def _entry(row: dict[str, Any]) -> dict[str, Any]:
    """An entry with what is sealed in it opened, for it is his; without the network address
    where somebody of the staff acted from it."""
    is_own = row["actor_kind"] == "delegate"
    told = {key: value for key, value in row.items() if is_own or key != "address"}
    values = sealed_queries.opened(row["subject_kind"], row["subject_id"], row["changes"])
    plain = {key: value for key, value in row["changes"].items() if key != SEALED}
    return told | {"changes": {**plain, **values}}
