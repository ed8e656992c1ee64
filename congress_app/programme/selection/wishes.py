"""The rules of a selection as a person sets them on the page, and the problem they make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from congress_app.programme.selection.problem import plain


@dataclass(frozen=True)
class Wishes:
    """Minutes, shares in per cent, least and most by attribute and value, locks by id."""

    budget: int
    changeover: int = 0
    per_unit: int | None = None
    women: int = 0
    individual: int = 0
    topic_penalty: int = 0
    only_complete: bool = False
    locked_in: tuple[int, ...] = ()
    locked_out: tuple[int, ...] = ()
    least: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    most: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """A speech of the register. `score` is None before anybody marked it."""

    id: int
    minutes: int
    score: Fraction | None
    is_complete: bool
    marks: Mapping[str, str | None]


def body_of(wishes: Wishes, entries: Iterable[Entry]) -> dict[str, Any]:
    """The selection file of these rules and speeches; scores to two decimals.

    Speeches without a score stay out (nobody can weigh them), and with `only_complete` those
    too few have marked; a lock on one of them goes with it.
    """
    speeches = [
        {
            "id": str(entry.id),
            **{name: value for name, value in entry.marks.items() if value},
            "minutes": entry.minutes,
            "score": plain(round(entry.score, 2)),
        }
        for entry in entries
        if entry.score is not None and (entry.is_complete or not wishes.only_complete)
    ]
    known = {speech["id"] for speech in speeches}
    return {
        "budget_minutes": wishes.budget,
        "changeover_minutes": wishes.changeover,
        "max_per_unit": wishes.per_unit,
        "min_share": {"women": wishes.women / 100, "individual": wishes.individual / 100},
        "min": {name: dict(limits) for name, limits in wishes.least.items()},
        "max": {name: dict(limits) for name, limits in wishes.most.items()},
        "topic_penalty": wishes.topic_penalty,
        "locked_in": [str(each) for each in wishes.locked_in if str(each) in known],
        "locked_out": [str(each) for each in wishes.locked_out if str(each) in known],
        "speeches": speeches,
    }
