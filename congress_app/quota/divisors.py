"""The divisor methods: a unit's claim to its k-th seat is weight over the k-th signpost.

Signposts after Balinski and Young, "Fair Representation" (1982), and Pukelsheim,
"Proportional Representation" (2017). A signpost 0 makes a claim without limit: such
methods give every unit a first seat, and where seats are too few the larger weight goes first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor, sqrt

from congress_app.quota.feasibility import Field
from congress_app.quota.problem import Method

# (numerator, denominator) of the k-th signpost, raised to the rule's power.
Signpost = Callable[[int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A divisor rule: signposts, the power they are raised to, and rounding for a guess."""

    signpost: Signpost
    rounded: Callable[[float], int]
    power: int = 1


def _harmonic(seat: int) -> tuple[int, int]:
    return 2 * seat * (seat - 1), 2 * seat - 1


def _modified(seat: int) -> tuple[int, int]:
    return (7, 10) if seat == 1 else (2 * seat - 1, 2)


RULES: dict[Method, Rule] = {
    Method.WEBSTER: Rule(lambda k: (2 * k - 1, 2), lambda x: floor(x + 0.5)),
    Method.JEFFERSON: Rule(lambda k: (k, 1), floor),
    Method.ADAMS: Rule(lambda k: (k - 1, 1), ceil),
    Method.DEAN: Rule(_harmonic, lambda x: floor((1 + x + sqrt(1 + x * x)) / 2)),
    Method.HUNTINGTON_HILL: Rule(
        lambda k: (k * (k - 1), 1), lambda x: floor((1 + sqrt(1 + 4 * x * x)) / 2), power=2
    ),
    Method.MODIFIED_SAINTE_LAGUE: Rule(_modified, lambda x: floor(x + 0.5) if x >= 0.7 else 0),
}


class DivisorClaims:
    """Claims of a divisor rule as whole numbers (see `ranking.Claims`).

    Two different claims p·b/a and q·d/c differ by at least 1/(a·c), so after multiplying by
    2^shift > (largest signpost)² their whole parts differ too: comparing them is exact.
    """

    def __init__(self, rule: Rule, field: Field) -> None:
        self.lows = field.lows
        self.highs = field.highs
        self._rule = rule
        self._weights = field.weights
        most = max((rule.signpost(k)[0] for k in (1, field.pool + 1)), default=1)
        shift = 2 * most.bit_length() + 1
        squared = rule.power == 2
        self._scaled = [
            (weight * weight if squared else weight) << shift for weight in field.weights
        ]
        # Above every limited claim: rules with a signpost 0 have no other below 1.
        self._unlimited = max(self._scaled, default=0) + 1

    def claim(self, at: int, seat: int) -> int:
        """Claim of unit `at` to its `seat`-th seat."""
        above, below = self._rule.signpost(seat)
        if above == 0:
            return self._unlimited + self._weights[at]
        return self._scaled[at] * below // above

    def guess(self, pool: int) -> list[int]:
        """Round weight times a rate found by Newton steps within a shrinking bracket."""
        if not self._weights:
            return []
        largest = max(self._weights)
        shares = [weight / largest for weight in self._weights]
        rate = max(pool, 1) / sum(shares)
        least, most = 0.0, float("inf")
        close = len(shares) // 50 + 3
        seats = self._at(shares, rate)
        for _ in range(40):
            missing = pool - sum(seats)
            if abs(missing) <= close:
                break
            least, most = (rate, most) if missing > 0 else (least, rate)
            rate = self._next_rate(shares, seats, rate, missing)
            if not least < rate < most:
                if most == float("inf"):
                    break
                rate = (least + most) / 2
            seats = self._at(shares, rate)
        return seats

    def _next_rate(self, shares: list[float], seats: list[int], rate: float, missing: int) -> float:
        # Only units between their bounds answer to a small change of the rate; where there
        # are none, go to where the first leaves its bound.
        units = list(zip(shares, seats, self.lows, self.highs, strict=True))
        slope = sum(share for share, had, low, high in units if low < had < high)
        if slope:
            return rate + missing / slope
        if missing > 0:
            turns = [(had + 1) / share for share, had, _, high in units if share and had < high]
            return min(turns, default=rate)
        turns = [(had - 0.5) / share for share, had, low, _ in units if share and had > low]
        return max(turns, default=rate)

    def _at(self, shares: list[float], rate: float) -> list[int]:
        rounded = self._rule.rounded
        return [
            min(max(rounded(share * rate), low), high)
            for share, low, high in zip(shares, self.lows, self.highs, strict=True)
        ]
