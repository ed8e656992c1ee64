from __future__ import annotations

from hypothesis import given

from congress_app.elections.count import CandidateVotes, Count, TieRule
from congress_app.elections.reserves import LineUp, line_up, next_reserve
from congress_app.kernel.partial_date import PartialDate
from tests.elections.rounds import counts, thorough


def votes(**by_code: int) -> list[CandidateVotes]:
    return [CandidateVotes(code, number) for code, number in by_code.items()]


def test_reserves_go_by_votes() -> None:
    assert line_up(votes(A=50, B=60, C=55)) == LineUp(("B", "C", "A"))


def test_equal_votes_stop_the_line_and_ask() -> None:
    assert line_up(votes(A=50, B=60, C=50, D=49)) == LineUp(("B",), ("A", "C"))


def test_the_decided_order_only_orders_equals() -> None:
    equals = votes(A=50, B=60, C=50, D=49)
    assert line_up(equals, decided=("D", "C", "A", "B")) == LineUp(("B", "C", "A", "D"))
    assert line_up(equals, decided=("C",)) == LineUp(("B",), ("A", "C"))


def test_age_orders_equals_as_far_as_it_is_known() -> None:
    def aged(code: str, birth: PartialDate | None) -> CandidateVotes:
        return CandidateVotes(code, 50, birth=birth)

    old, young = PartialDate(1970), PartialDate(1980)
    both = [aged("A", young), aged("B", old)]
    assert line_up(both) == LineUp((), ("A", "B"))
    assert line_up(both, TieRule.OLDER) == LineUp(("B", "A"))
    three = [aged("A", young), aged("B", old), aged("C", young)]
    assert line_up(three, TieRule.OLDER) == LineUp(("B",), ("A", "C"))
    assert line_up([*both, aged("C", None)], TieRule.OLDER) == LineUp((), ("A", "B", "C"))


def test_the_next_is_the_first_who_is_not_gone() -> None:
    assert next_reserve(("B", "C", "A"), set()) == "B"
    assert next_reserve(("B", "C", "A"), {"B", "A"}) == "C"
    assert next_reserve(("B",), {"B"}) is None


@thorough
@given(counts())
def test_a_line_of_reserves_loses_and_doubles_nobody(count: Count) -> None:
    found = line_up(count.candidates, count.tie_rule)
    by_code = {one.id: one.votes for one in count.candidates}
    named = (*found.order, *found.tied)
    assert len(set(named)) == len(named)
    ordered = [by_code[code] for code in named]
    assert ordered == sorted(ordered, reverse=True)
    assert bool(found.tied) is (len(named) < len(by_code) or len(found.tied) > 0)
    assert len({by_code[code] for code in found.tied}) <= 1
