"""One delegate's day: what is on now, what comes next, when the own speech is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from congress_app.kernel.sentences import N_, Sentence


@dataclass(frozen=True)
class Line:
    """One item as the delegate reads it."""

    starts: datetime
    ends: datetime
    title: str
    presenter: str
    is_mine: bool = False

    def state(self, at: datetime) -> str:
        """`done`, `now` or `coming` at the instant."""
        if self.ends <= at:
            return "done"
        return "now" if self.starts <= at else "coming"


@dataclass(frozen=True)
class Part:
    """A session as the delegate reads it."""

    title: str
    hall: str | None
    starts: datetime
    doors_open: datetime
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Day:
    """The parts in order, with what is on at one instant."""

    parts: tuple[Part, ...]
    now: Line | None
    next: Line | None
    mine: Line | None


def day_at(parts: Sequence[Part], at: datetime) -> Day:
    """Find what is on, what comes next, and the own speech that is not over yet."""
    lines = [line for part in parts for line in part.lines]
    return Day(
        parts=tuple(parts),
        now=next((line for line in lines if line.state(at) == "now"), None),
        next=next((line for line in lines if line.starts > at), None),
        mine=next((line for line in lines if line.is_mine and line.ends > at), None),
    )


def until(starts: datetime, at: datetime) -> Sentence:
    """How long until the instant, as one would say it; whole minutes, hours or days."""
    minutes = round((starts - at).total_seconds() / 60)
    if minutes <= 0:
        return Sentence(N_("đang diễn ra"))
    if minutes < 90:
        return Sentence(N_("khoảng {count} phút nữa"), count=minutes)
    hours = round(minutes / 60)
    if hours < 36:
        return Sentence(N_("khoảng {count} giờ nữa"), count=hours)
    return Sentence(N_("{count} ngày nữa"), count=round(hours / 24))
