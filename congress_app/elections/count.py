"""What was counted in one round, and what follows from it: the values of the tally.

A `Count` holds totals only. Nothing here, and nothing made from it, knows who voted how.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from congress_app.elections.naming import Label, Named
from congress_app.kernel.partial_date import PartialDate
from congress_app.kernel.sentences import N_, Sentence


class Base(StrEnum):
    """Of what the majority is taken."""

    CONVENED = "convened"
    ISSUED = "issued"
    COLLECTED = "collected"
    VALID = "valid"


class Mode(StrEnum):
    """How it was voted."""

    SECRET = "secret"  # noqa: S105
    SHOW_OF_HANDS = "show_of_hands"


class TieRule(StrEnum):
    """How a tie on the last seat ends."""

    REVOTE = "revote"
    OLDER = "older"
    CONGRESS_DECIDES = "congress_decides"


class Result(StrEnum):
    """How a round ended."""

    COMPLETE = "complete"
    TIE = "tie"
    SHORTFALL = "shortfall"


BASE_LABELS: dict[str, str] = {
    Base.CONVENED: N_("số đại biểu được triệu tập, trừ người vắng suốt không có người thay"),
    Base.ISSUED: N_("số phiếu phát ra"),
    Base.COLLECTED: N_("số phiếu thu về"),
    Base.VALID: N_("số phiếu hợp lệ"),
}
MODE_LABELS: dict[str, str] = {
    Mode.SECRET: N_("Bỏ phiếu kín"),
    Mode.SHOW_OF_HANDS: N_("Biểu quyết giơ tay"),
}
TIE_LABELS: dict[str, str] = {
    TieRule.REVOTE: N_("bầu lại giữa những người bằng phiếu"),
    TieRule.OLDER: N_("người nhiều tuổi hơn trúng cử"),
    TieRule.CONGRESS_DECIDES: N_("đại hội quyết định"),
}
RESULT_LABELS: dict[str, str] = {
    Result.COMPLETE: N_("Bầu đủ"),
    Result.TIE: N_("Bằng phiếu ở suất cuối"),
    Result.SHORTFALL: N_("Bầu thiếu"),
}


@dataclass(frozen=True, slots=True)
class CandidateVotes:
    """The votes of one candidate: names kept on ballots, or hands for.

    `against` and `other` are counted only by show of hands. `birth` and `unit` tell
    namesakes apart, and `birth` breaks a tie where the older person wins.
    """

    id: str
    votes: int
    name: str = ""
    birth: PartialDate | None = None
    unit: str = ""
    against: int | None = None
    other: int | None = None

    @property
    def named(self) -> Named:
        """For `naming.labels`."""
        return Named(self.id, self.name, self.birth, self.unit)


@dataclass(frozen=True, slots=True)
class Revote:
    """This round is a re-vote among exactly the candidates `of`."""

    of: tuple[str, ...]
    needs_majority: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """One round as counted. Numbers are whole and not negative (`counting` checks them).

    By show of hands `issued`, `collected` and `valid` are the number of those voting.
    `keeps` tells how many ballots keep 1, 2, … names. `allow_empty`: a valid ballot may
    keep no name (the form with columns). `chosen` are the candidates whom the congress
    chose out of a tie, by a recorded act; it is looked at only where there is one.
    """

    seats: int
    base: Base
    candidates: tuple[CandidateVotes, ...]
    mode: Mode = Mode.SECRET
    convened: int = 0
    absent_throughout: int = 0
    absent_replaced: int = 0
    present: int = 0
    issued: int = 0
    collected: int = 0
    valid: int = 0
    invalid: int = 0
    keeps: Mapping[int, int] | None = None
    revote: Revote | None = None
    tie_rule: TieRule = TieRule.REVOTE
    allow_empty: bool = False
    chosen: tuple[str, ...] = ()

    @property
    def base_figure(self) -> int:
        """The number of which more than half is needed."""
        if self.base is Base.CONVENED:
            return self.convened - self.absent_throughout + self.absent_replaced
        return {
            Base.ISSUED: self.issued,
            Base.COLLECTED: self.collected,
            Base.VALID: self.valid,
        }[self.base]

    @property
    def needs_majority(self) -> bool:
        """Does more than half count? Not in a re-vote that the higher number wins."""
        return self.revote is None or self.revote.needs_majority

    @property
    def threshold(self) -> int:
        """The smallest number of votes that elects; at least 1."""
        return self.base_figure // 2 + 1 if self.needs_majority else 1


@dataclass(frozen=True, slots=True)
class Tied:
    """Candidates with equal votes across the last seat, and the seats at stake among them."""

    codes: tuple[str, ...]
    seats: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """One line of the result. Equal votes share a rank: 1, 2, 2, 4.

    `percent` is of the base, with one decimal; it never says 0, 50 or 100 unless that is
    exact. None when the base is 0.
    """

    id: str
    label: Label
    votes: int
    percent: float | None
    rank: int
    elected: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the votes decide.

    `elected` and `ranking` go by votes, equals by code: that is an order of showing, no
    one is preferred by it. `vacant` counts the seats neither filled nor at stake.
    """

    threshold: int
    base_figure: int
    elected: tuple[str, ...]
    tied: Tied | None
    vacant: int
    ranking: tuple[Ranked, ...]
    state: Result
    explanation: tuple[Sentence, ...] = field(default=())
