"""Base conferences: everybody of the unit attends, and nobody is elected to it."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from congress_app.delegates.registration import GroundFacts
from congress_app.demo.people import Crowd
from congress_app.demo.places import PlaceFacts
from congress_app.demo.structure import UnitFacts

GROUND = GroundFacts("Công chức, viên chức, người lao động của đơn vị")


def turnout(rng: Random, unit: UnitFacts) -> int:
    """How many of the unit came; one or two are ill or on duty."""
    return unit.staff - rng.choice((0, 0, 0, 1, 1, 2))


def attendees(crowd: Crowd, unit: UnitFacts) -> Iterator[PlaceFacts]:
    """A place by title for each of the unit's people."""
    for _ in range(unit.staff):
        yield PlaceFacts(crowd.staff(unit), "official", (GROUND,), unit.id)
