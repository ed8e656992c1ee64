"""A table of a summary: things counted once each, with a line for what is not known.

What no line is meant for falls on the unknown one, so the lines of a table always sum to
its own total.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any, Protocol, TypeVar

from congress_app.kernel.sentences import N_, Sentence


class Counted(Protocol):
    """A row that stands for so many things alike."""

    @property
    def number(self) -> int:
        """How many."""


Row = TypeVar("Row", bound=Counted)
# The words of a table's lines by key; those of None stand on the unknown line.
Words = Mapping[Any, Sentence]


@dataclass(frozen=True)
class Window:
    """The years counted, both included."""

    first: int
    last: int

    def __contains__(self, year: object) -> bool:
        return isinstance(year, int) and self.first <= year <= self.last

    @property
    def years(self) -> range:
        """Every year of it."""
        return range(self.first, self.last + 1)

    @property
    def words(self) -> Sentence:
        """What it is called."""
        if self.first == self.last:
            return Sentence(N_("năm {year}"), year=str(self.first))
        return Sentence(N_("giai đoạn {first}–{last}"), first=str(self.first), last=str(self.last))


@dataclass(frozen=True)
class Line:
    """One line of a table: a number for each of its columns."""

    words: Sentence
    counts: tuple[int, ...]
    is_unknown: bool = False

    @property
    def total(self) -> int:
        """All columns together."""
        return sum(self.counts)


@dataclass(frozen=True)
class Table:
    """Things counted once each; `source` says which rows, by which rule."""

    key: str
    title: Sentence
    source: Sentence
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    is_sensitive: bool = False

    @cached_property
    def sums(self) -> tuple[int, ...]:
        """The total of each column."""
        return tuple(sum(line.counts[i] for line in self.lines) for i in range(len(self.columns)))

    @cached_property
    def total(self) -> int:
        """All things counted."""
        return sum(self.sums)

    def bars(self, line: Line) -> list[tuple[int, int]]:
        """(offset, length) of each column's bar, in thousandths of the longest line."""
        ends = [end * 1000 // self._longest for end in accumulate(line.counts)]
        return [(start, end - start) for start, end in zip([0, *ends], ends, strict=False)]

    @cached_property
    def _longest(self) -> int:
        return max((one.total for one in self.lines), default=0) or 1


def count(
    rows: Iterable[Row],
    words: Words,
    place: Callable[[Row], Hashable],
    column: Callable[[Row], Hashable] | None,
    columns: Sequence[Hashable],
) -> tuple[Line, ...]:
    """The lines of a table: the named ones in their order, then the unknown one.

    `columns` are the keys that `column` tells; without it all rows fall in the only one.
    """
    named = [key for key in words if key is not None]
    counts: Counter[tuple[Hashable, Hashable]] = Counter()
    for row in rows:
        at, key = place(row), columns[0] if column is None else column(row)
        counts[at if at in words else None, key] += row.number

    def line(at: Hashable, said: Sentence, *, is_unknown: bool = False) -> Line:
        return Line(said, tuple(counts[at, key] for key in columns), is_unknown)

    unknown = words.get(None, Sentence(N_("Chưa ghi")))
    return (*(line(key, words[key]) for key in named), line(None, unknown, is_unknown=True))
