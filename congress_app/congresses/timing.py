"""The light of a plan: is it there, in time, late, or held already?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from congress_app.congresses.lifecycle import State
from congress_app.congresses.rulebook import LevelRules
from congress_app.kernel.sentences import N_


class Light(StrEnum):
    """What the plan board shows, the most urgent first."""

    OVERDUE = "overdue"
    NO_PLAN = "no_plan"
    OUTSIDE = "outside"
    PLANNED = "planned"
    HELD = "held"


LIGHT_LABELS: dict[str, str] = {
    Light.OVERDUE: N_("Quá hạn"),
    Light.NO_PLAN: N_("Chưa có kế hoạch"),
    Light.OUTSIDE: N_("Ngoài khung thời gian"),
    Light.PLANNED: N_("Trong khung thời gian"),
    Light.HELD: N_("Đã tổ chức"),
}
# Each light with the kind of pill and the icon that say the same without colour.
LIGHT_LOOKS: dict[str, tuple[str, str]] = {
    Light.OVERDUE: ("danger", "warning"),
    Light.NO_PLAN: ("neutral", "calendar"),
    Light.OUTSIDE: ("warning", "clock"),
    Light.PLANNED: ("info", "flag"),
    Light.HELD: ("success", "check"),
}


@dataclass(frozen=True)
class Due:
    """When a congress is due: strictly before `deadline`, or within `window`."""

    deadline: date | None = None
    window: tuple[date, date] | None = None

    def allows(self, day: date) -> bool:
        """True when a congress on this day is in time."""
        if self.deadline is not None and day >= self.deadline:
            return False
        return self.window is None or self.window[0] <= day <= self.window[1]

    def has_passed(self, today: date) -> bool:
        """True when no day from today on can be in time any more."""
        if self.deadline is not None and today >= self.deadline:
            return True
        return self.window is not None and today > self.window[1]


def months(days: Iterable[date]) -> list[date]:
    """The first days of all months from the earliest day to the latest, none left out."""
    firsts = sorted({day.replace(day=1) for day in days})
    if not firsts:
        return []
    count = (firsts[-1].year - firsts[0].year) * 12 + firsts[-1].month - firsts[0].month
    start = firsts[0].year * 12 + firsts[0].month - 1
    return [date((start + n) // 12, (start + n) % 12 + 1, 1) for n in range(count + 1)]


def due_of(rules: LevelRules) -> Due:
    """When a congress under these rules is due."""
    return Due(rules.deadline, rules.window)


def light(due: Due, state: str | None, held_on: date | None, today: date) -> Light:
    """The light of one plan; `state` None: nothing has been planned at all.

    Overdue is a plan that should be done by now: its own day has gone by without the
    congress being opened, or there is none and the deadline has passed.
    """
    if state == State.CLOSED:
        return Light.HELD
    if state is None or held_on is None:
        return Light.OVERDUE if due.has_passed(today) else Light.NO_PLAN
    if held_on < today and state != State.OPEN:
        return Light.OVERDUE
    return Light.PLANNED if due.allows(held_on) else Light.OUTSIDE
