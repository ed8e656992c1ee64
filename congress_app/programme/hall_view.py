"""What a hall's screen tells of the programme: now, next, and how late they are.

It is made of the last release and of what the secretary does on the day. Of an item that
was never released it says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from congress_app.programme.countdown import Countdown, countdown
from congress_app.programme.release_values import ReleasedItem, ReleasedSession
from congress_app.programme.running import Line, Run, RunState, project

NEXT_SHOWN = 3


@dataclass(frozen=True)
class Coming:
    """An item to come and when it is expected; `late` minutes after its released time."""

    item: ReleasedItem
    starts: datetime
    late: int


@dataclass(frozen=True)
class HallView:
    """What is on, what runs beside it, what comes, of one released session.

    `count` is None when the secretary does not run the day by the sheet: then the clock
    alone tells what is on.
    """

    session: ReleasedSession
    now: ReleasedItem | None
    count: Countdown | None
    is_paused: bool
    beside: tuple[ReleasedItem, ...]
    coming: tuple[Coming, ...]


def view(
    sessions: Sequence[ReleasedSession],
    runs: Mapping[int, Run],
    allowed: Mapping[int, int],
    at: datetime,
) -> HallView | None:
    """The session that is on at the instant; None between sessions and before the first.

    `allowed` are the minutes an item was given when it began: the speaker's screen counts
    from the same.
    """
    session = _session_at(sessions, runs, at)
    if session is None:
        return None
    started = [item for item in session.items if _of(runs, item).started is not None]
    if not started:
        return _by_the_clock(session, runs, at)
    opened = sorted(
        (item for item in started if _of(runs, item).is_open),
        key=lambda item: (item.parallel, -_since(_of(runs, item))),
    )
    now = opened[0] if opened else None
    run = _of(runs, now) if now else Run()
    return HallView(
        session=session,
        now=now,
        count=countdown(allowed.get(now.id, now.minutes), run, at) if now else None,
        is_paused=run.state is RunState.PAUSED,
        beside=tuple(opened[1:]),
        coming=_coming(session, runs, at),
    )


def _session_at(
    sessions: Sequence[ReleasedSession], runs: Mapping[int, Run], at: datetime
) -> ReleasedSession | None:
    """Where something runs, else whose time it is, from its doors on."""
    for session in sessions:
        if any(_of(runs, item).is_open for item in session.items):
            return session
    for session in reversed(sessions):
        rest = [i for i in session.items if _of(runs, i).state is RunState.WAITING]
        begun = any(_of(runs, item).started for item in session.items)
        late = begun and rest and at - session.ends < timedelta(hours=3)
        if session.doors_open <= at < session.ends or (late and at >= session.starts):
            return session
    return None


def _by_the_clock(session: ReleasedSession, runs: Mapping[int, Run], at: datetime) -> HallView:
    left = [item for item in session.items if _of(runs, item).state is RunState.WAITING]
    on = [item for item in left if item.starts <= at < item.ends]
    on.sort(key=lambda item: item.parallel)
    coming = tuple(Coming(item, item.starts, 0) for item in left if item.starts > at)
    return HallView(session, on[0] if on else None, None, False, tuple(on[1:]), coming[:NEXT_SHOWN])


def _coming(session: ReleasedSession, runs: Mapping[int, Run], at: datetime) -> tuple[Coming, ...]:
    """What waits, not before its released time, and later when the day is late."""
    lines = [Line(i.id, i.minutes, i.starts, i.parallel) for i in session.items]
    by_key = {item.id: item for item in session.items}
    expected = project(session.starts, lines, runs, at)
    waiting = (e for e in expected if _of(runs, by_key[e.key]).state is RunState.WAITING)
    return tuple(Coming(by_key[e.key], e.starts, e.late) for e in waiting)[:NEXT_SHOWN]


def _of(runs: Mapping[int, Run], item: ReleasedItem) -> Run:
    return runs.get(item.id, Run())


def _since(run: Run) -> float:
    return run.started.timestamp() if run.started else 0.0
