from __future__ import annotations

from congress_app.quota.apportionment import apportion
from congress_app.quota.divisor_margins import DivisorMargins
from congress_app.quota.problem import Method, Problem, Unit


def margins_of(problem: Problem) -> DivisorMargins:
    workings = apportion(problem).workings
    assert workings is not None
    return DivisorMargins(problem, workings)


def test_one_rival_decides_and_the_weight_is_where_both_claims_meet() -> None:
    problem = Problem((Unit("A", 53), Unit("B", 24), Unit("C", 23)), 10)

    # 6, 2, 2: the weakest seat is A's sixth (53 ÷ 5.5), the strongest refused is B's third.
    margins = margins_of(problem)

    assert [margins.gain(at) for at in range(3)] == [100, 25, 25]
    assert [margins.lose(at) for at in range(3)] == [52, 13, 14]


def test_first_seats_without_limit_are_only_lost_without_weight() -> None:
    problem = Problem((Unit("A", 50), Unit("B", 3), Unit("C", 0)), 6, Method.ADAMS)
    margins = margins_of(problem)

    assert margins.lose(1) == 0
    assert margins.gain_from_nothing(problem.units[2]) == 1


def test_where_first_seats_are_short_a_second_one_is_out_of_reach() -> None:
    margins = margins_of(Problem((Unit("A", 9), Unit("B", 8), Unit("C", 7)), 2, Method.DEAN))

    assert [margins.gain(at) for at in range(3)] == [None, None, 9]
    assert [margins.lose(at) for at in range(3)] == [6, 6, None]


def test_nobody_loses_what_nobody_else_has_room_for() -> None:
    # A holds 2 of 3 and would lose one only without any weight, and then both.
    one_place = margins_of(Problem((Unit("A", 4), Unit("B", 1, ceiling=2)), 3))
    two_places = margins_of(Problem((Unit("A", 4), Unit("B", 1, ceiling=3)), 3))

    assert one_place.lose(0) is None
    assert two_places.lose(0) == 0
