"""Where an election stands after its rounds: who is in, what is open, which round may follow.

Rounds are folded in their order. An invalidated round elected nobody and is held again as
it was; a tie is open until a re-vote among exactly the tied or a recorded decision ends it;
seats left vacant may be voted on again among those who are not in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from congress_app.elections.conduct import PlaceRole, RoundKind, RoundOutcome


@dataclass(frozen=True, slots=True)
class Held:
    """A round as far as the fold needs it; candidates by their ids.

    `outcome` None: it is still running. `elected`, `tied` and `stake` are those of the tally
    with the congress's choice, if one was recorded. `votes` is in the order of ranks.
    """

    number: int
    kind: str
    candidates: tuple[int, ...]
    seats: int
    outcome: str | None = None
    follows: int | None = None
    elected: tuple[int, ...] = ()
    tied: tuple[int, ...] = ()
    stake: int = 0
    votes: tuple[tuple[int, int], ...] = ()

    @property
    def counts(self) -> bool:
        """Does its result stand?"""
        return self.outcome is not None and self.outcome != RoundOutcome.INVALIDATED


@dataclass(frozen=True, slots=True)
class Won:
    """Somebody elected: in which round, with how many votes."""

    candidate: int
    round_number: int
    votes: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A round that may be opened now: why, whom it lists, how many it may keep."""

    kind: RoundKind
    follows: int | None
    candidates: tuple[int, ...]
    seats: int
    needs_majority: bool = True
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """The election so far.

    `vacant` seats are neither filled nor at stake in the open tie; `vacant_reserves` the
    same of reserves.
    """

    delegates: tuple[Won, ...] = ()
    reserves: tuple[Won, ...] = ()
    running: Held | None = None
    open_tie: Held | None = None
    vacant: int = 0
    vacant_reserves: int = 0
    votes_held: int = 0
    may_follow: tuple[Offer, ...] = field(default=())

    @property
    def may_be_certified(self) -> bool:
        """Nothing is running, undecided or to be held again, and somebody was elected."""
        undecided = self.running or self.open_tie or any(n.repeats for n in self.may_follow)
        return bool(self.delegates) and not undecided

    def of(self, role: str) -> tuple[Won, ...]:
        """Those elected in one role."""
        return self.reserves if role == PlaceRole.RESERVE else self.delegates


def course(
    rounds: Sequence[Held],
    *,
    seats: int,
    reserve_seats: int,
    standing: Sequence[int],
) -> Course:
    """Fold the rounds; `standing` are the candidates whose names stand.

    `reserve_seats` counts reserves elected by a ballot of their own (0 where there is none).
    """
    won: dict[PlaceRole, list[Won]] = {role: [] for role in PlaceRole}
    for held in rounds:
        if held.counts:
            votes = dict(held.votes)
            won[_role(held, rounds)] += [
                Won(one, held.number, votes.get(one, 0)) for one in held.elected
            ]
    tie = _open_tie(rounds)
    for_reserves = tie is not None and _role(tie, rounds) is PlaceRole.RESERVE
    stake = tie.stake if tie else 0
    delegates, reserves = won[PlaceRole.DELEGATE], won[PlaceRole.RESERVE]
    so_far = Course(
        delegates=tuple(delegates),
        reserves=tuple(reserves),
        running=next((held for held in rounds if held.outcome is None), None),
        open_tie=tie,
        vacant=seats - len(delegates) - (0 if for_reserves else stake),
        vacant_reserves=max(0, reserve_seats - len(reserves) - (stake if for_reserves else 0)),
        votes_held=sum(held.counts for held in rounds),
    )
    return _with_next(so_far, rounds, standing)


def _role(held: Held, rounds: Sequence[Held]) -> PlaceRole:
    """A re-vote is for what the round it follows was for."""
    if held.kind == RoundKind.REVOTE and held.follows is not None:
        before = next(one for one in rounds if one.number == held.follows)
        return _role(before, rounds)
    return PlaceRole.RESERVE if held.kind == RoundKind.RESERVES else PlaceRole.DELEGATE


def _open_tie(rounds: Sequence[Held]) -> Held | None:
    """The tie nobody has ended yet; at most one, since nothing else follows it."""
    revoted = {held.follows for held in rounds if held.counts and held.kind == RoundKind.REVOTE}
    return next(
        (held for held in rounds if held.counts and held.stake and held.number not in revoted),
        None,
    )


def _with_next(so_far: Course, rounds: Sequence[Held], standing: Sequence[int]) -> Course:
    return replace(so_far, may_follow=_may_follow(so_far, rounds, standing))


def _may_follow(
    so_far: Course, rounds: Sequence[Held], standing: Sequence[int]
) -> tuple[Offer, ...]:
    if so_far.running:
        return ()
    last = rounds[-1] if rounds else None
    if last is None:
        return (Offer(RoundKind.FIRST, None, tuple(standing), so_far.vacant),)
    if last.outcome == RoundOutcome.INVALIDATED and not _settled_since(last, so_far):
        again = RoundKind(last.kind)
        revote = again is RoundKind.REVOTE
        follows = last.follows if revote else last.number
        return (Offer(again, follows, last.candidates, last.seats, not revote, repeats=True),)
    if so_far.open_tie:
        tie = so_far.open_tie
        return (Offer(RoundKind.REVOTE, tie.number, tie.tied, tie.stake, False),)
    return _for_the_vacant(so_far, last, standing)


def _settled_since(last: Held, so_far: Course) -> bool:
    """Did the congress end the tie itself after the re-vote on it was taken down?"""
    return last.kind == RoundKind.REVOTE and so_far.open_tie is None


def _for_the_vacant(so_far: Course, last: Held, standing: Sequence[int]) -> tuple[Offer, ...]:
    taken = {one.candidate for one in (*so_far.delegates, *so_far.reserves)}
    left = tuple(one for one in standing if one not in taken)
    found = []
    if left and so_far.vacant > 0:
        found.append(Offer(RoundKind.ADDITIONAL, last.number, left, so_far.vacant))
    if left and so_far.vacant_reserves > 0:
        found.append(Offer(RoundKind.RESERVES, last.number, left, so_far.vacant_reserves))
    return tuple(found)
