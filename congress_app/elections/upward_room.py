"""A list that waits for its answer, against the cap and the quotas above as they are now.

Its people hold their places since it was sent; cap or quota may have been lowered after.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Room:
    """One limit above and the places held against it, those of the list among them.

    `code` is the refusal's: `over_quota` of the delegation `name`, `over_cap` of the
    congress `name`. `excepted` of those who hold a place do so by an exception on record;
    `bare` are the list's own delegates without one, most votes first.
    """

    code: str
    name: str
    held: int
    limit: int
    excepted: int = 0
    bare: tuple[int, ...] = ()

    @property
    def excess(self) -> int:
        """Places beyond the limit, whoever holds them."""
        return max(self.held - self.limit, 0)

    @property
    def beyond(self) -> tuple[int, ...]:
        """Whom of the list nothing allows yet: those with the fewest votes."""
        unallowed = max(self.excess - self.excepted, 0)
        return self.bare[max(len(self.bare) - unallowed, 0) :]


def beyond(rooms: Iterable[Room]) -> set[int]:
    """Delegates of the list who need an exception, by number; one may serve two limits."""
    return {delegate_id for room in rooms for delegate_id in room.beyond}


def figures(rooms: Iterable[Room]) -> Mapping[str, str]:
    """The limits that the list exceeds, for the log: held and allowed, by name."""
    return {room.name: f"{room.held}/{room.limit}" for room in rooms if room.excess}
