"""Who is elected: worked elections, and what every result promises."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from congress_app.elections.count import Base, Count, Result, Revote, Tied, TieRule
from congress_app.elections.count_file import answer, read
from congress_app.elections.tally import decide
from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.partial_date import PartialDate
from tests.elections.rounds import a_count, counts, thorough, with_births

GOLDEN = sorted((Path(__file__).parents[1] / "golden" / "elections").glob("*.json"))


def summary(count: Count) -> dict[str, Any]:
    outcome = decide(count)
    return {
        "elected": outcome.elected,
        "tied": outcome.tied,
        "vacant": outcome.vacant,
        "state": outcome.state,
    }


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_worked_elections(path: Path) -> None:
    told = json.loads(path.read_text("utf-8"))
    found = answer(decide(read(told["count"])))
    assert {name: found[name] for name in told["answer"]} == told["answer"]


def test_one_count_ends_differently_on_each_base() -> None:
    count = a_count(1, A=48, B=40)
    found = {base: (replace(count, base=base).threshold) for base in Base}
    assert found == {Base.CONVENED: 51, Base.ISSUED: 50, Base.COLLECTED: 49, Base.VALID: 48}
    assert decide(replace(count, base=Base.VALID)).elected == ("A",)
    assert decide(replace(count, base=Base.COLLECTED)).elected == ()


def test_equal_votes_share_a_rank_and_percents_are_of_the_base() -> None:
    ranking = decide(a_count(2, A=60, B=60, C=50, D=50, E=1)).ranking
    assert [(one.id, one.rank, one.percent, one.elected) for one in ranking] == [
        ("A", 1, 63.2, True),
        ("B", 1, 63.2, True),
        ("C", 3, 52.6, False),
        ("D", 3, 52.6, False),
        ("E", 5, 1.1, False),
    ]


def test_a_tie_above_half_stops_with_the_seats_at_stake() -> None:
    assert summary(a_count(2, A=70, B=50, C=50, D=50)) == {
        "elected": ("A",),
        "tied": Tied(("B", "C", "D"), 1),
        "vacant": 0,
        "state": Result.TIE,
    }


def test_equal_votes_that_all_find_a_seat_are_no_tie() -> None:
    assert summary(a_count(2, A=50, B=50, C=49)) == {
        "elected": ("A", "B"),
        "tied": None,
        "vacant": 0,
        "state": Result.COMPLETE,
    }


def test_more_seats_than_candidates_leaves_seats_empty() -> None:
    assert summary(a_count(4, A=90, B=48, C=47)) == {
        "elected": ("A", "B"),
        "tied": None,
        "vacant": 2,
        "state": Result.SHORTFALL,
    }


def test_nobody_is_elected_by_no_ballot() -> None:
    count = replace(a_count(1, A=0, B=0), collected=0, valid=0, invalid=0)
    assert decide(count).threshold == 1
    assert summary(count) == {
        "elected": (),
        "tied": None,
        "vacant": 1,
        "state": Result.SHORTFALL,
    }
    assert [one.percent for one in decide(count).ranking] == [None, None]


def test_the_older_person_wins_where_the_rule_says_so() -> None:
    tie = with_births(a_count(1, A=50, B=50), A=1980, B=PartialDate(1979, 12, 31))
    assert decide(tie).state is Result.TIE
    assert decide(replace(tie, tie_rule=TieRule.OLDER)).elected == ("B",)


def test_age_settles_only_what_the_births_tell() -> None:
    count = replace(a_count(3, A=60, B=50, C=50, D=50, E=50), tie_rule=TieRule.OLDER)
    some = with_births(count, B=1960, C=1970, D=1970, E=1980)
    assert summary(some) == {
        "elected": ("A", "B"),
        "tied": Tied(("C", "D"), 1),
        "vacant": 0,
        "state": Result.TIE,
    }
    # Whoever has no birth date may be the oldest or the youngest.
    unknown = with_births(count, B=1960, C=1970, D=1980)
    assert summary(unknown)["elected"] == ("A", "B")
    assert summary(unknown)["tied"] == Tied(("C", "E"), 1)


def test_the_congress_chooses_out_of_a_tie_and_of_nothing_else() -> None:
    count = a_count(2, A=70, B=50, C=50, D=48)
    assert decide(replace(count, chosen=("C",))).elected == ("A", "C")
    for chosen in (("D",), ("B", "C"), ("C", "C"), ("A",)):
        with pytest.raises(RuleViolation) as caught:
            decide(replace(count, chosen=chosen))
        assert caught.value.code == "choice_not_of_tie"
        assert caught.value.details == ({"codes": ["B", "C"], "seats": 1},)


def test_a_choice_is_not_looked_at_where_nobody_is_tied() -> None:
    assert decide(replace(a_count(1, A=70, B=50), chosen=("B",))).elected == ("A",)


def test_the_higher_number_wins_a_revote_without_half() -> None:
    count = replace(a_count(1, C=40, D=30), revote=Revote(("C", "D")))
    assert (decide(count).threshold, decide(count).elected) == (1, ("C",))
    strict = replace(count, revote=Revote(("C", "D"), needs_majority=True))
    assert (decide(strict).threshold, decide(strict).elected) == (48, ())


def test_a_revote_may_be_tied_again() -> None:
    count = replace(a_count(1, C=40, D=40), revote=Revote(("C", "D")))
    assert decide(count).tied == Tied(("C", "D"), 1)
    assert "Đại hội quyết định" in str(decide(count).explanation[-1])


@thorough
@given(counts())
def test_every_seat_is_filled_at_stake_or_empty(count: Count) -> None:
    outcome = decide(count)
    stake = outcome.tied.seats if outcome.tied else 0
    assert len(outcome.elected) + stake + outcome.vacant == count.seats
    assert len(set(outcome.elected)) == len(outcome.elected)
    assert outcome.vacant >= 0
    expected = Result.TIE if stake else Result.SHORTFALL if outcome.vacant else Result.COMPLETE
    assert outcome.state is expected


@thorough
@given(counts())
def test_nobody_at_or_below_half_is_elected_or_tied(count: Count) -> None:
    outcome = decide(count)
    votes = {one.id: one.votes for one in count.candidates}
    for code in (*outcome.elected, *(outcome.tied.codes if outcome.tied else ())):
        assert votes[code] * 2 > count.base_figure
        assert votes[code] > 0


@thorough
@given(counts())
def test_the_higher_go_first_and_only_equals_are_tied(count: Count) -> None:
    outcome = decide(count)
    votes = {one.id: one.votes for one in count.candidates}
    lost = [code for code in votes if code not in outcome.elected]
    beaten = [votes[code] for code in lost if votes[code] >= outcome.threshold]
    assert all(votes[won] >= other for won in outcome.elected for other in beaten)
    if outcome.tied:
        assert len({votes[code] for code in outcome.tied.codes}) == 1
        assert len(outcome.tied.codes) > outcome.tied.seats > 0
        assert not set(outcome.tied.codes) & set(outcome.elected)


@thorough
@given(counts(), st.data())
def test_more_votes_never_unelect(count: Count, data: st.DataObject) -> None:
    elected = decide(count).elected
    assume(elected)
    code = data.draw(st.sampled_from(elected))
    more = data.draw(st.integers(1, 5))
    raised = tuple(
        replace(one, votes=one.votes + more) if one.id == code else one for one in count.candidates
    )
    assert code in decide(replace(count, candidates=raised)).elected


@thorough
@given(counts(), st.data())
def test_the_order_of_candidates_changes_nothing(count: Count, data: st.DataObject) -> None:
    mixed = tuple(data.draw(st.permutations(count.candidates)))
    assert answer(decide(replace(count, candidates=mixed))) == answer(decide(count))


@thorough
@given(counts(), st.data())
def test_names_and_codes_decide_nothing(count: Count, data: st.DataObject) -> None:
    codes = [one.id for one in count.candidates]
    other = dict(zip(codes, data.draw(st.permutations(codes)), strict=True))
    renamed = replace(
        count,
        candidates=tuple(
            replace(one, id=other[one.id], name=other[one.id]) for one in count.candidates
        ),
    )
    first, second = decide(count), decide(renamed)
    assert {other[code] for code in first.elected} == set(second.elected)
    tied = {other[code] for code in first.tied.codes} if first.tied else set()
    assert tied == set(second.tied.codes if second.tied else ())


@thorough
@given(counts())
def test_each_candidate_and_the_base_have_a_line(count: Count) -> None:
    outcome = decide(count)
    lines = [str(line) for line in outcome.explanation]
    assert len(lines) >= 1 + len(count.candidates)
    assert sum("thứ" in line for line in lines) == len(count.candidates)
    assert sum(": trúng cử." in line for line in lines) == len(outcome.elected)
