"""What people ask for when they conduct an election, as values between forms and services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from congress_app.elections.conduct import Nomination, RoundKind
from congress_app.elections.rules import Rules


@dataclass(frozen=True)
class Wanted:
    """The rules asked for, and the reserves: how many, and whether by a ballot of their own."""

    rules: Rules
    reserve_seats: int = 0
    reserves_apart: bool = True


@dataclass(frozen=True)
class NominatedBy:
    """How a name came up, and from whom."""

    how: Nomination
    by: str | None = None


@dataclass(frozen=True)
class TypedHall:
    """Presence counted by hand, where nobody is written down as a voter."""

    convened: int
    present: int
    excused: int = 0
    absent_throughout: int = 0


@dataclass(frozen=True)
class BelowQuorum:
    """The decision to vote although too few are present."""

    by: str
    reason: str


@dataclass(frozen=True)
class Opening:
    """What the opener says: the minute of presence, the reason, decisions.

    `at` None is now. `typed` is looked at only where the scan log knows no voters.
    """

    kind: RoundKind
    at: datetime | None = None
    reason: str | None = None
    typed: TypedHall | None = None
    below_quorum: BelowQuorum | None = None


@dataclass(frozen=True)
class Decision:
    """What the congress decided of a tie: who takes the seats, why, by which paper."""

    chosen: tuple[int, ...]
    reason: str
    paper: str | None = None


@dataclass(frozen=True)
class Certifying:
    """In whose name, by which paper; reserves with equal votes in their decided order."""

    presidium: str
    paper: str | None = None
    reserve_order: tuple[int, ...] = ()


@dataclass(frozen=True)
class TakingDown:
    """Why a round is held again; of one that had a result also who decided it, and where.

    `decided_by`: the presidium or the congress; `paper`: number of the minutes.
    """

    reason: str
    decided_by: str | None = None
    paper: str | None = None
