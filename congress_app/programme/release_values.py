"""A released programme as a plain value, and its JSON.

It holds what may be seen by everybody in the hall: no script, no note, no phone number.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class ReleasedItem:
    """One item as released, its times fixed.

    `honours` are the names of those an award item honours and nothing else of them.
    `delegate_id` is the speaker of its speech. `changed_in` is the number of the release in
    which it last changed (of its removal, for one that was removed).
    """

    id: int
    session_id: int
    kind: str
    title: str
    presenter: str
    starts: datetime
    ends: datetime
    parallel: bool = False
    speech_id: int | None = None
    delegate_id: int | None = None
    honours: tuple[str, ...] = ()
    changed_in: int = 1

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return int((self.ends - self.starts).total_seconds() // 60)


@dataclass(frozen=True)
class ReleasedSession:
    """A session as released, with its items in order."""

    id: int
    kind: str
    title: str
    hall: str | None
    starts: datetime
    ends: datetime
    doors_open: datetime
    doors_close: datetime
    items: tuple[ReleasedItem, ...]


@dataclass(frozen=True)
class Release:
    """One release: its number from 1, when, by whom, why, and the whole programme.

    `removed` are all items that an earlier release had and this one has not.
    """

    congress_id: int
    number: int
    released_at: datetime
    released_by: str
    note: str | None
    sessions: tuple[ReleasedSession, ...]
    removed: tuple[ReleasedItem, ...] = ()

    def items(self) -> dict[int, ReleasedItem]:
        """All items by their id, in the order of the programme."""
        return {item.id: item for session in self.sessions for item in session.items}


def numbered(
    last: Release | None, sessions: Sequence[ReleasedSession], number: int
) -> tuple[list[ReleasedSession], list[ReleasedItem]]:
    """The sessions with every item's `changed_in`, and all items that are gone.

    An item changed when anything of it differs from the last release, its session's hall
    and title included.
    """
    halls = {each.id: (each.title, each.hall) for each in last.sessions} if last else {}
    known = last.items() if last else {}

    def one(session: ReleasedSession, item: ReleasedItem) -> ReleasedItem:
        was = known.get(item.id)
        same = (
            was is not None
            and replace(item, changed_in=was.changed_in) == was
            and halls.get(session.id) == (session.title, session.hall)
        )
        return replace(item, changed_in=was.changed_in if was and same else number)

    made = [
        replace(session, items=tuple(one(session, item) for item in session.items))
        for session in sessions
    ]
    standing = {item.id for session in made for item in session.items}
    gone = [item for item in (last.removed if last else ()) if item.id not in standing]
    gone += [replace(item, changed_in=number) for key, item in known.items() if key not in standing]
    return made, gone


def fingerprint(sessions: Sequence[ReleasedSession]) -> str:
    """Tells one draft from another; 16 hexadecimal digits."""
    text = json.dumps(body(sessions, ()), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def body(sessions: Sequence[ReleasedSession], removed: Sequence[ReleasedItem]) -> dict[str, Any]:
    """The JSON that is stored; instants as ISO 8601."""
    return {
        "sessions": [
            _plain(session) | {"items": [_plain(item) for item in session.items]}
            for session in sessions
        ],
        "removed": [_plain(item) for item in removed],
    }


def sessions_of(stored: Mapping[str, Any]) -> tuple[ReleasedSession, ...]:
    """The sessions of a stored body."""
    return tuple(
        ReleasedSession(
            **_instants(session, ("starts", "ends", "doors_open", "doors_close"))
            | {"items": tuple(_item(item) for item in session["items"])}
        )
        for session in stored["sessions"]
    )


def removed_of(stored: Mapping[str, Any]) -> tuple[ReleasedItem, ...]:
    """The items of a stored body that were taken out."""
    return tuple(_item(item) for item in stored["removed"])


def _item(stored: Mapping[str, Any]) -> ReleasedItem:
    # Releases from before there were lists of honoured have none.
    names = {"honours": tuple(stored.get("honours", ()))}
    return ReleasedItem(**_instants(stored, ("starts", "ends")) | names)


def _instants(stored: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return dict(stored) | {name: datetime.fromisoformat(stored[name]) for name in names}


def _plain(value: ReleasedItem | ReleasedSession) -> dict[str, Any]:
    return {
        name: part.isoformat() if isinstance(part, datetime) else part
        for name, part in vars(value).items()
        if name != "items"
    }
