"""Reads what a restore undoes: from the log that is about to be replaced.

The one that comes back knows nothing of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import inspect, null, select
from sqlalchemy.exc import SQLAlchemyError

from congress_app.accounts.models import User
from congress_app.audit.models import Entry
from congress_app.badges.models import Badge
from congress_app.database import db
from congress_app.delegates.models import Delegate, Person
from congress_app.dossiers.models import DataRequest
from congress_app.exemplars.models import Exemplar
from congress_app.operations.undone import (
    ACTIONS,
    MARK,
    PUBLISH,
    RESTORE,
    Undone,
    Whose,
    from_line,
    together,
)
from congress_app.scanners.models import Device


def since(known: frozenset[str]) -> tuple[Undone, ...] | None:
    """What was done that a log with entries of these marks does not know, the first first.

    With what earlier restores had undone. None when the log that is there now cannot be read:
    an older program's, or damaged.
    """
    try:
        if Entry.__tablename__ not in inspect(db.engine).get_table_names():
            return ()  # an empty place
        return together(_since(known))
    except (SQLAlchemyError, ValueError):
        return None
    finally:
        db.session.rollback()


def _since(known: frozenset[str]) -> Iterable[Undone]:
    rows = db.session.execute(
        select(Entry.at, Entry.action, Entry.subject_kind, Entry.subject_id, Entry.hash)
        .add_columns(Entry.changes)
        .where(Entry.action.in_((*ACTIONS, PUBLISH, RESTORE)))
        .order_by(Entry.id)
    )
    askers = _askers()
    for row in rows.all():
        mark = (row.hash or "")[:MARK]
        if mark and mark in known:
            continue
        if row.action == RESTORE:
            yield from _carried(row, known)
        elif row.action != PUBLISH or row.changes.get("is_public") == [True, False]:
            whose = _whose(row.subject_kind, row.subject_id, askers)
            yield Undone(row.at, row.action, row.subject_kind, row.subject_id, whose, mark)


def _carried(row: Any, known: frozenset[str]) -> Iterable[Undone]:
    """What that restore had undone: done after it only where somebody did it again."""
    for line in str(row.changes.get("undone", "")).split(";"):
        one = from_line(line, row.at)
        if one and one.mark not in known:
            yield one


def _whose(kind: str, number: int | None, askers: Mapping[int, Whose]) -> Whose:
    if kind == Person.__tablename__:
        return Whose(person_id=number)
    if kind != DataRequest.__tablename__ or number is None:
        return Whose()
    return askers.get(number, Whose())


def _askers() -> dict[int, Whose]:
    """By number of the request: who asked. What is there now may be an older program's."""
    stored, table = inspect(db.engine), DataRequest.__tablename__
    if not stored.has_table(table):
        return {}
    columns = {one["name"] for one in stored.get_columns(table)}
    # Up to revision 0032 nobody but a delegate's person could ask.
    exemplar = DataRequest.exemplar_id if "exemplar_id" in columns else null()
    wanted = select(DataRequest.id, DataRequest.person_id, exemplar, DataRequest.person_name)
    return {
        number: Whose(person_id, exemplar_id, "" if person_id or exemplar_id else name)
        for number, person_id, exemplar_id, name in db.session.execute(wanted)
    }


def names(undone: Collection[Undone]) -> dict[tuple[str, int], str]:
    """Who and what the numbers are, by what is stored now.

    Asked after a restore: a name that had been deleted is back, and so is the account. Whoever
    is known by name only may have asked after the copy was made: his name was told before.
    """
    by_name = {
        (one.kind, one.number): one.whose.name for one in undone if one.whose.name and one.number
    }
    wanted = _numbers(undone)
    delegate = select(Delegate.id, Person.full_name).join(Person)
    asked = {
        Person.__tablename__: (select(Person.id, Person.full_name), Person.id),
        Exemplar.__tablename__: (select(Exemplar.id, Exemplar.name), Exemplar.id),
        User.__tablename__: (select(User.id, User.username), User.id),
        Device.__tablename__: (select(Device.id, Device.name), Device.id),
        Delegate.__tablename__: (delegate, Delegate.id),
        Badge.__tablename__: (
            select(Badge.id, Person.full_name)
            .join(Delegate, Badge.delegate_id == Delegate.id)
            .join(Person, Delegate.person_id == Person.id),
            Badge.id,
        ),
    }
    stored = {
        (kind, number): name
        for kind, (rows, key) in asked.items()
        if kind in wanted
        for number, name in db.session.execute(
            rows.where(key.in_(wanted[kind])).order_by(key)
        ).all()
    }
    return stored | by_name


def _numbers(undone: Collection[Undone]) -> dict[str, set[int]]:
    """What the acts were done to, and whom they were about, by table."""
    found: dict[str, set[int]] = {}
    for one in undone:
        about = (
            (Person.__tablename__, one.whose.person_id),
            (Exemplar.__tablename__, one.whose.exemplar_id),
            (one.kind, one.number),
        )
        for kind, number in about:
            if number:
                found.setdefault(kind, set()).add(number)
    return found
