"""One unit of many, chosen in a form: a list while they are few, else words that are typed.

Decided here and nowhere else: up to `FEW` units stand in a list; of more the code or the
name is typed, and what fits is suggested meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from congress_app.units.lookup import UnitRef

# A list of more is longer than anybody reads; a province with its districts has fewer.
FEW = 100
# What a field suggests while one types, and what a refusal names.
SUGGESTED, NAMED = 12, 5
# From so many letters on something is suggested; fewer are in nearly every name.
LEAST_LETTERS = 2


@dataclass(frozen=True)
class Offered:
    """Which active units a field offers.

    Those at or below the paths `within`; of `kinds` only, when some are told; not those at or
    below the path `outside`. The unit `kept` is offered besides, because it is stored already.
    """

    within: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    outside: str | None = None
    kept: int | None = None

    def takes(self, unit: UnitRef) -> bool:
        """True when the unit, one of the reach, is offered."""
        if unit.id == self.kept:
            return True
        apart = self.outside is None or not unit.path.startswith(self.outside)
        return apart and (not self.kinds or unit.kind in self.kinds)


class Option(NamedTuple):
    """One line of the list: the code that is sent, and the words."""

    id: int
    code: str
    words: str


class Suggestion(NamedTuple):
    """A unit that words may mean, and the name of the one above it."""

    id: int
    code: str
    name: str
    above: str | None

    @property
    def words(self) -> str:
        """As it stands in the field once chosen; the code at the end is what counts."""
        return f"{self.name} ({self.code})"


@dataclass(frozen=True)
class Chooser:
    """What one field needs to know; `options` are None where there are more than `FEW`.

    `meant` gives the offered units a typed text names, `near` those whose names hold its
    words, `by_id` one of the offered units. `address` answers what to suggest.
    """

    options: Sequence[Option] | None
    meant: Callable[[str], Sequence[Suggestion]]
    near: Callable[[str], Sequence[Suggestion]]
    by_id: Callable[[int], Suggestion | None]
    address: str
