from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

from congress_app.demo import schedule


def test_base_conferences_are_over_before_their_deadline() -> None:
    rng = Random(1)
    days = [schedule.base_plan(rng, "Phòng", n).held_on for n in range(300)]
    assert all(day and day < date(2020, 1, 30) and day.weekday() < 5 for day in days)


def test_some_upper_base_congresses_are_planned_too_late() -> None:
    rng = Random(1)
    plans = [schedule.upper_plan(rng, "X", n, "closed", pilot=False) for n in range(200)]
    late = [plan for plan in plans if plan.held_on and plan.held_on >= date(2020, 4, 30)]
    assert 0 < len(late) < len(plans) / 4


def test_the_pilots_come_first() -> None:
    rng = Random(1)
    pilot = schedule.upper_plan(rng, "X", 1, "closed", pilot=True)
    assert pilot.held_on is not None
    assert pilot.held_on < date(2020, 3, 1)


def test_states_keep_what_is_fixed_and_mostly_are_closed() -> None:
    codes = [str(n) for n in range(64)]
    states = schedule.states(Random(1), codes, {"5": "open"})
    counted = Counter(states.values())
    assert states["5"] == "open"
    assert set(counted) == {"closed", "open", "convened", "draft"}
    assert counted["closed"] > 45
