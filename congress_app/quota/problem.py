"""The question put to the engine: units, seats, method, and how ties shall be broken.

Weights are exact (int or Fraction); a float has no place here. Seats of a unit are always
its total: base seats (with named bonuses) lie at the bottom, the proportional seats on top.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from hashlib import sha256
from math import lcm

from congress_app.kernel.sentences import N_

Number = int | Fraction


class Method(StrEnum):
    """The ways of dividing seats; the values are the names used outside."""

    WEBSTER = "webster"
    LARGEST_REMAINDER = "largest_remainder"
    LARGEST_REMAINDER_RAW = "largest_remainder_raw"
    JEFFERSON = "jefferson"
    ADAMS = "adams"
    DEAN = "dean"
    HUNTINGTON_HILL = "huntington_hill"
    MODIFIED_SAINTE_LAGUE = "modified_sainte_lague"
    BASE_STEP = "base_step"


METHOD_LABELS: dict[Method, str] = {
    Method.WEBSTER: N_("Webster (Sainte-Laguë): làm tròn đến số gần nhất"),
    Method.LARGEST_REMAINDER: N_("Số dư lớn nhất (phần được chia nằm trong sàn và trần)"),
    Method.LARGEST_REMAINDER_RAW: N_("Số dư lớn nhất (thương số Hare nguyên gốc)"),
    Method.JEFFERSON: N_("Jefferson (D'Hondt): làm tròn xuống"),
    Method.ADAMS: N_("Adams: làm tròn lên"),
    Method.DEAN: N_("Dean: làm tròn theo trung bình điều hòa"),
    Method.HUNTINGTON_HILL: N_("Huntington–Hill: làm tròn theo trung bình nhân"),
    Method.MODIFIED_SAINTE_LAGUE: N_("Sainte-Laguë sửa đổi: suất đầu tiên chia cho 1,4"),
    Method.BASE_STEP: N_("Số cố định cộng bậc thang"),
}

REMAINDER_METHODS = frozenset({Method.LARGEST_REMAINDER, Method.LARGEST_REMAINDER_RAW})


@dataclass(frozen=True, slots=True)
class Bonus:
    """Seats a unit gets on top of its base for a stated reason."""

    name: str
    seats: int


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: `floor`, `ceiling` and `lock` speak of its total seats.

    `floor` and `ceiling` None take the problem's default; `written` is the weight as the
    organiser wrote it ("12.50"), which fixes how finely the weight can vary.
    """

    code: str
    weight: Number
    name: str = ""
    base: int = 0
    floor: int | None = None
    ceiling: int | None = None
    lock: int | None = None
    bonuses: tuple[Bonus, ...] = ()
    written: str = ""

    @property
    def label(self) -> str:
        """The name, or the code where there is no name."""
        return self.name or self.code

    @property
    def fixed(self) -> int:
        """Seats below the proportional ones: base and bonuses."""
        if not self.bonuses:
            return self.base
        return self.base + sum(bonus.seats for bonus in self.bonuses)

    @property
    def grid(self) -> int:
        """How many steps one whole is divided into: 100 for a weight written "12.50"."""
        _, point, decimals = self.written.partition(".")
        if point:
            return int(10 ** len(decimals))
        return self.weight.denominator


@dataclass(frozen=True, slots=True)
class TieKey:
    """A criterion of the organiser: by unit code, the larger value goes first, none is 0."""

    label: str
    values: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class TieChain:
    """How a tie is broken, fixed before the run: keys, larger weight, then a lot.

    The lot is `order` (codes, first drawn first) when given, else the order of
    SHA-256 of seed, "|" and unit code; without either the tie stays open.
    """

    keys: tuple[TieKey, ...] = ()
    seed: str | None = None
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StepRule:
    """One seat for every full `step`; a remainder of at least `threshold` gives one more.

    Without a threshold more than half a step counts: 6,001 for a step of 12,000.
    """

    step: Number
    threshold: Number | None = None

    @property
    def limit(self) -> Number:
        """The smallest remainder that gives one more seat."""
        return self.threshold if self.threshold is not None else self.step // 2 + 1


@dataclass(frozen=True, slots=True)
class Problem:
    """What is to be divided: `seats` in all, base seats and locked seats included.

    For base + step the total is the outcome; `seats` is then only a figure to compare with.
    `floor` and `ceiling` hold for every unit that has none of its own and is not locked.
    """

    units: tuple[Unit, ...]
    seats: int | None
    method: Method = Method.WEBSTER
    floor: int = 0
    ceiling: int | None = None
    ties: TieChain = field(default_factory=TieChain)
    step: StepRule | None = None

    @property
    def grid(self) -> int:
        """Steps of one whole in which every weight of the table can be written."""
        return lcm(*{unit.grid for unit in self.units})

    def low(self, unit: Unit) -> int:
        """Fewest seats of a unit in all: its lock, else the larger of floor and base."""
        if unit.lock is not None:
            return unit.lock
        floor = self.floor if unit.floor is None else unit.floor
        return max(floor, unit.fixed)

    def high(self, unit: Unit) -> int | None:
        """Most seats of a unit in all, None without a limit; a weightless unit gets its low."""
        if unit.lock is not None:
            return unit.lock
        if unit.weight == 0:
            return self.low(unit)
        return self.ceiling if unit.ceiling is None else unit.ceiling

    def fingerprint(self) -> str:
        """SHA-256 of everything that decides the outcome; the order of units does not."""
        units = sorted(
            repr((u.code, str(u.weight), u.grid, u.fixed, u.floor, u.ceiling, u.lock))
            for u in self.units
        )
        keys = [(key.label, sorted(key.values.items())) for key in self.ties.keys]
        step = (str(self.step.step), str(self.step.limit)) if self.step else None
        whole = (units, self.seats, self.method.value, self.floor, self.ceiling)
        chain = (keys, self.ties.seed, self.ties.order, step)
        return sha256(repr((whole, chain)).encode()).hexdigest()
