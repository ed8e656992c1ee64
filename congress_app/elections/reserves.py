"""Reserves: in which order they stand, and who is called next.

They go by votes, each elected by the majority of the rule. Equal votes are no order: the
line stops there and asks, as a tie for a seat does. It goes on by age where the rule says
so, or by an order the congress decided on.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

from congress_app.elections.count import CandidateVotes, TieRule
from congress_app.elections.seniority import surely_older


@dataclass(frozen=True, slots=True)
class LineUp:
    """The order as far as it is known.

    `order` is complete when `tied` is empty; otherwise it ends before `tied`, whom nobody
    has put in order yet.
    """

    order: tuple[str, ...]
    tied: tuple[str, ...] = ()


def line_up(
    elected: Sequence[CandidateVotes],
    tie_rule: TieRule = TieRule.REVOTE,
    decided: Sequence[str] = (),
) -> LineUp:
    """Put reserves in order: by votes, equals by age or by the `decided` order.

    `decided` names codes in the order the congress gave them; it only ever orders equals
    whom the rule leaves open.
    """
    order: list[str] = []
    ranked = sorted(elected, key=lambda one: (-one.votes, one.id))
    for _, equals in groupby(ranked, key=lambda one: one.votes):
        placed = _placed(list(equals), tie_rule, decided)
        if placed.tied:
            return LineUp((*order, *placed.order), placed.tied)
        order += placed.order
    return LineUp(tuple(order))


def _placed(equals: Sequence[CandidateVotes], tie_rule: TieRule, decided: Sequence[str]) -> LineUp:
    """Equals in order, as far as age or the decision tells it."""
    order: list[str] = []
    left = list(equals)
    while len(left) > 1:
        first = _first(left, tie_rule, decided)
        if first is None:
            return LineUp(tuple(order), tuple(one.id for one in left))
        order.append(first.id)
        left.remove(first)
    return LineUp((*order, *(one.id for one in left)))


def _first(
    left: Sequence[CandidateVotes], tie_rule: TieRule, decided: Sequence[str]
) -> CandidateVotes | None:
    if tie_rule is TieRule.OLDER:
        # The frozen rule goes before a decision, which is for those whom age does not tell.
        for one in left:
            if all(surely_older(one.birth, other.birth) for other in left if other is not one):
                return one
    if all(one.id in decided for one in left):
        return min(left, key=lambda one: decided.index(one.id))
    return None


def next_reserve(order: Sequence[str], gone: Collection[str]) -> str | None:
    """The first in order who was neither called before nor let go; None when nobody is left."""
    return next((code for code in order if code not in gone), None)
