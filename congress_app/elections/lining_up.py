"""The reserves of a whole election in the order they will be called."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby

from congress_app.elections.count import CandidateVotes, Count, TieRule
from congress_app.elections.reserves import LineUp, line_up


def left_over(count: Count, elected: Collection[str]) -> tuple[CandidateVotes, ...]:
    """Who of one ballot passed the majority and was not elected, in this round or another."""
    return tuple(
        one for one in count.candidates if one.votes >= count.threshold and one.id not in elected
    )


def line_up_rounds(
    rounds: Sequence[Sequence[CandidateVotes]],
    wanted: int,
    tie_rule: TieRule,
    decided: Sequence[str] = (),
) -> LineUp:
    """The first `wanted` reserves: an earlier round before a later one, inside it by votes.

    Where equals must be put in order and nobody has, the order ends before them and `tied`
    names them.
    """
    order: list[str] = []
    for elected in rounds:
        found = line_up(elected, tie_rule, decided)
        order += found.order
        if found.tied and len(order) < wanted:
            return LineUp(tuple(order), found.tied)
    return LineUp(tuple(order[:wanted]))


def equals(rounds: Sequence[Sequence[CandidateVotes]]) -> tuple[tuple[str, ...], ...]:
    """The groups of equal votes, whom only age or a decision can put in order."""
    found = []
    for elected in rounds:
        ranked = sorted(elected, key=lambda one: (-one.votes, one.id))
        for _votes, group in groupby(ranked, key=lambda one: one.votes):
            codes = tuple(one.id for one in group)
            if len(codes) > 1:
                found.append(codes)
    return tuple(found)
