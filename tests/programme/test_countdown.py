"""What is left for the speaker."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from congress_app.programme.countdown import Countdown, countdown
from congress_app.programme.running import Run, RunState

START = datetime(2020, 6, 15, 1, 0, tzinfo=UTC)
RUNNING = Run(RunState.RUNNING, START)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("passed", "words", "light"),
    [
        (0, "10:00", "plain"),
        (0.4, "10:00", "plain"),
        (175, "7:05", "plain"),
        (539, "1:01", "plain"),
        (540, "1:00", "low"),
        (599.5, "0:01", "low"),
        (600, "0:00", "over"),
        (601, "−0:01", "over"),
        (680, "−1:20", "over"),
    ],
)
def test_the_last_minute_is_amber_and_then_it_goes_below_zero(
    passed: float, words: str, light: str
) -> None:
    count = countdown(10, RUNNING, at(passed))
    assert count is not None
    assert (count.words, count.light, count.ends) == (words, light, at(600))


def test_a_pause_stands_still() -> None:
    paused = Run(RunState.PAUSED, START, paused_since=at(100))
    assert countdown(10, paused, at(130)) == Countdown(500, None)
    assert countdown(10, paused, at(900)) == Countdown(500, None)


def test_a_pause_that_is_over_puts_the_end_off() -> None:
    run = Run(RunState.RUNNING, START, paused=30)
    assert countdown(10, run, at(130)) == Countdown(500, at(630))


def test_nothing_counts_before_and_after() -> None:
    assert countdown(10, Run(), START) is None
    assert countdown(10, Run(RunState.DONE, START, at(60)), at(70)) is None
