"""The last answer to each question, kept while what it rests on stands still.

Two hundred screens ask the same thing every two seconds; one of them makes the answer
and the others are handed the same bytes.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

Answer = TypeVar("Answer")

MOST_KEPT = 256


@dataclass(frozen=True)
class _Kept(Generic[Answer]):
    """An answer, the stamp it was made at, and when its making began."""

    stamp: Hashable
    began: float
    answer: Answer


class Latest(Generic[Answer]):
    """Answers by question, each with the stamp (a counter, a time) it was made at.

    Safe for threads: of several that ask one question at once, one makes the answer; the
    others are handed the one before meanwhile, or wait where there is none yet. Only the
    newest `MOST_KEPT` questions are remembered.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, _Kept[Answer]] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def answer(self, question: Hashable, stamp: Hashable, make: Callable[[], Answer]) -> Answer:
        """The kept answer when it was made at this stamp, else a new one."""
        asked = time.monotonic()
        with self._lock:
            kept = self._kept.get(question)
            making = self._making.setdefault(question, threading.Lock())
        if kept is not None and kept.stamp == stamp:
            return kept.answer
        if not making.acquire(blocking=kept is None) and kept is not None:
            return kept.answer
        try:
            return self._made(question, stamp, asked, make)
        finally:
            making.release()

    def _made(
        self, question: Hashable, stamp: Hashable, asked: float, make: Callable[[], Answer]
    ) -> Answer:
        with self._lock:
            kept = self._kept.get(question)
        # Begun after this question was asked: new enough, whatever stamp it bears. Without
        # this, two that ask at two stamps would unmake each other's answers in turns.
        if kept is not None and (kept.stamp == stamp or kept.began >= asked):
            return kept.answer
        began = time.monotonic()
        made = make()
        with self._lock:
            self._kept[question] = _Kept(stamp, began, made)
            self._kept.move_to_end(question)
            while len(self._kept) > MOST_KEPT:
                oldest, _ = self._kept.popitem(last=False)
                self._making.pop(oldest, None)
        return made
