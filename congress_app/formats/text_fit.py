"""Fit a text into a box: the largest size whose balanced lines keep within it.

Pure arithmetic on word widths; who measures decides the font. Widths grow linearly with
the size, so words are measured once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

Measure = Callable[[str], float]  # width of a text at size 1

ELLIPSIS = "…"
# Beyond so many words all ways to break them are no longer tried.
_FEW_WORDS = 14


@dataclass(frozen=True)
class Fitted:
    """The lines from top to bottom and their size; `width` is that of the widest line."""

    size: float
    lines: tuple[str, ...]
    width: float


def fit(
    text: str,
    measure: Measure,
    *,
    width: float,
    largest: float,
    smallest: float,
    lines: int = 1,
    height: float = float("inf"),
    leading: float = 1.25,
) -> Fitted:
    """Break the text into at most `lines` lines and choose the size.

    The largest size wins, of equal sizes the fewest lines. A text too long even at the
    smallest size is cut with an ellipsis. Sizes are in points, steps of a tenth.
    """
    words = text.split()
    if not words:
        return Fitted(largest, (), 0.0)
    best: Fitted | None = None
    for count in range(1, min(lines, len(words)) + 1):
        broken = balanced(words, count, measure)
        widest = max(measure(line) for line in broken)
        size = min(largest, width / widest, height / (count * leading))
        size = min(largest, int(size * 10 + 1e-6) / 10)
        if size >= smallest and (best is None or size > best.size):
            best = Fitted(size, broken, widest * size)
    return best or _cut(words, measure, width=width, size=smallest, lines=lines)


def balanced(words: Sequence[str], count: int, measure: Measure) -> tuple[str, ...]:
    """The words on `count` lines so that the widest line is as narrow as can be.

    Of equal ways the one whose last line is longest; words are never divided.
    """
    count = min(count, len(words))
    if count <= 1:
        return (" ".join(words),)
    if len(words) > _FEW_WORDS:
        return _filled(words, count, measure)
    best: tuple[float, float, tuple[str, ...]] | None = None
    for breaks in combinations(range(1, len(words)), count - 1):
        edges = (0, *breaks, len(words))
        parts = tuple(" ".join(words[start:end]) for start, end in pairwise(edges))
        widths = [measure(part) for part in parts]
        candidate = (max(widths), -widths[-1], parts)
        if best is None or candidate[:2] < best[:2]:
            best = candidate
    return best[2] if best else (" ".join(words),)


def _filled(words: Sequence[str], count: int, measure: Measure) -> tuple[str, ...]:
    """Many words: the narrowest column that needs no more than `count` lines, by halving."""
    low, high = max(measure(word) for word in words), measure(" ".join(words))
    for _ in range(20):
        middle = (low + high) / 2
        if len(_wrapped(words, middle, measure)) <= count:
            high = middle
        else:
            low = middle
    return tuple(_wrapped(words, high, measure))


def _wrapped(words: Sequence[str], width: float, measure: Measure) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cut(
    words: Sequence[str], measure: Measure, *, width: float, size: float, lines: int
) -> Fitted:
    """As much as goes on the lines at the size; a word wider than a line is divided."""
    room = width / size
    pieces = [piece for word in words for piece in _divided(word, room, measure)]
    wrapped = _wrapped(pieces, room, measure)
    if len(wrapped) > lines:
        wrapped = wrapped[:lines]
        last = wrapped[-1]
        while last and measure(last + ELLIPSIS) > room:
            last = last[:-1].rstrip()
        wrapped[-1] = last + ELLIPSIS
    return Fitted(size, tuple(wrapped), max(measure(line) for line in wrapped) * size)


def _divided(word: str, room: float, measure: Measure) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and measure(pieces[-1] + letter) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces
