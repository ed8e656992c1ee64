"""The reserves of an election, put in order from its rounds."""

from __future__ import annotations

from collections.abc import Sequence

from congress_app.elections import lining_up, queries, round_queries
from congress_app.elections.conduct import RoundKind, RoundOutcome
from congress_app.elections.count import CandidateVotes, Count
from congress_app.elections.course import Course, Won
from congress_app.elections.models import Election, Round
from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.sentences import N_, Sentence


def pools(election: Election, course: Course) -> dict[int, tuple[CandidateVotes, ...]]:
    """Who may be a reserve, by the number of the round that says so.

    By a ballot of their own: whom its rounds elected. By the same ballot: who passed the
    majority in the first round and is not elected in any.
    """
    if not election.reserve_seats:
        return {}
    closed = {
        one.number: one
        for one in queries.rounds_of(election.id)
        if one.outcome not in (None, RoundOutcome.INVALIDATED)
    }
    if not election.reserves_apart:
        first = [one for one in closed.values() if one.kind == RoundKind.FIRST]
        elected = {str(one.candidate) for one in course.delegates}
        return {one.number: lining_up.left_over(_count(one), elected) for one in first}
    found: dict[int, tuple[CandidateVotes, ...]] = {}
    for won in course.reserves:
        votes = {one.id: one for one in _count(closed[won.round_number]).candidates}
        found[won.round_number] = (
            *found.get(won.round_number, ()),
            votes[str(won.candidate)],
        )
    return found


def _count(round_: Round) -> Count:
    count = queries.count_of(round_)
    if count is None:
        raise ValueError("a closed round has its figures")
    return count


def lined_up(election: Election, course: Course, decided: Sequence[int] = ()) -> tuple[Won, ...]:
    """The reserves in the order of their calling.

    Raises RuleViolation `reserve_order_needed` while equals are in no order.
    """
    by_round = pools(election, course)
    rule = round_queries.rules_of(election).tie_rule
    codes = [str(one) for one in decided]
    found = lining_up.line_up_rounds(list(by_round.values()), election.reserve_seats, rule, codes)
    if found.tied:
        raise _order_needed(by_round, found.tied)
    where = {one.id: (number, one.votes) for number, pool in by_round.items() for one in pool}
    return tuple(Won(int(code), *where[code]) for code in found.order)


def _order_needed(
    by_round: dict[int, tuple[CandidateVotes, ...]], tied: Sequence[str]
) -> RuleViolation:
    names = [one.name for pool in by_round.values() for one in pool if one.id in tied]
    return RuleViolation(
        "reserve_order_needed",
        Sentence(
            N_(
                "{names} bằng phiếu dự khuyết. "
                "Hãy ghi thứ tự gọi của từng người theo quyết định của hội nghị."
            ),
            names=", ".join(names),
        ),
    )
