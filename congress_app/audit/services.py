"""Write an entry inside the transaction of whatever it tells of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import inspect

from congress_app.audit.models import Entry
from congress_app.database import Model, transaction
from congress_app.kernel import clock
from congress_app.kernel.permissions import Actor


def record(
    action: str,
    subject: Model | str,
    changes: Mapping[str, object] | None = None,
    *,
    actor: Actor,
    unit_path: str | None = None,
) -> None:
    """Remember that `actor` did `action` ("delegate.register") to `subject`.

    `changes` maps a field to [before, after] or to a fact; `subject` is a stored row or
    the name of a thing that has none.
    """
    with transaction() as session:
        if not isinstance(subject, str):
            session.flush()
        kind = subject if isinstance(subject, str) else subject.__tablename__
        identity = None if isinstance(subject, str) else inspect(subject).identity
        session.add(
            Entry(
                at=clock.now(),
                actor_kind=actor.kind,
                actor_id=actor.id,
                actor_name=actor.name,
                address=actor.address,
                action=action,
                subject_kind=kind,
                subject_id=identity[0] if identity else None,
                unit_path=unit_path,
                changes={key: _plain(value) for key, value in (changes or {}).items()},
            )
        )


def changed(subject: Model) -> dict[str, object]:
    """The loaded columns of a row that differ from the stored ones, as [before, after]."""
    changes: dict[str, object] = {}
    for attribute in inspect(subject).attrs:
        history = attribute.history
        if history.has_changes() and attribute.key in inspect(subject).mapper.columns:
            before = history.deleted[0] if history.deleted else None
            after = history.added[0] if history.added else None
            changes[attribute.key] = [before, after]
    return changes


def _plain(value: object) -> object:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    return str(value)
