"""The figures of one sheet and what can be wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from congress_app.elections.count import Mode
from congress_app.elections.naming import Label
from congress_app.kernel.sentences import Sentence

NOT_A_COUNT = "NOT_A_COUNT"
# What stands as a key beside a candidate's code or a number of names.
VOTES, KEEPS, INVALID = "votes", "keeps", "invalid"
FOR, AGAINST, OTHER = "for", "against", "other"


def cell(kind: str, which: str | int) -> str:
    """The key of a cell that exists more than once: "votes.17", "keeps.2", "invalid.marked".

    "" stands for the whole list, which is voted on at once: its cells are the plain kinds.
    """
    return kind if which == "" else f"{kind}.{which}"


@dataclass(frozen=True, slots=True)
class Fault:
    """What cannot be true: `code` for machines, `cells` by key, a sentence for people."""

    code: str
    sentence: Sentence
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hands:
    """Hands raised against a name (or the list) and for neither."""

    against: int | None
    other: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one sheet; None is a cell nobody has filled in yet.

    `valid` is the number of those voting in a show of hands. `invalid_by` counts by reason,
    `keeps` ballots by the number of names they keep. Where hands are raised for the whole
    list, `votes` and `hands` hold it under "". `allow_empty`: a valid ballot may keep no name.
    """

    mode: Mode
    seats: int
    votes: Mapping[str, int | None]
    shown: Mapping[str, Label] = field(default_factory=dict)
    issued: int | None = None
    collected: int | None = None
    valid: int | None = None
    invalid: int | None = None
    invalid_by: Mapping[str, int | None] = field(default_factory=dict)
    keeps: Mapping[int, int | None] = field(default_factory=dict)
    hands: Mapping[str, Hands] = field(default_factory=dict)
    allow_empty: bool = False

    def votes_cell(self, candidate: str) -> str:
        """The key of the cell that holds a candidate's votes."""
        return cell(FOR if self.mode is Mode.SHOW_OF_HANDS else VOTES, candidate)

    def name(self, key: str) -> Label:
        """How a candidate is shown."""
        return self.shown.get(key, key) if key else Sentence("Cả danh sách")
