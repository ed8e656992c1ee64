"""What the log holds under seal: for a reading that is recorded, and for the person himself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import Row, Select, String, cast, func, select

from congress_app.audit import queries, sealing
from congress_app.audit.chain import SEALED
from congress_app.audit.models import Entry
from congress_app.database import db
from congress_app.formats import key_seal

# Entries looked through at a time.
_AT_ONCE = 1000


@dataclass(frozen=True)
class Past:
    """One change of sensitive facts as it can be read; `changes` are [before, after] each."""

    at: datetime
    action: str
    actor_kind: str
    actor_name: str
    changes: dict[str, Any]


def keys() -> tuple[str, ...]:
    """The server's keys, the present one first."""
    config = current_app.config
    return (str(config["SECRET_KEY"]), *config["SECRET_KEY_FALLBACKS"])


def newest_key() -> str:
    """The key to seal with, as it is in this moment: the request may be older than the key."""
    return str(current_app.extensions["newest_key"]())


def past(subject_kind: str, subject_id: int) -> list[Past]:
    """All changes of sensitive facts of one row, the newest first.

    What no key of the server opens any more is told as that it changed.
    """
    found = []
    for entry in queries.history(subject_kind, subject_id, limit=None, holding=SEALED):
        if SEALED in entry.changes:
            told = opened(subject_kind, subject_id, entry.changes)
            found.append(Past(entry.at, entry.action, entry.actor_kind, entry.actor_name, told))
    return found


def opened(subject_kind: str, subject_id: int | None, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The sealed values of an entry; those no key opens as that they changed."""
    values = sealing.opened(changes, keys(), bound_to(subject_kind, subject_id))
    if values is not None:
        return values
    return {key: one for key, one in changes.items() if one == sealing.CHANGED}


def bound_to(subject_kind: str, subject_id: int | None) -> str:
    """What sealed values are bound to."""
    return f"{subject_kind} {subject_id}"


def sealed_with() -> Counter[str]:
    """How many entries hold sealed values, by the name of the key that opens them."""
    return Counter(sealing.key_of(row.changes) for row in _holding())


def is_sealed_by_older(keys: Sequence[str]) -> bool:
    """Whether there is an entry whose values one of the older keys opens."""
    return any(anew(row, keys) is not None for row in _holding())


def part_end(after: int) -> int:
    """The last of the next rows of the log behind that one, as many as are looked through at a
    time; that row itself at the end. Few of them may hold anything sealed.
    """
    newest = db.session.scalar(select(func.max(Entry.id))) or 0
    return max(after, min(after + _AT_ONCE, newest))


def part_held(after: int, last: int) -> Sequence[Row[Any]]:
    """The entries with sealed values behind the one row up to the other.

    They are locked: what is erased in this moment must not be written back.
    """
    return db.session.execute(_part(after, last).with_for_update()).all()


def anew(row: Row[Any], keys: Sequence[str]) -> dict[str, Any] | None:
    """The changes of an entry with its values under the first of the keys; None where they
    lie under it already, or none of the keys opens them."""
    if SEALED not in row.changes or sealing.key_of(row.changes) == key_seal.key_name(keys[0]):
        return None
    about = bound_to(row.subject_kind, row.subject_id)
    return sealing.sealed_anew(row.changes, keys, about)


def _holding() -> Iterator[Row[Any]]:
    """In parts: of a whole season there are more than a server holds at once."""
    after = 0
    while (last := part_end(after)) > after:
        found = db.session.execute(_part(after, last)).all()
        yield from (row for row in found if SEALED in row.changes)
        after = last


def _part(after: int, last: int) -> Select[Any]:
    columns = Entry.id, Entry.subject_kind, Entry.subject_id, Entry.changes
    is_sealed = cast(Entry.changes, String).contains(SEALED)
    return select(*columns).where(Entry.id > after, Entry.id <= last, is_sealed).order_by(Entry.id)
