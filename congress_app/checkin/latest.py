"""The last answer to each question, kept while what it rests on stands still.

Two hundred screens ask the same thing every two seconds; one of them makes the answer
and the others are handed the same bytes.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Answer = TypeVar("Answer")

MOST_KEPT = 256


class Latest(Generic[Answer]):
    """Answers by question, each with the stamp (a counter, a time) it was made at.

    Safe for threads: of several that ask one question at once, one makes the answer. Only
    the newest `MOST_KEPT` questions are remembered.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, tuple[Hashable, Answer]] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def answer(self, question: Hashable, stamp: Hashable, make: Callable[[], Answer]) -> Answer:
        """The kept answer when it was made at this stamp, else a new one."""
        with self._lock:
            kept = self._kept.get(question)
            making = self._making.setdefault(question, threading.Lock())
        if kept is not None and kept[0] == stamp:
            return kept[1]
        with making:
            with self._lock:
                kept = self._kept.get(question)
            if kept is not None and kept[0] == stamp:
                return kept[1]
            made = make()
            self._keep(question, stamp, made)
            return made

    def _keep(self, question: Hashable, stamp: Hashable, made: Answer) -> None:
        with self._lock:
            self._kept[question] = (stamp, made)
            self._kept.move_to_end(question)
            while len(self._kept) > MOST_KEPT:
                oldest, _ = self._kept.popitem(last=False)
                self._making.pop(oldest, None)
