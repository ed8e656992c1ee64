"""The speaker's countdown: what is left, and how urgent it is.

The server alone knows the time. A screen is told either the instant at which nothing is
left, or, during a pause, the seconds left; it measures how far its own clock is off.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from congress_app.programme.running import Run

AMBER_SECONDS = 60


@dataclass(frozen=True)
class Countdown:
    """Seconds left of an item (negative once over), and when they are used up.

    `ends` is None during a pause, when the seconds stand still.
    """

    left: float
    ends: datetime | None

    @property
    def light(self) -> str:
        """`plain`, `low` in the last minute, `over` afterwards."""
        if self.left <= 0:
            return "over"
        return "low" if self.left <= AMBER_SECONDS else "plain"

    @property
    def words(self) -> str:
        """As the screen shows it: "7:05", "0:00", "−1:20"."""
        seconds = ceil(self.left)
        minutes, rest = divmod(abs(seconds), 60)
        return f"{'−' if seconds < 0 else ''}{minutes}:{rest:02d}"


def countdown(minutes: int, run: Run, at: datetime) -> Countdown | None:
    """The countdown of an item that has begun and not ended; None otherwise."""
    if not run.is_open:
        return None
    left = minutes * 60 - run.spent(at)
    paused = run.paused_since is not None
    return Countdown(left, None if paused else at + timedelta(seconds=left))
