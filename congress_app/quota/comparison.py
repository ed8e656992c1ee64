"""Two versions side by side: every unit of either, with what it has in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class UnitSeats:
    """What a unit has in one version; `weight` as stored."""

    code: str
    name: str
    weight: str
    computed: int
    seats: int


@dataclass(frozen=True)
class Pair:
    """A unit in the first and in the second version; None where it has no line."""

    name: str
    first: UnitSeats | None
    second: UnitSeats | None

    @property
    def change(self) -> int:
        """Seats more in the second version than in the first."""
        return (self.second.seats if self.second else 0) - (self.first.seats if self.first else 0)


def paired(first: Sequence[UnitSeats], second: Sequence[UnitSeats]) -> list[Pair]:
    """Every unit once, in the order of the second version, those gone after it."""
    before = {line.code: line for line in first}
    after = {line.code: line for line in second}
    pairs = [Pair(line.name, before.get(line.code), line) for line in second]
    return pairs + [Pair(line.name, line, None) for line in first if line.code not in after]
