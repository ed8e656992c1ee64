"""What the overrun does to the rest of a session, as changes of the programme to accept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from congress_app.programme import running
from congress_app.programme.running import Expected, Line, Run, RunState

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Change:
    """How an item will stand in the programme: its place from 1, minutes and pin."""

    key: int
    position: int
    minutes: int
    pinned_at: datetime | None
    starts: datetime
    has_begun: bool
    loses_pin: bool = False


@dataclass(frozen=True)
class Proposal:
    """The whole session as it should now stand; `removed` were skipped and go.

    Applied to the programme, its timetable gives every item the `starts` said here.
    """

    changes: tuple[Change, ...]
    removed: tuple[int, ...]
    ends: datetime

    @property
    def fingerprint(self) -> str:
        """Tells one proposal from another, so that only what was looked at is accepted."""
        return sha256(repr((self.changes, self.removed)).encode()).hexdigest()[:24]


def propose(
    begins: datetime,
    lines: Sequence[Line],
    runs: Mapping[int, Run],
    at: datetime,
    planned_end: datetime | None = None,
) -> Proposal:
    """The session from what really happened until `at`, in whole minutes.

    With `planned_end` the breaks to come are shortened to end by then. What has begun gets
    its real start and length; a pin that can no longer be kept is given up.
    """
    at = _up(at)
    whole = {key: _whole(run) for key, run in runs.items()}
    if planned_end is not None:
        lines = running.absorbed(begins, lines, whole, at, planned_end)
    by_key = {line.key: line for line in lines}
    changes: list[Change] = []
    free = begins
    projected = running.project(begins, lines, whole, at)
    for expected in projected:
        line, run = by_key[expected.key], whole.get(expected.key, Run())
        minutes = _minutes(line, expected, run, at)
        has_begun = run.started is not None
        change = _change(line, expected, minutes, len(changes) + 1, free, has_begun)
        changes.append(change)
        if not line.parallel:
            free = max(free, change.starts + change.minutes * MINUTE)
    removed = tuple(
        line.key for line in lines if whole.get(line.key, Run()).state is RunState.SKIPPED
    )
    ends = max((each.ends for each in projected), default=begins)
    return Proposal(tuple(changes), removed, ends)


def _change(
    line: Line,
    expected: Expected,
    minutes: int,
    position: int,
    free: datetime,
    has_begun: bool,
) -> Change:
    """The item as it will stand; a pin only where the time would not follow by itself."""
    starts = expected.starts
    keeps_pin = not has_begun and line.earliest == starts
    return Change(
        key=line.key,
        position=position,
        minutes=minutes,
        pinned_at=starts if keeps_pin or starts != free else None,
        starts=starts,
        has_begun=has_begun,
        loses_pin=not has_begun and line.earliest is not None and not keeps_pin,
    )


def _minutes(line: Line, expected: Expected, run: Run, at: datetime) -> int:
    """How long the item is. A pause is no part of it while it runs: with it the speaker would
    be given the pause on top; what follows is pinned behind it instead."""
    if run.started is None or run.ended is not None:
        return expected.minutes
    return max(line.minutes, int(run.spent(at) // 60))


def _whole(run: Run) -> Run:
    """The run in whole minutes: ends are rounded up, so a minute begun is a minute used.

    A start that follows an end within its minute is rounded up with it.
    """
    if run.started is None:
        return run
    return Run(
        state=run.state,
        started=_up(run.started),
        ended=_up(run.ended) if run.ended else None,
        paused=run.paused,
        paused_since=run.paused_since,
    )


def _up(instant: datetime) -> datetime:
    whole = instant.replace(second=0, microsecond=0)
    return whole if whole == instant else whole + MINUTE
