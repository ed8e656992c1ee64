"""A vote of the emulation council."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Vote:
    """The council's vote on one nomination and the minutes it stands in."""

    votes_for: int
    votes_against: int
    votes_other: int
    minutes_number: str | None = None
    minutes_on: date | None = None
