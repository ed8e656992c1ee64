"""A movement as entered, and which movements a list shows."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from congress_app.exemplars.movements import REPORT_DAYS, MovementKind, Reporters


@dataclass(frozen=True)
class MovementEntry:
    """A movement as entered."""

    name: str
    kind: MovementKind
    starts_on: date
    ends_on: date
    goals: str | None = None
    criteria: str | None = None
    document: str | None = None
    reporters: Reporters = Reporters.DIRECT
    report_days: int = REPORT_DAYS

    def columns(self) -> dict[str, object]:
        """The values as the table's columns."""
        return asdict(self) | {"kind": self.kind.value, "reporters": self.reporters.value}


@dataclass(frozen=True)
class Wanted:
    """A filter of the list; None takes everything. `running` is about the day `on`."""

    kind: str | None = None
    year: int | None = None
    running: bool | None = None
    on: date = date.min

    def __bool__(self) -> bool:
        return (self.kind, self.year, self.running) != (None, None, None)
