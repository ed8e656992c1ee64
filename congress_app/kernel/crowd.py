"""How crowded the server is, and how soon those who only look on should ask again.

Screens and phones ask by the clock. When more of them ask than can be answered, each waits
behind all others and nobody gains; so whoever asks is told to come again later, and answers
made for many rest longer. Scans are never asked to wait.
"""

from __future__ import annotations

import time
from collections.abc import Callable

# The share of the newest in the average: of some fifty questions, less than a second of a crowd.
_WEIGHT = 0.02
# When nobody has come for so long, nobody waits.
_FORGOTTEN_SECONDS = 2.0
# A wait of so many seconds doubles the time until somebody is to ask again.
DOUBLING_SECONDS = 0.1


class Crowd:
    """How long questions lately waited for their turn, in seconds.

    One for each process. Threads may note at once: the worst of it is one note lost.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._average = 0.0
        self._noted = now()

    def note(self, waited: float) -> None:
        """Somebody waited so many seconds and is served now."""
        self._average = self.waiting
        self._average += (waited - self._average) * _WEIGHT
        self._noted = self._now()

    @property
    def waiting(self) -> float:
        """Seconds a question waits now."""
        is_over = self._now() - self._noted > _FORGOTTEN_SECONDS
        return 0.0 if is_over else self._average

    def ask_again(self, calm: float, most: float) -> float:
        """In how many seconds: `calm` when nobody waits, never more than `most`."""
        return min(most, calm * (1.0 + self.waiting / DOUBLING_SECONDS))
