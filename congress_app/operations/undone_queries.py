"""What a restore undoes and somebody must do again: for a person's rights, against an intruder.

The log that is about to be replaced tells it; the one that comes back knows nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import inspect, select
from sqlalchemy.exc import SQLAlchemyError

from congress_app.audit.chain import Anchor
from congress_app.audit.models import Entry
from congress_app.database import db
from congress_app.delegates.models import Person
from congress_app.dossiers.models import DataRequest

ACTIONS = (
    "dossier.purge",
    "person.request",
    "person.restrict",
    "person.release",
    "person.erase",
    "person.done",
    "exemplar.consent_withdraw",
    "user.deactivate",
    "user.idle_lock",
    "user.revoke",
    "user.reset_password",
    "user.factor_reset",
    "device.revoke",
    "delegate.link_revoke",
)


@dataclass(frozen=True)
class Undone:
    """One such act, without anybody's name; `person_id` where it was about a person's data."""

    at: datetime
    action: str
    subject: str  # what it was done to, as the log has it: "user_account 12"
    person_id: int | None


def since(head: Anchor | None) -> tuple[Undone, ...] | None:
    """What was done after that end of the log, the first first; all when it is none of ours.

    None when the log that is there now cannot be read: an older program's, or damaged.
    """
    try:
        if Entry.__tablename__ not in inspect(db.engine).get_table_names():
            return ()  # an empty place
        return tuple(_since(head))
    except SQLAlchemyError:
        return None
    finally:
        db.session.rollback()


def _since(head: Anchor | None) -> list[Undone]:
    is_ours = head is not None and head.hash == db.session.scalar(
        select(Entry.hash).where(Entry.number == head.number)
    )
    rows = db.session.execute(
        select(Entry.at, Entry.action, Entry.subject_kind, Entry.subject_id)
        .where(Entry.action.in_(ACTIONS), Entry.number > (head.number if head and is_ours else 0))
        .order_by(Entry.number)
    )
    return [
        Undone(
            row.at,
            row.action,
            f"{row.subject_kind} {row.subject_id}",
            _person(row.subject_kind, row.subject_id),
        )
        for row in rows
    ]


def _person(kind: str, number: int | None) -> int | None:
    if kind == Person.__tablename__:
        return number
    if kind != DataRequest.__tablename__:
        return None
    return db.session.scalar(select(DataRequest.person_id).where(DataRequest.id == number))


def names(undone: Iterable[Undone]) -> dict[int, str]:
    """Who the persons are, by what is stored now: after a restore a deleted name is back."""
    wanted = {one.person_id for one in undone if one.person_id}
    rows = db.session.execute(
        select(Person.id, Person.full_name).where(Person.id.in_(wanted)).order_by(Person.id)
    )
    return {row.id: row.full_name for row in rows}
