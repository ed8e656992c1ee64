"""Who votes at an upper-base congress of the demonstration, and who else stands there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from random import Random

from congress_app.demo.people import Somebody
from congress_app.demo.places import PlaceFacts


def voters(rng: Random, places: Sequence[PlaceFacts]) -> tuple[int, int]:
    """Convened and present of those who vote; guests do not."""
    convened = sum(place.state == "confirmed" and place.category != "guest" for place in places)
    return convened, convened - rng.randint(0, convened // 25)


def others(
    rng: Random, places: Sequence[PlaceFacts], taken: Collection[int], wanted: int
) -> list[Somebody]:
    """Elected delegates of the congress who have no place above: candidates besides."""
    free = [
        place.person
        for place in places
        if place.state == "confirmed"
        and place.category == "elected"
        and place.person.id not in taken
    ]
    return rng.sample(free, min(wanted, len(free)))
