"""Emulation movements by quarter: who reports, when a report is due, what is still missing.

Official letter 2368/BHXH-TĐKT of 2017 asks for movements that are regular or come by campaign
and theme, and for a review "định kỳ hằng quý". It names no day and no form; our reading:

- A movement is reported for every quarter its days touch, the first and the last day
  included. A movement closed early ends on the day it was closed.
- Who reports is chosen with the movement: the units directly below the one that launched
  it, or every unit below that has none under itself. A unit with nobody below it reports
  for itself. Merged units are not asked; what they reported before stays.
- A report may be written from the first day of its quarter. It is asked for from the day
  after the quarter's last day (the movement's own, if that comes first), and is due
  `report_days` days after that last day. Written first on a later day, it is late;
  correcting a report never makes it late.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

from congress_app.kernel import clock
from congress_app.kernel.sentences import N_, Sentence

REPORT_DAYS = 15


class MovementKind(StrEnum):
    """How a movement is launched (2368/BHXH-TĐKT)."""

    REGULAR = "regular"
    CAMPAIGN = "campaign"
    THEME = "theme"


MOVEMENT_KIND_LABELS: dict[str, str] = {
    MovementKind.REGULAR: N_("Thường xuyên"),
    MovementKind.CAMPAIGN: N_("Theo đợt"),
    MovementKind.THEME: N_("Theo chuyên đề"),
}


class Reporters(StrEnum):
    """Which units report on a movement."""

    DIRECT = "direct"
    BASE = "base"


REPORTERS_LABELS: dict[str, str] = {
    Reporters.DIRECT: N_("Đơn vị trực thuộc"),
    Reporters.BASE: N_("Mọi đơn vị cơ sở"),
}


@dataclass(frozen=True, order=True)
class Quarter:
    """One quarter of a year; `number` is 1 to 4."""

    year: int
    number: int

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.next().first_day - timedelta(days=1)

    def next(self) -> Quarter:
        """The quarter after it."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def words(self) -> Sentence:
        """What it is called."""
        return Sentence(N_("quý {number}/{year}"), number=self.number, year=str(self.year))


def quarter_of(day: date) -> Quarter:
    """The quarter a day lies in."""
    return Quarter(day.year, (day.month - 1) // 3 + 1)


@dataclass(frozen=True)
class MovementFacts:
    """What the rules ask of a movement; `unit_path` is that of the unit that launched it."""

    id: int
    unit_path: str
    starts_on: date
    ends_on: date
    closed_on: date | None = None
    reporters: str = Reporters.DIRECT
    report_days: int = REPORT_DAYS

    @property
    def last_day(self) -> date:
        """The day it ended: as planned, or closed before."""
        return min(self.ends_on, self.closed_on) if self.closed_on else self.ends_on

    def as_planned(self) -> MovementFacts:
        """The movement as if nobody had closed it early."""
        return replace(self, closed_on=None)


class Place(Protocol):
    """What the rules ask of a unit."""

    @property
    def id(self) -> int: ...  # noqa: D102
    @property
    def path(self) -> str: ...  # noqa: D102


PlaceT = TypeVar("PlaceT", bound=Place)


@dataclass(frozen=True)
class ResultFacts:
    """A report: `reached` is per cent of the goals, None when it gave words only."""

    movement_id: int
    unit_id: int
    quarter: Quarter
    reached: int | None
    reported_on: date

    @property
    def key(self) -> tuple[int, int, Quarter]:
        """What there is one report of."""
        return self.movement_id, self.unit_id, self.quarter


@dataclass(frozen=True)
class Due:
    """A report that is asked for and not there; `days` after its deadline, below 0 before."""

    movement_id: int
    unit_id: int
    quarter: Quarter
    deadline: date
    days: int

    @property
    def is_overdue(self) -> bool:
        """The deadline has passed."""
        return self.days > 0


@dataclass(frozen=True)
class Lack:
    """A quarter of which reports are asked for and missing: so many; `days` as in `Due`."""

    movement_id: int
    quarter: Quarter
    deadline: date
    days: int
    count: int

    @property
    def is_overdue(self) -> bool:
        """The deadline has passed."""
        return self.days > 0

    def of(self, unit_id: int) -> Due:
        """The report one of the units owes."""
        return Due(self.movement_id, unit_id, self.quarter, self.deadline, self.days)


def quarters(movement: MovementFacts) -> list[Quarter]:
    """The quarters a movement is reported for, in order."""
    first, last = quarter_of(movement.starts_on), quarter_of(movement.last_day)
    found = []
    while first <= last:
        found.append(first)
        first = first.next()
    return found


def reported_day(movement: MovementFacts, quarter: Quarter) -> date:
    """The last day a report of the quarter tells of."""
    return min(quarter.last_day, movement.last_day)


def deadline(movement: MovementFacts, quarter: Quarter) -> date:
    """The last day on which a report of the quarter is in time."""
    return reported_day(movement, quarter) + timedelta(days=movement.report_days)


def reporting(movement: MovementFacts, units: Sequence[PlaceT]) -> list[PlaceT]:
    """The units that report, in their given order; `units` are all active ones."""
    below = [
        unit
        for unit in units
        if unit.path.startswith(movement.unit_path) and unit.path != movement.unit_path
    ]
    if not below:
        return [unit for unit in units if unit.path == movement.unit_path]
    if movement.reporters == Reporters.DIRECT:
        depth = movement.unit_path.count("/") + 1
        return [unit for unit in below if unit.path.count("/") == depth]
    parents = {unit.path[: unit.path.rstrip("/").rfind("/") + 1] for unit in below}
    return [unit for unit in below if unit.path not in parents]


def late_from(movement: MovementFacts, quarter: Quarter) -> datetime:
    """The first instant at which a report of the quarter is late."""
    return clock.from_venue(
        datetime.combine(deadline(movement, quarter) + timedelta(days=1), time())
    )


def asked_for(movement: MovementFacts, today: date) -> list[Quarter]:
    """The quarters of which a report is asked for today."""
    return [one for one in quarters(movement) if reported_day(movement, one) < today]


def lacks(
    movements: Iterable[MovementFacts], silent: Mapping[tuple[int, Quarter], int], today: date
) -> list[Lack]:
    """Where reports are asked for today and missing, the longest waiting first.

    `silent` is how many units report and have not, by movement and quarter; equal deadlines
    keep the order of movements.
    """
    found = [
        Lack(movement.id, quarter, last, (today - last).days, count)
        for movement in movements
        for quarter in asked_for(movement, today)
        for last in (deadline(movement, quarter),)
        for count in (silent.get((movement.id, quarter), 0),)
        if count
    ]
    return sorted(found, key=lambda one: one.deadline)


def days_late(movement: MovementFacts, result: ResultFacts) -> int:
    """How many days after the deadline a report was first written; 0 in time."""
    return max(0, (result.reported_on - deadline(movement, result.quarter)).days)
