from __future__ import annotations

from fractions import Fraction

from hypothesis import given

from congress_app.kernel.errors import RuleViolation
from congress_app.quota.apportionment import Apportionment, apportion
from congress_app.quota.fairness import (
    Change,
    Fairness,
    Paradox,
    compare,
    fairness,
    floors_moved,
    paradox,
)
from congress_app.quota.problem import Method, Problem, TieChain, Unit
from congress_app.quota.reading import read_problem
from tests.quota.problems import GOLDEN, problems, replaced, thorough


def test_the_figures_of_a_small_division_by_hand() -> None:
    units = (Unit("A", 60), Unit("B", 30), Unit("C", 10, floor=2))
    result = apportion(Problem(units, 10))

    # 5, 3, 2 seats against shares of 6, 3, 1: per person 1/12, 1/10, 1/5 against 1/10.
    assert fairness(result) == Fairness(
        representation={"A": Fraction(5, 6), "B": Fraction(1), "C": Fraction(2)},
        max_min_ratio=Fraction(12, 5),
        # 1 - (60×5 + 30×(2×5+3) + 10×(2×8+2)) ÷ (100×10)
        gini=Fraction(13, 100),
        # √((10² + 0² + 10²) ÷ 2)
        gallagher=10.0,
        outside_quota=("A", "C"),
        floors_moved=(Change("A", 6, 5), Change("C", 1, 2)),
        floors_cost=1,
    )


def test_an_even_division_has_no_distance_at_all() -> None:
    figures = fairness(apportion(Problem((Unit("A", 4), Unit("B", 6)), 10)))

    assert (figures.max_min_ratio, figures.gini, figures.gallagher) == (1, 0, 0.0)


def test_a_unit_without_a_seat_has_no_finite_ratio_and_one_without_weight_has_none() -> None:
    figures = fairness(apportion(Problem((Unit("A", 99), Unit("B", 1), Unit("C", 0)), 3)))

    assert figures.max_min_ratio is None
    assert figures.representation == {"A": Fraction(100, 99), "B": Fraction(0), "C": None}


def test_floors_cost_nothing_where_there_are_none_and_are_unknown_where_they_are_needed() -> None:
    assert floors_moved(apportion(Problem((Unit("A", 1),), 3))) == ()
    needed = apportion(Problem((Unit("A", 1, ceiling=2), Unit("B", 0, floor=1)), 3))
    assert floors_moved(needed) is None
    assert fairness(needed).floors_cost is None


def test_the_paradox_box_finds_alabama() -> None:
    text = (GOLDEN / "us_1880.csv").read_text(encoding="utf-8")
    result = apportion(read_problem(text, seats=299, method=Method.LARGEST_REMAINDER_RAW))

    assert paradox(result) == Paradox(300, (Change("Alabama", 8, 7),))


def test_the_paradox_box_is_empty_closed_or_absent() -> None:
    problem = Problem((Unit("A", 3), Unit("B", 2)), 5, Method.LARGEST_REMAINDER)

    assert paradox(apportion(problem)) == Paradox(6, ())
    assert paradox(apportion(replaced(problem, ceiling=3))) == Paradox(6, ())
    assert paradox(apportion(replaced(problem, seats=6, ceiling=3))) is None
    assert paradox(apportion(replaced(problem, method=Method.WEBSTER))) is None


def test_methods_stand_side_by_side_and_a_refusal_takes_its_place() -> None:
    problem = Problem((Unit("A", 5), Unit("B", 5)), 3, ties=TieChain(seed="x"))

    outcomes = compare(problem, (Method.WEBSTER, Method.ADAMS, Method.BASE_STEP))

    assert isinstance(outcomes[Method.WEBSTER], Apportionment)
    assert isinstance(outcomes[Method.ADAMS], Apportionment)
    refusal = outcomes[Method.BASE_STEP]
    assert isinstance(refusal, RuleViolation)
    assert refusal.code == "no_step"


@thorough
@given(problems())
def test_figures_stay_in_their_ranges(problem: Problem) -> None:
    figures = fairness(apportion(problem))

    assert 0 <= figures.gini < 1
    assert 0 <= figures.gallagher <= 100
    assert figures.max_min_ratio is None or figures.max_min_ratio >= 1
    if figures.floors_moved is not None:
        assert sum(change.after - change.before for change in figures.floors_moved) == 0
