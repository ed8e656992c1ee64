"""The last answer to each question, kept while what it rests on stands still.

Two hundred screens ask the same thing every two seconds; one of them makes the answer
and the others are handed the same bytes. Under load the making itself is what makes everybody
wait, so an answer may rest: it is then told again for a while though something changed.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

Answer = TypeVar("Answer")

MOST_KEPT = 1024
# However long an answer took to make, it is told no longer than this after a change.
LONGEST_REST_SECONDS = 5.0


@dataclass(frozen=True)
class Kept(Generic[Answer]):
    """An answer, the stamp it was made at, when its making began, and until when it rests."""

    stamp: Hashable
    began: float
    rests_until: float
    answer: Answer


class Beside(Protocol[Answer]):
    """Where the other processes of the machine find an answer, and lay theirs."""

    def take(self, question: Hashable) -> Kept[Answer] | None:
        """The last one laid there."""

    def put(self, question: Hashable, kept: Kept[Answer]) -> None:
        """Lay it there."""


class Latest(Generic[Answer]):
    """Answers by question, each with the stamp (a counter, a time) it was made at.

    Safe for threads: of several that ask one question at once, one makes the answer; the
    others are handed the one before meanwhile, or wait where there is none yet. Only the
    newest `MOST_KEPT` questions are remembered.

    With a `rest_factor` an answer is made again only after that many times the seconds its
    making took, and those that questions are `waiting` for their turn (5 at most): a quiet
    machine tells every change within half a second, and a crowded one spends no more than a
    share of its time on boards. Only for answers that name what they hold by themselves: the
    stamp asked for may be newer than what is told.

    What another process laid `beside` counts as if it had been made here.

    With `exact` nobody is handed the one before: all wait for what is true at their stamp.
    """

    def __init__(
        self,
        rest_factor: float = 0.0,
        *,
        exact: bool = False,
        beside: Beside[Answer] | None = None,
        waiting: Callable[[], float] = lambda: 0.0,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._rest_factor = rest_factor
        self._exact = exact
        self._beside = beside
        self._waiting = waiting
        self._now = now
        self._kept: OrderedDict[Hashable, Kept[Answer]] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def answer(self, question: Hashable, stamp: Hashable, make: Callable[[], Answer]) -> Answer:
        """The kept answer when it was made at this stamp, else a new one."""
        asked = self._now()
        with self._lock:
            kept = self._kept.get(question)
            making = self._making.setdefault(question, threading.Lock())
        if kept is not None and (kept.stamp == stamp or self._rests(kept, asked)):
            return kept.answer
        waits = self._exact or kept is None
        if not making.acquire(blocking=waits) and kept is not None:
            return kept.answer
        try:
            return self._made(question, stamp, asked, make)
        finally:
            making.release()

    def _rests(self, kept: Kept[Answer], asked: float) -> bool:
        return not self._exact and asked < kept.rests_until

    def _is_newer(self, kept: Kept[Answer], asked: float) -> bool:
        # What is begun later may still have read the state of before, and who is exact keeps
        # the answer under the stamp he asked at.
        return not self._exact and kept.began >= asked

    def _made(
        self, question: Hashable, stamp: Hashable, asked: float, make: Callable[[], Answer]
    ) -> Answer:
        with self._lock:
            kept = self._kept.get(question)
        # Begun after this question was asked: new enough, whatever stamp it bears. Without
        # this, two that ask at two stamps would unmake each other's answers in turns.
        if kept is not None and (kept.stamp == stamp or self._is_newer(kept, asked)):
            return kept.answer
        found = self._found(question, stamp, asked) or self._new(question, stamp, make)
        with self._lock:
            self._kept[question] = found
            self._kept.move_to_end(question)
            while len(self._kept) > MOST_KEPT:
                oldest, _ = self._kept.popitem(last=False)
                self._making.pop(oldest, None)
        return found.answer

    def _found(self, question: Hashable, stamp: Hashable, asked: float) -> Kept[Answer] | None:
        found = self._beside.take(question) if self._beside else None
        # Begun in the future: left there before the machine was started again.
        if found is None or found.began > self._now():
            return None
        is_good = found.stamp == stamp or self._rests(found, asked) or self._is_newer(found, asked)
        return found if is_good else None

    def _new(self, question: Hashable, stamp: Hashable, make: Callable[[], Answer]) -> Kept[Answer]:
        began = self._now()
        made = make()
        ended = self._now()
        took = ended - began + self._waiting()
        rest = min(self._rest_factor * took, LONGEST_REST_SECONDS)
        new = Kept(stamp, began, ended + rest, made)
        if self._beside is not None:
            self._beside.put(question, new)
        return new
