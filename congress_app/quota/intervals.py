"""The divisor behind a division: the interval of all that give it, and a round one to show."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, isqrt

from congress_app.quota.divisors import Rule
from congress_app.quota.feasibility import Field
from congress_app.quota.ranking import Ranked

# Decimals tried below one when no rounder divisor fits between the ends.
_FINEST = 30
# Decimals shown of a divisor that only a tie pins down and that is no rational number.
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class DivisorInterval:
    """Every divisor between the ends gives the division; `chosen` is the roundest inside.

    Ends are raised to `power` (2 for Huntington–Hill); `high` None means no upper end.
    """

    low: Fraction
    high: Fraction | None
    power: int
    chosen: Fraction

    @property
    def ends(self) -> tuple[float, float | None]:
        """Both ends as plain numbers, for show."""
        root = 1 / self.power
        high = None if self.high is None else float(self.high) ** root
        return float(self.low) ** root, high


def divisor_interval(rule: Rule, field: Field, ranked: Ranked) -> DivisorInterval | None:
    """The divisors that give `ranked`; None where bounds or first seats decide alone."""
    last, following = ranked.last, ranked.next
    if last is None and following is None:
        return None
    low, high = Fraction(0), None
    if following is not None:
        above, below = rule.signpost(ranked.seats[following] + 1)
        if above == 0:
            return None
        low = _limit(rule, field, following, above, below)
    if last is not None:
        above, below = rule.signpost(ranked.seats[last])
        # The weakest given claim is without limit only when all are: no upper end then.
        high = _limit(rule, field, last, above, below) if above else None
    return DivisorInterval(low, high, rule.power, _roundest(low, high, rule.power))


def _limit(rule: Rule, field: Field, at: int, above: int, below: int) -> Fraction:
    return Fraction(field.weights[at] ** rule.power * below, above * field.grid**rule.power)


def _roundest(low: Fraction, high: Fraction | None, power: int) -> Fraction:
    # The number with the fewest digits whose power lies strictly between the ends; where
    # several have as few, the middle one.
    if low != high:
        digits = len(str(int(high or low)))
        for exponent in range(digits, -_FINEST, -1):
            step = Fraction(10) ** exponent
            first = _root_floor(low / step**power, power) + 1
            last = first if high is None else _root_ceil(high / step**power, power) - 1
            if first <= last:
                return (first + last) // 2 * step
    if power == 1:
        return low
    step = Fraction(1, 10**_SHOWN)
    return _root_floor(low / step**power, power) * step


def _root_floor(value: Fraction, power: int) -> int:
    return int(value) if power == 1 else isqrt(int(value))


def _root_ceil(value: Fraction, power: int) -> int:
    if power == 1:
        return ceil(value)
    whole = ceil(value)
    root = isqrt(whole)
    return root if root * root == whole else root + 1
