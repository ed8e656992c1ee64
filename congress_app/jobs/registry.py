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
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from congress_app.kernel.permissions import Actor, Grant, Role
from congress_app.kernel.sentences import Sentence

Durable = Callable[..., Mapping[str, Any] | None]
Work = TypeVar("Work", bound=Durable)

# Called with the actor, the job's result and, as keywords, its arguments.
Taken = Callable[..., None]
# Called with the job's arguments as keywords.
Stands = Callable[..., Sentence | None]
GoesOn = Callable[..., bool]
# Called with the moment before which it is to forget.
Forgets = Callable[[datetime], None]


@dataclass(frozen=True)
class Kind:
    """A durable work, and what else is asked of its kind.

    `taken` is called whenever the file of such a job is fetched, in one transaction with
    that: for what is recorded each time it leaves the house. `stands` tells what is stored
    already when a job ended before its work, where that is more than nothing. `goes_on` is
    true once that cannot be taken back and has to be followed by the rest: this is then done
    whatever has become of the owner and his rights since. `forgets` throws away what the
    work keeps outside of its job, when the jobs of that time go.
    """

    work: Durable
    taken: Taken | None = None
    stands: Stands | None = None
    goes_on: GoesOn | None = None
    forgets: Forgets | None = None


_kinds: dict[str, Kind] = {}


def durable(
    kind: str,
    *,
    taken: Taken | None = None,
    stands: Stands | None = None,
    goes_on: GoesOn | None = None,
    forgets: Forgets | None = None,
) -> Callable[[Work], Work]:
    """Put the work into the register under the kind its jobs carry."""

    def register(work: Work) -> Work:
        known = _kinds.setdefault(kind, Kind(work)).work
        if known is not work and known.__qualname__ != work.__qualname__:
            raise ValueError(f"two works of one kind: {kind}")
        _kinds[kind] = Kind(work, taken, stands, goes_on, forgets)
        return work

    return register


def kinds() -> frozenset[str]:
    """Every kind this version of the program has a work for."""
    return frozenset(_kinds)


def forgetters() -> tuple[Forgets, ...]:
    """Who keeps something outside of the jobs."""
    return tuple(kind.forgets for kind in _kinds.values() if kind.forgets is not None)


def kind_of(kind: str) -> Kind | None:
    """The kind; None when this version of the program has none of the name."""
    return _kinds.get(kind)


def work_of(kind: str) -> Durable | None:
    """The work of this kind; None when this version of the program has none."""
    found = _kinds.get(kind)
    return found.work if found else None


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
