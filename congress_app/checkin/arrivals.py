"""First entries by the minute as bars of an SVG; the table beside them tells the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

WIDTH, HEIGHT = 720, 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 8, 8, 28, 30
# Minutes a bar may span; the first with which all arrivals fit is taken.
_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 360, 1440)
MOST_BARS = 30
_FEWEST_BARS = 10
_GAP = 0.22


@dataclass(frozen=True)
class Bar:
    """Entries from `starts` on, for as many minutes as the picture's step."""

    starts: datetime
    count: int
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Where its figure stands."""
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True)
class Picture:
    """Bars of `step` minutes each; `labelled` bars carry their time below."""

    bars: tuple[Bar, ...]
    step: int
    every: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    base: int = HEIGHT - _BOTTOM

    @property
    def labelled(self) -> tuple[Bar, ...]:
        """The bars whose time is written below the line."""
        return self.bars[:: self.every]


def picture(entries: Mapping[datetime, int]) -> Picture | None:
    """The bars of entries counted by minute; None without any.

    Empty minutes between two entries stay visible as gaps.
    """
    if not entries:
        return None
    first, last = min(entries), max(entries)
    step = _step(first, last)
    start = _floor(first, step)
    bins = max(_FEWEST_BARS, int((last - start) / timedelta(minutes=step)) + 1)
    counts = [0] * bins
    for minute, count in entries.items():
        counts[int((minute - start) / timedelta(minutes=step))] += count
    highest = max(counts)
    slot = (WIDTH - _LEFT - _RIGHT) / bins
    bars = []
    for place, count in enumerate(counts):
        height = round((HEIGHT - _TOP - _BOTTOM) * count / highest, 1)
        bars.append(
            Bar(
                starts=start + timedelta(minutes=step * place),
                count=count,
                x=round(_LEFT + slot * (place + _GAP / 2), 1),
                y=round(HEIGHT - _BOTTOM - height, 1),
                width=round(slot * (1 - _GAP), 1),
                height=height,
            )
        )
    return Picture(tuple(bars), step, every=-(-bins // 6))


def _step(first: datetime, last: datetime) -> int:
    for step in _STEPS:
        start = _floor(first, step)
        if (last - start) / timedelta(minutes=step) < MOST_BARS:
            return step
    return _STEPS[-1]


def _floor(minute: datetime, step: int) -> datetime:
    day = minute.replace(hour=0, minute=0, second=0, microsecond=0)
    passed = int((minute - day) / timedelta(minutes=1))
    return day + timedelta(minutes=passed - passed % step)
