"""Who begins when in a lane."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from tools import worker_lanes
from tools.worker_lanes import Lane, Lanes

SOON = 5.0  # seconds in which anything happens that is to happen


class Work:
    """What is to be done, held up until it is let go; notes who began, and how many at once."""

    def __init__(self) -> None:
        self.began: list[int] = []
        self.most = 0
        self._now = 0
        self._lock = threading.Lock()
        self._gates: dict[int, threading.Event] = {}

    def hold(self, number: int) -> Callable[[], None]:
        """Let this one wait; gives what lets it go."""
        self._gates[number] = threading.Event()
        return self._gates[number].set

    def __call__(self, number: int) -> int:
        with self._lock:
            self.began.append(number)
            self._now += 1
            self.most = max(self.most, self._now)
        if number in self._gates:
            assert self._gates[number].wait(SOON)
        with self._lock:
            self._now -= 1
        return number * 10


@pytest.fixture
def work() -> Work:
    return Work()


def test_work_is_done_in_its_order_one_at_a_time(work: Work) -> None:
    lane = Lane(threads=4, at_once=1)
    go = work.hold(0)
    done = [lane.submit(work, number) for number in range(20)]
    assert lane.look() is True
    go()
    assert [each.result(SOON) for each in done] == [number * 10 for number in range(20)]
    assert (work.began, work.most, lane.look()) == (list(range(20)), 1, False)


def test_beside_one_that_takes_long_the_next_begins(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    lane = Lane(threads=4, at_once=1)
    go = work.hold(0)
    long, short = lane.submit(work, 0), lane.submit(work, 1)
    lane.look()
    assert (work.began, short.done()) == ([0], False)
    monkeypatch.setattr(worker_lanes, "LONG_SECONDS", 0.0)
    lane.look()
    assert (short.result(SOON), long.done()) == (10, False)
    go()
    assert long.result(SOON) == 0


def test_long_ones_take_no_more_than_the_threads(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_lanes, "LONG_SECONDS", 0.0)
    lane = Lane(threads=2, at_once=1)
    go = [work.hold(number) for number in range(3)]
    done = [lane.submit(work, number) for number in range(4)]
    until = time.monotonic() + 0.2
    while time.monotonic() < until:
        lane.look()
    assert sorted(work.began) == [0, 1]
    for each in go:
        each()
    assert [each.result(SOON) for each in done] == [0, 10, 20, 30]
    assert work.most == 2


def test_a_failure_is_told_and_the_lane_goes_on(work: Work) -> None:
    lane = Lane(threads=1, at_once=1)
    failing = lane.submit(lambda number: 1 // number, 0)
    assert lane.submit(work, 1).result(SOON) == 10
    with pytest.raises(ZeroDivisionError):
        failing.result(SOON)


def test_nothing_is_lost_when_many_come_at_once(work: Work) -> None:
    lane = Lane(threads=3, at_once=2)
    done = []

    def come(first: int) -> None:
        done.extend([lane.submit(work, number) for number in range(first, first + 200)])

    crowd = [threading.Thread(target=come, args=(first,)) for first in range(0, 1000, 200)]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    assert sorted(each.result(SOON) for each in done) == [number * 10 for number in range(1000)]
    assert (sorted(work.began), work.most <= 2) == (list(range(1000)), True)


def test_a_lane_tells_how_long_each_waited(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    hands = iter([0.0, 0.0, 2.0])  # the first comes and begins, the second comes
    told: list[float] = []
    lane = Lane(threads=1, at_once=1)
    lane.waited = told.append
    go = work.hold(0)
    monkeypatch.setattr(time, "monotonic", lambda: next(hands))
    first, second = lane.submit(work, 0), lane.submit(work, 1)
    monkeypatch.setattr(time, "monotonic", lambda: 5.0)
    go()
    assert [first.result(SOON), second.result(SOON), told] == [0, 10, [0.0, 3.0]]


def test_a_whole_scan_has_a_lane_of_its_own(work: Work) -> None:
    lanes = Lanes(threads=8)
    begun = worker_lanes.PAGES_AT_ONCE
    gates = [work.hold(number) for number in range(begun)]

    def sent(said: bytes) -> SimpleNamespace:
        return SimpleNamespace(line=SimpleNamespace(received=said))

    numbers = iter(range(6))

    def handle(_call: object) -> int:
        return work(next(numbers))

    pages = [lanes.submit(handle, sent(b"GET /d/x HTTP/1.1\r\n\r\n")) for _ in range(4)]
    until = time.monotonic() + SOON
    while len(work.began) < begun and time.monotonic() < until:
        time.sleep(0.001)
    scan = b"POST /api/v1/scans HTTP/1.1\r\nContent-Length: 2\r\n\r\n"
    drips = lanes.submit(handle, sent(scan + b"{"))
    assert lanes.submit(handle, sent(scan + b"{}")).result(SOON) == begun * 10
    assert [each.done() for each in (*pages, drips)] == [False] * 5
    for go in gates:
        go()
    others = [number * 10 for number in range(6) if number != begun]
    assert sorted(each.result(SOON) for each in (*pages, drips)) == others
    lanes.shutdown()
