"""How far the tellers' sheets of a round are, without a word of what stands in them.

The count is made twice so that one slip does not decide a seat. It is worth one count only
when the second teller can read off the first: so neither learns more than which cells differ,
and that only once both sheets are whole and neither contradicts itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from congress_app.elections import checking, sheet
from congress_app.elections.sheet import Cell, Cells, Vote


@dataclass(frozen=True)
class Progress:
    """One sheet: how many cells are empty, and whether its figures can be true together."""

    missing: int
    contradicts_itself: bool

    @property
    def is_ready(self) -> bool:
        """May it be laid beside the other one?"""
        return not self.missing and not self.contradicts_itself


@dataclass(frozen=True)
class Agreement:
    """All sheets of a round. `differing` stays empty until every sheet is ready."""

    sheets: tuple[Progress, ...]
    needed: int
    differing: tuple[Cell, ...] = ()

    @property
    def is_comparable(self) -> bool:
        """Is every sheet there and ready?"""
        return len(self.sheets) == self.needed and all(one.is_ready for one in self.sheets)

    @property
    def is_reached(self) -> bool:
        """May the round be closed on these sheets?"""
        return self.is_comparable and not self.differing


def agreement(vote: Vote, sheets: Sequence[Cells], needed: int) -> Agreement:
    """Compare the sheets of a round that asks for `needed` of them."""
    known = tuple(
        Progress(len(sheet.missing(vote, one)), bool(checking.faults(vote, one))) for one in sheets
    )
    found = Agreement(known, needed)
    if not found.is_comparable:
        return found
    differing = tuple(
        cell
        for cell in sheet.cells(vote)
        if any(one.get(cell.key) != sheets[0].get(cell.key) for one in sheets[1:])
    )
    return Agreement(known, needed, differing)
