"""The picture of seats against share: one point a unit, the diagonal is exact proportion.

Coordinates are those of the SVG's viewBox; the page draws them and the table beside it
tells the same in figures.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

WIDTH, HEIGHT = 720, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 16, 16, 48
_MOST_MARKS = 8


@dataclass(frozen=True)
class Point:
    """One unit to draw: its exact claim, what it has, what held it ("floor", …; or None)."""

    name: str
    share: float
    seats: int
    binding: str | None = None


@dataclass(frozen=True)
class Dot:
    """A point where it stands in the picture."""

    name: str
    share: float
    seats: int
    binding: str | None
    x: float
    y: float


@dataclass(frozen=True)
class Mark:
    """A figure on an axis, at its place along it."""

    value: int
    at: float


@dataclass(frozen=True)
class Picture:
    """Everything the page draws; `diagonal` is x1, y1, x2, y2."""

    dots: tuple[Dot, ...]
    across: tuple[Mark, ...]
    up: tuple[Mark, ...]
    diagonal: tuple[float, float, float, float]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    top: int = _TOP
    bottom: int = HEIGHT - _BOTTOM


def picture(points: Iterable[Point]) -> Picture | None:
    """Place the points; None when there is nothing to draw."""
    listed = list(points)
    most = max((max(point.share, point.seats) for point in listed), default=0)
    if most <= 0:
        return None
    step = mark_step(most)
    end = step * ceil(most / step)
    marks = range(0, end + 1, step)
    dots = tuple(
        Dot(p.name, p.share, p.seats, p.binding, _x(p.share, end), _y(p.seats, end))
        for p in sorted(listed, key=lambda point: (point.share, point.seats, point.name))
    )
    return Picture(
        dots=dots,
        across=tuple(Mark(value, _x(value, end)) for value in marks),
        up=tuple(Mark(value, _y(value, end)) for value in marks),
        diagonal=(_x(0, end), _y(0, end), _x(end, end), _y(end, end)),
    )


def mark_step(most: float) -> int:
    """The roundest distance of marks (1, 2, 5, 10, …) that needs at most eight of them."""
    size = 1
    while True:
        for factor in (1, 2, 5):
            if most <= factor * size * _MOST_MARKS:
                return factor * size
        size *= 10


def _x(value: float, end: int) -> float:
    return round(_LEFT + (WIDTH - _LEFT - _RIGHT) * value / end, 1)


def _y(value: float, end: int) -> float:
    return round(HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * value / end, 1)
