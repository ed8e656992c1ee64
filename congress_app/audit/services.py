"""Write entries inside the transaction of whatever they tell of, and chain them.

Entries get their number and hash last, right before the commit, under the lock of the
chain's end: writers wait for each other only for that moment. On SQLite the transaction
itself is that lock. Scans write no entry (they have a log of their own), so the door
never waits for it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, inspect, select, update
from sqlalchemy.orm import Session

from congress_app.audit import chain, sealed_queries, sealing
from congress_app.audit.chain import Rest
from congress_app.audit.models import Entry, Head
from congress_app.database import Model, before_commit, transaction
from congress_app.kernel import clock
from congress_app.kernel.permissions import Actor
from congress_app.kernel.plain import plain

# The kind of actor who answers for himself, by his private link.
HIMSELF = "delegate"
# Where a row keeps what people call it, first found. No code: a badge's opens the door.
NAME_COLUMNS = ("name", "full_name", "username", "title")


@dataclass(frozen=True)
class Happening:
    """One entry of many that are written together; fields as in `record`."""

    subject: Model
    changes: Mapping[str, object] = field(default_factory=dict)
    unit_path: str | None = None
    name: str | None = None


def record(
    action: str,
    subject: Model | str,
    changes: Mapping[str, object] | None = None,
    *,
    actor: Actor,
    unit_path: str | None = None,
    name: str | None = None,
) -> None:
    """Remember that `actor` did `action` ("delegate.register") to `subject`.

    `changes` maps a field to [before, after], to `Sensitive(before, after)`, whose values are
    sealed, or to a fact (which is never a list of two);
    `subject` is a stored row or the name of a thing that has none. `name` is what people
    call the subject; without it the row's own name column is taken. The words for actions,
    fields and codes stand in `audit/wording.py`.
    """
    with transaction() as session:
        if not isinstance(subject, str):
            session.flush()
        session.add(_entry(action, subject, changes or {}, actor, unit_path, name))
        before_commit(_seal)


def record_many(action: str, happenings: Iterable[Happening], *, actor: Actor) -> None:
    """As `record` for each, with one flush for all: for imports and other bulk work."""
    with transaction() as session:
        session.flush()
        session.add_all(
            _entry(action, one.subject, one.changes, actor, one.unit_path, one.name)
            for one in happenings
        )
        before_commit(_seal)


@dataclass(frozen=True)
class RowHappening:
    """One entry about a row that is known by its number only."""

    subject_id: int
    name: str
    changes: Mapping[str, object] = field(default_factory=dict)
    unit_path: str | None = None


def record_rows(
    action: str, subject_kind: str, happenings: Iterable[RowHappening], *, actor: Actor
) -> None:
    """As `record_many` for rows that were written without loading them: bulk imports."""
    entries = [
        {
            "at": clock.now(),
            **_acting(actor),
            "action": action,
            "subject_kind": subject_kind,
            "subject_id": one.subject_id,
            "subject_name": one.name[:250],
            "unit_path": one.unit_path,
            "changes": _content(one.changes, actor, subject_kind, one.subject_id),
        }
        for one in happenings
    ]
    if entries:
        with transaction() as session:
            session.connection().execute(insert(cast(Table, Entry.__table__)), entries)
            before_commit(_seal)


def erase(
    entry_ids: Iterable[int],
    action: str,
    subject: Model | str,
    changes: Mapping[str, object],
    *,
    actor: Actor,
    unit_path: str | None = None,
    rests: Iterable[Rest] = (),
) -> int:
    """Erase for good what the entries say was changed; who, when and what act stay.

    Of those in `rests` only a part goes. One entry (`action`, `subject`, `changes`) tells
    which were erased and why: `verify` takes content that is missing without such an entry
    for tampering. Gives the number.
    """
    with transaction() as session:
        wanted = list(entry_ids)
        numbers: list[int] = []
        for start in range(0, len(wanted), _AT_ONCE):
            numbers += _emptied(session, wanted[start : start + _AT_ONCE])
        left = {str(n): digest for n, digest in _reduced(session, rests)}
        told: dict[str, object] = {chain.ERASED: chain.ranges(numbers)} if numbers else {}
        told |= {chain.REDUCED: left} if left else {}
        record(action, subject, {**changes, **told}, actor=actor, unit_path=unit_path)
    return len(numbers) + len(left)


_AT_ONCE = 500


def _emptied(session: Session, entry_ids: Sequence[int]) -> list[int]:
    """Empty the entries; their numbers. What tells of an erasing itself stays: it names
    nobody, and without it the emptied entries it counts would look tampered with."""
    held = select(Entry.id, Entry.number, Entry.changes).where(
        Entry.id.in_(entry_ids), Entry.salt.is_not(None)
    )
    found = [row for row in session.execute(held) if not chain.tells_of_erasing(row.changes)]
    session.execute(
        update(Entry)
        .where(Entry.id.in_([row.id for row in found]))
        .values(subject_name="", changes={}, salt=None)
    )
    return [row.number for row in found if row.number]


def _reduced(session: Session, rests: Iterable[Rest]) -> Iterator[tuple[int, str]]:
    """Leave of each entry its rest, under a salt of its own; the numbers and new digests."""
    for rest in rests:
        row = session.get_one(Entry, rest.entry_id, populate_existing=True)
        if row.number is None or row.salt is None or chain.tells_of_erasing(row.changes):
            continue
        row.salt = secrets.token_hex(16)
        row.subject_name, row.changes = rest.subject_name, {**rest.changes, chain.PARTLY: True}
        yield row.number, chain.content_digest(row.salt, row.subject_name, row.changes)
    session.flush()


def _seal(session: Session) -> None:
    """Number and chain what this transaction wrote, in the order it was written."""
    session.flush()
    fresh = session.execute(
        select(*Entry.__table__.columns).where(Entry.number.is_(None)).order_by(Entry.id)
    ).all()
    if not fresh:
        return
    number, previous = _take_head(session)
    sealed = []
    for row in fresh:
        number += 1
        salt = secrets.token_hex(16)
        digest = chain.content_digest(salt, row.subject_name, row.changes)
        previous = chain.hash_of(previous, chain.link_of(row, number, digest))
        sealed.append(
            {"row": row.id, "number": number, "salt": salt, "digest": digest, "hash": previous}
        )
    table = cast(Table, Entry.__table__)
    names = ("number", "salt", "digest", "hash")
    session.connection().execute(
        update(table)
        .where(table.c.id == bindparam("row"))
        .values({n: bindparam(n) for n in names}),
        sealed,
    )
    session.execute(update(Head).values(number=number, hash=previous))


def _take_head(session: Session) -> tuple[int, str]:
    """The end of the chain, held until the commit."""
    head = session.execute(select(Head.number, Head.hash).with_for_update()).one()
    return head.number, head.hash


def note_export(rows: int, filters: Mapping[str, str], *, actor: Actor) -> None:
    """Remember that the log itself was taken out, how much of it and by which filters."""
    with transaction():
        record("audit.export", "audit", {"rows": rows, "filters": dict(filters)}, actor=actor)


def changed(subject: Model) -> dict[str, object]:
    """The loaded columns of a row that differ from the stored ones, as [before, after].

    Raises AssertionError for a column of a stored row that was set before it was read: what
    it held is not known any more, and the log would tell it wrong or not at all.
    """
    changes: dict[str, object] = {}
    state = inspect(subject)
    for attribute in state.attrs:
        history = attribute.history
        if history.has_changes() and attribute.key in state.mapper.columns:
            if state.persistent and not history.deleted:
                table = state.mapper.local_table.name  # type: ignore[attr-defined]
                raise AssertionError(f"{table}.{attribute.key} was set before it was read")
            before = history.deleted[0] if history.deleted else None
            after = history.added[0] if history.added else None
            if before != after:
                changes[attribute.key] = [before, after]
    return changes


def _entry(
    action: str,
    subject: Model | str,
    changes: Mapping[str, object],
    actor: Actor,
    unit_path: str | None,
    name: str | None,
) -> Entry:
    identity = None if isinstance(subject, str) else inspect(subject).identity
    kind = subject if isinstance(subject, str) else subject.__tablename__
    number = identity[0] if identity else None
    return Entry(
        at=clock.now(),
        **_acting(actor),
        action=action,
        subject_kind=kind,
        subject_id=number,
        subject_name=(name or _name_of(subject))[:250],
        unit_path=unit_path,
        changes=_content(changes, actor, kind, number),
    )


def _acting(actor: Actor) -> dict[str, Any]:
    """Who acted, as the chain holds it for good: of a delegate no network address."""
    return {
        "actor_kind": actor.kind,
        "actor_id": actor.id,
        "actor_name": actor.name,
        "address": None if actor.kind == HIMSELF else actor.address,
    }


def _content(
    changes: Mapping[str, object], actor: Actor, kind: str, number: int | None
) -> dict[str, Any]:
    """What may be erased one day: the address of a delegate goes with what he answered, the
    values of sensitive facts are sealed."""
    own = {"network_address": actor.address} if actor.kind == HIMSELF and actor.address else {}
    told = sealing.sealed(changes, sealed_queries.newest_key, sealed_queries.bound_to(kind, number))
    return {key: plain(value) for key, value in {**told, **own}.items()}


def _name_of(subject: Model | str) -> str:
    if isinstance(subject, str):
        return ""
    columns = inspect(subject).mapper.columns
    found = next((name for name in NAME_COLUMNS if name in columns), None)
    return str(getattr(subject, found) or "") if found else ""
