"""Half-year and yearly summaries of movements: what was reported, reached, is missing.

A slot is one report that a unit owes: a movement, a unit, a quarter. Every slot is in
exactly one of four states, so the parts of every summary sum to its total. The average is
that of the reports that give a per cent; how many do not is always told beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from congress_app.exemplars.movements import (
    MovementFacts,
    Quarter,
    ResultFacts,
    days_late,
    quarters,
    reported_day,
)
from congress_app.kernel.sentences import N_, Sentence

Key = TypeVar("Key", bound=Hashable)


class SlotState(StrEnum):
    """What stands in a slot."""

    MEASURED = "measured"
    WORDS = "words"
    MISSING = "missing"
    WAITING = "waiting"


SLOT_LABELS: dict[str, str] = {
    SlotState.MEASURED: N_("Báo cáo có tỷ lệ hoàn thành"),
    SlotState.WORDS: N_("Báo cáo chỉ có lời, không rõ tỷ lệ"),
    SlotState.MISSING: N_("Chưa báo cáo"),
    SlotState.WAITING: N_("Chưa đến kỳ báo cáo"),
}


@dataclass(frozen=True)
class Period:
    """A year, or its first or second half."""

    year: int
    half: int | None = None

    def holds(self, quarter: Quarter) -> bool:
        """Does the quarter lie in it?"""
        return quarter.year == self.year and quarter.number in self.quarter_numbers

    @property
    def quarter_numbers(self) -> tuple[int, ...]:
        """Which quarters of the year."""
        return {None: (1, 2, 3, 4), 1: (1, 2), 2: (3, 4)}[self.half]

    @property
    def words(self) -> Sentence:
        """What it is called."""
        if self.half is None:
            return Sentence(N_("năm {year}"), year=str(self.year))
        first = self.half == 1
        text = N_("6 tháng đầu năm {year}") if first else N_("6 tháng cuối năm {year}")
        return Sentence(text, year=str(self.year))


@dataclass(frozen=True)
class Slot:
    """One report owed, and what became of it; `late` in days."""

    movement_id: int
    unit_id: int
    quarter: Quarter
    state: SlotState
    reached: int | None = None
    late: int = 0


@dataclass(frozen=True)
class Totals:
    """Slots counted: measured + words + missing + waiting = slots."""

    measured: int = 0
    words: int = 0
    missing: int = 0
    waiting: int = 0
    late: int = 0
    percents: int = 0

    def __add__(self, other: Totals) -> Totals:
        return Totals(*(getattr(self, name) + getattr(other, name) for name in _PARTS))

    @property
    def slots(self) -> int:
        """All reports owed in the period."""
        return self.measured + self.words + self.missing + self.waiting

    @property
    def reported(self) -> int:
        """The reports that are there."""
        return self.measured + self.words

    @property
    def unknown(self) -> int:
        """The slots that say nothing of what was reached."""
        return self.slots - self.measured

    @property
    def average(self) -> Fraction | None:
        """Per cent reached on average by the reports that tell one; None when none does."""
        return Fraction(self.percents, self.measured) if self.measured else None


_PARTS = tuple(Totals.__dataclass_fields__)


@dataclass(frozen=True)
class Told:
    """The reports of a quarter counted; `of_asked` are those of units that still report."""

    measured: int = 0
    words: int = 0
    percents: int = 0
    late: int = 0
    of_asked: int = 0


def tally(
    movement: MovementFacts, asked: int, told: Mapping[Quarter, Told], today: date
) -> dict[Quarter, Totals]:
    """The totals of each quarter that has a slot, of so many units that report.

    As `slots` counted by quarter, without listing them.
    """
    asked_quarters = quarters(movement)
    found = {}
    for quarter in dict.fromkeys([*asked_quarters, *told]):
        there = told.get(quarter, Told())
        open_slots = asked - there.of_asked if quarter in asked_quarters else 0
        is_missing = reported_day(movement, quarter) < today
        sums = Totals(
            measured=there.measured,
            words=there.words,
            missing=open_slots if is_missing else 0,
            waiting=0 if is_missing else open_slots,
            late=there.late,
            percents=there.percents,
        )
        if sums.slots:
            found[quarter] = sums
    return found


def any_others(movement: MovementFacts, told: Mapping[Quarter, Told]) -> bool:
    """Are there reports of units that report no more, or of quarters now cut off?"""
    asked_quarters = quarters(movement)
    return any(
        quarter not in asked_quarters or there.measured + there.words > there.of_asked
        for quarter, there in told.items()
    )


def slots(
    movements: Iterable[MovementFacts],
    asked: Mapping[int, Sequence[int]],
    results: Iterable[ResultFacts],
    today: date,
) -> list[Slot]:
    """Every report owed, with its state today; `asked` are the units that report, by movement.

    A result of a unit that is asked no more (merged, or another choice of reporters) keeps
    its slot: what was reached was reached.
    """
    there: dict[int, dict[tuple[int, Quarter], ResultFacts]] = {}
    for result in results:
        there.setdefault(result.movement_id, {})[result.unit_id, result.quarter] = result
    found = []
    for movement in movements:
        told = there.get(movement.id, {})
        owed = [(u, q) for u in asked.get(movement.id, ()) for q in quarters(movement)]
        for unit_id, quarter in dict.fromkeys([*owed, *told]):
            result_or_none = told.get((unit_id, quarter))
            found.append(_slot(movement, unit_id, quarter, result_or_none, today))
    return found


def _slot(
    movement: MovementFacts,
    unit_id: int,
    quarter: Quarter,
    result: ResultFacts | None,
    today: date,
) -> Slot:
    if result is None:
        asked = reported_day(movement, quarter) < today
        state = SlotState.MISSING if asked else SlotState.WAITING
        return Slot(movement.id, unit_id, quarter, state)
    state = SlotState.WORDS if result.reached is None else SlotState.MEASURED
    late = days_late(movement, result)
    return Slot(movement.id, unit_id, quarter, state, result.reached, late)


def totals(found: Iterable[Slot]) -> Totals:
    """The slots counted."""
    rows = list(found)
    counts = Counter(slot.state for slot in rows)
    return Totals(
        measured=counts[SlotState.MEASURED],
        words=counts[SlotState.WORDS],
        missing=counts[SlotState.MISSING],
        waiting=counts[SlotState.WAITING],
        late=sum(slot.late > 0 for slot in rows),
        percents=sum(slot.reached or 0 for slot in rows),
    )


def added(parts: Iterable[Totals]) -> Totals:
    """The totals of all parts together."""
    return sum(parts, Totals())


def totals_by(found: Iterable[Slot], key: Callable[[Slot], Key]) -> dict[Key, Totals]:
    """The slots counted apart for each key, in the order the keys come up."""
    parts: dict[Key, list[Slot]] = {}
    for slot in found:
        parts.setdefault(key(slot), []).append(slot)
    return {name: totals(rows) for name, rows in parts.items()}
