"""How far a unit has come with its seats, the late ones first."""

from __future__ import annotations

from datetime import date

import pytest

from congress_app.congresses.timing import Light
from congress_app.delegates.cascade import Below, Progress, Rung, Touched, in_urgency


def rung(name: str, seats: int, elected: int, light: Light | None = None) -> Rung:
    below = Below(1, "closed", date(2020, 6, 1), light) if light else None
    return Rung(1, name, "/1/", seats, elected, below)


@pytest.mark.parametrize(
    ("one", "progress", "missing", "excess"),
    [
        (rung("A", 3, 3), Progress.DONE, 0, 0),
        (rung("A", 0, 0), Progress.DONE, 0, 0),
        (rung("A", 3, 4, Light.HELD), Progress.OVER, 0, 1),
        (rung("A", 3, 1), Progress.ELECTING, 2, 0),
        (rung("A", 3, 1, Light.PLANNED), Progress.ELECTING, 2, 0),
        (rung("A", 3, 1, Light.NO_PLAN), Progress.ELECTING, 2, 0),
        (rung("A", 3, 1, Light.OVERDUE), Progress.LATE, 2, 0),
        (rung("A", 3, 1, Light.HELD), Progress.LATE, 2, 0),
    ],
)
def test_a_unit_is_late_when_its_congress_is_over_and_seats_are_empty(
    one: Rung, progress: Progress, missing: int, excess: int
) -> None:
    assert (one.progress, one.missing, one.excess) == (progress, missing, excess)


def test_the_late_ones_stand_first_most_missing_before_others() -> None:
    given = [
        rung("đủ", 2, 2),
        rung("đang bầu", 5, 0),
        rung("chậm 1", 2, 1, Light.HELD),
        rung("vượt", 2, 3),
        rung("chậm 2", 4, 2, Light.OVERDUE),
        rung("đủ sau", 1, 1),
    ]
    assert [one.unit_name for one in in_urgency(given)] == [
        "chậm 2",
        "chậm 1",
        "vượt",
        "đang bầu",
        "đủ",
        "đủ sau",
    ]


def test_a_version_touches_whoever_has_more_than_its_line() -> None:
    assert Touched("A", 4, 2, 3).excess == 1
    assert Touched("A", 4, None, 3).excess == 3
    assert Touched("A", None, 5, 3).excess == 0
