"""Who begins when in a lane."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from types import SimpleNamespace

import pytest

from tools import worker_lanes
from tools.worker_lanes import Known, Lane, Lanes

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


SCAN = b"POST /api/v1/scans HTTP/1.1\r\nContent-Length: 2\r\n"
OURS = SCAN + b"Authorization: Bearer ours\r\n\r\n{}"
STRANGE = SCAN + b"Authorization: Bearer %d\r\n\r\n{}"
PAGE = b"GET /d/x HTTP/1.1\r\n\r\n"


class Desk:
    """Lanes of a process that knows one device, and work for them in the order it is sent."""

    def __init__(self, work: Work) -> None:
        self.lanes = Lanes(threads=8)
        self.lanes.known.note(hashlib.sha256(b"ours").hexdigest(), is_ours=True)
        self._work, self._sent = work, 0

    def send(self, said: bytes) -> Future[int]:
        number = self._sent
        self._sent += 1
        call = SimpleNamespace(line=SimpleNamespace(received=said))
        return self.lanes.submit(lambda _call: self._work(number), call)


@pytest.fixture
def desk(work: Work) -> Iterator[Desk]:
    made = Desk(work)
    yield made
    made.lanes.shutdown()


def test_a_whole_scan_of_a_device_waits_behind_nobody(work: Work, desk: Desk) -> None:
    gates = [work.hold(0), work.hold(2)]
    waiting = [desk.send(said) for said in (PAGE, PAGE, STRANGE % 1, STRANGE % 2, OURS[:-1])]
    # Two threads are the door's; whoever drips would hold one of them.
    assert [desk.send(OURS).result(SOON) for _ in range(3)] == [50, 60, 70]
    assert [each.done() for each in waiting] == [False] * 5
    for go in gates:
        go()
    assert [each.result(SOON) for each in waiting] == [0, 10, 20, 30, 40]


def test_a_newcomers_scan_waits_behind_no_page(work: Work, desk: Desk) -> None:
    go = work.hold(0)
    page = desk.send(PAGE)
    assert [desk.send(said).result(SOON) for said in (STRANGE % 1, SCAN + b"\r\n{}")] == [10, 20]
    assert page.done() is False
    go()
    assert page.result(SOON) == 0


@pytest.mark.parametrize(
    ("said", "is_known"),
    [
        (OURS, True),
        (OURS.replace(b"Authorization: Bearer ours", b"authorization:\tBEARER  ours "), True),
        (OURS.replace(b"Bearer", b"Basic"), False),
        (OURS.replace(b"ours", b"Ours"), False),
        (SCAN + b"\r\nAuthorization: Bearer ours\r\n\r\n", False),  # in the body
        (b"", False),
    ],
)
def test_a_device_is_known_by_its_bearer(said: bytes, is_known: bool) -> None:
    known = Known()
    known.note(hashlib.sha256(b"ours").hexdigest(), is_ours=True)
    assert known.sent(said) is is_known


def test_strangers_push_out_no_device_and_the_longest_silent_goes_first() -> None:
    known = Known(most=3)

    def note(*names: int, is_ours: bool = True) -> None:
        for name in names:
            known.note(hashlib.sha256(b"%d" % name).hexdigest(), is_ours=is_ours)

    def those() -> list[int]:
        return [name for name in range(100) if known.sent(STRANGE % name)]

    note(1, 2, 3)
    note(*range(50, 90), is_ours=False)
    assert those() == [1, 2, 3]
    note(1, 4)
    assert those() == [1, 3, 4]
    note(3, is_ours=False)
    assert those() == [1, 4]
