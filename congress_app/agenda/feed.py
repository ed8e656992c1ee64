"""The released programme as events of the delegate's own calendar. Pure.

An item keeps its UID as long as the delegate does. Its SEQUENCE is the number of the release
in which it last changed, and on top what counts the changes outside releases (the delegate
declined, the congress moved elsewhere), so it rises whenever the event is another. What a
release took out stays in the feed as CANCELLED: phones keep what merely disappears. So does
everything for a delegate who does not come.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import NAMESPACE_OID, uuid5

from congress_app.formats.ical import Event
from congress_app.kernel.sentences import N_, Sentence
from congress_app.programme.release_values import Release, ReleasedItem

REFRESH = timedelta(minutes=15)
# The own speech rings this long before; nothing else rings in a hall.
RING = timedelta(minutes=15)
MINE = N_("Tôi trình bày: {title}")


@dataclass(frozen=True)
class Reader:
    """Whose calendar it is.

    `owner` is a text that tells this delegate from everybody else's, here and in other
    installations, and never changes. `changes` only ever grows, with every change of the
    delegate or the congress. Who does not `come` has only cancelled events.
    """

    delegate_id: int
    owner: str
    changes: int = 0
    comes: bool = True


def events(release: Release, reader: Reader, place: str | None) -> list[Event]:
    """All items, the removed ones last; `place` is where a session without a hall is."""
    standing = [
        _event(release, item, session.hall or place, session.title, reader)
        for session in release.sessions
        for item in session.items
    ]
    gone = [
        replace(_event(release, item, None, None, reader), cancelled=True)
        for item in release.removed
    ]
    return standing + gone


def uid(owner: str, item_id: int) -> str:
    """A stable identifier that tells nothing: a UUID of version 5 (RFC 9562)."""
    return str(uuid5(NAMESPACE_OID, f"{owner} item {item_id}"))


def _event(
    release: Release,
    item: ReleasedItem,
    location: str | None,
    session: str | None,
    reader: Reader,
) -> Event:
    is_mine = item.delegate_id == reader.delegate_id
    lines = [line for line in (session, None if is_mine else item.presenter) if line]
    return Event(
        uid=uid(reader.owner, item.id),
        sequence=item.changed_in + reader.changes,
        starts=item.starts,
        ends=item.ends,
        summary=str(Sentence(MINE, title=item.title)) if is_mine else item.title,
        changed=release.released_at,
        location=location,
        description="\n".join(lines) or None,
        cancelled=not reader.comes,
        alarm=RING if is_mine else None,
    )
