"""The day as it runs: acts folded into what each item is doing, and where the day is going.

Acts are only ever added. What an item is doing, how long it took and when the rest will
come follow from them and are kept nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from congress_app.kernel.sentences import N_

# A break may give up its minutes to the rest of the day, but not these.
SHORTEST_BREAK = 5


class ActKind(StrEnum):
    """What the secretary did."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    SKIP = "skip"
    RESTORE = "restore"
    SWAP = "swap"
    TAKE_BACK = "take_back"


class RunState(StrEnum):
    """What an item is doing."""

    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    SKIPPED = "skipped"


ACT_LABELS: dict[str, str] = {
    ActKind.START: N_("Bắt đầu"),
    ActKind.PAUSE: N_("Tạm dừng"),
    ActKind.RESUME: N_("Tiếp tục"),
    ActKind.STOP: N_("Kết thúc"),
    ActKind.SKIP: N_("Bỏ qua"),
    ActKind.RESTORE: N_("Đưa trở lại"),
    ActKind.SWAP: N_("Đổi chỗ"),
    ActKind.TAKE_BACK: N_("Hoàn tác"),
}
STATE_LABELS: dict[str, str] = {
    RunState.WAITING: N_("Chưa tới"),
    RunState.RUNNING: N_("Đang diễn ra"),
    RunState.PAUSED: N_("Tạm dừng"),
    RunState.DONE: N_("Đã xong"),
    RunState.SKIPPED: N_("Đã bỏ qua"),
}
# From which state an act leads where.
_STEPS: dict[ActKind, dict[RunState, RunState]] = {
    ActKind.START: {RunState.WAITING: RunState.RUNNING},
    ActKind.PAUSE: {RunState.RUNNING: RunState.PAUSED},
    ActKind.RESUME: {RunState.PAUSED: RunState.RUNNING},
    ActKind.STOP: {RunState.RUNNING: RunState.DONE, RunState.PAUSED: RunState.DONE},
    ActKind.SKIP: {RunState.WAITING: RunState.SKIPPED},
    ActKind.RESTORE: {RunState.SKIPPED: RunState.WAITING},
}
# What a later act can undo: the swap changed the programme and is undone by another swap.
TAKEN_BACK = frozenset(_STEPS)


@dataclass(frozen=True)
class Act:
    """One thing done at an instant; `corrects` is the act a `take_back` undoes."""

    id: int
    kind: str
    item: int | None
    at: datetime
    corrects: int | None = None


@dataclass(frozen=True)
class Run:
    """What one item is doing; `paused` are seconds of pauses that are over."""

    state: RunState = RunState.WAITING
    started: datetime | None = None
    ended: datetime | None = None
    paused: float = 0.0
    paused_since: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Started and not ended."""
        return self.state in (RunState.RUNNING, RunState.PAUSED)

    def spent(self, at: datetime) -> float:
        """Seconds it took, or has taken at the instant; pauses consume nothing."""
        if self.started is None:
            return 0.0
        until = self.ended or self.paused_since or at
        return max((until - self.started).total_seconds() - self.paused, 0.0)


def may(kind: ActKind, state: RunState) -> bool:
    """Can the act be done to an item in this state?"""
    return state in _STEPS.get(kind, {})


def after(run: Run, act: Act) -> Run:
    """The run after one more act; an act that does not fit its state changes nothing."""
    kind = ActKind(act.kind)
    if not may(kind, run.state):
        return run
    if kind is ActKind.START:
        return Run(RunState.RUNNING, started=act.at)
    moved = replace(run, state=_STEPS[kind][run.state])
    if kind is ActKind.PAUSE:
        return replace(moved, paused_since=act.at)
    if run.paused_since is not None:
        pause = (act.at - run.paused_since).total_seconds()
        moved = replace(moved, paused=run.paused + pause, paused_since=None)
    return replace(moved, ended=act.at) if kind is ActKind.STOP else moved


def standing(acts: Iterable[Act]) -> list[Act]:
    """The acts that count, in their order: neither taken back nor a taking back."""
    known = list(acts)
    gone = {act.corrects for act in known if act.corrects is not None}
    return sorted(
        (act for act in known if act.corrects is None and act.id not in gone),
        key=lambda act: act.id,
    )


def fold(acts: Iterable[Act]) -> dict[int, Run]:
    """What each item touched by an act is doing, whatever order the acts come in."""
    runs: dict[int, Run] = {}
    for act in standing(acts):
        if act.item is not None:
            runs[act.item] = after(runs.get(act.item, Run()), act)
    return runs


def last_to_take_back(acts: Iterable[Act]) -> Act | None:
    """The newest act that counts, when it is one that can be undone."""
    found = standing(acts)
    return found[-1] if found and found[-1].kind in TAKEN_BACK else None


@dataclass(frozen=True)
class Line:
    """An item of a session as the projection reads it, in the order of the programme.

    `earliest` holds it back: its pin, or the start that was told to everybody.
    """

    key: int
    minutes: int
    earliest: datetime | None = None
    parallel: bool = False
    is_break: bool = False


@dataclass(frozen=True)
class Expected:
    """When an item really was, or is expected to be; `late` minutes after its pin."""

    key: int
    starts: datetime
    ends: datetime
    late: int = 0

    @property
    def minutes(self) -> int:
        """How long, in whole minutes."""
        return round((self.ends - self.starts).total_seconds() / 60)


def project(
    begins: datetime, lines: Sequence[Line], runs: Mapping[int, Run], at: datetime
) -> list[Expected]:
    """The session as it was until now and will be: begun items first, then those that wait.

    A running item ends when its minutes are used up, or is ending now when they are over.
    Skipped items take no time and are left out; nothing that waits can start in the past.
    """
    begun = sorted(
        (line for line in lines if _of(runs, line).started is not None),
        key=lambda line: (_of(runs, line).started, line.key),
    )
    waiting = [line for line in lines if _of(runs, line).state is RunState.WAITING]
    found: list[Expected] = []
    free = begins
    for line in begun:
        found.append(_begun(line, _of(runs, line), at))
        if not line.parallel:
            free = max(free, found[-1].ends)
    for line in waiting:
        floor = max(free, at)
        starts = floor if line.earliest is None else max(floor, line.earliest)
        late = 0 if line.earliest is None else _minutes(starts - line.earliest)
        ends = starts + timedelta(minutes=line.minutes)
        found.append(Expected(line.key, starts, ends, late))
        if not line.parallel:
            free = ends
    return found


def absorbed(
    begins: datetime,
    lines: Sequence[Line],
    runs: Mapping[int, Run],
    at: datetime,
    planned_end: datetime,
) -> list[Line]:
    """The lines with the breaks still to come shortened until the session ends as planned.

    The next break gives first; none goes below `SHORTEST_BREAK` minutes. Other items keep
    their minutes: those are for people to cut.
    """
    shortened = list(lines)
    for place, line in enumerate(lines):
        ends = max((each.ends for each in project(begins, shortened, runs, at)), default=begins)
        over = _minutes(ends - planned_end)
        if over <= 0:
            break
        if line.is_break and _of(runs, line).state is RunState.WAITING:
            spare = min(over, max(line.minutes - SHORTEST_BREAK, 0))
            shortened[place] = replace(line, minutes=line.minutes - spare)
    return shortened


def _begun(line: Line, run: Run, at: datetime) -> Expected:
    starts = run.started or at
    if run.ended is not None:
        return Expected(line.key, starts, run.ended)
    left = max(line.minutes * 60 - run.spent(at), 0)
    return Expected(line.key, starts, at + timedelta(seconds=left))


def _of(runs: Mapping[int, Run], line: Line) -> Run:
    return runs.get(line.key, Run())


def _minutes(length: timedelta) -> int:
    return -int(-length.total_seconds() // 60)
