"""Made-up votes elect whom they should, by the rules that decide real ones."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from congress_app.demo import votes
from congress_app.elections import rules
from congress_app.elections.conduct import RoundKind
from congress_app.elections.naming import Named
from congress_app.elections.rules import Form
from congress_app.elections.sheet import Vote

seeds = st.integers(0, 10_000)


def a_vote(form: Form, names: int, seats: int, present: int) -> Vote:
    """Candidates 1, 2, …; one of those convened is absent."""
    return Vote(
        rules=replace(rules.initial("secret"), form=form),
        listed=tuple(Named(str(number), f"Đại biểu {number}") for number in range(1, names + 1)),
        seats=seats,
        convened=present + 1,
        present=present,
        absent_throughout=1,
    )


@given(seeds, st.integers(1, 12), st.integers(7, 60))
def test_hands_for_a_list_elect_all_of_it(seed: int, seats: int, present: int) -> None:
    held = votes.by_hands(Random(seed), a_vote(Form.HANDS_LIST, seats, seats, present))
    won = votes.folded(held, seats)
    assert sorted(one.candidate for one in won.delegates) == list(range(1, seats + 1))
    assert won.may_be_certified


@given(seeds, st.integers(1, 12), st.integers(7, 60))
def test_hands_one_by_one_leave_reserves_in_order(seed: int, seats: int, present: int) -> None:
    held = votes.by_hands(Random(seed), a_vote(Form.HANDS_EACH, seats + 2, seats, present))
    assert sorted(one.candidate for one in votes.folded(held, seats).delegates) == list(
        range(1, seats + 1)
    )
    assert [one.candidate for one in votes.spare_of(held[0], 2)] == [seats + 1, seats + 2]


@given(seeds, st.integers(1, 12), st.integers(100, 340))
def test_ballots_elect_the_first_of_the_list_and_one_reserve(
    seed: int, seats: int, present: int
) -> None:
    held = votes.by_ballot(Random(seed), a_vote(Form.SECRET, seats + 2, seats, present), tie=False)
    assert [one.kind for one in held] == [RoundKind.FIRST, RoundKind.RESERVES]
    won = votes.folded(held, seats, 1)
    assert sorted(one.candidate for one in won.delegates) == list(range(1, seats + 1))
    assert [one.candidate for one in won.reserves] == [seats + 1]
    assert won.may_be_certified


@given(seeds, st.integers(3, 12), st.integers(100, 340))
def test_a_tie_on_the_last_seat_is_voted_on_again(seed: int, seats: int, present: int) -> None:
    held = votes.by_ballot(Random(seed), a_vote(Form.SECRET, seats + 2, seats, present), tie=True)
    assert [one.kind for one in held] == [RoundKind.FIRST, RoundKind.REVOTE, RoundKind.RESERVES]
    assert [one.follows for one in held] == [None, 1, 2]
    assert held[0].outcome.tied is not None
    assert set(held[0].outcome.tied.codes) == {str(seats), str(seats + 1)}
    won = votes.folded(held, seats, 1)
    assert sorted(one.candidate for one in won.delegates) == list(range(1, seats + 1))
    assert [one.candidate for one in won.reserves] == [seats + 1]
    assert won.may_be_certified


def test_two_seats_are_never_tied() -> None:
    held = votes.by_ballot(Random(1), a_vote(Form.SECRET, 4, 2, 200), tie=True)
    assert [one.kind for one in held] == [RoundKind.FIRST, RoundKind.RESERVES]


def test_without_others_there_is_no_reserve() -> None:
    held = votes.by_ballot(Random(1), a_vote(Form.SECRET, 4, 4, 200), tie=False)
    assert [one.kind for one in held] == [RoundKind.FIRST]
