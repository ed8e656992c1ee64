"""Works that can be taken up again, by their kind; and the actor as data, for the row.

    @durable("document_zip")
    def write_zip(progress, actor, *, document_id: int, …) -> Mapping[str, Any] | None: …

A durable work gets nothing but its keyword arguments (plain JSON), so any process on any
machine can begin it again after the first one died. It must therefore stand being done
twice: the second time it finds what the first one wrote and changes nothing more, or it
ends its job in the very transaction that writes (`running_services.finish`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from congress_app.kernel.permissions import Actor, Grant, Role

Durable = Callable[..., Mapping[str, Any] | None]
Work = TypeVar("Work", bound=Durable)

# Called with the actor, the job's result and, as keywords, its arguments.
Taking = Callable[..., None]
Note = TypeVar("Note", bound=Taking)

_works: dict[str, Durable] = {}
_takings: dict[str, Taking] = {}


def durable(kind: str) -> Callable[[Work], Work]:
    """Put the work into the register under the kind its jobs carry."""

    def register(work: Work) -> Work:
        known = _works.setdefault(kind, work)
        if known is not work and known.__qualname__ != work.__qualname__:
            raise ValueError(f"two works of one kind: {kind}")
        _works[kind] = work
        return work

    return register


def taking(kind: str) -> Callable[[Note], Note]:
    """Have it called whenever the file of such a job is fetched, in one transaction with that.

    For what is recorded when it leaves the house: each time, as without a job.
    """

    def register(note: Note) -> Note:
        _takings[kind] = note
        return note

    return register


def taking_of(kind: str) -> Taking | None:
    """What is to be called when a file of this kind is fetched."""
    return _takings.get(kind)


def work_of(kind: str) -> Durable | None:
    """The work of this kind; None when this version of the program has none."""
    return _works.get(kind)


def actor_as_data(actor: Actor) -> dict[str, Any]:
    """The actor as JSON; his rights stay those he had when he began the job."""
    return {
        "kind": actor.kind,
        "id": actor.id,
        "name": actor.name,
        "display_name": actor.display_name,
        "address": actor.address,
        "grants": [[grant.role.value, grant.unit_path] for grant in actor.grants],
    }


def actor_from_data(data: Mapping[str, Any]) -> Actor:
    """Read what `actor_as_data` wrote."""
    grants = tuple(Grant(Role(role), path) for role, path in data["grants"])
    return Actor(**{**data, "grants": grants})


def holds_still(stored: Mapping[str, Any], actor: Actor) -> bool:
    """Does the actor hold every right that was stored with the job?

    What a job is to do, and the file it made, are for who could ask for it today.
    """
    return {tuple(grant) for grant in stored.get("grants", ())} <= {
        (grant.role.value, grant.unit_path) for grant in actor.grants
    }
