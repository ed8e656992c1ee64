"""A hall as its plan shows it: every seat with whoever sits there, drawn to measure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from congress_app.kernel.vietnamese import fold
from congress_app.seating.blocks import BLOCK_LABELS, Block
from congress_app.seating.naming import initials, seat_label

# On the screen: a seat with its gap, and the room for the names of rows, in pixels.
STEP_X, STEP_Y, ROW_NAMES, STAGE = 50, 58, 76, 64


@dataclass(frozen=True, slots=True)
class Sitter:
    """Somebody on a seat; `has_left` when the place at the congress was given up since."""

    delegate_id: int
    name: str
    unit: str
    number: int | None
    block: str
    group: str
    shade: int = 0
    has_left: bool = False


@dataclass(frozen=True, slots=True)
class PlanSeat:
    """One seat of the plan; `x` and `y` count seats."""

    id: int
    version: int
    row: str
    seat: int
    x: int
    y: int
    is_blocked: bool = False
    is_fixed: bool = False
    sitter: Sitter | None = None

    @property
    def label(self) -> str:
        """ "A12"."""
        return seat_label(self.row, self.seat)

    @property
    def mark(self) -> str:
        """What is drawn under the number: initials, or a cross on a blocked seat."""
        if self.is_blocked:
            return "×"
        return initials(self.sitter.name) if self.sitter else ""

    @property
    def tone(self) -> str:
        """Which colour: a block, a shade of the delegations, `free`, `blocked` or `left`."""
        if self.is_blocked:
            return "blocked"
        if self.sitter is None:
            return "free"
        if self.sitter.has_left:
            return "left"
        if self.sitter.block in (Block.DELEGATION, Block.OTHERS):
            return f"delegation-{self.sitter.shade}"
        return self.sitter.block


@dataclass(frozen=True, slots=True)
class Stretch:
    """The seats of one group in words ("C1-14, D1-3")."""

    tone: str
    block: str
    group: str
    people: int
    seats: str


def spans(seats: Sequence[PlanSeat]) -> str:
    """Neighbouring seats of a row drawn together: "A1-4, B2"."""
    runs: list[list[PlanSeat]] = []
    for seat in seats:
        last = runs[-1][-1] if runs else None
        if last is not None and last.row == seat.row and last.seat + 1 == seat.seat:
            runs[-1].append(seat)
        else:
            runs.append([seat])
    return ", ".join(
        run[0].label if len(run) == 1 else f"{run[0].label}-{run[-1].seat}" for run in runs
    )


@dataclass(frozen=True)
class HallPlan:
    """One hall: its seats from the front, each row from the left."""

    id: int
    version: int
    name: str
    description: str
    seats: tuple[PlanSeat, ...]

    @cached_property
    def rows(self) -> list[tuple[str, list[PlanSeat]]]:
        """The rows by name, front first."""
        return [(row, list(seats)) for row, seats in groupby(self.seats, lambda one: one.row)]

    @cached_property
    def columns(self) -> int:
        """How many seats wide the plan is, aisles included."""
        return max((seat.x for seat in self.seats), default=0) + 1

    @cached_property
    def depth(self) -> int:
        """How many rows deep the plan is, aisles included."""
        return max((seat.y for seat in self.seats), default=0) + 1

    @property
    def width(self) -> int:
        """Pixels of the drawing."""
        return ROW_NAMES + self.columns * STEP_X + 8

    @property
    def height(self) -> int:
        """Pixels of the drawing."""
        return STAGE + self.depth * STEP_Y + 8

    @property
    def sitters(self) -> list[Sitter]:
        """Everybody who sits here, in the order of seats."""
        return [seat.sitter for seat in self.seats if seat.sitter is not None]

    @property
    def blocked(self) -> int:
        """Seats nobody may use."""
        return sum(seat.is_blocked for seat in self.seats)

    @property
    def free(self) -> int:
        """Seats still to be had."""
        return len(self.seats) - self.blocked - len(self.sitters)

    def by_group(self) -> list[Stretch]:
        """Who sits where, as one says it at the door: each block and delegation in turn."""
        seats: dict[tuple[str, str], list[PlanSeat]] = {}
        for seat in self.seats:
            if seat.sitter is not None and not seat.sitter.has_left:
                seats.setdefault((seat.sitter.block, seat.sitter.group), []).append(seat)
        order = list(BLOCK_LABELS)
        ordered = sorted(seats.items(), key=lambda one: order.index(one[0][0]))
        return [
            Stretch(listed[0].tone, BLOCK_LABELS[block], group, len(listed), spans(listed))
            for (block, group), listed in ordered
        ]

    def seat_named(self, text: str) -> PlanSeat | None:
        """The seat somebody typed: "a12", "A 12", "Ban công 1 – 7"."""
        wanted = _plain(text)
        return next((seat for seat in self.seats if _plain(seat.label) == wanted), None)

    def legend(self) -> list[tuple[str, str, int]]:
        """Tone, words and number of people of each block that sits here, from the front."""
        counted = _counted(self.sitters)
        return [
            (_tone_of(block), words, counted[block])
            for block, words in BLOCK_LABELS.items()
            if block in counted
        ]


def _plain(text: str) -> str:
    return "".join(sign for sign in fold(text) if sign.isalnum() or sign in "-–").replace("–", "-")


def _counted(sitters: Iterable[Sitter]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for sitter in sitters:
        counted[sitter.block] = counted.get(sitter.block, 0) + 1
    return counted


def _tone_of(block: str) -> str:
    return "delegation-0" if block in (Block.DELEGATION, Block.OTHERS) else block


def left_of(x: int) -> int:
    """The left edge of a seat in the drawing."""
    return ROW_NAMES + x * STEP_X


def top_of(y: int) -> int:
    """The upper edge of a seat in the drawing."""
    return STAGE + y * STEP_Y
