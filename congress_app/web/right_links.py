"""Which links are right, told without asking the database for each.

What opened something here is remembered, and when that does not tell, all links that stand
are read at once: at most every ten seconds, and for no more than a twentieth of the time.
So a flood of wrong links costs the database the same whatever its size, and a right link is
found among them though nobody has opened it before. One handed out since the last reading
is not known until the next; one taken back may still be, and then the page itself finds
nothing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable

# Gives every secret that opens something now.
ReadLinks = Callable[[], Iterable[str]]

READ_AGAIN_SECONDS = 10.0
_SHARE = 20
_MOST_OPENED = 20_000


class RightLinks:
    """The links known to be right, in the memory of this process; as numbers, not as secrets."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._opened: set[int] = set()
        self._read: frozenset[int] = frozenset()
        self._read_again_at = float("-inf")

    def note(self, link: str) -> None:
        """The secret of this link opened something."""
        if len(self._opened) >= _MOST_OPENED:
            self._opened.clear()
        self._opened.add(hash(link))

    def knows(self, link: str, read: ReadLinks) -> bool:
        """Whether it opened something before, or stood in the tables when they were read."""
        mark = hash(link)
        if mark in self._opened or mark in self._read:
            return True
        with self._lock:
            if self._now() >= self._read_again_at:
                self._read_all(read)
        return mark in self._read

    def _read_all(self, read: ReadLinks) -> None:
        """Under the lock. The time is set before: a database that is away is not asked more."""
        begun = self._now()
        self._read_again_at = begun + READ_AGAIN_SECONDS
        self._read = frozenset(hash(link) for link in read())
        took = self._now() - begun
        self._read_again_at = begun + max(READ_AGAIN_SECONDS, _SHARE * took)
