"""Rounds folded: who is in, what is open, which round may follow."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from congress_app.elections.conduct import RoundKind, RoundOutcome
from congress_app.elections.course import Course, Held, Offer, Won, course

K = RoundKind
NAMES = (1, 2, 3, 4)


def run(*rounds: Held, seats: int = 2, reserves: int = 0) -> Course:
    return course(rounds, seats=seats, reserve_seats=reserves, standing=NAMES)


def first(elected=(), **changes) -> Held:
    votes = tuple((name, 100 - name) for name in NAMES)
    outcome = changes.pop("outcome", "result")
    return Held(1, "first", NAMES, 2, outcome, elected=tuple(elected), votes=votes, **changes)


def test_before_the_first_round_it_lists_who_stands():
    found = run()
    assert found.may_follow == (Offer(K.FIRST, None, NAMES, 2),)
    assert not found.may_be_certified


def test_while_a_round_runs_nothing_follows():
    found = run(first(outcome=None))
    assert (found.may_follow, found.running.number) == ((), 1)
    assert not found.may_be_certified


def test_a_full_result_can_be_certified():
    found = run(first((1, 2)))
    assert found.delegates == (Won(1, 1, 99), Won(2, 1, 98))
    assert (found.vacant, found.may_follow, found.may_be_certified) == (0, (), True)


def test_a_tie_stays_open_until_the_revote():
    tied = first((1,), outcome="tie", tied=(2, 3), stake=1)
    assert run(tied).may_follow == (Offer(K.REVOTE, 1, (2, 3), 1, needs_majority=False),)
    again = Held(2, "revote", (2, 3), 1, "result", 1, elected=(3,), votes=((3, 60), (2, 40)))
    found = run(tied, again)
    assert found.delegates == (Won(1, 1, 99), Won(3, 2, 60))
    assert (found.open_tie, found.may_be_certified) == (None, True)


def test_an_invalidated_revote_leaves_the_tie_open_and_is_held_again():
    tied = first((1,), outcome="tie", tied=(2, 3), stake=1)
    void = Held(2, "revote", (2, 3), 1, "invalidated", 1)
    found = run(tied, void)
    assert found.open_tie == tied
    assert found.may_follow == (Offer(K.REVOTE, 1, (2, 3), 1, needs_majority=False, repeats=True),)


def test_vacant_seats_go_to_those_who_are_not_in():
    found = run(first((2,), outcome="shortfall"))
    assert found.may_follow == (Offer(K.ADDITIONAL, 1, (1, 3, 4), 1),)
    assert (found.vacant, found.may_be_certified) == (1, True)


def test_reserves_have_rounds_and_ties_of_their_own():
    done = first((1, 2))
    assert run(done, reserves=1).may_follow == (Offer(K.RESERVES, 1, (3, 4), 1),)
    tied = Held(2, "reserves", (3, 4), 1, "tie", 1, tied=(3, 4), stake=1)
    found = run(done, tied, reserves=1)
    assert found.may_follow == (Offer(K.REVOTE, 2, (3, 4), 1, needs_majority=False),)
    assert (found.vacant, found.vacant_reserves) == (0, 0)
    again = Held(3, "revote", (3, 4), 1, "result", 2, elected=(4,), votes=((4, 9), (3, 8)))
    found = run(done, tied, again, reserves=1)
    assert (found.reserves, found.delegates[0].candidate) == ((Won(4, 3, 9),), 1)
    assert found.may_be_certified


@given(st.lists(st.sampled_from(["result", "shortfall", "invalidated", None]), max_size=4))
def test_never_more_are_in_than_there_are_seats_and_nobody_twice(outcomes):
    rounds: list[Held] = []
    for outcome in outcomes:
        offers = run(*rounds).may_follow
        if not offers:
            break
        offer = offers[0]
        won = offer.candidates[: offer.seats - (outcome == "shortfall")]
        rounds.append(
            Held(
                len(rounds) + 1,
                offer.kind,
                offer.candidates,
                offer.seats,
                outcome,
                offer.follows,
                elected=() if outcome is None else won,
            )
        )
    found = run(*rounds)
    ids = [one.candidate for one in found.delegates]
    assert len(ids) == len(set(ids)) == 2 - found.vacant
    assert found.votes_held == sum(
        one.outcome not in (None, RoundOutcome.INVALIDATED) for one in rounds
    )


def test_a_tie_the_congress_ended_after_a_void_revote_is_not_voted_on_again():
    decided = first((1, 3), outcome="tie")
    void = Held(2, "revote", (2, 3), 1, "invalidated", 1)
    found = run(decided, void)
    assert (found.open_tie, found.vacant, found.may_follow) == (None, 0, ())
    assert found.may_be_certified
    short = run(decided, void, seats=3)
    assert short.may_follow == (Offer(K.ADDITIONAL, 2, (2, 4), 1),)
