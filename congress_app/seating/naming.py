"""What a seat is called on badges, screens and papers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SeatName:
    """Where somebody sits; `is_only_hall` when the congress has no second one."""

    hall: str
    row: str
    number: int
    is_only_hall: bool = True

    @property
    def short(self) -> str:
        """ "A12", or "Ban công 1 – 12" where the row is named in words."""
        return seat_label(self.row, self.number)

    @property
    def full(self) -> str:
        """As `short`, with the hall before it where there are several."""
        return self.short if self.is_only_hall else f"{self.hall} · {self.short}"


def seat_label(row: str, number: int) -> str:
    """The short name of a seat within its hall."""
    return f"{row}{number}" if row.isalpha() and len(row) <= 2 else f"{row} – {number}"


def initials(full_name: str) -> str:
    """The first letters of the last three words, as drawn on a seat."""
    return "".join(word[0] for word in full_name.split()[-3:]).upper()
