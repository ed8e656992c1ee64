"""Which requests a process computes, and how many at a time.

Python computes in one thread of a process at a time. Of a dozen threads that all want to, each
waits for all others after every question to the database, so that together they get through a
quarter less, and each answer takes a dozen times as long. So a lane lets one begin after the
other; one that turns out to take long (a large file, a database that is slow to answer) is no
longer counted, and the next may begin beside it.

What comes from a door has a lane of its own: nobody waits there behind a crowd of phones that
ask for the agenda. Whether a scan comes from a door, its bearer says: the application tells
of each answer which device it was for. A bearer nobody has told of yet queues with his like,
one at a time. So a device is quick from its first scan on and has the door's lane from its
second, and strangers stand in each other's way only.
"""

from __future__ import annotations

import hashlib
import re
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from tools.worker_line import is_whole

# After so long the next may begin. Far beyond what live pages take even in a crowd: else a
# crowd would let more and more begin, and each of them make all others longer still.
LONG_SECONDS = 0.3
# How a scan begins; one thread in four is kept for devices, and one more for newcomers.
SCAN = b"POST /api/v1/scans"
DOOR_SHARE = 4
PAGES_AT_ONCE = 1
# More devices than a country's doors have; what is kept of one is some hundred bytes.
MOST_KNOWN = 10_000
_BEARER = re.compile(rb"\r\nauthorization:[ \t]*bearer[ \t]+([^\r\n]*)", re.IGNORECASE)

Job = tuple["Future[Any]", Callable[[Any], Any], Any, float]  # since when it waits


def _nobody_asks(_waited: float) -> None:
    """Nobody wants to know how long somebody waited."""


class Lane:
    """Threads that take work in the order it came, `at_once` at a time and the slow beside them."""

    def __init__(self, threads: int, at_once: int) -> None:
        self._threads, self._at_once = threads, at_once
        self._pool = ThreadPoolExecutor(threads)
        self._waiting: deque[Job] = deque()
        self._counted: dict[Future[Any], float] = {}  # since when; without those that take long
        self._busy = 0
        self._lock = threading.Lock()
        # Told, of each whose turn has come, how many seconds he waited.
        self.waited: Callable[[float], None] = _nobody_asks

    def submit(self, work: Callable[[Any], Any], given: Any) -> Future[Any]:
        """Have it done when its turn comes."""
        future: Future[Any] = Future()
        with self._lock:
            self._waiting.append((future, work, given, time.monotonic()))
        self._begin()
        return future

    def look(self) -> bool:
        """Count those no longer that take long; True while somebody waits."""
        limit = time.monotonic() - LONG_SECONDS
        with self._lock:
            for future in [one for one, since in self._counted.items() if since < limit]:
                del self._counted[future]
        self._begin()
        return bool(self._waiting)

    def shutdown(self, *, wait: bool = True) -> None:
        """Take no more work."""
        self._pool.shutdown(wait=wait)

    def _begin(self) -> None:
        while True:
            with self._lock:
                job = self._next() if self._busy < self._threads else None
                if job is None:
                    return
                self._busy += 1
            self._pool.submit(self._work, job)

    def _next(self) -> Job | None:
        """The next that may begin, now counted; under the lock."""
        if not self._waiting or len(self._counted) >= self._at_once:
            return None
        job, now = self._waiting.popleft(), time.monotonic()
        self._counted[job[0]] = now
        self.waited(now - job[3])
        return job

    def _work(self, job: Job | None) -> None:
        """One thread, from job to job: handing over to another one would cost a switch."""
        while job is not None:
            future, work, given, _since = job
            try:
                future.set_result(work(given))
            except BaseException as error:  # noqa: BLE001 - whoever asked is told, as a pool does
                future.set_exception(error)
            with self._lock:
                self._counted.pop(future, None)
                job = self._next()
                if job is None:
                    self._busy -= 1


class Known:
    """The devices of which the application said that they are ours, by the digest of their secret.

    Strangers are never kept, so they push nobody out, however many secrets they make up.
    """

    def __init__(self, most: int = MOST_KNOWN) -> None:
        self._most = most
        self._digests: dict[str, None] = {}  # who came last stands last
        self._lock = threading.Lock()

    def note(self, digest: str, *, is_ours: bool) -> None:
        """What the application said of who holds the secret with this digest."""
        with self._lock:
            self._digests.pop(digest, None)
            if is_ours:
                self._digests[digest] = None
            if len(self._digests) > self._most:
                del self._digests[next(iter(self._digests))]

    def sent(self, received: bytes | bytearray) -> bool:
        """Whether the request these bytes begin carries the secret of one of them."""
        found = _BEARER.search(bytes(received[: received.find(b"\r\n\r\n") + 2]))
        if found is None:
            return False
        digest = hashlib.sha256(found[1].strip()).hexdigest()
        with self._lock:
            return digest in self._digests


class Lanes:
    """The door's lane, that of newcomers and everybody else's; to gunicorn one pool of threads."""

    def __init__(self, threads: int) -> None:
        at_door = max(1, threads // DOOR_SHARE)
        # At the door all at once: what they write, they write together.
        self._door = Lane(at_door, at_door)
        self._newcomers = Lane(1, 1)
        self._pages = Lane(max(1, threads - at_door - 1), PAGES_AT_ONCE)
        self.known = Known()

    def tell(self, waited: Callable[[float], None]) -> None:
        """Tell somebody how long each waited who did not come from a door."""
        self._pages.waited = waited

    def submit(self, work: Callable[[Any], Any], call: Any) -> Future[Any]:
        """Have it done in its lane.

        Whose sending a thread must wait for stays out of the few that are kept for scans: a
        stranger who lets some such requests drip would hold them all.
        """
        received = call.line.received
        lane = self._pages
        if received.startswith(SCAN) and is_whole(received):
            lane = self._door if self.known.sent(received) else self._newcomers
        return lane.submit(work, call)

    def look(self) -> bool:
        """As the lanes'."""
        is_waited = [lane.look() for lane in self._all()]
        return any(is_waited)

    def shutdown(self, *, wait: bool = True) -> None:
        """Take no more work."""
        for lane in self._all():
            lane.shutdown(wait=wait)

    def _all(self) -> tuple[Lane, ...]:
        return self._door, self._newcomers, self._pages
