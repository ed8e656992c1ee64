"""How crowded the server is, and how soon those who only look on should ask again.

Screens and phones ask by the clock. When more of them ask than can be answered, each waits
behind all others and nobody gains; so whoever asks is told when to come again. What their
answers take is booked one after the other into a share of the time, as a doctor's receptionist
does it: who comes when he is told finds nobody before him, and a crowd that came at once does
not come at once again. Answers made for many rest longer while questions wait. Scans are never
asked to wait.
"""

from __future__ import annotations

import time
from collections.abc import Callable

# The share of the newest in the average: of some fifty questions, less than a second of a crowd.
_WEIGHT = 0.02
# When nobody has come for so long, nobody waits.
_FORGOTTEN_SECONDS = 2.0
# How much of a process's time those who look on may take, by what computing their answers
# takes; reading and sending take about as much again, and the rest is for doors and forms.
LOOKERS_SHARE = 0.35
# Nobody is asked to come later than in a minute, so no more than that is ever booked.
MOST_BOOKED_SECONDS = 60.0


class Crowd:
    """How long questions lately waited for their turn, and until when time is booked.

    One for each process. Threads may note at once: the worst of it is one note lost.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._average = 0.0
        self._noted = now()
        self._booked_until = now()

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

    def ask_again(self, took: float, calm: float, most: float) -> float:
        """In how many seconds somebody is to come again whose answer took `took` seconds.

        After what is booked already: no sooner than `calm`, no later than `most`.
        """
        now = self._now()
        booked = max(self._booked_until - now, 0.0) + took / LOOKERS_SHARE
        self._booked_until = now + min(booked, MOST_BOOKED_SECONDS)
        return max(calm, min(booked, most))
