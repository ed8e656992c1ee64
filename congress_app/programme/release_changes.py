"""What differs between two releases, and what exactly each person it touches is told."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from congress_app.kernel import clock
from congress_app.kernel.sentences import N_, Sentence
from congress_app.programme.release_values import ReleasedItem, ReleasedSession

CHANGE_KINDS: dict[str, str] = {
    "added": N_("Thêm"),
    "removed": N_("Bỏ"),
    "moved": N_("Đổi vị trí"),
    "retimed": N_("Đổi giờ"),
    "edited": N_("Sửa nội dung"),
}


@dataclass(frozen=True)
class Place:
    """An item where it stands: its session's title and hall, its times."""

    title: str
    presenter: str
    starts: datetime
    ends: datetime
    session: str
    hall: str | None
    honours: str = ""


@dataclass(frozen=True)
class Change:
    """One changed item; `before` is None for an added one, `after` for a removed one."""

    kind: str
    before: Place | None
    after: Place | None

    @property
    def place(self) -> Place:
        """As it stands now, or stood last."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a change is of an item before, after, or both")
        return found

    def differences(self) -> list[Sentence]:
        """What changed, one sentence a fact; nothing for an added or removed item."""
        if self.before is None or self.after is None:
            return []
        template = N_("{what}: từ “{before}” thành “{after}”.")
        return [
            Sentence(template, what=Sentence(what), before=before, after=after)
            for what, before, after in (
                (N_("Giờ"), when(self.before), when(self.after)),
                (N_("Nội dung"), self.before.title, self.after.title),
                (N_("Người thực hiện"), self.before.presenter, self.after.presenter),
                (N_("Phiên"), self.before.session, self.after.session),
                (N_("Hội trường"), self.before.hall or "", self.after.hall or ""),
                (N_("Được tôn vinh"), self.before.honours, self.after.honours),
            )
            if before != after
        ]


@dataclass(frozen=True)
class Touched:
    """A person touched by a release: a delegate, or (None) somebody named as presenter."""

    delegate_id: int | None
    name: str
    changes: tuple[Change, ...]


def when(place: Place) -> str:
    """ "09:10–09:20, 15/06/2020", on the venue's clock."""
    starts, ends = clock.at_venue(place.starts), clock.at_venue(place.ends)
    return f"{starts:%H:%M}–{ends:%H:%M}, {starts:%d/%m/%Y}"


def compare(before: Sequence[ReleasedSession], after: Sequence[ReleasedSession]) -> list[Change]:
    """All changed items: those of the new programme in its order, then the removed ones.

    A speech is followed wherever it goes; any other item by its id.
    """
    old, new = _places(before), _places(after)
    matches = _matches(old, new)
    moved = _moved(list(old), [(key, matches[key]) for key in new if key in matches], old, new)
    changes = []
    for key, (item, place) in new.items():
        if key not in matches:
            changes.append(Change("added", None, place))
            continue
        was_item, was = old[matches[key]]
        kind = _kind(was, place, was_item, item, moved=key in moved)
        if kind is not None:
            changes.append(Change(kind, was, place))
    found = set(matches.values())
    changes += [Change("removed", was, None) for key, (_, was) in old.items() if key not in found]
    return changes


def touched(
    before: Sequence[ReleasedSession], after: Sequence[ReleasedSession], names: Mapping[int, str]
) -> list[Touched]:
    """Whom the new programme touches: whose own parts came, went or changed.

    `names` maps delegates to full names. Somebody whose speech was cancelled is among them.
    """
    old, new = _parts(before), _parts(after)
    found = []
    for person in new | old:
        mine, were = new.get(person, {}), old.get(person, {})
        changes = [
            *(Change("removed", were[key], None) for key in were if key not in mine),
            *(Change("added", None, mine[key]) for key in mine if key not in were),
            *(
                Change(kind, were[key], mine[key])
                for key in mine
                if key in were and (kind := _own_kind(were[key], mine[key])) is not None
            ),
        ]
        if changes:
            delegate_id = person if isinstance(person, int) else None
            name = names.get(person, "") if isinstance(person, int) else person
            ordered = sorted(changes, key=lambda change: change.place.starts)
            found.append(Touched(delegate_id, name, tuple(ordered)))
    return found


def plain(change: Change) -> dict[str, Any]:
    """The JSON of a change."""
    return {
        "kind": change.kind,
        "before": _plain_place(change.before),
        "after": _plain_place(change.after),
    }


def change_of(stored: Mapping[str, Any]) -> Change:
    """The change of a stored JSON."""
    return Change(stored["kind"], _read_place(stored["before"]), _read_place(stored["after"]))


def _plain_place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return vars(place) | {"starts": place.starts.isoformat(), "ends": place.ends.isoformat()}


def _read_place(stored: Mapping[str, Any] | None) -> Place | None:
    if stored is None:
        return None
    times = {name: datetime.fromisoformat(stored[name]) for name in ("starts", "ends")}
    return Place(**(dict(stored) | times))


def text_for(person: Touched, congress: str, number: int) -> str:
    """The message to paste into Zalo, in Vietnamese, one line a change."""
    lines = [f"Kính gửi {person.name}. Chương trình {congress}, bản công bố số {number}:"]
    lines += [f"- {_line(change)}" for change in person.changes]
    lines.append("Trân trọng thông báo.")
    return "\n".join(lines)


def _line(change: Change) -> str:
    place = change.place
    hall = f", {place.hall}" if place.hall else ""
    if change.kind == "removed":
        return f"“{place.title}” ({when(place)}) không còn trong chương trình."
    if change.kind == "added":
        return f"“{place.title}”: {when(place)}{hall}."
    said = " ".join(str(difference) for difference in change.differences())
    return f"“{place.title}”: {when(place)}{hall}. {said}"


Placed = dict[int, tuple[ReleasedItem, Place]]


def _places(sessions: Sequence[ReleasedSession]) -> Placed:
    return {
        item.id: (item, _place(session, item)) for session in sessions for item in session.items
    }


def _place(session: ReleasedSession, item: ReleasedItem) -> Place:
    return Place(
        item.title,
        item.presenter,
        item.starts,
        item.ends,
        session.title,
        session.hall,
        ", ".join(item.honours),
    )


def _matches(old: Placed, new: Placed) -> dict[int, int]:
    """New id to old id: by the speech where it is in both, then by the item itself."""
    by_speech = {item.speech_id: key for key, (item, _) in old.items() if item.speech_id}
    found = {
        key: by_speech[item.speech_id]
        for key, (item, _) in new.items()
        if item.speech_id in by_speech
    }
    taken = set(found.values())
    found |= {key: key for key in new if key not in found and key in old and key not in taken}
    return found


def _moved(
    order: Sequence[int], matched: Sequence[tuple[int, int]], old: Placed, new: Placed
) -> set[int]:
    """The fewest items that must have moved for the old order to become the new one."""
    rank = {key: place for place, key in enumerate(order)}
    moved = set()
    by_session: dict[int, list[int]] = {}
    for key, was in matched:
        if new[key][0].session_id != old[was][0].session_id:
            moved.add(key)
        else:
            by_session.setdefault(new[key][0].session_id, []).append(key)
    was_of = dict(matched)
    for keys in by_session.values():
        stay = _longest_rising([rank[was_of[key]] for key in keys])
        moved |= {key for place, key in enumerate(keys) if place not in stay}
    return moved


def _longest_rising(ranks: Sequence[int]) -> set[int]:
    """Places of a longest rising subsequence."""
    tails: list[int] = []
    ends: list[int] = []
    parents: list[int] = []
    for place, value in enumerate(ranks):
        length = bisect_left(tails, value)
        parents.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [value]
        ends[length : length + 1] = [place]
    found = set()
    place = ends[-1] if ends else -1
    while place >= 0:
        found.add(place)
        place = parents[place]
    return found


def _kind(
    was: Place, now: Place, was_item: ReleasedItem, item: ReleasedItem, *, moved: bool
) -> str | None:
    if moved or was.hall != now.hall:
        return "moved"
    if (was.starts, was.ends) != (now.starts, now.ends):
        return "retimed"
    if was != now or (was_item.kind, was_item.delegate_id) != (item.kind, item.delegate_id):
        return "edited"
    return None


def _own_kind(was: Place, now: Place) -> str | None:
    if (was.hall, was.session) != (now.hall, now.session):
        return "moved"
    if (was.starts, was.ends) != (now.starts, now.ends):
        return "retimed"
    return None if was.title == now.title else "edited"


def _parts(sessions: Sequence[ReleasedSession]) -> dict[int | str, dict[str, Place]]:
    """Every person's own parts: a delegate by id, anybody else by the name typed."""
    found: dict[int | str, dict[str, Place]] = {}
    for session in sessions:
        for item in session.items:
            person = item.delegate_id or item.presenter
            key = f"speech-{item.speech_id}" if item.speech_id else f"item-{item.id}"
            if person:
                found.setdefault(person, {})[key] = _place(session, item)
    return found
