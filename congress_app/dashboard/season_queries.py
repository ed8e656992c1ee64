"""A season at a glance: a fixed number of statements, whatever its size."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Text, cast, func, select

from congress_app.congresses import board_queries, terms, timing
from congress_app.congresses.board_queries import Board, Line
from congress_app.congresses.lifecycle import State
from congress_app.congresses.models import Congress, Season
from congress_app.congresses.rulebook import Cap, Category, Level
from congress_app.congresses.timing import Light as PlanLight
from congress_app.dashboard.indicators import Light, SeasonFacts, season_lights
from congress_app.database import db
from congress_app.delegates import credentials
from congress_app.delegates.credentials import ACTIVE, CapStatus
from congress_app.delegates.models import Delegate
from congress_app.quota.models import Allocation, AllocationLine
from congress_app.quota.queries import IN_FORCE

# The most urgent first; what is held comes last.
_URGENCY = {light: place for place, light in enumerate(PlanLight)}


@dataclass(frozen=True)
class Standing:
    """One congress above the base; figures are None where the reader may not know them."""

    line: Line
    cap: CapStatus | None = None
    confirmed: int | None = None
    seats: int | None = None

    @property
    def elected(self) -> int:
        """Elected delegates registered."""
        return self.cap.by_category.get(Category.ELECTED.value, 0) if self.cap else 0

    @property
    def missing(self) -> int:
        """Elected delegates still to come; 0 while nobody knows how many there shall be."""
        return max(0, (self.seats or 0) - self.elected)

    @property
    def is_over(self) -> bool:
        """More than the cap, or more elected delegates than seats."""
        over_cap = self.cap is not None and (self.cap.left or 0) < 0
        return over_cap or (self.seats is not None and self.elected > self.seats)


@dataclass(frozen=True)
class SeasonOverview:
    """Everything the page shows, for one reader."""

    board: Board
    national: tuple[Standing, ...]
    upper: tuple[Standing, ...]  # the most urgent first
    lights: tuple[Light, ...]
    states: dict[str, int] = field(default_factory=dict)

    @property
    def base(self) -> Mapping[PlanLight, int]:
        """The lights of all base units."""
        return self.board.base

    @property
    def held(self) -> int:
        """Upper-base congresses that are over."""
        return self.states.get(State.CLOSED.value, 0)

    @property
    def delegates(self) -> int:
        """Places held at all congresses above the base that the reader may count."""
        return sum(one.cap.total for one in (*self.national, *self.upper) if one.cap)


def overview(season: Season, within: Sequence[str], counted: Sequence[str]) -> SeasonOverview:
    """The season for one reader: units within reach, figures where delegates may be seen."""
    board = board_queries.board(season, within=within)
    caps = _caps(board)
    places, seats = _places(list(caps)), _seats(season)
    standings = {
        level: [_standing(line, level, counted, caps, places, seats) for line in board.lines[level]]
        for level in (Level.NATIONAL, Level.UPPER_BASE)
    }
    upper = sorted(standings[Level.UPPER_BASE], key=lambda one: _URGENCY[one.line.light])
    planned = [one.line.planned for one in upper if one.line.planned]
    return SeasonOverview(
        board,
        tuple(standings[Level.NATIONAL]),
        tuple(upper),
        tuple(season_lights(_facts(standings, board.base))),
        dict(Counter(one.state for one in planned)),
    )


def _standing(
    line: Line,
    level: Level,
    counted: Sequence[str],
    caps: dict[int, Cap],
    places: dict[int, dict[tuple[str, str], int]],
    seats: dict[int, int],
) -> Standing:
    planned = line.planned
    if planned is None or not line.place.path.startswith(tuple(counted) or ("-",)):
        return Standing(line)
    key = planned.congress_id
    by_category: Counter[str] = Counter()
    confirmed = 0
    for (category, state), number in places.get(key, {}).items():
        by_category[category] += number
        confirmed += number if state == credentials.State.CONFIRMED else 0
    status = credentials.cap_status(caps[key], line.place.code, by_category)
    return Standing(line, status, confirmed, seats.get(key))


def _places(congress_ids: Sequence[int]) -> dict[int, dict[tuple[str, str], int]]:
    """Places held by congress, category and state."""
    # The index counts all of a congress at once; a list of states would be asked of each row.
    statement = (
        select(Delegate.congress_id, Delegate.category, Delegate.state, func.count())
        .where(Delegate.congress_id.in_(congress_ids))
        .group_by(Delegate.congress_id, Delegate.category, Delegate.state)
    )
    found: dict[int, dict[tuple[str, str], int]] = {}
    for key, category, state, number in db.session.execute(statement):
        if state in ACTIVE:
            found.setdefault(key, {})[category, state] = number
    return found


def _seats(season: Season) -> dict[int, int]:
    """Seats to elect by congress, of the allocations in force."""
    statement = (
        select(Allocation.congress_id, func.sum(AllocationLine.seats))
        .join(AllocationLine, AllocationLine.allocation_id == Allocation.id)
        .join(Congress, Allocation.congress_id == Congress.id)
        .where(Congress.season_id == season.id, Allocation.state.in_(IN_FORCE))
        .group_by(Allocation.congress_id)
    )
    return {key: int(total) for key, total in db.session.execute(statement)}


def _caps(board: Board) -> dict[int, Cap]:
    """The cap of every congress that stands on the board: its own frozen one, else the season's.

    A unit may have become another kind since its congress was planned: asked for by their
    level, the caps of such congresses would be missing.
    """
    lines = (line for each in board.lines.values() for line in each)
    ids = [line.planned.congress_id for line in lines if line.planned]
    # As text, because nearly all have frozen the same one: each is read once.
    body = cast(Congress.cap, Text).label("body")
    columns = select(Congress.id, Congress.level, Congress.rules_adopted_at, body)
    rows = db.session.execute(columns.where(Congress.id.in_(ids))).all()
    frozen = {row.body for row in rows if row.rules_adopted_at}
    caps = {text: terms.cap_of(json.loads(text)) for text in frozen}
    return {
        row.id: caps[row.body] if row.rules_adopted_at else board.book.level(row.level).cap
        for row in rows
    }


def _facts(standings: dict[Level, list[Standing]], base: Mapping[PlanLight, int]) -> SeasonFacts:
    upper = standings[Level.UPPER_BASE]
    both = [*standings[Level.NATIONAL], *upper]

    def names(chosen: Sequence[Standing]) -> list[str]:
        return [one.line.place.name for one in chosen]

    running = [one for one in both if one.line.planned and one.line.light != timing.Light.HELD]
    return SeasonFacts(
        total=len(upper),
        held=sum(one.line.light == PlanLight.HELD for one in upper),
        overdue=names([one for one in both if one.line.light == PlanLight.OVERDUE]),
        no_plan=names([one for one in both if one.line.light == PlanLight.NO_PLAN]),
        outside=names([one for one in both if one.line.light == PlanLight.OUTSIDE]),
        no_quota=names([one for one in running if one.cap and one.seats is None]),
        missing=names([one for one in running if one.missing]),
        over=names([one for one in both if one.is_over]),
        base_total=sum(base.values()),
        base_held=base[PlanLight.HELD],
    )
