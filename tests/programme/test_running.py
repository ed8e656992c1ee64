"""Acts folded into runs, the projection of the day, breaks that give way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.programme import running
from congress_app.programme.running import (
    Act,
    ActKind,
    Expected,
    Line,
    Run,
    RunState,
    absorbed,
    fold,
    project,
)

START = datetime(2020, 6, 15, 1, 0, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def acts(*rows: tuple[str, int, float]) -> list[Act]:
    return [Act(n, kind, item, at(when)) for n, (kind, item, when) in enumerate(rows, start=1)]


def test_an_item_starts_pauses_goes_on_and_ends() -> None:
    rows = acts(("start", 1, 0), ("pause", 1, 4), ("resume", 1, 6), ("stop", 1, 12))
    assert fold(rows) == {1: Run(RunState.DONE, at(0), at(12), paused=120.0)}
    assert fold(rows)[1].spent(at(99)) == 600


def test_a_pause_consumes_nothing_while_it_lasts() -> None:
    run = fold(acts(("start", 1, 0), ("pause", 1, 4)))[1]
    assert (run.state, run.spent(at(5)), run.spent(at(50))) == (RunState.PAUSED, 240, 240)


def test_an_item_stopped_in_a_pause_counts_until_the_pause() -> None:
    run = fold(acts(("start", 1, 0), ("pause", 1, 4), ("stop", 1, 9)))[1]
    assert run.spent(at(20)) == 240


def test_a_taken_back_act_never_happened() -> None:
    rows = [*acts(("start", 1, 0), ("stop", 1, 3)), Act(3, "take_back", 1, at(4), corrects=2)]
    assert fold(rows) == {1: Run(RunState.RUNNING, at(0))}
    assert running.last_to_take_back(rows) == rows[0]


def test_a_swap_is_no_act_to_take_back() -> None:
    assert running.last_to_take_back(acts(("start", 1, 0), ("swap", 2, 1))) is None
    assert running.last_to_take_back([]) is None


def test_a_skipped_item_can_come_back() -> None:
    assert fold(acts(("skip", 1, 0)))[1].state is RunState.SKIPPED
    assert fold(acts(("skip", 1, 0), ("restore", 1, 1)))[1] == Run()


@pytest.mark.parametrize(
    ("kind", "state", "allowed"),
    [
        (ActKind.START, RunState.WAITING, True),
        (ActKind.START, RunState.RUNNING, False),
        (ActKind.START, RunState.DONE, False),
        (ActKind.RESUME, RunState.PAUSED, True),
        (ActKind.STOP, RunState.WAITING, False),
        (ActKind.SKIP, RunState.RUNNING, False),
        (ActKind.SWAP, RunState.WAITING, False),
    ],
)
def test_what_may_follow_what(kind: ActKind, state: RunState, allowed: bool) -> None:
    assert running.may(kind, state) is allowed


LINES = [Line(1, 10), Line(2, 20), Line(3, 15, is_break=True), Line(4, 10, earliest=at(45))]


def test_an_overrun_moves_what_waits_and_tells_the_late_pin() -> None:
    runs = fold(acts(("start", 1, 0), ("stop", 1, 14), ("start", 2, 14)))
    assert project(START, LINES, runs, at(20)) == [
        Expected(1, at(0), at(14)),
        Expected(2, at(14), at(34)),
        Expected(3, at(34), at(49)),
        Expected(4, at(49), at(59), late=4),
    ]


def test_a_running_item_over_its_minutes_ends_now() -> None:
    runs = fold(acts(("start", 1, 0)))
    assert project(START, LINES, runs, at(17))[:2] == [
        Expected(1, at(0), at(17)),
        Expected(2, at(17), at(37)),
    ]


def test_a_skipped_item_takes_no_time() -> None:
    runs = fold(acts(("start", 1, 0), ("skip", 2, 1)))
    assert [each.key for each in project(START, LINES, runs, at(1))] == [1, 3, 4]


def test_counting_runs_beside_the_line() -> None:
    lines = [Line(1, 10), Line(2, 60, parallel=True), Line(3, 5)]
    assert [each.starts for each in project(START, lines, {}, START)] == [at(0), at(10), at(10)]


def test_the_break_gives_what_it_can() -> None:
    runs = fold(acts(("start", 1, 0), ("stop", 1, 14), ("start", 2, 14)))
    assert absorbed(START, LINES, runs, at(20), at(55))[2].minutes == 11
    assert absorbed(START, LINES, runs, at(20), at(30))[2].minutes == 5
    assert absorbed(START, LINES, runs, at(20), at(59)) == LINES


kinds = st.sampled_from([kind.value for kind in running.TAKEN_BACK])
logs = st.lists(st.tuples(kinds, st.integers(1, 4), st.integers(0, 5)), max_size=30)


def log_of(rows: list[tuple[str, int, int]]) -> list[Act]:
    moment, found = START, []
    for number, (kind, item, passed) in enumerate(rows, start=1):
        moment += timedelta(minutes=passed)
        found.append(Act(number, kind, item, moment))
    return found


@given(logs, st.randoms())
def test_the_fold_asks_no_order_and_time_never_runs_backwards(rows, random) -> None:  # type: ignore[no-untyped-def]
    log = log_of(rows)
    mixed = list(log)
    random.shuffle(mixed)
    assert fold(mixed) == fold(log)
    end = log[-1].at if log else START
    for run in fold(log).values():
        assert 0 <= run.spent(end) <= run.spent(end + timedelta(minutes=1))
        assert (run.started is None) == (run.state in (RunState.WAITING, RunState.SKIPPED))
        assert (run.ended is not None) == (run.state is RunState.DONE)


@given(logs, st.integers(0, 60))
def test_taking_back_everything_leaves_nothing(
    rows: list[tuple[str, int, int]], later: int
) -> None:
    log = log_of(rows)
    while (last := running.last_to_take_back(log)) is not None:
        log.append(Act(len(log) + 1, "take_back", last.item, at(later), corrects=last.id))
    assert fold(log) == {}
