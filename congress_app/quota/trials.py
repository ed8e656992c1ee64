"""One unit tried with another weight under largest remainder, against all others as they are.

A trial says exactly whether a weight holds a seat, and about which weight is worth trying.
Trials of one division share its `Table`, so that a trial costs one pass over the units.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from congress_app.quota.remainders import Shares, constrained
from congress_app.quota.ties import Order, Standing

# A weight and the bound it is held against; the bound may be 0.
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Table:
    """The units of a division as found: `held` is empty for the raw reading."""

    weights: list[int]
    lows: list[int]
    highs: list[int]
    held: list[int]
    standings: list[Standing]
    order: Order


@dataclass(frozen=True, slots=True)
class Pattern:
    """Who is held at a bound in the division as found, and when that stays true.

    `tightest` are the pairs that leave their side first: a held floor (its share must stay
    below), a free unit near its floor, a free unit near its ceiling, a held ceiling.
    """

    bound: int
    whole: int
    tightest: tuple[Pair | None, Pair | None, Pair | None, Pair | None]

    def stays(self, above: int, below: int) -> bool:
        """Do all units keep their side when shares are weight times above over below?"""
        signs = (-1, 1, -1, 1)
        return all(
            pair is None or sign * (pair[0] * above - pair[1] * below) >= 0
            for sign, pair in zip(signs, self.tightest, strict=True)
        )


def pattern_of(table: Table) -> Pattern:
    """Summarise who is held in a constrained division."""
    units = list(zip(table.weights, table.lows, table.highs, table.held, strict=True))
    return Pattern(
        bound=sum(low if side < 0 else high for _, low, high, side in units if side),
        whole=sum(weight for weight, _, _, side in units if not side),
        tightest=(
            _steepest([(w, low) for w, low, _, side in units if side < 0]),
            _flattest([(w, low) for w, low, _, side in units if not side]),
            _steepest([(w, high) for w, _, high, side in units if not side]),
            _flattest([(w, high) for w, _, high, side in units if side > 0]),
        ),
    )


def _steepest(pairs: list[Pair]) -> Pair | None:
    # The largest weight for its bound; a bound of 0 is beyond all.
    best: Pair | None = None
    for pair in pairs:
        if best is None or pair[0] * best[1] > best[0] * pair[1]:
            best = pair
    return best


def _flattest(pairs: list[Pair]) -> Pair | None:
    # The smallest weight for its bound; a bound of 0 can never be missed.
    best: Pair | None = None
    for pair in pairs:
        if pair[1] and (best is None or pair[0] * best[1] < best[0] * pair[1]):
            best = pair
    return best


class Trial:
    """A unit at position `at` of the table, or a newcomer (`at` None) with its own bounds."""

    def __init__(
        self,
        table: Table,
        at: int | None,
        *,
        low: int,
        high: int,
        pool: int,
        standing: Callable[[int], Standing],
    ) -> None:
        self.low = low
        self.high = high
        self.pool = pool
        self._table = table
        self._standing = standing
        self._others = [other for other in range(len(table.weights)) if other != at]
        self.others_least = sum(table.lows) - (low if at is not None else 0)
        self.others_most = sum(table.highs) - (high if at is not None else 0)
        held = table.held
        self._free = [other for other in self._others if not (held and held[other])]
        self._free_weights = [table.weights[other] for other in self._free]
        self._free_whole = sum(self._free_weights)
        self._bound = sum(
            table.lows[other] if held[other] < 0 else table.highs[other]
            for other in self._others
            if held and held[other]
        )

    def holds(self, weight: int, seat: int, *, open_wins: bool) -> bool:
        """Does the unit get its `seat`-th seat with this weight?

        A tie that the chain leaves open counts as won when `open_wins`.
        """
        raise NotImplementedError

    def _wins_ties(self, weight: int, tied: list[int], room: int, *, open_wins: bool) -> bool:
        # `room`: how many of the tied may go ahead.
        table, own = self._table, self._standing(weight)
        ahead = sum(
            table.order.beats(table.standings[other], own, when_open=not open_wins)
            for other in tied
        )
        return ahead <= room

    def likely(self, seat: int) -> int:
        """About the least weight that holds the seat, were nobody else's bound to change.

        With y = free seats ÷ all free weights the m-th seat (from 0) of another unit of weight
        w goes ahead when y > (c + m) ÷ (v + w), v the others' weight and c the seats left to
        them; the c-th smallest of these is where the seat turns.
        """
        pool = self.pool - self._bound
        left = pool - (seat - 1)
        whole, count = self._free_whole, len(self._free_weights)
        if left <= 0 or not count:
            return 0
        rate = (left + count * (left - 0.5)) / (whole * (count + 1))
        passed = [max(ceil(rate * (whole + w) - left), 0) for w in self._free_weights]
        missing = left - sum(passed)
        pairs = zip(self._free_weights, passed, strict=True)
        if missing > 0:
            turns = sorted((left + n) / (whole + w) for w, n in pairs)
            turn = turns[min(missing, count) - 1]
        else:
            turns = sorted(((left + n - 1) / (whole + w) for w, n in pairs if n), reverse=True)
            turn = turns[min(-missing, len(turns) - 1)] if turns else rate
        return ceil(pool / turn - whole)


class RawTrial(Trial):
    """A trial under the raw Hare quota, bounds applied seat by seat."""

    def __init__(
        self,
        table: Table,
        at: int | None,
        *,
        low: int,
        high: int,
        pool: int,
        standing: Callable[[int], Standing],
    ) -> None:
        super().__init__(table, at, low=low, high=high, pool=pool, standing=standing)
        self._lows = [table.lows[other] for other in self._others]
        self._highs = [table.highs[other] for other in self._others]

    def holds(self, weight: int, seat: int, *, open_wins: bool) -> bool:
        """See `Trial.holds`."""
        table = self._table
        above, below = self.pool, self._free_whole + weight
        claim = weight * above - (seat - 1) * below
        units = zip(self._free_weights, self._lows, self._highs, strict=True)
        # Negated: seats of each other unit with a stronger claim, held within its bounds.
        behind = [
            -low if count > -low else -high if count < -high else count
            for count, low, high in (((claim - w * above) // below, lo, hi) for w, lo, hi in units)
        ]
        room = self.pool - seat + sum(behind)
        if room < 0:
            return False
        tied = [
            other
            for other, w in zip(self._others, self._free_weights, strict=True)
            if (claim - w * above) % below == 0
            and table.lows[other] <= (w * above - claim) // below < table.highs[other]
        ]
        return self._wins_ties(weight, tied, room, open_wins=open_wins)


class ConstrainedTrial(Trial):
    """A trial under shares held within the bounds."""

    def __init__(
        self,
        table: Table,
        at: int | None,
        pattern: Pattern,
        *,
        low: int,
        high: int,
        pool: int,
        standing: Callable[[int], Standing],
    ) -> None:
        super().__init__(table, at, low=low, high=high, pool=pool, standing=standing)
        self._pattern = pattern

    def holds(self, weight: int, seat: int, *, open_wins: bool) -> bool:
        """See `Trial.holds`."""
        above, below = self.pool - self._bound, self._free_whole + weight
        own = weight * above
        same = self._pattern.stays(above, below) and self.low * below <= own <= self.high * below
        free, bound = self._free, self._bound
        if not same:
            shares, free, bound = self._shares(weight)
            above, below = shares.above, shares.below
            if shares.held[-1]:
                return (self.low if shares.held[-1] < 0 else self.high) >= seat
        claim = weight * above - (seat - 1) * below
        if claim <= 0 or claim >= below:
            return claim > 0
        weights = self._table.weights
        chosen = self._free_weights if same else [weights[other] for other in free]
        room = self.pool - seat - bound + sum([(claim - w * above) // below for w in chosen])
        if room < 0:
            return False
        tied = [at for at, w in zip(free, chosen, strict=True) if w * above % below == claim]
        return self._wins_ties(weight, tied, room, open_wins=open_wins)

    def _shares(self, weight: int) -> tuple[Shares, list[int], int]:
        # Shares from the ground up, the unit last; who of the others is free, and the rest's sum.
        table = self._table
        lows = [table.lows[other] for other in self._others]
        highs = [table.highs[other] for other in self._others]
        weights = [table.weights[other] for other in self._others]
        shares = constrained([*weights, weight], [*lows, self.low], [*highs, self.high], self.pool)
        sides = shares.held[:-1]
        free = [other for other, side in zip(self._others, sides, strict=True) if not side]
        bound = sum(
            low if side < 0 else high
            for low, high, side in zip(lows, highs, sides, strict=True)
            if side
        )
        return shares, free, bound
