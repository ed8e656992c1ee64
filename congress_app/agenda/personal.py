"""One delegate's day: what is on now, what comes next, when the own speech is, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from congress_app.kernel import clock
from congress_app.kernel.sentences import N_, Sentence
from congress_app.programme.release_changes import Change
from congress_app.programme.release_values import Release, ReleasedSession

# How long until something, as one would say it. The page's script says the same, offline
# too, so it is handed these words (static/agenda/clock.js holds the rule).
UNTIL_WORDS: dict[str, str] = {
    "on": N_("đang diễn ra"),
    "minutes": N_("khoảng {count} phút nữa"),
    "hours": N_("khoảng {count} giờ nữa"),
    "days": N_("{count} ngày nữa"),
}


@dataclass(frozen=True)
class Line:
    """One item as the delegate reads it.

    `changed_in` is the number of the release in which it last changed; a `parallel` item
    (counting ballots) runs beside the others.
    """

    starts: datetime
    ends: datetime
    title: str
    presenter: str
    is_mine: bool = False
    hall: str | None = None
    parallel: bool = False
    changed_in: int = 1
    # Names of those an award item honours.
    honours: tuple[str, ...] = ()

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

    @property
    def day(self) -> date:
        """The day at the venue on which it begins."""
        return clock.at_venue(self.starts).date()


@dataclass(frozen=True)
class Day:
    """The parts in order, with what is on at one instant.

    `now` holds one line a hall; what runs beside others stands in it only when nothing
    else runs. `today` is the day at the venue if a part falls on it, else None.
    """

    parts: tuple[Part, ...]
    now: tuple[Line, ...]
    next: Line | None
    mine: Line | None
    today: date | None

    def is_open(self, part: Part) -> bool:
        """True for the parts one wants to see now: today's, or all when none is today's."""
        return self.today is None or part.day == self.today

    @property
    def has_own_part(self) -> bool:
        """True when the delegate speaks in it, be it over or not."""
        return any(line.is_mine for part in self.parts for line in part.lines)

    @property
    def has_halls(self) -> bool:
        """True when one must be told in which hall something is."""
        return len({part.hall for part in self.parts}) > 1

    @property
    def has_days(self) -> bool:
        """True when one must be told on which day a part is."""
        return len({part.day for part in self.parts}) > 1


@dataclass(frozen=True)
class Told:
    """What one release changed; `own` is what this delegate was told about the own part."""

    number: int
    released_at: datetime
    changes: tuple[Change, ...]
    own: str | None = None


def parts_of(release: Release | None, delegate_id: int | None) -> list[Part]:
    """The released programme as this delegate reads it; nothing before the first release.

    Without a `delegate_id` nothing in it is the reader's own.
    """
    return [] if release is None else [_part(each, delegate_id) for each in release.sessions]


def _part(session: ReleasedSession, delegate_id: int | None) -> Part:
    lines = tuple(
        Line(
            starts=item.starts,
            ends=item.ends,
            title=item.title,
            presenter=item.presenter,
            is_mine=delegate_id is not None and item.delegate_id == delegate_id,
            hall=session.hall,
            parallel=item.parallel,
            changed_in=item.changed_in,
            honours=item.honours,
        )
        for item in session.items
    )
    return Part(session.title, session.hall, session.starts, session.doors_open, lines)


def day_at(parts: Sequence[Part], at: datetime) -> Day:
    """Find what is on, what comes next, and the own speech that is not over yet."""
    lines = [line for part in parts for line in part.lines]
    running = [line for line in lines if line.state(at) == "now"]
    on_the_line = [line for line in running if not line.parallel]
    coming = [line for line in lines if line.starts > at]
    today = clock.at_venue(at).date()
    return Day(
        parts=tuple(parts),
        now=tuple(on_the_line or running),
        next=min(coming, key=lambda line: line.starts, default=None),
        mine=next((line for line in lines if line.is_mine and line.ends > at), None),
        today=today if any(part.day == today for part in parts) else None,
    )


def until(starts: datetime, at: datetime) -> Sentence:
    """How long until the instant, as one would say it; whole minutes, hours or days."""
    minutes = _rounded((starts - at).total_seconds() / 60)
    if minutes <= 0:
        return Sentence(UNTIL_WORDS["on"])
    if minutes < 90:
        return Sentence(UNTIL_WORDS["minutes"], count=minutes)
    hours = _rounded(minutes / 60)
    if hours < 36:
        return Sentence(UNTIL_WORDS["hours"], count=hours)
    return Sentence(UNTIL_WORDS["days"], count=_rounded(hours / 24))


def _rounded(value: float) -> int:
    # Half up, as the script's Math.round; Python's own round goes to the even neighbour.
    return int((value + 0.5) // 1)
