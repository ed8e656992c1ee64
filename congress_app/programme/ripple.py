"""What a change of the programme does to everything else, before it is applied.

Two programmes are compared as they stand in time: which items move and by how much, which
buffer in front of a pinned item is used up, which pin breaks, which session ends later and
runs into the next one of its hall.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from congress_app.kernel.errors import Conflict
from congress_app.kernel.sentences import N_, Sentence
from congress_app.programme.timetable import Planned, Slot, ends_at, timetable


@dataclass(frozen=True)
class Piece:
    """An item as it counts in time."""

    key: int
    title: str
    minutes: int
    pinned_at: datetime | None = None
    parallel: bool = False


@dataclass(frozen=True)
class Line:
    """A session: its start, its hall, its items in order."""

    key: int
    title: str
    starts: datetime
    pieces: tuple[Piece, ...]
    hall: str | None = None

    def slots(self) -> list[Slot]:
        """The items in time."""
        planned = [Planned(p.key, p.minutes, p.pinned_at, p.parallel) for p in self.pieces]
        return timetable(self.starts, planned)

    @property
    def ends(self) -> datetime:
        """When the last item ends."""
        return ends_at(self.starts, self.slots())


@dataclass(frozen=True)
class Shift:
    """An item or the end of a session that falls on another time."""

    key: int
    title: str
    before: datetime
    after: datetime

    @property
    def minutes(self) -> int:
        """How much later; negative is earlier."""
        return _minutes(self.before, self.after)


@dataclass(frozen=True)
class Strain:
    """Minutes at one place before and after: left in front of a pin, or missing there."""

    key: int
    title: str
    before: int
    after: int


@dataclass(frozen=True)
class Ripple:
    """All that follows from a change.

    `shifts`: items that start at another time. `buffers`: idle minutes in front of pinned
    items. `pins`: minutes by which what stands before a pin runs over it; `after` 0 is a
    pin that holds again. `endings`: sessions that end at another time. `overlaps`: minutes
    by which a session runs into the next one of its hall.
    """

    shifts: tuple[Shift, ...]
    buffers: tuple[Strain, ...]
    pins: tuple[Strain, ...]
    endings: tuple[Shift, ...]
    overlaps: tuple[Strain, ...]

    def touches(self, subject: int | None = None) -> bool:
        """True when anything but the item that was changed itself is affected."""
        others = [shift for shift in self.shifts if shift.key != subject]
        return bool(others or self.buffers or self.pins or self.endings or self.overlaps)


class Unseen(Conflict):
    """The change moves other things, and nobody has looked at that yet; nothing is written.

    `token` proves, sent back, that exactly this ripple was looked at.
    """

    def __init__(self, ripple: Ripple, token: str) -> None:
        self.ripple, self.token = ripple, token
        super().__init__(
            "ripple_unseen",
            Sentence(N_("Thay đổi này làm dịch nội dung khác. Hãy xem trước rồi bấm Áp dụng.")),
        )


def ripple(before: Sequence[Line], after: Sequence[Line]) -> Ripple:
    """Compare two programmes in time; items that came or went do not shift."""
    old, new = _times(before), _times(after)
    return Ripple(
        shifts=tuple(
            Shift(key, title, old[key][1].starts, slot.starts)
            for key, (title, slot) in new.items()
            if key in old and old[key][1].starts != slot.starts
        ),
        buffers=tuple(_strains(old, new, _pinned(before) & _pinned(after), "gap")),
        pins=tuple(_strains(old, new, set(new), "overrun")),
        endings=tuple(_endings(before, after)),
        overlaps=tuple(_overlaps(before, after)),
    )


def token(before: Sequence[Line], after: Sequence[Line]) -> str:
    """Names exactly this change of exactly this programme; 16 hexadecimal digits."""
    return hashlib.sha256(repr((tuple(before), tuple(after))).encode()).hexdigest()[:16]


def resized(lines: Sequence[Line], key: int, minutes: int) -> list[Line]:
    """The programme with one item of another length."""
    return [
        replace(
            line,
            pieces=tuple(
                replace(piece, minutes=minutes) if piece.key == key else piece
                for piece in line.pieces
            ),
        )
        for line in lines
    ]


def moved(lines: Sequence[Line], key: int, target: int, place: int) -> list[Line]:
    """The programme with one item at `place` (from 0) of the session `target`.

    A place beyond the end is the end. Unknown keys change nothing.
    """
    piece = next((piece for line in lines for piece in line.pieces if piece.key == key), None)
    if piece is None or all(line.key != target for line in lines):
        return list(lines)
    found = []
    for line in lines:
        rest = [each for each in line.pieces if each.key != key]
        if line.key == target:
            rest.insert(max(place, 0), piece)
        found.append(replace(line, pieces=tuple(rest)))
    return found


Times = dict[int, tuple[str, Slot]]


def _times(lines: Sequence[Line]) -> Times:
    return {
        piece.key: (piece.title, slot)
        for line in lines
        for piece, slot in zip(line.pieces, line.slots(), strict=True)
    }


def _pinned(lines: Sequence[Line]) -> set[int]:
    return {piece.key for line in lines for piece in line.pieces if piece.pinned_at}


def _strains(old: Times, new: Times, keys: set[int], what: str) -> list[Strain]:
    found = []
    for key, (title, slot) in new.items():
        was = getattr(old[key][1], what) if key in old else 0
        now = getattr(slot, what)
        if key in keys and was != now:
            found.append(Strain(key, title, was, now))
    return found


def _endings(before: Sequence[Line], after: Sequence[Line]) -> list[Shift]:
    old = {line.key: line.ends for line in before}
    return [
        Shift(line.key, line.title, old[line.key], line.ends)
        for line in after
        if line.key in old and old[line.key] != line.ends
    ]


def _overlaps(before: Sequence[Line], after: Sequence[Line]) -> list[Strain]:
    was, now = _overlap_minutes(before), _overlap_minutes(after)
    titles = {line.key: line.title for line in (*before, *after)}
    return [
        Strain(key, titles[key], was.get(key, 0), now.get(key, 0))
        for key in titles
        if was.get(key, 0) != now.get(key, 0)
    ]


def _overlap_minutes(lines: Sequence[Line]) -> dict[int, int]:
    """By session: minutes by which it runs into the next session of the same hall."""
    found = {}
    ordered = sorted(lines, key=lambda line: line.starts)
    for number, line in enumerate(ordered):
        following = next((each for each in ordered[number + 1 :] if each.hall == line.hall), None)
        if following is not None and line.ends > following.starts:
            found[line.key] = _minutes(following.starts, line.ends)
    return found


def _minutes(before: datetime, after: datetime) -> int:
    return int((after - before).total_seconds() // 60)
