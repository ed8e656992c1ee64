"""Options and figures become the question put to the engine."""

from __future__ import annotations

from fractions import Fraction

from congress_app.quota.explanation import DELEGATES, PEOPLE, Words
from congress_app.quota.options import TIE_KEYS, LineRule, Options
from congress_app.quota.problem import Method, Problem, StepRule, TieChain, TieKey, Unit
from congress_app.quota.proposal import POINTS, Claimant, mix_of, problem_of, words_for

CLAIMANTS = [
    Claimant("A", "Tỉnh A", 60, {"headcount": 90}),
    Claimant("B", "Tỉnh B", 30, {"headcount": 95}),
]


def test_the_pool_and_the_rules_of_single_units_reach_the_engine() -> None:
    options = Options(
        cap=20,
        officials=8,
        floor=2,
        ceiling=9,
        tie_seed="ngày 20/06",
        tie_order=("B", "A"),
        lines={"B": LineRule(base=1, floor=3, ceiling=4), "X": LineRule(lock=1)},
    )
    assert problem_of(options, CLAIMANTS) == Problem(
        units=(Unit("A", 60, "Tỉnh A"), Unit("B", 30, "Tỉnh B", base=1, floor=3, ceiling=4)),
        seats=12,
        method=Method.WEBSTER,
        floor=2,
        ceiling=9,
        ties=TieChain(seed="ngày 20/06", order=("B", "A")),
    )


def test_a_step_counts_only_for_base_and_step() -> None:
    options = Options(method="base_step", step=20, threshold=11)
    assert problem_of(options, CLAIMANTS).step == StepRule(20, 11)
    assert problem_of(Options(step=20, seats=5), CLAIMANTS).step is None


def test_the_organiser_s_criterion_goes_before_the_lot() -> None:
    chain = problem_of(Options(seats=3, tie_key="headcount"), CLAIMANTS).ties
    assert chain == TieChain(keys=(TieKey(TIE_KEYS["headcount"], {"A": 90, "B": 95}),))


def test_a_mix_adds_its_sources_times_their_coefficients() -> None:
    options = Options(weights=(("attendance", "1"), ("headcount", "1/2")))
    values = {"attendance": {"A": 60, "B": 30}, "headcount": {"A": 91}, "equal": {"A": 1}}
    assert mix_of(options, values, ["A", "B"]) == {"A": Fraction(211, 2), "B": 30}


def test_weights_are_called_what_they_count() -> None:
    assert words_for(Options()) == Words(DELEGATES, PEOPLE)
    assert words_for(Options(source="headcount")) == Words(PEOPLE, PEOPLE)
    assert words_for(Options(source="equal")) == Words(POINTS, POINTS)
    assert words_for(Options(weights=(("attendance", "2"),))) == Words(POINTS, POINTS)
    both = (("attendance", "1"), ("headcount", "1"))
    assert words_for(Options(weights=both)) == Words(POINTS, POINTS)
