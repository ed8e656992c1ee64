"""The cells of a teller's sheet, what is missing in it, and the count it makes.

A cell has a key that is stored: "issued", "invalid.too_many", "votes.12" (12 is the
candidate), "keeps.3" (ballots that keep three names), "against.12" (see `counting.cell`).
By show of hands on the whole list there are only "for", "against" and "other".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from congress_app.elections.count import CandidateVotes, Count, Revote
from congress_app.elections.figures import AGAINST, FOR, INVALID, KEEPS, OTHER, VOTES, cell
from congress_app.elections.naming import Label, Named, labels
from congress_app.elections.rules import Form, Marking, Rules
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence

Cells = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """One number to fill in; `part` groups the cells: ballots, invalid, votes, keeps, hands."""

    key: str
    part: str
    label: Label


@dataclass(frozen=True, slots=True)
class Vote:
    """What is voted on: the rules, who is listed, how many may be kept, the hall."""

    rules: Rules
    listed: tuple[Named, ...]
    seats: int
    convened: int = 0
    present: int = 0
    absent_throughout: int = 0
    absent_replaced: int = 0
    revote: Revote | None = None

    @property
    def marking(self) -> Marking:
        """How its ballot is filled in."""
        return self.rules.marking(len(self.listed), self.seats)

    @property
    def most_kept(self) -> int:
        """The most names a valid ballot keeps."""
        return min(self.seats, len(self.listed))


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that holds one number here and another there."""

    cell: Cell
    first: int | None
    second: int | None


_BALLOTS = {
    "issued": N_("Số phiếu phát ra"),
    "collected": N_("Số phiếu thu về"),
    "valid": N_("Số phiếu hợp lệ"),
    "invalid": N_("Số phiếu không hợp lệ"),
}
_HANDS = {
    FOR: N_("Tán thành"),
    AGAINST: N_("Không tán thành"),
    OTHER: N_("Ý kiến khác"),
}


def teller_key(actor: Actor) -> str:
    """Who holds a sheet: an account, or whatever else acts, by its name."""
    return f"{actor.kind}:{actor.id if actor.id is not None else actor.name}"


def cells(vote: Vote) -> tuple[Cell, ...]:
    """The cells of the sheet, in the order in which they are filled in."""
    if vote.rules.form is Form.HANDS_LIST:
        return tuple(Cell(key, "hands", Sentence(words)) for key, words in _HANDS.items())
    shown = labels(vote.listed)
    if vote.rules.form is Form.HANDS_EACH:
        return tuple(
            Cell(
                cell(key, one.key),
                "hands",
                Sentence("{name}: {what}", name=shown[one.key], what=Sentence(words)),
            )
            for one in vote.listed
            for key, words in _HANDS.items()
        )
    return (
        *(Cell(key, "ballots", Sentence(words)) for key, words in _BALLOTS.items()),
        *(
            Cell(cell(INVALID, reason.code), "invalid", Sentence(reason.title))
            for reason in vote.rules.invalid_reasons
        ),
        *(Cell(cell(VOTES, one.key), "votes", shown[one.key]) for one in vote.listed),
        *(
            Cell(
                cell(KEEPS, names),
                "keeps",
                Sentence(N_("Số phiếu bầu {names} người"), names=names),
            )
            for names in range(1, vote.most_kept + 1)
        ),
    )


def missing(vote: Vote, filled: Cells) -> tuple[Cell, ...]:
    """The cells nobody filled in."""
    return tuple(cell for cell in cells(vote) if cell.key not in filled)


def differences(vote: Vote, first: Cells, second: Cells) -> tuple[Difference, ...]:
    """Where two versions of one sheet disagree, an empty cell included."""
    return tuple(
        Difference(cell, first.get(cell.key), second.get(cell.key))
        for cell in cells(vote)
        if first.get(cell.key) != second.get(cell.key)
    )


def count_of(vote: Vote, filled: Cells, chosen: Sequence[str] = ()) -> Count:
    """The count a sheet makes; an empty cell counts as 0, so ask `missing` before."""
    rules = vote.rules
    hands = rules.form is not Form.SECRET
    voting = vote.present
    return Count(
        seats=vote.seats,
        base=rules.base,
        mode=rules.mode,
        candidates=tuple(_votes(vote, one, filled) for one in vote.listed),
        convened=vote.convened,
        absent_throughout=vote.absent_throughout,
        absent_replaced=vote.absent_replaced,
        present=vote.present,
        issued=voting if hands else filled.get("issued", 0),
        collected=voting if hands else filled.get("collected", 0),
        valid=voting if hands else filled.get("valid", 0),
        invalid=0 if hands else filled.get("invalid", 0),
        keeps=None
        if hands
        else {n: filled.get(cell(KEEPS, n), 0) for n in range(1, vote.most_kept + 1)},
        revote=vote.revote,
        tie_rule=rules.tie_rule,
        allow_empty=not hands and vote.marking is Marking.COLUMNS,
        chosen=tuple(chosen),
    )


def _votes(vote: Vote, one: Named, filled: Cells) -> CandidateVotes:
    secret = vote.rules.form is Form.SECRET
    key = _key(vote, one)
    return CandidateVotes(
        id=one.key,
        votes=filled.get(cell(VOTES if secret else FOR, key), 0),
        name=one.name,
        birth=one.birth,
        unit=one.unit,
        against=None if secret else filled.get(cell(AGAINST, key), 0),
        other=None if secret else filled.get(cell(OTHER, key), 0),
    )


def _key(vote: Vote, one: Named) -> str:
    """What stands for the candidate in a cell's key; "" where the list is voted on at once."""
    return "" if vote.rules.form is Form.HANDS_LIST else one.key
