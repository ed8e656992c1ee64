"""One clock: aware, in UTC, held still in tests, read at the venue."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.kernel.clock import at_venue, from_venue, frozen, now, set_since_start, today

MORNING = datetime(2020, 10, 14, 0, 30, tzinfo=UTC)


def test_the_clock_runs_in_utc() -> None:
    before = datetime.now(UTC)
    shown = now()
    assert shown.tzinfo is UTC
    assert before <= shown <= datetime.now(UTC)


def test_a_held_clock_stands_still_and_goes_on_after() -> None:
    with frozen(MORNING):
        assert now() == now() == MORNING
        with frozen(MORNING + timedelta(hours=1)):
            assert now() == MORNING + timedelta(hours=1)
        assert now() == MORNING
    assert now() > MORNING


def test_the_clock_goes_on_after_an_error() -> None:
    with pytest.raises(RuntimeError, match="stop"), frozen(MORNING):
        raise RuntimeError("stop")
    assert now() > MORNING


def test_other_threads_are_not_held() -> None:
    seen: list[datetime] = []
    with frozen(MORNING):
        thread = Thread(target=lambda: seen.append(now()))
        thread.start()
        thread.join()
    assert seen[0] > MORNING


def test_a_day_begins_at_the_venue() -> None:
    with frozen(datetime(2020, 10, 13, 17, 0, tzinfo=UTC)):
        assert today() == date(2020, 10, 14)
    with frozen(datetime(2020, 10, 13, 16, 59, tzinfo=UTC)):
        assert today() == date(2020, 10, 13)


def test_wall_clocks_of_the_venue() -> None:
    shown = at_venue(MORNING)
    assert (shown.hour, shown.minute, shown.utcoffset()) == (7, 30, timedelta(hours=7))
    assert at_venue(MORNING.replace(tzinfo=None)) == shown
    elsewhere = MORNING.astimezone(timezone(timedelta(hours=-5)))
    assert at_venue(elsewhere) == shown


@given(st.datetimes(datetime.fromisoformat("2000-01-01"), datetime.fromisoformat("2100-01-01")))
def test_wall_time_to_instant_and_back(wall: datetime) -> None:
    instant = from_venue(wall)
    assert instant.tzinfo is UTC
    assert at_venue(instant).replace(tzinfo=None) == wall


def test_a_clock_that_was_set_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = time.time

    def moved(hours: int) -> Callable[[], float]:
        return lambda: plain() + hours * 3600

    assert abs(set_since_start()) < timedelta(seconds=5)
    for hours in (2, -2):
        monkeypatch.setattr(time, "time", moved(hours))
        assert abs(set_since_start() - timedelta(hours=hours)) < timedelta(seconds=5)
