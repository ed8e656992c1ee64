from __future__ import annotations

import pytest

from congress_app.quota.apportionment import apportion
from congress_app.quota.problem import Method, Problem, Unit
from congress_app.quota.remainder_margins import RemainderMargins
from tests.quota.problems import with_weight

UNITS = (Unit("A", 720257), Unit("B", 323524), Unit("C", 257466, floor=7), Unit("D", 0, floor=1))


def margins_of(problem: Problem) -> RemainderMargins:
    workings = apportion(problem).workings
    assert workings is not None
    return RemainderMargins(problem, workings)


@pytest.mark.parametrize("method", [Method.LARGEST_REMAINDER, Method.LARGEST_REMAINDER_RAW])
def test_margins_turn_at_one_person(method: Method) -> None:
    problem = Problem(UNITS, 31, method)
    seats = apportion(problem).by_code
    margins = margins_of(problem)

    def seats_at(code: str, weight: int) -> int:
        return apportion(with_weight(problem, code, weight)).by_code[code]

    for at, code in enumerate("ABC"):
        gain = margins.gain(at)
        assert gain is not None
        assert (seats_at(code, gain - 1), seats_at(code, gain)) == (seats[code], seats[code] + 1)
    for at, code in enumerate("AB"):
        lose = margins.lose(at)
        assert lose is not None
        assert (seats_at(code, lose), seats_at(code, lose + 1)) == (seats[code] - 1, seats[code])
    first = margins.gain_from_nothing(UNITS[3])
    assert first is not None
    assert (seats_at("D", first - 1), seats_at("D", first)) == (1, 2)


def test_no_weight_wins_what_others_are_guaranteed() -> None:
    units = (Unit("A", 5), Unit("B", 5, floor=3), Unit("C", 9, floor=2))

    assert margins_of(Problem(units, 5, Method.LARGEST_REMAINDER)).gain(0) is None


def test_no_loss_where_the_others_are_full() -> None:
    units = (Unit("A", 1), Unit("B", 50, ceiling=2))

    assert margins_of(Problem(units, 6, Method.LARGEST_REMAINDER)).lose(0) is None
    assert margins_of(Problem(units, 6, Method.LARGEST_REMAINDER_RAW)).lose(0) is None
