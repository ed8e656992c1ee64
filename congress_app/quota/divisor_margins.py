"""Margins under a divisor rule, in closed form.

With one seat more a unit takes the weakest seat the others hold above their floors; with one
fewer its seat goes to the strongest claim the others were refused. So one rival decides, and
the weight at which both claims are equal is a fraction (a root of one for Huntington–Hill).
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

from congress_app.quota.apportionment import Workings
from congress_app.quota.divisors import RULES
from congress_app.quota.problem import Problem, Unit
from congress_app.quota.ties import Order


class DivisorMargins:
    """Weights, in steps of the grid, at which units gain and lose; made once for a division."""

    def __init__(self, problem: Problem, workings: Workings) -> None:
        self._problem = problem
        self._rule = RULES[problem.method]
        self._field = workings.field
        self._seats = workings.ranked.seats
        self._order = Order(problem.ties)
        self._units = [problem.units[place] for place in self._field.places]
        self._room = sum(self._field.highs) - sum(self._seats)
        self._held = self._strongest_first(workings, held=True)[-2:][::-1]
        self._wanted = self._strongest_first(workings, held=False)[:2]

    def _strongest_first(self, workings: Workings, *, held: bool) -> list[int]:
        # Units by their last given (first refused) claim; the chain orders equal claims.
        bounds = self._field.lows if held else self._field.highs
        claims = {
            at: workings.claims.claim(at, had if held else had + 1)
            for at, had in enumerate(self._seats)
            if had != bounds[at]
        }
        standings = {
            at: self._order.standing(self._units[at].code, self._units[at].weight) for at in claims
        }
        return sorted(claims, key=lambda at: (-claims[at], standings[at]))

    def gain(self, at: int) -> int | None:
        """Smallest weight of the unit at `at` that brings one seat more."""
        if self._seats[at] == self._field.highs[at]:
            return None
        return self._gain(self._units[at], self._seats[at], at)

    def gain_from_nothing(self, unit: Unit) -> int | None:
        """The same for a unit of weight 0, which holds its floor outside the run."""
        ceiling = self._problem.ceiling if unit.ceiling is None else unit.ceiling
        total = self._problem.low(unit)
        if ceiling is not None and total >= ceiling:
            return None
        return self._gain(unit, total - unit.fixed, None)

    def _gain(self, unit: Unit, seats: int, at: int | None) -> int | None:
        rival = next((other for other in self._held if other != at), None)
        if rival is None:
            return None
        return self._least(unit, seats + 1, rival, self._seats[rival], open_wins=False)

    def lose(self, at: int) -> int | None:
        """Largest weight of the unit at `at` that brings one seat fewer."""
        seats = self._seats[at]
        rival = next((other for other in self._wanted if other != at), None)
        if seats == self._field.lows[at] or rival is None:
            return None
        least = self._least(self._units[at], seats, rival, self._seats[rival] + 1, open_wins=True)
        if least is None:
            return None
        if least > 1:
            return least - 1
        # Only without any weight: then the others must have room for all it held.
        room = self._room - (self._field.highs[at] - seats)
        return 0 if room >= seats - self._field.lows[at] else None

    def _least(
        self, unit: Unit, seat: int, rival: int, rival_seat: int, *, open_wins: bool
    ) -> int | None:
        # Smallest weight, at least 1, with which the unit beats the rival's claim.
        above, below = self._rule.signpost(seat)
        rival_above, rival_below = self._rule.signpost(rival_seat)
        weight, power = self._field.weights[rival], self._rule.power
        if rival_above == 0:
            if above:
                return None
            least, equal = weight, True
        elif above == 0:
            return 1
        else:
            wanted = weight**power * rival_below * above
            unit_of = rival_above * below
            quotient = -(-wanted // unit_of)
            least = quotient if power == 1 else _root_up(quotient)
            equal = least**power * unit_of == wanted
        if equal and not self._wins_tie(unit, least, rival, open_wins=open_wins):
            least += 1
        return max(least, 1)

    def _wins_tie(self, unit: Unit, weight: int, rival: int, *, open_wins: bool) -> bool:
        other = self._units[rival]
        grid = self._field.grid
        own = self._order.standing(unit.code, weight if grid == 1 else Fraction(weight, grid))
        theirs = self._order.standing(other.code, other.weight)
        return self._order.beats(own, theirs, when_open=open_wins)


def _root_up(value: int) -> int:
    root = isqrt(value)
    return root if root * root == value else root + 1
