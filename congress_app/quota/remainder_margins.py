"""Margins under largest remainder: every trial weight is judged by the whole exact rule.

Own weight moves everybody's share, so no single rival decides. A seat, once held, is held at
every larger own weight; so the least weight that holds it is found by search. A float only
says where to look first.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from congress_app.quota.apportionment import Workings
from congress_app.quota.problem import Problem, Unit
from congress_app.quota.ties import Order
from congress_app.quota.trials import ConstrainedTrial, RawTrial, Table, Trial, pattern_of


class RemainderMargins:
    """Weights, in steps of the grid, at which units gain and lose; made once for a division."""

    def __init__(self, problem: Problem, workings: Workings) -> None:
        field, shares = workings.field, workings.shares
        order = Order(problem.ties)
        self._problem = problem
        self._field = field
        self._seats = workings.ranked.seats
        self._units = [problem.units[place] for place in field.places]
        self._order = order
        self._table = Table(
            weights=field.weights,
            lows=field.lows,
            highs=field.highs,
            held=shares.held if shares else [],
            standings=[order.standing(unit.code, unit.weight) for unit in self._units],
            order=order,
        )
        self._pattern = pattern_of(self._table) if self._table.held else None
        self._last: tuple[int, Trial] | None = None

    def gain(self, at: int) -> int | None:
        """Smallest weight of the unit at `at` that brings one seat more."""
        return self._gain(self._trial(at), self._seats[at] + 1, self._field.weights[at])

    def gain_from_nothing(self, unit: Unit) -> int | None:
        """The same for a unit of weight 0, which holds its floor outside the run."""
        ceiling = self._problem.ceiling if unit.ceiling is None else unit.ceiling
        low = self._problem.low(unit) - unit.fixed
        pool = self._field.pool + low
        high = pool if ceiling is None else min(pool, ceiling - unit.fixed)
        return self._gain(self._of(unit, None, low, high, pool), low + 1, 0)

    def lose(self, at: int) -> int | None:
        """Largest weight of the unit at `at` that brings one seat fewer."""
        trial, seat = self._trial(at), self._seats[at]
        if seat <= max(trial.low, trial.pool - trial.others_most):
            return None
        least = _least(
            lambda weight: trial.holds(weight, seat, open_wins=True), 0, trial.likely(seat)
        )
        if least > 1:
            return least - 1
        # Only without any weight: then the others must have room for all it held.
        return 0 if trial.others_most >= trial.pool - trial.low else None

    def _gain(self, trial: Trial, seat: int, weight: int) -> int | None:
        if seat > min(trial.high, trial.pool - trial.others_least):
            return None
        return _least(
            lambda tried: trial.holds(tried, seat, open_wins=False), weight, trial.likely(seat)
        )

    def _trial(self, at: int) -> Trial:
        # Gain and loss of a unit are asked for in turn; the last trial is kept for that.
        if self._last is None or self._last[0] != at:
            field = self._field
            trial = self._of(self._units[at], at, field.lows[at], field.highs[at], field.pool)
            self._last = (at, trial)
        return self._last[1]

    def _of(self, unit: Unit, at: int | None, low: int, high: int, pool: int) -> Trial:
        grid, code, order = self._field.grid, unit.code, self._order

        def standing(weight: int) -> tuple[int | Fraction | str, ...]:
            return order.standing(code, Fraction(weight, grid))

        if self._pattern is None:
            return RawTrial(self._table, at, low=low, high=high, pool=pool, standing=standing)
        return ConstrainedTrial(
            self._table, at, self._pattern, low=low, high=high, pool=pool, standing=standing
        )


def _least(holds: Callable[[int], bool], below: int, likely: int) -> int:
    """Smallest weight above `below` that holds; some weight does, and all larger ones do."""
    high = max(likely, below + 1)
    step = 1
    if holds(high):
        low = max(high - 1, below)
        while low > below and holds(low):
            high, step = low, step * 2
            low = max(high - step, below)
    else:
        low, high = high, high + 1
        while not holds(high):
            low, step = high, step * 2
            high += step
    while high - low > 1:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle
    return high
