"""The day as it runs: the run sheet, what is on now, the rest of a session, minutes spoken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from congress_app.congresses.models import Pulse
from congress_app.database import db
from congress_app.kernel import clock
from congress_app.programme import day_proposal, queries, running
from congress_app.programme.countdown import Countdown, countdown
from congress_app.programme.day_models import DayAct
from congress_app.programme.day_proposal import Proposal
from congress_app.programme.models import Item, Session
from congress_app.programme.queries import TimedItem, TimedSession
from congress_app.programme.running import Act, ActKind, Expected, Line, Run, RunState
from congress_app.programme.spoken import Spoken


@dataclass(frozen=True)
class SheetLine:
    """One item on the run sheet: what was planned, what happens.

    `late` is in minutes: of its start while it waits, of its end once it is over.
    """

    item: Item
    run: Run
    planned_at: datetime
    planned_minutes: int
    expected: Expected | None
    countdown: Countdown | None
    late: int

    @property
    def title(self) -> str:
        """The title of its speech, else its own."""
        return title_of(self.item)


@dataclass(frozen=True)
class SheetSession:
    """A session on the run sheet; `late` minutes later than planned it will end."""

    session: Session
    lines: tuple[SheetLine, ...]
    ends: datetime
    expected_end: datetime
    has_begun: bool

    @property
    def late(self) -> int:
        """Minutes the session is behind (negative: ahead)."""
        return round((self.expected_end - self.ends).total_seconds() / 60)


@dataclass(frozen=True)
class Sheet:
    """The run sheet at an instant; `dropped` are titles skipped and gone from the programme."""

    at: datetime
    sessions: tuple[SheetSession, ...]
    current: SheetLine | None
    beside: tuple[SheetLine, ...]
    following: SheetLine | None
    dropped: tuple[str, ...]
    acts: tuple[DayAct, ...]
    undoable: DayAct | None


def counter(congress_id: int) -> int:
    """The counter that rises with every change live pages show."""
    return db.session.scalar(select(Pulse.counter).where(Pulse.congress_id == congress_id)) or 0


def acts_of(congress_id: int) -> Sequence[DayAct]:
    """All acts of the congress's days, in order."""
    return db.session.scalars(
        select(DayAct).where(DayAct.congress_id == congress_id).order_by(DayAct.id)
    ).all()


def plain(acts: Sequence[DayAct]) -> list[Act]:
    """The acts as `running` reads them."""
    return [Act(act.id, act.kind, act.item_id, act.at, act.corrects_id) for act in acts]


def runs_of(congress_id: int) -> dict[int, Run]:
    """What each item that was touched is doing."""
    return running.fold(plain(acts_of(congress_id)))


def runs_and_minutes(congress_id: int) -> tuple[dict[int, Run], dict[int, int]]:
    """What each item is doing, and the minutes it was given when it began.

    These are what every countdown counts down from.
    """
    acts = acts_of(congress_id)
    counting = running.standing(plain(acts))
    given = _snapshots(acts, {act.id for act in counting})
    return running.fold(counting), {key: minutes for key, (_at, minutes) in given.items()}


def title_of(item: Item) -> str:
    """What an item is called: by its speech where it has one."""
    return item.speech.title if item.speech is not None else item.title


def lines_of(timed: TimedSession) -> list[Line]:
    """A session as the projection reads it."""
    return [
        Line(
            each.item.id,
            each.item.minutes,
            each.item.pinned_at,
            each.item.parallel,
            each.item.kind == "break",
        )
        for each in timed.items
    ]


def sheet_of(congress_id: int, at: datetime) -> Sheet:
    """The run sheet of all sessions at the instant."""
    acts = acts_of(congress_id)
    counting = running.standing(plain(acts))
    runs = running.fold(counting)
    snapshots = _snapshots(acts, {act.id for act in counting})
    sessions = tuple(
        _session(timed, runs, snapshots, at) for timed in queries.programme_of(congress_id)
    )
    lines = [line for session in sessions for line in session.lines]
    opened = sorted(
        (line for line in lines if line.run.started and line.run.is_open),
        key=lambda line: (line.item.parallel, -_instant(line.run.started)),
    )
    undoable = running.last_to_take_back(plain(acts))
    return Sheet(
        at=at,
        sessions=sessions,
        current=opened[0] if opened else None,
        beside=tuple(opened[1:]),
        following=_following(lines, opened[0] if opened else None, _days_over(sessions, at)),
        dropped=_dropped(acts, {act.id for act in counting}),
        acts=tuple(reversed(acts)),
        undoable=next((act for act in acts if undoable and act.id == undoable.id), None),
    )


def proposal_for(timed: TimedSession, at: datetime, *, absorb: bool) -> Proposal:
    """What the day so far does to the rest of the session; `absorb` shortens breaks."""
    return day_proposal.propose(
        timed.session.starts_at,
        lines_of(timed),
        runs_of(timed.session.congress_id),
        at,
        timed.ends if absorb else None,
    )


def spoken_of(congress_id: int, at: datetime) -> list[Spoken]:
    """Every speech of the programme with the minutes it was planned for and the time it took."""
    sheet = sheet_of(congress_id, at)
    return [
        Spoken(
            unit=speech.unit.name if speech.unit is not None else "",
            field=speech.field or "",
            planned_minutes=line.planned_minutes,
            seconds=line.run.spent(at),
            held=line.run.started is not None,
        )
        for session in sheet.sessions
        for line in session.lines
        if (speech := line.item.speech) is not None
    ]


def _session(
    timed: TimedSession,
    runs: Mapping[int, Run],
    snapshots: Mapping[int, tuple[datetime, int]],
    at: datetime,
) -> SheetSession:
    begins = timed.session.starts_at
    expected = {e.key: e for e in running.project(begins, lines_of(timed), runs, at)}
    has_begun = any(runs.get(each.item.id, Run()).started for each in timed.items)
    lines = tuple(
        _line(
            each,
            runs.get(each.item.id, Run()),
            snapshots.get(each.item.id, (each.slot.starts, each.item.minutes)),
            expected.get(each.item.id) if has_begun else None,
            at,
        )
        for each in timed.items
    )
    end = max((each.ends for each in expected.values()), default=timed.ends)
    return SheetSession(
        timed.session, lines, timed.ends, end if has_begun else timed.ends, has_begun
    )


def _line(
    each: TimedItem,
    run: Run,
    plan: tuple[datetime, int],
    expected: Expected | None,
    at: datetime,
) -> SheetLine:
    planned_at, minutes = plan
    late = 0
    if expected is not None:
        late = round((expected.starts - planned_at).total_seconds() / 60)
        if run.ended is not None:
            late += expected.minutes - minutes
    count = countdown(minutes, run, at)
    return SheetLine(each.item, run, planned_at, minutes, expected, count, late)


def _days_over(sessions: Sequence[SheetSession], at: datetime) -> int:
    """How many lines stand in sessions of earlier days, when there are others."""
    today = clock.at_venue(at).date()
    over = [each for each in sessions if clock.at_venue(each.session.starts_at).date() < today]
    return 0 if len(over) == len(sessions) else sum(len(each.lines) for each in over)


def _following(
    lines: Sequence[SheetLine], current: SheetLine | None, days_over: int
) -> SheetLine | None:
    """The first that waits behind the running one; else behind the last that was touched.

    Before anything of today was touched it is today's first, not one left over from
    another day.
    """
    place = lines.index(current) if current else -1
    if current is None:
        touched = [i for i, line in enumerate(lines) if line.run.started]
        place = max(touched[-1] if touched else -1, days_over - 1)
    return next((line for line in lines[place + 1 :] if line.run.state is RunState.WAITING), None)


def _snapshots(acts: Sequence[DayAct], counting: set[int]) -> dict[int, tuple[datetime, int]]:
    return {
        act.item_id: (act.planned_at, act.planned_minutes or 0)
        for act in acts
        if act.id in counting
        and act.kind == ActKind.START
        and act.item_id is not None
        and act.planned_at is not None
    }


def _dropped(acts: Sequence[DayAct], counting: set[int]) -> tuple[str, ...]:
    gone = (a for a in acts if a.id in counting and a.kind == ActKind.SKIP and a.item_id is None)
    return tuple(dict.fromkeys(act.title for act in gone))


def _instant(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0
