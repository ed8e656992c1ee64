"""Lists of movements: their totals, who has not reported, and the table of their units.

The database counts; only the units a page shows are read, with their reports.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate

from sqlalchemy import case, func, select

from congress_app.database import db
from congress_app.exemplars import asking_queries, place_queries, reporter_queries
from congress_app.exemplars.asking_queries import Asking
from congress_app.exemplars.movement_models import Movement, MovementResult
from congress_app.exemplars.movement_queries import facts_of, results
from congress_app.exemplars.movement_totals import (
    Period,
    Slot,
    Totals,
    added,
    any_others,
    slots,
    tally,
)
from congress_app.exemplars.movements import Due, Lack, Quarter, lacks, quarters
from congress_app.kernel import clock
from congress_app.units.models import Unit
from congress_app.units.queries import below

# Longer than any list: what asks for the whole of it.
ALL = 10**9


@dataclass(frozen=True)
class Overview:
    """Movements with the totals of their quarters, counted by the database."""

    movements: Sequence[Movement]
    within: Sequence[str]
    asking: Asking
    parts: Mapping[int, Mapping[Quarter, Totals]]
    today: date
    # Whether there are reports of units, or of quarters, that are asked for no more.
    has_others: bool

    @cached_property
    def by_movement(self) -> dict[Movement, Totals]:
        """The totals of each movement for which there is a slot, in their order."""
        rows = [row for row in self.movements if self.parts.get(row.id)]
        return {row: added(self.parts[row.id].values()) for row in rows}

    @cached_property
    def whole(self) -> Totals:
        """All of them together."""
        return added(self.by_movement.values())

    @cached_property
    def lacks(self) -> list[Lack]:
        """Where reports are asked for and missing, the longest waiting first."""
        silent = {
            (key, quarter): sums.missing
            for key, part in self.parts.items()
            for quarter, sums in part.items()
        }
        return lacks([facts_of(row) for row in self.movements], silent, self.today)

    @property
    def overdue(self) -> int:
        """How many missing reports were due before today."""
        return sum(one.count for one in self.lacks if one.is_overdue)


@dataclass(frozen=True)
class Waiting:
    """Reports asked for and missing, in the order of what they were asked for."""

    due: Sequence[Due]
    names: Mapping[int, str]


@dataclass(frozen=True)
class Listing:
    """A page of the units that report of movements in a period, or did: in protocol order,
    those merged since last. `asked` are the units of the page each movement asks, `total`
    counts all pages."""

    movements: Sequence[Movement]
    period: Period
    units: Sequence[int]
    names: Mapping[int, str]
    asked: Mapping[int, Set[int]]
    today: date
    total: int

    def slots(self) -> list[Slot]:
        """The reports the units of the page owe in the period; one query."""
        there = results(self.movements, self.period, self.units)
        asked = {
            row.id: [key for key in self.units if key in self.asked.get(row.id, ())]
            for row in self.movements
        }
        found = slots([facts_of(row) for row in self.movements], asked, there, self.today)
        return [slot for slot in found if self.period.holds(slot.quarter)]


def overview(
    within: Sequence[str], movements: Sequence[Movement], period: Period | None = None
) -> Overview:
    """What became of the reports of these movements within reach; four queries."""
    asked, today = asking_queries.asking(movements), clock.today()
    within = place_queries.shortest(within)
    counts = asking_queries.counted(asked, within)
    facts = [facts_of(row) for row in movements]
    told = asking_queries.told(asked, within, facts, period)
    parts, has_others = {}, False
    for one in facts:
        there = told.get(one.id, {})
        sums = tally(one, counts.get(one.id, 0), there, today)
        parts[one.id] = {q: sums[q] for q in sums if period is None or period.holds(q)}
        has_others = has_others or any_others(one, there)
    return Overview(movements, within, asked, parts, today, has_others)


def waiting(overview: Overview, found: Sequence[Lack], start: int = 0, stop: int = ALL) -> Waiting:
    """Who has not sent what these tell of: the reports from `start` up to `stop`, each
    quarter's in protocol order; two queries."""
    ends = list(accumulate(one.count for one in found))
    shown = [
        (one, end)
        for one, end in zip(found, ends, strict=True)
        if end > start and end - one.count < stop
    ]
    asked = [(one.movement_id, one.quarter) for one, _end in shown]
    silent = asking_queries.silent(overview.asking, overview.within, asked)
    units = reporter_queries.in_order(row for _key, _quarter, row in silent)
    place = {row.id: number for number, row in enumerate(units)}
    by_lack: dict[tuple[int, Quarter], list[int]] = {}
    for key, quarter, row in sorted(silent, key=lambda one: place[one[2].id]):
        by_lack.setdefault((key, quarter), []).append(row.id)
    due = [
        one.of(unit_id)
        for one, _end in shown
        for unit_id in by_lack.get((one.movement_id, one.quarter), ())
    ]
    first = shown[0][1] - shown[0][0].count if shown else 0
    return Waiting(due[start - first : stop - first], reporter_queries.names(units))


def listing(overview: Overview, period: Period, number: int = 1, size: int = ALL) -> Listing:
    """The units a table of the period has lines for; those of a page are read."""
    movements = overview.movements
    running = {row.id for row in movements if any(map(period.holds, quarters(facts_of(row))))}
    asking = overview.asking.only(running)
    others = _others(overview, asking, period) if overview.has_others else []
    still = {key for key, _name, into in others if into is None}
    merged = [(key, name) for key, name, into in others if into is not None]
    order = reporter_queries.Order(asking, overview.within, still)
    total = order.total + len(merged)
    start = (min(number, max(1, -(-total // size))) - 1) * size
    page = order.page(start, start + size)
    last = merged[max(0, start - order.total) : max(0, start + size - order.total)]
    units = [*(row.id for row in page.units), *(key for key, _name in last)]
    asked = asking_queries.asking_these(asking, units)
    return Listing(movements, period, units, page.names | dict(last), asked, overview.today, total)


def _others(
    overview: Overview, asking: Asking, period: Period
) -> list[tuple[int, str, int | None]]:
    """Units that reported and are asked no more, in the order they first did, with what
    they were merged into."""
    columns = (Unit.id, Unit.name, Unit.merged_into_id)
    query = (
        select(*columns)
        .select_from(MovementResult)
        .join(Unit, MovementResult.unit_id == Unit.id)
        .join(Movement, MovementResult.movement_id == Movement.id)
        .where(below(overview.within))
        .where(Movement.id.in_([row.id for row in overview.movements]))
        .where(asking_queries.in_period(period), case((asking.asks(), 1), else_=0) == 0)
        .group_by(*columns)
        .order_by(func.min(MovementResult.id))
    )
    return [(key, name, into) for key, name, into in db.session.execute(query)]
