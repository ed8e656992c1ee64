"""Reserves of several rounds in one line."""

from __future__ import annotations

from congress_app.elections.count import Base, CandidateVotes, Count, TieRule
from congress_app.elections.lining_up import equals, left_over, line_up_rounds
from congress_app.elections.reserves import LineUp
from congress_app.kernel.partial_date import PartialDate


def votes(**by_code: int) -> tuple[CandidateVotes, ...]:
    return tuple(CandidateVotes(code, number) for code, number in by_code.items())


REVOTE = TieRule.REVOTE


def test_an_earlier_round_goes_first_and_votes_order_inside_it():
    found = line_up_rounds([votes(A=50, B=60), votes(C=90)], 3, REVOTE)
    assert found == LineUp(("B", "A", "C"))


def test_only_as_many_as_wanted_and_a_tie_behind_them_does_not_matter():
    assert line_up_rounds([votes(A=70, B=60, C=60)], 1, REVOTE) == LineUp(("A",))
    assert line_up_rounds([votes(A=70, B=60, C=60)], 2, REVOTE) == LineUp(("A",), ("B", "C"))


def test_equals_go_by_the_decided_order_or_by_age():
    assert line_up_rounds([votes(A=60, B=60)], 2, REVOTE, ("B", "A")) == LineUp(("B", "A"))
    older, younger = (
        CandidateVotes(code, 60, birth=PartialDate(year))
        for code, year in (("O", 1960), ("Y", 1970))
    )
    assert line_up_rounds([(younger, older)], 2, TieRule.OLDER) == LineUp(("O", "Y"))


def test_groups_of_equal_votes_are_named():
    assert equals([votes(A=60, B=60, C=10), votes(D=5)]) == (("A", "B"),)


def test_who_is_left_over_passed_half_and_is_not_in():
    count = Count(1, Base.VALID, votes(A=90, B=60, C=51, D=50), valid=100)
    assert [one.id for one in left_over(count, {"A"})] == ["B", "C"]


def test_no_decided_order_goes_against_the_rule_of_age():
    older, younger, unknown = (
        CandidateVotes("O", 60, birth=PartialDate(1960)),
        CandidateVotes("Y", 60, birth=PartialDate(1970)),
        CandidateVotes("Z", 60, birth=PartialDate(1970)),
    )
    told = ("Z", "Y", "O")
    found = line_up_rounds([(younger, older, unknown)], 3, TieRule.OLDER, told)
    assert found == LineUp(("O", "Z", "Y"))
