"""Who goes first among equals: the organiser's keys, the larger weight, then a public lot.

A tie is never broken by the order of the input, by name or by id. Where the chain ends
without an answer the run stops and asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.sentences import Sentence
from congress_app.kernel.vietnamese import number
from congress_app.quota.listing import listed
from congress_app.quota.problem import Number, TieChain, Unit

# Sorts behind every drawn place; it decides nothing, see `separator`.
_NOT_DRAWN = "–"

# What compares: the smaller standing goes first; equal standings cannot be told apart.
Standing = tuple[Number | str, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """Units with an exactly equal claim and the seats at stake among them.

    `codes` stand in the order of the chain, so the first `seats` of them won;
    `decided_by` is the link that separated the last winner from the first loser:
    `keys`, `weight`, `order` or `lot`.
    """

    codes: tuple[str, ...]
    seats: int
    decided_by: str


def lot(seed: str, code: str) -> str:
    """The public lot of a unit: SHA-256 of seed, "|" and code in hex; the smallest is first."""
    return sha256(f"{seed}|{code}".encode()).hexdigest()


class Order:
    """The chain applied to the units of one problem."""

    def __init__(self, chain: TieChain) -> None:
        self._chain = chain
        self._lots: dict[str, str] = {}
        self._drawn = {code: f"{at:09d}" for at, code in enumerate(chain.order)}

    def standing(self, code: str, weight: Number) -> Standing:
        """Where a unit stands with the given weight; smaller goes first."""
        keys = tuple(-key.values.get(code, 0) for key in self._chain.keys)
        return (*keys, -weight, self._lot(code))

    def _lot(self, code: str) -> str:
        if self._chain.order:
            return self._drawn.get(code, _NOT_DRAWN)
        if not self._chain.seed:
            return ""
        if code not in self._lots:
            self._lots[code] = lot(self._chain.seed, code)
        return self._lots[code]

    def separator(self, first: Standing, second: Standing) -> str | None:
        """The link at which two standings part; None when they do not.

        A unit that was left out of the draw is neither before nor behind the drawn ones.
        """
        keys = len(self._chain.keys)
        for at, (one, other) in enumerate(zip(first, second, strict=True)):
            if one != other:
                if at < keys:
                    return "keys"
                if at == keys:
                    return "weight"
                if not self._chain.order:
                    return "lot"
                return None if _NOT_DRAWN in (one, other) else "order"
        return None

    def beats(self, first: Standing, second: Standing, *, when_open: bool) -> bool:
        """Does the first go before the second? `when_open` where the chain cannot say."""
        return when_open if self.separator(first, second) is None else first < second

    def settle(self, units: Iterable[Unit], seats: int) -> Tie:
        """Order tied units and seat the first `seats` of them.

        Raises RuleViolation `tie_undecided` with the units nobody can tell apart.
        """
        ranked = sorted(
            ((self.standing(unit.code, unit.weight), unit.code, unit) for unit in units),
            key=lambda entry: entry[:2],
        )
        winner, loser = ranked[seats - 1][0], ranked[seats][0]
        decided_by = self.separator(winner, loser)
        if decided_by in (None, "order"):
            # All that keys and weight leave equal must have been drawn, at both sides.
            equals = [unit for standing, _, unit in ranked if standing[:-1] == winner[:-1]]
            if decided_by is None or any(unit.code not in self._drawn for unit in equals):
                ahead = sum(standing[:-1] < winner[:-1] for standing, _, _ in ranked)
                raise _undecided(equals, seats - ahead)
        return Tie(tuple(code for _, code, _ in ranked), seats, decided_by)


def _undecided(units: Sequence[Unit], seats: int) -> RuleViolation:
    units = sorted(units, key=lambda unit: unit.code)
    said = Sentence(
        "{units} ngang nhau hoàn toàn, còn {seats} suất cho {count} đơn vị. Hãy cho chuỗi bốc thăm "
        "công khai, nhập thứ tự bốc thăm hoặc thêm tiêu chí ưu tiên rồi chạy lại.",
        units=listed(unit.label for unit in units),
        seats=number(seats),
        count=number(len(units)),
    )
    details = [{"codes": [unit.code for unit in units], "seats": seats}]
    return RuleViolation("tie_undecided", said, details)
