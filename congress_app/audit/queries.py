"""What the log holds: of everything, of a subject, of an actor; newest first.

In the order of the chain's numbers, which nobody can change unseen; ids are covered by no
hash.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, String, cast, false, func, or_, select, true

from congress_app.audit.models import Entry
from congress_app.database import db
from congress_app.kernel import clock


@dataclass(frozen=True)
class Wanted:
    """Which entries to show; what is None does not narrow. Days are the venue's."""

    actor: str | None = None
    action: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    subject_kind: str | None = None
    subject_id: int | None = None
    subject: str | None = None
    # The units the entry must belong to, as paths; an empty list finds nothing.
    unit_paths: tuple[str, ...] | None = None


def entries(
    wanted: Wanted, *, within: Sequence[str], whole_house: bool, offset: int, limit: int | None
) -> tuple[list[Entry], int]:
    """A stretch of the entries and how many there are in all.

    `within` are the unit paths the reader may see. Entries that belong to no unit (a
    refused sign-in, a rulebook) are for readers of the whole house.
    """
    chosen = _chosen(wanted).where(_visible(within, whole_house))
    total = db.session.scalar(chosen.with_only_columns(func.count(Entry.id))) or 0
    ordered = chosen.order_by(Entry.number.desc()).offset(offset).limit(limit)
    return list(db.session.scalars(ordered)), total


def history(
    subject_kind: str, subject_id: int, limit: int | None = 50, *, holding: str = ""
) -> list[Entry]:
    """The latest entries of one stored row, by the name of its table; of those whose changes
    hold the word, if one is given.

    Only those after the last deletion of a row with this number: the others are about another
    row, since SQLite gives a number again where the table does not say NEVER_AGAIN, and gave it
    in every table until revision 0030.
    """
    chosen = _chosen(Wanted(subject_kind=subject_kind, subject_id=subject_id))
    deleted = chosen.where(Entry.action.endswith(".delete", autoescape=True))
    last = deleted.with_only_columns(func.coalesce(func.max(Entry.number), 0)).scalar_subquery()
    later = chosen.where(Entry.number > last)
    if holding:
        later = later.where(cast(Entry.changes, String).contains(holding, autoescape=True))
    return list(db.session.scalars(later.order_by(Entry.number.desc()).limit(limit)))


def of_actor(actor_kind: str, actor_id: int, limit: int = 50) -> list[Entry]:
    """The latest entries of one user or device."""
    query = select(Entry).where(Entry.actor_kind == actor_kind, Entry.actor_id == actor_id)
    return list(db.session.scalars(query.order_by(Entry.number.desc()).limit(limit)))


def _chosen(wanted: Wanted) -> Select[Entry]:
    query = select(Entry)
    if wanted.actor:
        query = query.where(Entry.actor_name.icontains(wanted.actor, autoescape=True))
    if wanted.action:
        query = query.where(Entry.action == wanted.action)
    if wanted.first_day:
        query = query.where(Entry.at >= _midnight(wanted.first_day))
    if wanted.last_day:
        query = query.where(Entry.at < _midnight(wanted.last_day + timedelta(days=1)))
    if wanted.subject_kind:
        query = query.where(Entry.subject_kind == wanted.subject_kind)
    if wanted.subject_id is not None:
        query = query.where(Entry.subject_id == wanted.subject_id)
    if wanted.subject:
        query = query.where(Entry.subject_name.icontains(wanted.subject, autoescape=True))
    if wanted.unit_paths is not None:
        query = query.where(
            or_(false(), *(Entry.unit_path.startswith(path) for path in wanted.unit_paths))
        )
    return query


def _visible(within: Sequence[str], whole_house: bool) -> ColumnElement[bool]:
    if whole_house:
        return true()
    return or_(false(), *(Entry.unit_path.startswith(path) for path in within))


def _midnight(day: date) -> datetime:
    return clock.from_venue(datetime.combine(day, time.min))
