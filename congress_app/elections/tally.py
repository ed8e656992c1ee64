"""The one function that decides a round: who is elected, tied, missing.

More than half means more than half of the base the congress froze: delegates convened less
those absent throughout and not replaced (QĐ 190-QĐ/TW of 10/10/2024, delegates to the
congress above), ballots issued, collected, or valid (Luật Bầu cử 2015, Điều 78). Among
those above half the higher votes go first. A tie across the last seat is never broken by
name, order or code: it ends by a re-vote, by age where the rule says so and the births tell
it, or by a recorded choice of the congress.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from congress_app.elections.count import (
    CandidateVotes,
    Count,
    Outcome,
    Ranked,
    Result,
    Tied,
    TieRule,
)
from congress_app.elections.explanation import Decided, explain
from congress_app.elections.naming import labels
from congress_app.elections.seniority import oldest
from congress_app.elections.shares import percent
from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.sentences import Sentence
from congress_app.kernel.vietnamese import number


@dataclass(frozen=True, slots=True)
class _Cut:
    """Where the seats end: the elected, and the tie that is left with how others ended."""

    elected: tuple[CandidateVotes, ...]
    tied: tuple[CandidateVotes, ...] = ()
    stake: int = 0
    decided: Decided | None = None


def decide(count: Count) -> Outcome:
    """Say who is elected.

    The count must be free of faults (`counting.faults`). Raises RuleViolation
    `choice_not_of_tie` when `count.chosen` does not fill the seats at stake from the tied.
    """
    standing = _eligible(count)
    cut = _cut(standing, count.seats)
    if cut.tied:
        cut = _settled(cut, count)
    elected = frozenset(one.id for one in cut.elected)
    tied = Tied(tuple(one.id for one in cut.tied), cut.stake) if cut.tied else None
    vacant = count.seats - len(elected) - cut.stake
    state = Result.TIE if tied else Result.SHORTFALL if vacant else Result.COMPLETE
    ranking = _ranking(count, elected)
    outcome = Outcome(
        threshold=count.threshold,
        base_figure=count.base_figure,
        elected=tuple(line.id for line in ranking if line.elected),
        tied=tied,
        vacant=vacant,
        ranking=ranking,
        state=state,
    )
    return explain(count, outcome, cut.decided)


def _by_votes(candidates: Sequence[CandidateVotes]) -> list[CandidateVotes]:
    return sorted(candidates, key=lambda one: (-one.votes, one.id))


def _eligible(count: Count) -> list[CandidateVotes]:
    return _by_votes([one for one in count.candidates if one.votes >= count.threshold])


def _cut(standing: Sequence[CandidateVotes], seats: int) -> _Cut:
    if len(standing) <= seats:
        return _Cut(tuple(standing))
    last = standing[seats - 1].votes
    if standing[seats].votes < last:
        return _Cut(tuple(standing[:seats]))
    above = tuple(one for one in standing if one.votes > last)
    tied = tuple(one for one in standing if one.votes == last)
    return _Cut(above, tied, seats - len(above))


def _settled(cut: _Cut, count: Count) -> _Cut:
    """The tie after age, where the rule is that, and after the congress's choice."""
    if count.tie_rule is TieRule.OLDER:
        cut = _by_age(cut)
    if cut.tied and count.chosen:
        cut = _by_choice(cut, count.chosen)
    return cut


def _by_age(cut: _Cut) -> _Cut:
    births = {one.id: one.birth for one in cut.tied}
    sure = oldest(births, cut.stake)
    won = tuple(one for one in cut.tied if one.id in sure.seated)
    left = tuple(one for one in cut.tied if one.id in sure.open)
    decided = Decided(cut.tied, cut.stake, won, TieRule.OLDER)
    return _Cut((*cut.elected, *won), left, cut.stake - len(won), decided)


def _by_choice(cut: _Cut, chosen: Sequence[str]) -> _Cut:
    won = tuple(one for one in cut.tied if one.id in chosen)
    if len(won) != cut.stake or len(chosen) != len(set(chosen)) or len(won) != len(chosen):
        raise RuleViolation(
            "choice_not_of_tie",
            Sentence(
                "Đại hội phải chọn đúng {seats} người trong số {count} người bằng phiếu. "
                "Hãy chọn lại.",
                seats=number(cut.stake),
                count=number(len(cut.tied)),
            ),
            [{"codes": [one.id for one in cut.tied], "seats": cut.stake}],
        )
    decided = Decided(cut.tied, cut.stake, won, TieRule.CONGRESS_DECIDES)
    return _Cut((*cut.elected, *won), decided=decided)


def _ranking(count: Count, elected: frozenset[str]) -> tuple[Ranked, ...]:
    shown = labels([one.named for one in count.candidates])
    return tuple(
        Ranked(
            id=one.id,
            label=shown[one.id],
            votes=one.votes,
            percent=percent(one.votes, count.base_figure),
            rank=1 + sum(other.votes > one.votes for other in count.candidates),
            elected=one.id in elected,
        )
        for one in _by_votes(count.candidates)
    )
