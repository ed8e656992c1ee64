"""When the congresses of the season of 2020 are held, and how far each has come.

Base conferences are all over before 30/01/2020. Of the upper-base ones most are closed,
some planned after their deadline of 30/04/2020; the national one has the day on which
the real Vth congress met, outside its window of the third quarter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random

NATIONAL_DAY = date(2020, 10, 14)
# Stands for the day of a congress that has none yet.
USUAL_DAY, USUAL_START = date(2020, 4, 1), time(7, 30)
_BASE_FROM, _BASE_TO = date(2019, 11, 11), date(2020, 1, 21)
_PILOTS_FROM, _PILOTS_TO = date(2020, 2, 10), date(2020, 2, 21)
_UPPER_FROM, _UPPER_TO = date(2020, 3, 2), date(2020, 4, 24)
_LATE_FROM, _LATE_TO = date(2020, 5, 11), date(2020, 6, 12)
_SATURDAY = 5
# How many of each state are planned after the deadline.
_TOO_LATE = {"closed": 0.1, "open": 0.0, "convened": 0.5, "draft": 0.5}


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """Where, when and in which state."""

    state: str
    held_on: date | None
    starts_at: time | None
    duration: str
    place: str | None
    combined_with: str | None = None
    plan_document: str | None = None


def base_plan(rng: Random, unit_name: str, number: int) -> PlanFacts:
    """A base conference: half a day, closed, often part of another conference."""
    return PlanFacts(
        state="closed",
        held_on=_working_day(rng, _BASE_FROM, _BASE_TO),
        starts_at=rng.choice((time(7, 30), time(8, 0), time(13, 30))),
        duration="half_day",
        place=f"Phòng họp {unit_name}",
        combined_with=rng.choice(("year_end", "year_end", "staff", None)),
        plan_document=f"{number}/KH-BHXH",
    )


def upper_plan(rng: Random, name: str, number: int, state: str, *, pilot: bool) -> PlanFacts:
    """An upper-base conference; drafts may have no day yet, some come too late."""
    full_day = pilot or rng.random() < 0.3
    day: date | None
    if pilot:
        day = _working_day(rng, _PILOTS_FROM, _PILOTS_TO)
    elif state == "draft" and rng.random() < 0.5:
        day = None
    elif rng.random() < _TOO_LATE[state]:
        day = _working_day(rng, _LATE_FROM, _LATE_TO)
    else:
        day = _working_day(rng, _UPPER_FROM, _UPPER_TO)
    return PlanFacts(
        state=state,
        held_on=day,
        starts_at=time(7, 30) if day else None,
        duration="full_day" if full_day else "half_day",
        place=f"Hội trường {name}" if day else None,
        plan_document=f"{number}/KH-BHXH" if state != "draft" else None,
    )


def national_plan(state: str) -> PlanFacts:
    """The national congress, a whole day."""
    return PlanFacts(
        state=state,
        held_on=NATIONAL_DAY,
        starts_at=time(7, 30),
        duration="full_day",
        place="Trung tâm Hội nghị (minh họa), Hà Nội",
        plan_document="1127/KH-BHXH",
    )


def states(rng: Random, codes: list[str], always: dict[str, str]) -> dict[str, str]:
    """The state of every upper-base congress: mostly closed, some in each other state."""
    free = [code for code in codes if code not in always]
    rng.shuffle(free)
    drafts, convened, opened = len(free) // 20, len(free) // 9, len(free) // 30
    found = dict.fromkeys(free, "closed")
    for number, code in enumerate(free[: drafts + convened + opened]):
        found[code] = (
            "draft" if number < drafts else "convened" if number < drafts + convened else "open"
        )
    return found | always


def _working_day(rng: Random, first: date, last: date) -> date:
    while True:
        day = first + timedelta(days=rng.randint(0, (last - first).days))
        if day.weekday() < _SATURDAY:
            return day
