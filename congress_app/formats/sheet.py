"""A sheet after reading: rows of plain values, addressed as the clerk sees them.

Rows keep the number and columns the letter they have in the file, because every fault
is told by them. Nothing here knows which file format the rows came from.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

Value = str | int | float | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row that holds something: its 1-based number, and its cells from column A on."""

    number: int
    cells: tuple[Value, ...]

    def cell(self, index: int) -> Value:
        """The value in the column (0 = A); None beyond the last filled one."""
        return self.cells[index] if index < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged area: first and last row (1-based), first and last column (0 = A)."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class LegacyColumn:
    """A column written in a font of before Unicode, and the first cell that shows it."""

    index: int
    encoding: str  # "TCVN3" or "VNI"
    row: int
    value: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet (or one CSV file); blank rows are left out."""

    name: str
    rows: tuple[Row, ...]
    merges: tuple[Merge, ...] = ()
    legacy: tuple[LegacyColumn, ...] = ()
    other_sheets: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """How many columns the widest row reaches."""
        return max((len(row.cells) for row in self.rows), default=0)


def column_letter(index: int) -> str:
    """The letter of a column as spreadsheets show it: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """The place of a column from its letters: A is 0, AA is 26."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
