"""Which units a list shows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from congress_app.kernel.vietnamese import fold
from congress_app.units.tree import UnitRow


@dataclass(frozen=True)
class Wanted:
    """Which units a list shows; what is empty does not narrow."""

    text: str = ""
    kind: str = ""
    cluster_id: int | None = None
    only_pilots: bool = False

    def __bool__(self) -> bool:
        return self != Wanted()

    @cached_property
    def _words(self) -> list[str]:
        return fold(self.text).split()

    def takes(self, row: UnitRow) -> bool:
        """True when the unit is wanted; every word of `text` is in its name or its code."""
        return (
            (not self.kind or row.kind == self.kind)
            and (self.cluster_id is None or row.cluster_id == self.cluster_id)
            and (row.is_pilot or not self.only_pilots)
            and all(word in row.search_key or word in fold(row.code) for word in self._words)
        )
