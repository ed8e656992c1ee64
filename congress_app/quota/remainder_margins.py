"""Margins under largest remainder: every trial weight is judged by the whole exact rule.

Own weight moves everybody's share, so no single rival decides. A seat, once held, is held at
every larger own weight; so the least weight that holds it is found by search. A float only
says where to look first.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor

from congress_app.quota.apportionment import Workings
from congress_app.quota.problem import Method, Problem, Unit
from congress_app.quota.remainders import Shares, constrained
from congress_app.quota.ties import Order, Standing


class RemainderMargins:
    """Weights, in steps of the grid, at which units gain and lose; made once for a division."""

    def __init__(self, problem: Problem, workings: Workings) -> None:
        self._problem = problem
        self._workings = workings
        order = Order(problem.ties)
        self._units = [problem.units[place] for place in workings.field.places]
        self._order = order
        self._standings = [order.standing(unit.code, unit.weight) for unit in self._units]

    def gain(self, at: int) -> int | None:
        """Smallest weight of the unit at `at` that brings one seat more."""
        seats = self._workings.ranked.seats[at]
        return self._gain(self._trial(at), seats + 1, self._workings.field.weights[at])

    def gain_from_nothing(self, unit: Unit) -> int | None:
        """The same for a unit of weight 0, which holds its floor outside the run."""
        field, shares = self._workings.field, self._workings.shares
        ceiling = self._problem.ceiling if unit.ceiling is None else unit.ceiling
        low = self._problem.low(unit) - unit.fixed
        pool = field.pool + low
        trial = Trial(
            raw=self._problem.method is Method.LARGEST_REMAINDER_RAW,
            weights=[*field.weights, 0],
            lows=[*field.lows, low],
            highs=[*field.highs, pool if ceiling is None else min(pool, ceiling - unit.fixed)],
            pool=pool,
            at=len(field.weights),
            standings=[*self._standings, ()],
            own=lambda weight: self._order.standing(unit.code, Fraction(weight, field.grid)),
            held=[*shares.held, 0] if shares and shares.held else [],
        )
        return self._gain(trial, low + 1, 0)

    def lose(self, at: int) -> int | None:
        """Largest weight of the unit at `at` that brings one seat fewer."""
        trial = self._trial(at)
        seat, low = self._workings.ranked.seats[at], trial.lows[at]
        room = sum(trial.highs) - trial.highs[at]
        if seat <= max(low, trial.pool - room):
            return None
        least = _least(
            lambda weight: trial.holds(weight, seat, open_wins=True), 0, trial.likely(seat)
        )
        if least > 1:
            return least - 1
        # Only without any weight: then the others must have room for all it held.
        return 0 if room >= trial.pool - low else None

    def _gain(self, trial: Trial, seat: int, weight: int) -> int | None:
        others = sum(trial.lows) - trial.lows[trial.at]
        if seat > min(trial.highs[trial.at], trial.pool - others):
            return None
        return _least(
            lambda tried: trial.holds(tried, seat, open_wins=False), weight, trial.likely(seat)
        )

    def _trial(self, at: int) -> Trial:
        field, shares, unit = self._workings.field, self._workings.shares, self._units[at]
        return Trial(
            raw=self._problem.method is Method.LARGEST_REMAINDER_RAW,
            weights=list(field.weights),
            lows=field.lows,
            highs=field.highs,
            pool=field.pool,
            at=at,
            standings=self._standings,
            own=lambda weight: self._order.standing(unit.code, Fraction(weight, field.grid)),
            held=shares.held if shares else [],
        )


class Trial:
    """One unit with a weight to be tried against all others as they are."""

    def __init__(
        self,
        *,
        raw: bool,
        weights: list[int],
        lows: list[int],
        highs: list[int],
        pool: int,
        at: int,
        standings: list[Standing],
        own: Callable[[int], Standing],
        held: list[int],
    ) -> None:
        self.lows = lows
        self.highs = highs
        self.pool = pool
        self.at = at
        self._raw = raw
        self._weights = weights
        self._standings = standings
        self._own = own
        self._held = held
        self._others = [other for other in range(len(weights)) if other != at]

    def holds(self, weight: int, seat: int, *, open_wins: bool) -> bool:
        """Does the unit get its `seat`-th seat with this weight?

        A tie that the chain leaves open counts as won when `open_wins`.
        """
        self._weights[self.at] = weight
        if self._raw:
            shares = Shares(self.pool, sum(self._weights), [])
            ahead, tied = self._ahead_raw(shares, seat)
        else:
            shares = constrained(self._weights, self.lows, self.highs, self.pool)
            if shares.held[self.at]:
                bounds = self.lows if shares.held[self.at] < 0 else self.highs
                return bounds[self.at] >= seat
            claim = weight * shares.above - (seat - 1) * shares.below
            if claim <= 0 or claim >= shares.below:
                return claim > 0
            ahead, tied = self._ahead_constrained(shares, claim)
        if tied:
            own = self._own(weight)
            theirs = [self._standings[other] for other in tied]
            ahead += sum(other < own or (other == own and not open_wins) for other in theirs)
        return ahead + seat <= self.pool

    def _ahead_raw(self, shares: Shares, seat: int) -> tuple[int, list[int]]:
        # Seats the others are given before this one, and who has an equal claim for the next.
        above, below = shares.above, shares.below
        claim = self._weights[self.at] * above - (seat - 1) * below
        ahead, tied = 0, []
        for other in self._others:
            count, rest = divmod(claim - self._weights[other] * above, below)
            low, high = self.lows[other], self.highs[other]
            if rest == 0 and low <= -count < high:
                tied.append(other)
            ahead += min(max(-count, low), high)
        return ahead, tied

    def _ahead_constrained(self, shares: Shares, claim: int) -> tuple[int, list[int]]:
        above, below, held = shares.above, shares.below, shares.held
        ahead, tied = 0, []
        for other in self._others:
            if held[other]:
                ahead += self.lows[other] if held[other] < 0 else self.highs[other]
                continue
            part, rest = divmod(self._weights[other] * above, below)
            ahead += part + (rest > claim)
            if rest == claim:
                tied.append(other)
        return ahead, tied

    def likely(self, seat: int) -> int:
        """About the least weight that holds the seat, were nobody else's bound to change.

        With y = pool ÷ all weights the m-th seat of another unit of weight w goes ahead when
        y > (c + m) ÷ (v + w), v the others' weight and c the seats left to them; the c-th
        smallest of these is where the seat turns.
        """
        held = self._held or [0] * len(self._weights)
        free = [other for other in self._others if not held[other]]
        bound = sum(
            self.lows[other] if held[other] < 0 else self.highs[other]
            for other in self._others
            if held[other]
        )
        pool = self.pool - bound
        left = pool - (seat - 1)
        whole = sum(self._weights[other] for other in free)
        if left <= 0 or not free:
            return 0
        rate = (left + len(free) * (left - 0.5)) / (whole * (len(free) + 1))
        turns: list[float] = []
        passed = 0
        for other in free:
            weight = whole + self._weights[other]
            first = max(floor(rate * weight - left) - 1, 0)
            passed += first
            turns += ((left + seat_of) / weight for seat_of in range(first, first + 4))
        turns.sort()
        turn = turns[min(max(left - passed - 1, 0), len(turns) - 1)]
        return ceil(pool / turn - whole)


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
