"""The cascade: what an allocation lets every unit elect, and how far each has come.

A unit is late when its own congress is over, or should be by now, and seats are still
empty. The late ones stand first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from congress_app.congresses.timing import Light
from congress_app.kernel.sentences import N_


class Progress(StrEnum):
    """How far a unit has come, the most urgent first."""

    LATE = "late"
    OVER = "over"
    ELECTING = "electing"
    DONE = "done"


PROGRESS_LABELS: dict[str, str] = {
    Progress.LATE: N_("Chậm"),
    Progress.OVER: N_("Vượt chỉ tiêu"),
    Progress.ELECTING: N_("Đang bầu"),
    Progress.DONE: N_("Đủ"),
}
PROGRESS_LOOKS: dict[str, tuple[str, str]] = {
    Progress.LATE: ("danger", "warning"),
    Progress.OVER: ("warning", "warning"),
    Progress.ELECTING: ("info", "clock"),
    Progress.DONE: ("success", "check"),
}
_URGENCY = {progress: rank for rank, progress in enumerate(Progress)}


@dataclass(frozen=True)
class Below:
    """The congress of a unit, and what its own allocation has come to.

    `seats` None: it has no allocation in force.
    """

    congress_id: int
    state: str
    held_on: date | None
    light: Light
    seats: int | None = None
    elected: int = 0


@dataclass(frozen=True)
class Rung:
    """One unit of the allocation: seats to elect and delegates elected so far."""

    unit_id: int
    unit_name: str
    unit_path: str
    seats: int
    elected: int
    below: Below | None = None

    @property
    def missing(self) -> int:
        """Seats still empty."""
        return max(self.seats - self.elected, 0)

    @property
    def excess(self) -> int:
        """Delegates beyond the seats."""
        return max(self.elected - self.seats, 0)

    @property
    def progress(self) -> Progress:
        """How far the unit has come."""
        if self.excess:
            return Progress.OVER
        if not self.missing:
            return Progress.DONE
        is_past = self.below is not None and self.below.light in (Light.OVERDUE, Light.HELD)
        return Progress.LATE if is_past else Progress.ELECTING


def in_urgency(rungs: Iterable[Rung]) -> list[Rung]:
    """The late ones first, most seats missing first; otherwise the order given."""
    return sorted(rungs, key=lambda rung: (_URGENCY[rung.progress], -rung.missing))


@dataclass(frozen=True)
class Touched:
    """What a version changes for one unit.

    `before` None: no version is in force, or it has no line there; `after` None: no line in
    the new one. `names` are the elected delegates of a unit that has too many.
    """

    unit_name: str
    before: int | None
    after: int | None
    elected: int
    names: tuple[str, ...] = ()

    @property
    def excess(self) -> int:
        """Delegates beyond the new line."""
        return max(self.elected - (self.after or 0), 0)
