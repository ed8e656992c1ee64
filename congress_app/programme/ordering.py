"""In which order the speeches of a block are heard.

Neighbours should differ: in field, in sex, in unit and in being a collective's or a
person's. When a speaker can only be there for a part of the block, that comes first. Plain
local search: swaps and moves of one speech, the best one first, until none helps; the same
speeches give the same order, however they come in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, permutations

# What two equal neighbours cost; being heard while absent costs more than all together.
_COSTS = {"field": 8, "sex": 5, "unit": 4, "kind": 1}
_ABSENT = 1000


@dataclass(frozen=True)
class Talk:
    """A speech to place. `first` and `last` are the minutes of the block its speaker is there."""

    key: int
    minutes: int
    field: str | None = None
    sex: str | None = None
    unit: int | None = None
    kind: str | None = None
    first: int = 0
    last: int | None = None


@dataclass(frozen=True)
class Order:
    """The keys in order; pairs of neighbours alike by what; speakers heard while absent."""

    keys: tuple[int, ...]
    alike: tuple[tuple[int, int, str], ...]
    absent: tuple[int, ...]


def arrange(talks: Sequence[Talk], changeover: int = 0) -> Order:
    """The order of a block that begins at minute 0."""
    best = sorted(talks, key=lambda talk: talk.key)
    if len(best) <= 7:  # few enough to look at every order
        orders = [list(each) for each in permutations(best)]
        best = min(orders, key=lambda each: _cost(each, changeover))
    else:
        best = _search(best, changeover)
    return Order(
        tuple(talk.key for talk in best),
        tuple(_alike(best)),
        tuple(_absent(best, changeover)),
    )


def _search(talks: list[Talk], changeover: int) -> list[Talk]:
    cost = _cost(talks, changeover)
    while True:
        following = min(_near(talks), key=lambda each: _cost(each, changeover))
        better = _cost(following, changeover)
        if better >= cost:
            return talks
        talks, cost = following, better


def _near(talks: list[Talk]) -> Iterator[list[Talk]]:
    size = len(talks)
    for one, two in combinations(range(size), 2):
        swapped = list(talks)
        swapped[one], swapped[two] = swapped[two], swapped[one]
        yield swapped
    for source in range(size):
        rest = talks[:source] + talks[source + 1 :]
        for target in range(size):
            if target != source:
                yield [*rest[:target], talks[source], *rest[target:]]


def _cost(talks: Sequence[Talk], changeover: int) -> int:
    alike = sum(_COSTS[what] for _, _, what in _alike(talks))
    return alike + _ABSENT * len(list(_absent(talks, changeover)))


def _alike(talks: Sequence[Talk]) -> Iterator[tuple[int, int, str]]:
    for one, two in pairwise(talks):
        for what in _COSTS:
            value = getattr(one, what)
            if value is not None and value == getattr(two, what):
                yield one.key, two.key, what


def _absent(talks: Sequence[Talk], changeover: int) -> Iterator[int]:
    at = 0
    for talk in talks:
        end = at + talk.minutes
        if at < talk.first or (talk.last is not None and end > talk.last):
            yield talk.key
        at = end + changeover
