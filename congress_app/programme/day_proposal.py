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
    for expected in running.project(begins, lines, whole, at):
        line = by_key[expected.key]
        has_begun = whole.get(line.key, Run()).started is not None
        change = _change(line, expected, len(changes) + 1, free, has_begun)
        changes.append(change)
        if not line.parallel:
            free = max(free, change.starts + change.minutes * MINUTE)
    removed = tuple(
        line.key for line in lines if whole.get(line.key, Run()).state is RunState.SKIPPED
    )
    ends = max((each.starts + each.minutes * MINUTE for each in changes), default=begins)
    return Proposal(tuple(changes), removed, ends)


def _change(
    line: Line, expected: Expected, position: int, free: datetime, has_begun: bool
) -> Change:
    """The item as it will stand; a pin only where the time would not follow by itself."""
    starts = expected.starts
    keeps_pin = not has_begun and line.earliest == starts
    return Change(
        key=line.key,
        position=position,
        minutes=expected.minutes,
        pinned_at=starts if keeps_pin or starts != free else None,
        starts=starts,
        has_begun=has_begun,
        loses_pin=not has_begun and line.earliest is not None and not keeps_pin,
    )


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
