"""Which exemplars a list shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Wanted:
    """A filter of the register; None and empty take everything."""

    text: str | None = None
    # Paths of units; empty when what was asked for is no unit of the reach.
    unit_paths: tuple[str, ...] | None = None
    kind: str | None = None
    field: str | None = None
    stage: str | None = None
    year: int | None = None
    hard_area: bool = False
    direct: bool = False
    leader: bool = False
    # Not looked at this quarter, see `reviews`.
    due: bool = False
    # With a model written down; selected by a council in any year.
    model: bool = False
    selected: bool = False
    # These alone, by their keys.
    ids: tuple[int, ...] | None = None
    answer: str | None = None

    def __bool__(self) -> bool:
        return self != Wanted()
