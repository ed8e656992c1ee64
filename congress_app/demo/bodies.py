"""Who sits in which body of a congress of the demonstration, and what was found of whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from congress_app.delegates.committees import Body, Post
from congress_app.demo.places import PlaceFacts

_LEADING = 5
# Body, how many sit in it, and whether leaders do.
_SIZES = (
    (Body.PRESIDIUM, _LEADING, True),
    (Body.SECRETARIAT, 3, False),
    (Body.CREDENTIALS, 5, False),
    (Body.TELLERS, 7, False),
    (Body.ORGANISING, _LEADING, True),
)
_EXAMINED = ("official", "elected")


@dataclass(frozen=True, slots=True)
class SeatFacts:
    """A seat in a body; `place` is the number in the list of places."""

    body: Body
    position: int
    post: Post
    place: int


def seats(places: Sequence[PlaceFacts]) -> list[SeatFacts]:
    """The bodies, from officials who come; nobody counts votes who could be a candidate.

    The first leaders preside and organise, the others do the work, each in one body.
    """
    coming = [
        n for n, p in enumerate(places) if p.category == "official" and p.state == "confirmed"
    ]
    leaders = [n for n in coming if places[n].person.is_leader]
    others = [n for n in coming if not places[n].person.is_leader]
    workers = iter([*others, *leaders[_LEADING:]])
    found = []
    for body, size, led in _SIZES:
        who = leaders[:size] if led else [n for _, n in zip(range(size), workers, strict=False)]
        found += [
            SeatFacts(body, position, _post(body, position), number)
            for position, number in enumerate(who, start=1)
        ]
    return found


def _post(body: Body, position: int) -> Post:
    if position == 1:
        return Post.HEAD
    if body is Body.PRESIDIUM or position == 2:
        return Post.DEPUTY
    return Post.MEMBER


def rulings(places: Sequence[PlaceFacts]) -> Iterator[tuple[int, str, str | None]]:
    """What the credentials committee found of each it examines: place, ruling, reason.

    The first of the elected who marks a new model waits for a paper, so that the page has
    somebody to decide on.
    """
    waits = next(
        (
            n
            for n, p in enumerate(places)
            if p.category == "elected" and "new_model" in p.priorities
        ),
        None,
    )
    for number, place in enumerate(places):
        if place.category not in _EXAMINED or place.state not in ("convened", "confirmed"):
            continue
        if number == waits:
            yield number, "pending", "Chờ đơn vị bổ sung biên bản bầu có chữ ký"
        else:
            yield number, "valid", None
