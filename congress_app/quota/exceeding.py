"""Units that hold more elected delegates than a version gives them, and that it is known.

A version may give fewer seats than were elected: nobody elected is dropped by it, so whoever
approves or publishes it says that he has seen whom it concerns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import number

# Nothing is said to be known.
NOBODY: Mapping[int, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Exceeding:
    """A unit with more elected delegates than seats."""

    unit_id: int
    name: str
    elected: int
    seats: int

    @property
    def excess(self) -> int:
        """Delegates beyond the seats."""
        return self.elected - self.seats


def all_known(found: Sequence[Exceeding], known: Mapping[int, int]) -> dict[str, Mapping[str, str]]:
    """What the log tells of them: elected and seats by unit; nothing where there are none.

    `known`: elected delegates by unit, as somebody said to know them. Raises RuleViolation
    `elected_over_seats` while a unit has more.
    """
    if not found:
        return {}
    if all(one.elected <= known.get(one.unit_id, 0) for one in found):
        return {"exceeded": {one.name: f"{one.elected}/{one.seats}" for one in found}}
    raise RuleViolation(
        "elected_over_seats",
        Sentence(
            N_(
                "Có {units} đơn vị có nhiều đại biểu được bầu hơn số suất của phương án này, tất "
                "cả vượt {count} người. Hãy xem các đơn vị này rồi đánh dấu xác nhận."
            ),
            units=number(len(found)),
            count=number(sum(one.excess for one in found)),
        ),
    )


def written(found: Sequence[Exceeding]) -> str:
    """What a page shows of them, for the form to send back: `unit:elected`, by comma."""
    return ",".join(f"{one.unit_id}:{one.elected}" for one in found)


def read(text: str) -> dict[int, int]:
    """Elected by unit as `written`; nothing of rubbish."""
    pairs = [part.split(":") for part in text.split(",")]
    return {
        int(pair[0]): int(pair[1])
        for pair in pairs
        if len(pair) == 2 and all(_is_number(one) for one in pair)
    }


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
