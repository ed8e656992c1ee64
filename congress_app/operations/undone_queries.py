"""Reads what a restore undoes: from the log that is about to be replaced.

The one that comes back knows nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.exc import SQLAlchemyError

from congress_app.accounts.models import User
from congress_app.audit.models import Entry
from congress_app.badges.models import Badge
from congress_app.database import db
from congress_app.delegates.models import Delegate, Person
from congress_app.dossiers.models import DataRequest
from congress_app.operations.undone import (
    ACTIONS,
    MARK,
    PUBLISH,
    RESTORE,
    Undone,
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
    for row in rows.all():
        mark = (row.hash or "")[:MARK]
        if mark and mark in known:
            continue
        if row.action == RESTORE:
            yield from _carried(row, known)
        elif row.action != PUBLISH or row.changes.get("is_public") == [True, False]:
            person = _person(row.subject_kind, row.subject_id)
            yield Undone(row.at, row.action, row.subject_kind, row.subject_id, person, mark)


def _carried(row: Any, known: frozenset[str]) -> Iterable[Undone]:
    """What that restore had undone: done after it only where somebody did it again."""
    for line in str(row.changes.get("undone", "")).split(";"):
        one = from_line(line, row.at)
        if one and one.mark not in known:
            yield one


def _person(kind: str, number: int | None) -> int | None:
    if kind == Person.__tablename__:
        return number
    if kind != DataRequest.__tablename__:
        return None
    return db.session.scalar(select(DataRequest.person_id).where(DataRequest.id == number))


def names(undone: Iterable[Undone]) -> dict[tuple[str, int], str]:
    """Who and what the numbers are, by what is stored now.

    Asked after a restore: a name that had been deleted is back, and so is the account.
    """
    wanted: dict[str, set[int]] = {}
    for one in undone:
        if one.person_id:
            wanted.setdefault(Person.__tablename__, set()).add(one.person_id)
        if one.number:
            wanted.setdefault(one.kind, set()).add(one.number)
    delegate = select(Delegate.id, Person.full_name).join(Person)
    asked = {
        Person.__tablename__: (select(Person.id, Person.full_name), Person.id),
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
    return {
        (kind, number): name
        for kind, (rows, key) in asked.items()
        if kind in wanted
        for number, name in db.session.execute(
            rows.where(key.in_(wanted[kind])).order_by(key)
        ).all()
    }
