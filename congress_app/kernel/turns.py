"""Taking turns: a lock given in the order asked for, also between processes; and work of
several threads done together.

SQLite has one writer at a time, and those who wait for it poll with growing pauses: who
just wrote is first again, and others starve. Here writers queue instead.
"""

from __future__ import annotations

import fcntl
import os
import threading
import weakref
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Generic, TypeVar

Work = TypeVar("Work")
Result = TypeVar("Result")


class Turns:
    """A lock whose holder hands it to the one who waits longest.

    With a `path` the processes that name the same path take turns as well. Two files do
    it: who waits for the second holds the first, so who just let go cannot come before.
    A killed process lets go of both.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._is_held = False
        names = () if path is None else (f"{path}-next", f"{path}-turn")
        self._files = [os.open(name, os.O_RDWR | os.O_CREAT, 0o600) for name in names]
        weakref.finalize(self, _close, self._files)

    def __enter__(self) -> None:
        mine = threading.Lock()
        mine.acquire()
        with self._guard:
            waits = self._is_held
            self._is_held = True
            if waits:
                self._waiting.append(mine)
        if waits:
            mine.acquire()
        self._before_others()

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._files:
            fcntl.flock(self._files[1], fcntl.LOCK_UN)
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_held = False

    def _before_others(self) -> None:
        if self._files:
            coming, turn = self._files
            fcntl.flock(coming, fcntl.LOCK_EX)
            fcntl.flock(turn, fcntl.LOCK_EX)
            fcntl.flock(coming, fcntl.LOCK_UN)


def _close(files: list[int]) -> None:
    for file in files:
        os.close(file)


class _Job(Generic[Work, Result]):
    def __init__(self, work: Work) -> None:
        self.work = work
        self.result: Result | None = None
        self.error: BaseException | None = None
        self.leads = False
        self.told = threading.Event()


class Together(Generic[Work, Result]):
    """What several threads want at the same moment, carried out by one of them at once.

    The first to come leads: it carries out what is there. Who comes meanwhile waits, and
    the first of those leads the next group. So a slow end that all need (a commit that
    waits for the disk) is paid once for a group, and nobody waits for a group to fill.
    """

    def __init__(
        self, carry_out: Callable[[Sequence[Work]], Sequence[Result]], most: int = 16
    ) -> None:
        self._carry_out = carry_out
        self._most = most
        self._guard = threading.Lock()
        self._waiting: deque[_Job[Work, Result]] = deque()
        self._is_led = False

    def submit(self, work: Work) -> Result:
        """Have it carried out, alone or with others; gives its own result.

        Raises what carrying the group out raised.
        """
        job: _Job[Work, Result] = _Job(work)
        with self._guard:
            self._waiting.append(job)
            if not self._is_led:
                self._is_led = job.leads = True
        if not job.leads:
            job.told.wait()
        if job.leads:
            self._lead()
        if job.error is not None:
            raise job.error
        return job.result  # type: ignore[return-value]

    def _lead(self) -> None:
        with self._guard:
            group = [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]
        try:
            results = self._carry_out([job.work for job in group])
            for job, result in zip(group, results, strict=True):
                job.result = result
        except BaseException as error:  # noqa: BLE001 - nobody may be left waiting
            for job in group:
                job.error = error
        with self._guard:
            heir = self._waiting[0] if self._waiting else None
            self._is_led = heir is not None
        # The leader is the first of its group and is awake; the heir wakes to lead.
        for job in group[1:]:
            job.told.set()
        if heir is not None:
            heir.leads = True
            heir.told.set()
