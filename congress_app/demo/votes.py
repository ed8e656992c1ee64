"""Made-up votes: cells of sheets that agree, counted and decided by the rules of elections.

Who is to be elected stands first in the list; the figures follow from that, never the
other way round, so a result shown is one the tally gives for its figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from congress_app.elections import counting, course, lining_up, tally
from congress_app.elections.conduct import RoundKind, RoundOutcome
from congress_app.elections.count import Count, Outcome, Result, Revote
from congress_app.elections.course import Course, Held, Won
from congress_app.elections.figures import AGAINST, FOR, INVALID, KEEPS, OTHER, VOTES, cell
from congress_app.elections.naming import Named
from congress_app.elections.rules import Form
from congress_app.elections.sheet import Vote, count_of

_OUTCOMES = {
    Result.COMPLETE: RoundOutcome.RESULT,
    Result.TIE: RoundOutcome.TIE,
    Result.SHORTFALL: RoundOutcome.SHORTFALL,
}
_TIED = 0.62
_FEWEST_FOR_A_TIE = 3


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """One round as it was held; `follows` is the number of the round it goes back to."""

    number: int
    kind: RoundKind
    vote: Vote
    cells: Mapping[str, int]
    count: Count
    outcome: Outcome
    follows: int | None = None
    reason: str | None = None

    @property
    def ended(self) -> RoundOutcome:
        """How it is stored."""
        return _OUTCOMES[self.outcome.state]

    def told(self) -> Held:
        """For the fold of all rounds."""
        tied = self.outcome.tied
        return Held(
            number=self.number,
            kind=self.kind,
            candidates=tuple(int(one.key) for one in self.vote.listed),
            seats=self.vote.seats,
            outcome=self.ended,
            follows=self.follows,
            elected=tuple(map(int, self.outcome.elected)),
            tied=tuple(map(int, tied.codes)) if tied else (),
            stake=tied.seats if tied else 0,
            votes=tuple((int(line.id), line.votes) for line in self.outcome.ranking),
        )


def by_hands(rng: Random, vote: Vote) -> list[RoundFacts]:
    """A show of hands: everybody wanted is in, who stands behind them has fewer hands."""
    return [_held(1, RoundKind.FIRST, vote, _hands(rng, vote))]


def by_ballot(rng: Random, vote: Vote, *, tie: bool) -> list[RoundFacts]:
    """A secret vote of the delegates, then one of a single reserve among those left.

    With `tie` the last seat needs a round of its own; only where there are three seats.
    """
    ties = tie and vote.seats >= _FEWEST_FOR_A_TIE
    rounds = [_held(1, RoundKind.FIRST, vote, _ballots(rng, vote, _first_votes(rng, vote, ties)))]
    elected = set(rounds[0].outcome.elected)
    tied = rounds[0].outcome.tied
    if tied:
        codes = [one.key for one in vote.listed if one.key in tied.codes]
        again = replace(_among(vote, codes, 1), revote=Revote(tuple(codes)))
        facts = _held(2, RoundKind.REVOTE, again, _one_seat(rng, again))
        rounds.append(replace(facts, follows=1, reason="Bằng phiếu ở suất cuối"))
        elected |= set(facts.outcome.elected)
    left = [one.key for one in vote.listed if one.key not in elected]
    if left:
        number = len(rounds) + 1
        spare = _among(vote, left, 1)
        facts = _held(number, RoundKind.RESERVES, spare, _one_seat(rng, spare))
        rounds.append(replace(facts, follows=number - 1, reason="Bầu đại biểu dự khuyết"))
    return rounds


def folded(rounds: Sequence[RoundFacts], seats: int, reserve_seats: int = 0) -> Course:
    """Where the election stands after these rounds."""
    standing = [int(one.key) for one in rounds[0].vote.listed]
    told = [one.told() for one in rounds]
    return course.course(told, seats=seats, reserve_seats=reserve_seats, standing=standing)


def spare_of(facts: RoundFacts, wanted: int) -> tuple[Won, ...]:
    """The reserves of the same ballot, in the order of their calling."""
    pool = lining_up.left_over(facts.count, facts.outcome.elected)
    line = lining_up.line_up_rounds([pool], wanted, facts.count.tie_rule)
    votes = {one.id: one.votes for one in pool}
    return tuple(Won(int(code), facts.number, votes[code]) for code in line.order)


def _held(number: int, kind: RoundKind, vote: Vote, cells: Mapping[str, int]) -> RoundFacts:
    count = count_of(vote, cells)
    if impossible := counting.faults(counting.figures(count)):
        raise ValueError(f"a made-up count cannot be true: {impossible[0].sentence}")
    return RoundFacts(number, kind, vote, cells, count, tally.decide(count))


def _hands(rng: Random, vote: Vote) -> dict[str, int]:
    if vote.rules.form is Form.HANDS_LIST:
        against, other = rng.choice((0, 0, 0, 1)), rng.choice((0, 0, 0, 1))
        return {FOR: vote.present - against - other, AGAINST: against, OTHER: other}
    found: dict[str, int] = {}
    for place, one in enumerate(vote.listed):
        # Behind the seats each has one hand fewer than the one before: an order without ties.
        against = rng.choice((0, 0, 1)) if place < vote.seats else 2 + place - vote.seats
        found[cell(FOR, one.key)] = vote.present - against
        found[cell(AGAINST, one.key)] = against
        found[cell(OTHER, one.key)] = 0
    return found


def _first_votes(rng: Random, vote: Vote, tie: bool) -> list[int]:
    """Votes in the order of the list, as shares of the valid ballots told by `_valid`."""
    valid, seats = _valid(vote), vote.seats
    if seats == 1:
        return _shared(rng, valid, len(vote.listed))
    sure = seats - 1 if tie else seats
    votes = [round(valid * rng.uniform(0.72, 0.84)) for _ in range(sure)]
    votes += [round(valid * _TIED)] * (2 if tie else 0)
    others = len(vote.listed) - len(votes)
    spare = (valid * seats - sum(votes)) // max(1, others)
    most = min(spare, round(valid * 0.4))
    return votes + [round(most * rng.uniform(0.6, 1)) for _ in range(others)]


def _one_seat(rng: Random, vote: Vote) -> dict[str, int]:
    return _ballots(rng, vote, _shared(rng, _valid(vote), len(vote.listed)))


def _shared(rng: Random, valid: int, many: int) -> list[int]:
    """One name a ballot: the first has clearly more than half."""
    first = round(valid * rng.uniform(0.58, 0.7))
    rest, more = divmod(valid - first, max(1, many - 1))
    return [first] + [rest + (place < more) for place in range(many - 1)]


def _valid(vote: Vote) -> int:
    # About one ballot in eighty is spoilt, the same in every round of a hall.
    return vote.present - vote.present // 80


def _ballots(rng: Random, vote: Vote, votes: Sequence[int]) -> dict[str, int]:
    valid, total = _valid(vote), sum(votes)
    spoilt = vote.present - valid
    reasons = [reason.code for reason in vote.rules.invalid_reasons]
    found = {"issued": vote.present, "collected": vote.present, "valid": valid, "invalid": spoilt}
    found |= {cell(INVALID, code): 0 for code in reasons}
    for _ in range(spoilt):
        found[cell(INVALID, rng.choice(reasons))] += 1
    named = zip(vote.listed, votes, strict=True)
    found |= {cell(VOTES, one.key): number for one, number in named}
    # As even as can be, which some set of ballots always gives.
    fewer, more = divmod(total, valid)
    kept = {fewer: valid - more, fewer + 1: more}
    return found | {cell(KEEPS, n): kept.get(n, 0) for n in range(1, vote.most_kept + 1)}


def _among(vote: Vote, codes: Sequence[str], seats: int) -> Vote:
    listed: tuple[Named, ...] = tuple(one for one in vote.listed if one.key in codes)
    return replace(vote, listed=listed, seats=seats)
