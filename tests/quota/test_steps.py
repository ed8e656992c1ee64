from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.quota.problem import Method, Problem, StepRule, Unit
from congress_app.quota.steps import step_seats, step_share, steps_of, weight_for_steps
from tests.quota.problems import thorough

PARTY = StepRule(12000, 6001)


@pytest.mark.parametrize(
    ("members", "steps"),
    [
        (0, (0, 0, False)),
        (6000, (0, 6000, False)),
        (6001, (0, 6001, True)),
        (12000, (1, 0, False)),
        (18001, (1, 6001, True)),
        (Fraction(36001, 2), (1, Fraction(12001, 2), False)),
    ],
)
def test_full_steps_and_the_remainder(members: int, steps: tuple[int, int, bool]) -> None:
    assert steps_of(PARTY, members) == steps


def test_bounds_hold_after_the_rule() -> None:
    units = (Unit("A", 50_000, base=13), Unit("B", 0, base=13), Unit("C", 50_000, ceiling=2))
    problem = Problem(units, None, Method.BASE_STEP, floor=14, step=PARTY)
    ample = Problem(units[2:], None, Method.BASE_STEP, step=PARTY)

    assert step_seats(problem, PARTY, units[0]) == (17, 17)
    assert step_seats(problem, PARTY, units[1]) == (13, 14)
    assert step_seats(ample, PARTY, units[2]) == (4, 2)


def test_the_share_is_the_rule_without_rounding() -> None:
    assert step_share(PARTY, Unit("A", 18_000, base=13)) == Fraction(29, 2)


@thorough
@given(st.integers(1, 50), st.integers(1, 400), st.data())
def test_the_least_weight_for_a_number_of_steps_is_where_they_begin(
    step: int, steps: int, data: st.DataObject
) -> None:
    rule = StepRule(step, data.draw(st.integers(1, step)))
    weight = weight_for_steps(rule, steps)

    def counted(members: int) -> int:
        full, _, more = steps_of(rule, members)
        return full + more

    assert counted(int(weight)) == steps
    assert counted(int(weight) - 1) == steps - 1
