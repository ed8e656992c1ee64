"""Move an item in the order, to another session, or give it another length."""

from __future__ import annotations

from dataclasses import dataclass

from congress_app.audit.services import record
from congress_app.congresses.models import Congress
from congress_app.database import transaction
from congress_app.kernel.permissions import Actor
from congress_app.programme.act_services import act, put
from congress_app.programme.conflict_queries import check_version, title_of
from congress_app.programme.models import Item, Session


@dataclass(frozen=True)
class Length:
    """The one field of an item that is changed beside its place."""

    minutes: int


def arrange(
    congress: Congress,
    item: Item,
    *,
    actor: Actor,
    session: Session | None = None,
    place: int | None = None,
    minutes: int | None = None,
    version: int | None = None,
    seen: str | None = None,
) -> None:
    """Put an item at `place` (from 1) of a session and give it so many minutes.

    What is None stays as it is; a place outside the session is its nearest end. With a
    `version` another length is refused with Stale when somebody saved the item meanwhile.
    """
    with act(congress, "programme.arrange", title_of(item), actor=actor, seen=seen):
        changes: dict[str, object] = {}
        if minutes is not None and minutes != item.minutes:
            check_version(item, item.version if version is None else version, Length(minutes))
            changes["minutes"] = [item.minutes, minutes]
            item.minutes = minutes
        changes |= _place(item, session or item.session, place)
        if changes:
            record("programme.arrange", item, changes, actor=actor, unit_path=congress.unit.path)


def move_item(congress: Congress, item: Item, step: int, *, actor: Actor) -> None:
    """Move an item `step` places within its session; at the edge it stays."""
    with transaction():
        place = [each.id for each in item.session.items].index(item.id) + 1
        arrange(congress, item, place=place + step, actor=actor)


def _place(item: Item, target: Session, place: int | None) -> dict[str, object]:
    """Write the order anew; gives what changed of it."""
    old = item.session
    before = [each.id for each in old.items].index(item.id) + 1
    rest = [each.id for each in target.items if each.id != item.id]
    if place is None:
        place = before if target is old else len(rest) + 1
    now = min(max(place, 1), len(rest) + 1)
    if target is old and now == before:
        return {}
    if target is not old:
        left = [each.id for each in old.items if each.id != item.id]
        item.session_id = target.id
        put(Item, {number: at for at, number in enumerate(left, start=1)})
    rest.insert(now - 1, item.id)
    put(Item, {number: at for at, number in enumerate(rest, start=1)})
    return {"from": before, "to": now} | ({} if target is old else {"session": target.title})
