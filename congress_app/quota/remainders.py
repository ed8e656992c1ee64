"""Largest remainder, in its two readings.

Constrained: the share of a unit is first held within its bounds (one rate for all others,
so that the shares still sum to the pool), then whole parts are given and the largest
remainders take what is left. Raw: the Hare quota of the whole table, each seat in the order
of what is still missing to the unit's share, with the bounds applied seat by seat
(Hamilton's method with a minimum, as Vinton's act of 1850 had it).
"""

from __future__ import annotations

from dataclasses import dataclass

from congress_app.quota.feasibility import Field
from congress_app.quota.problem import Method


@dataclass(frozen=True, slots=True)
class Shares:
    """Exact shares: weight times `above` over `below`, unless the unit is held at a bound.

    `held` is -1 for a unit held up by its floor, 1 for one held down by its ceiling, else 0;
    it is empty for raw shares, which no bound touches.
    """

    above: int
    below: int
    held: list[int]


def constrained(weights: list[int], lows: list[int], highs: list[int], pool: int) -> Shares:
    """Find the one rate at which shares within the bounds sum to the pool.

    At a trial rate either the floors ask for more than the ceilings give back, then the
    true rate is lower and those floors hold for good, or the other way round.
    """
    held = [0] * len(weights)
    free = list(range(len(weights)))
    rest = pool
    while free:
        whole = sum(weights[at] for at in free)
        under = [at for at in free if weights[at] * rest < lows[at] * whole]
        over = [at for at in free if weights[at] * rest > highs[at] * whole]
        if not under and not over:
            return Shares(rest, whole, held)
        asked = sum(lows[at] * whole - weights[at] * rest for at in under)
        given = sum(weights[at] * rest - highs[at] * whole for at in over)
        if asked >= given:
            for at in under:
                held[at] = -1
                rest -= lows[at]
        if given >= asked:
            for at in over:
                held[at] = 1
                rest -= highs[at]
        free = [at for at in free if not held[at]]
    return Shares(0, 1, held)


class RemainderClaims:
    """The claim to the k-th seat is what the share exceeds k - 1 by (see `ranking.Claims`).

    All claims have the same denominator, so the numerators are compared.
    """

    def __init__(
        self, weights: list[int], lows: list[int], highs: list[int], shares: Shares
    ) -> None:
        self.lows = lows
        self.highs = highs
        self.above = shares.above
        self.below = shares.below
        self._weights = weights

    def claim(self, at: int, seat: int) -> int:
        """Claim of unit `at` to its `seat`-th seat."""
        return self._weights[at] * self.above - (seat - 1) * self.below

    def guess(self, pool: int) -> list[int]:
        """The whole parts of the shares, within the bounds, and one more for the largest rests."""
        above, below = self.above, self.below
        seats = [
            min(max(weight * above // below, low), high)
            for weight, low, high in zip(self._weights, self.lows, self.highs, strict=True)
        ]
        left = pool - sum(seats)
        if left > 0:
            rests = [weight * above % below for weight in self._weights]
            open_to = [at for at, had in enumerate(seats) if had < self.highs[at]]
            for at in sorted(open_to, key=rests.__getitem__, reverse=True)[:left]:
                seats[at] += 1
        return seats


def remainder_claims(method: Method, field: Field) -> tuple[RemainderClaims, Shares]:
    """Claims of either largest-remainder method, with the shares they come from."""
    whole = sum(field.weights)
    if method is Method.LARGEST_REMAINDER_RAW:
        shares = Shares(field.pool, whole or 1, [])
        return RemainderClaims(field.weights, field.lows, field.highs, shares), shares
    shares = constrained(field.weights, field.lows, field.highs, field.pool)
    lows: list[int] = []
    highs: list[int] = []
    for at, side in enumerate(shares.held):
        if side:
            bound = field.lows[at] if side < 0 else field.highs[at]
            lows.append(bound)
            highs.append(bound)
        else:
            part, rest = divmod(field.weights[at] * shares.above, shares.below)
            lows.append(part)
            highs.append(part + (rest > 0))
    return RemainderClaims(field.weights, lows, highs, shares), shares
