from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.elections.count import CandidateVotes, Count, Mode
from congress_app.elections.counting import faults, figures
from congress_app.elections.figures import Figures, Hands
from tests.elections.rounds import a_count, counts, thorough

GOOD = replace(a_count(3, A=90, B=80, C=60), keeps={1: 10, 2: 35, 3: 50})


def codes(count: Count) -> list[str]:
    return [fault.code for fault in faults(figures(count))]


def test_true_totals_have_no_fault() -> None:
    assert codes(GOOD) == []


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (replace(GOOD, issued=96), ["COLLECTED_OVER_ISSUED"]),
        (replace(GOOD, invalid=3), ["VALID_PLUS_INVALID"]),
        (a_count(3, A=96, B=80), ["VOTES_OVER_VALID"]),
        (a_count(1, A=60, B=36), ["VOTES_OVER_SEATS"]),
        (a_count(3, A=60, B=34), ["VOTES_UNDER_VALID"]),
        (replace(GOOD, keeps={1: 10, 2: 35, 3: 49}), ["KEEPS_MISMATCH"]),
        (replace(GOOD, keeps={1: 11, 2: 34, 3: 50}), ["KEEPS_MISMATCH"]),
        (replace(GOOD, keeps={1: 10, 2: 36, 3: 48, 4: 1}), ["KEEPS_MISMATCH"]),
        (replace(GOOD, keeps={0: 1, 1: 9, 2: 34, 3: 51}), ["KEEPS_MISMATCH"]),
    ],
)
def test_each_impossible_total_has_its_code(count: Count, expected: list[str]) -> None:
    assert codes(count) == expected


def test_all_faults_come_at_once_with_cells_and_figures() -> None:
    found = faults(figures(replace(GOOD, issued=90, invalid=9)))
    assert [(fault.code, fault.cells) for fault in found] == [
        ("COLLECTED_OVER_ISSUED", ("collected", "issued")),
        ("VALID_PLUS_INVALID", ("valid", "invalid", "collected")),
    ]
    assert str(found[0].sentence) == (
        "Số phiếu thu về (97) nhiều hơn số phiếu phát ra (90). Hãy đếm lại hai số này."
    )


def test_a_ballot_may_be_empty_where_it_has_columns() -> None:
    few = replace(a_count(3, A=30, B=20, C=10), allow_empty=True)
    assert codes(few) == []
    assert codes(replace(few, keeps={1: 20, 2: 20})) == []
    assert codes(replace(few, keeps={0: 55, 1: 20, 2: 20})) == []
    assert codes(replace(few, keeps={0: 54, 1: 20, 2: 20})) == ["KEEPS_MISMATCH"]


def test_votes_that_no_ballots_can_give_are_found() -> None:
    # A is on all ten ballots, so B can only be on the one that keeps three names.
    count = replace(a_count(3, A=10, B=2, C=0), valid=10, collected=12, keeps={1: 9, 2: 0, 3: 1})
    assert codes(count) == ["KEEPS_MISMATCH"]
    assert codes(replace(count, keeps={1: 8, 2: 2, 3: 0})) == []


@thorough
@given(counts())
def test_what_was_counted_from_ballots_is_never_a_fault(count: Count) -> None:
    assert codes(count) == []


@pytest.mark.parametrize("kept", list(product(range(3), repeat=3)))
def test_keeps_are_refused_exactly_when_no_ballots_exist(kept: tuple[int, int, int]) -> None:
    """Every way of filling in so many ballots over three names, tried one by one."""
    sizes = [size for size, ballots in enumerate(kept, start=1) for _ in range(ballots)]
    ways = {1: ["A", "B", "C"], 2: ["AB", "AC", "BC"], 3: ["ABC"]}
    possible = {
        tuple(sum(name in ballot for ballot in ballots) for name in "ABC")
        for ballots in product(*(ways[size] for size in sizes))
    }
    valid, names = len(sizes), sum(sizes)
    for votes in product(range(valid + 1), repeat=3):
        if sum(votes) != names:
            continue
        count = Count(
            seats=3,
            base=GOOD.base,
            candidates=tuple(
                CandidateVotes(name, number) for name, number in zip("ABC", votes, strict=True)
            ),
            issued=valid,
            collected=valid,
            valid=valid,
            keeps=dict(enumerate(kept, start=1)),
        )
        assert (codes(count) == []) is (votes in possible or not any(kept)), votes


def test_a_number_below_zero_is_no_count_even_where_the_sums_fit() -> None:
    count = replace(GOOD, collected=90, issued=90, invalid=-5)
    (fault,) = faults(figures(count))
    assert (fault.code, fault.cells) == ("NOT_A_COUNT", ("invalid",))
    hands = Figures(Mode.SHOW_OF_HANDS, 1, {"": 50}, valid=45, hands={"": Hands(-5, 0)})
    assert [(one.code, one.cells) for one in faults(hands)] == [("NOT_A_COUNT", ("against",))]


def test_cells_nobody_filled_in_are_not_compared() -> None:
    blank = Figures(Mode.SECRET, 2, {"A": None, "B": 99}, keeps={1: None, 2: 3})
    assert faults(blank) == ()
    assert [one.code for one in faults(replace(blank, valid=90))] == ["VOTES_OVER_VALID"]


def test_invalid_ballots_by_reason_sum_up() -> None:
    found = Figures(Mode.SECRET, 1, {}, invalid=3, invalid_by={"marked": 1, "nobody": 1})
    assert [(one.code, one.cells) for one in faults(found)] == [
        ("INVALID_BY_REASON", ("invalid", "invalid.marked", "invalid.nobody"))
    ]
    half = replace(found, invalid_by={"marked": 1, "nobody": None})
    assert faults(half) == ()


def test_hands_sum_to_those_voting() -> None:
    good = Figures(Mode.SHOW_OF_HANDS, 1, {"A": 40}, valid=45, hands={"A": Hands(3, 2)})
    assert faults(good) == ()
    wrong = replace(good, hands={"A": Hands(3, 1)}, shown={"A": "Nguyễn An"})
    assert [(one.code, one.cells) for one in faults(wrong)] == [
        ("HANDS_MISMATCH", ("for.A", "against.A", "other.A", "valid"))
    ]
    assert str(faults(wrong)[0].sentence).startswith("Nguyễn An: tán thành 40, ")
    assert [one.code for one in faults(replace(good, votes={"A": 46}, hands={}))] == [
        "VOTES_OVER_VALID"
    ]


def test_hands_for_the_whole_list_name_the_list() -> None:
    found = Figures(Mode.SHOW_OF_HANDS, 2, {"": 40}, valid=45, hands={"": Hands(3, 1)})
    (fault,) = faults(found)
    assert fault.cells == ("for", "against", "other", "valid")
    assert str(fault.sentence).startswith("Cả danh sách: tán thành 40, ")


@thorough
@given(counts(), st.sampled_from(["issued", "collected", "valid", "invalid"]))
def test_one_changed_total_is_always_noticed(count: Count, name: str) -> None:
    # More issued than collected is lawful, so that one is made too small.
    other = count.collected - 1 if name == "issued" else getattr(count, name) + 1
    assert codes(replace(count, **{name: other})) != []  # type: ignore[arg-type]
