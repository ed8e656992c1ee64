"""Seats handed out by rank: every possible seat of every unit has one exact claim.

A method says how strong the claim of a unit to its k-th seat is; here the strongest claims
win within the bounds. Claims are compared as whole numbers that are equal exactly when the
claims are, so a guess may be wrong and the end is still certain: `certify` proves that no
refused seat has a stronger claim than a given one.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import Protocol


class Claims(Protocol):
    """What a method must tell; seats are counted from 1, above base."""

    @property
    def lows(self) -> list[int]:
        """Fewest seats of each unit."""
        ...

    @property
    def highs(self) -> list[int]:
        """Most seats of each unit."""
        ...

    def claim(self, at: int, seat: int) -> int:
        """The claim of unit `at` to its `seat`-th seat; falls strictly from seat to seat."""
        ...

    def guess(self, pool: int) -> list[int]:
        """A first guess within the bounds; it need not sum to the pool."""
        ...


@dataclass(frozen=True, slots=True)
class Ranked:
    """The seats by rank, and what happened at the cut.

    `weakest` is the weakest claim that was given above the floors, `strongest` the
    strongest that was refused below the ceilings (None where there is no such seat);
    `last` and `next` are units with these claims. When both claims are equal, `given` and
    `refused` are the units of the tie.
    """

    seats: list[int]
    weakest: int | None
    strongest: int | None
    last: int | None
    next: int | None
    given: list[int]
    refused: list[int]


def rank(claims: Claims, pool: int) -> Ranked:
    """Give `pool` seats to the strongest claims; the bounds allow it (checked before)."""
    seats = claims.guess(pool)
    _mend(claims, pool, seats)
    lows, highs = claims.lows, claims.highs
    claim = claims.claim
    held = [claim(at, had) if had > lows[at] else None for at, had in enumerate(seats)]
    wanted = [claim(at, had + 1) if had < highs[at] else None for at, had in enumerate(seats)]
    weakest = min((value for value in held if value is not None), default=None)
    strongest = max((value for value in wanted if value is not None), default=None)
    certify(claims, pool, seats, weakest, strongest)
    given: list[int] = []
    refused: list[int] = []
    if weakest is not None and weakest == strongest:
        given = [at for at, value in enumerate(held) if value == weakest]
        refused = [at for at, value in enumerate(wanted) if value == weakest]
    last = None if weakest is None else held.index(weakest)
    following = None if strongest is None else wanted.index(strongest)
    return Ranked(seats, weakest, strongest, last, following, given, refused)


def certify(
    claims: Claims, pool: int, seats: list[int], weakest: int | None, strongest: int | None
) -> None:
    """Prove the division: sum, bounds, and no refused claim above a given one.

    Raises AssertionError otherwise; that would be a fault of this program, never of the input.
    """
    bounded = all(
        low <= had <= high for low, had, high in zip(claims.lows, seats, claims.highs, strict=True)
    )
    ordered = weakest is None or strongest is None or strongest <= weakest
    if not (bounded and ordered and sum(seats) == pool):
        raise AssertionError("the division has no certificate")


def _mend(claims: Claims, pool: int, seats: list[int]) -> None:
    # Give, take and exchange seats until the sum is right and no exchange would be better.
    # Entries of the heaps that no longer fit the seats are passed over.
    lows, highs = claims.lows, claims.highs
    claim = claims.claim
    wanted = [(-claim(at, h + 1), at, h) for at, h in enumerate(seats) if h < highs[at]]
    held = [(claim(at, h), at, h) for at, h in enumerate(seats) if h > lows[at]]
    heapify(wanted)
    heapify(held)

    def put(at: int, had: int) -> None:
        seats[at] = had
        if had < highs[at]:
            heappush(wanted, (-claim(at, had + 1), at, had))
        if had > lows[at]:
            heappush(held, (claim(at, had), at, had))

    missing = pool - sum(seats)
    while True:
        while wanted and seats[wanted[0][1]] != wanted[0][2]:
            heappop(wanted)
        while held and seats[held[0][1]] != held[0][2]:
            heappop(held)
        if missing > 0:
            _, at, had = heappop(wanted)
            put(at, had + 1)
            missing -= 1
        elif missing < 0 or (wanted and held and -wanted[0][0] > held[0][0]):
            # An exchange is a seat taken here and given in the next round.
            _, at, had = heappop(held)
            put(at, had - 1)
            missing += 1
        else:
            return
