from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from congress_app.quota.apportionment import apportion
from congress_app.quota.problem import Problem
from congress_app.quota.ties import Order
from congress_app.quota.trials import ConstrainedTrial, RawTrial, Table, Trial, pattern_of
from tests.quota.problems import REMAINDER_METHODS, problems, thorough, with_weight


@thorough
@given(problems(REMAINDER_METHODS), st.data())
def test_a_trial_says_what_a_whole_division_would(problem: Problem, data: st.DataObject) -> None:
    workings = apportion(problem).workings
    assert workings is not None
    assert workings.shares is not None
    field, order = workings.field, Order(problem.ties)
    units = [problem.units[place] for place in field.places]
    standings = [order.standing(unit.code, unit.weight) for unit in units]
    table = Table(field.weights, field.lows, field.highs, workings.shares.held, standings, order)
    at = data.draw(st.integers(0, len(units) - 1))
    weight = data.draw(st.integers(1, 3 * field.weights[at]))
    # Asked are only seats that can be won: above the floor, up to the ceiling.
    assume(field.lows[at] < field.highs[at])
    seats = data.draw(st.integers(field.lows[at] + 1, field.highs[at]))

    def standing(tried: int) -> tuple[int | Fraction | str, ...]:
        return order.standing(units[at].code, Fraction(tried, field.grid))

    low, high, pool = field.lows[at], field.highs[at], field.pool
    trial: Trial = (
        ConstrainedTrial(
            table, at, pattern_of(table), low=low, high=high, pool=pool, standing=standing
        )
        if table.held
        else RawTrial(table, at, low=low, high=high, pool=pool, standing=standing)
    )
    whole = apportion(with_weight(problem, units[at].code, Fraction(weight, field.grid)))
    proportional = whole.by_code[units[at].code] - units[at].fixed

    for open_wins in (False, True):
        assert trial.holds(weight, seats, open_wins=open_wins) == (proportional >= seats)


def test_the_likely_weight_is_near_the_true_one() -> None:
    weights = [1240, 1530, 311, 870, 455]
    order = Order(Problem((), 0).ties)
    standings = [order.standing(str(at), weight) for at, weight in enumerate(weights)]
    table = Table(weights, [0] * 5, [60] * 5, [0] * 5, standings, order)

    def standing(tried: int) -> tuple[int | Fraction | str, ...]:
        return order.standing("0", tried)

    trial = ConstrainedTrial(
        table, 0, pattern_of(table), low=0, high=60, pool=59, standing=standing
    )

    least = next(w for w in range(1, 4000) if trial.holds(w, 18, open_wins=False))

    assert abs(trial.likely(18) - least) <= 1
