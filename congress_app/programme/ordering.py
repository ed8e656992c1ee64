"""In which block, and in which order, the chosen speeches are heard.

A block is a row of speech items that follow each other. Neighbours in it should differ: in
field, in sex, in unit and in being a collective's or a person's. A speaker who can only be
there for a part of the day is heard then: that comes first. A block should take no more
minutes than the programme planned for it.

Few speeches: every way is looked at. More: plain local search, exchanging two speeches or
moving one, the first step that helps, until none does. The same speeches give the same
order, however they come in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, permutations, product

from congress_app.kernel.sentences import N_

# What two equal neighbours cost; being heard while absent costs more than all together.
COSTS = {"field": 8, "sex": 5, "unit": 4, "kind": 1}
WORDS: dict[str, str] = {
    "field": N_("lĩnh vực"),
    "sex": N_("nam hay nữ"),
    "unit": N_("đơn vị"),
    "kind": N_("tập thể hay cá nhân"),
}
_ABSENT = 1000
_MINUTE_OVER = 3
_EVERY_WAY = 6


@dataclass(frozen=True)
class Talk:
    """A speech to place; `first` and `last` are the minutes of the day its speaker is there."""

    key: int
    minutes: int
    field: str | None = None
    sex: str | None = None
    unit: int | None = None
    kind: str | None = None
    first: int = 0
    last: int | None = None


@dataclass(frozen=True)
class Block:
    """Places for speeches: the minute of the day it starts, and the minutes of each place.

    One that `follows` stands after the block before it in the same line, so it starts later
    when that one takes more minutes than planned, and earlier when it takes fewer.
    """

    starts: int
    slots: tuple[int, ...]
    follows: bool = False


@dataclass(frozen=True)
class Order:
    """Keys by block in order, and what could not be helped.

    `alike`: neighbours with what they share. `absent`: heard while the speaker is away.
    `over`: by block, minutes above what was planned.
    """

    blocks: tuple[tuple[int, ...], ...]
    alike: tuple[tuple[int, int, str], ...] = ()
    absent: tuple[int, ...] = ()
    over: tuple[int, ...] = ()


Filled = tuple[tuple[Talk, ...], ...]


def arrange(talks: Sequence[Talk], blocks: Sequence[Block]) -> Order:
    """The best order found; ValueError when there are fewer places than speeches."""
    if len(talks) > sum(len(block.slots) for block in blocks):
        raise ValueError("fewer places than speeches")
    ordered = sorted(talks, key=lambda talk: talk.key)
    if len(ordered) <= _EVERY_WAY:
        return _told(min(_every_way(ordered, blocks), key=lambda each: _cost(each, blocks)), blocks)
    found = _split(ordered, [len(block.slots) for block in blocks])
    while (better := _better(found, blocks)) is not None:
        found = better
    return _told(found, blocks)


def assess(filled: Sequence[Sequence[Talk]], blocks: Sequence[Block]) -> Order:
    """What an order made by hand is like."""
    return _told(tuple(map(tuple, filled)), blocks)


def is_settled(filled: Sequence[Sequence[Talk]], blocks: Sequence[Block]) -> bool:
    """True when neither exchanging two speeches nor moving one makes the order better."""
    return _better(tuple(map(tuple, filled)), blocks) is None


def _every_way(talks: Sequence[Talk], blocks: Sequence[Block]) -> Iterator[Filled]:
    sizes = [range(min(len(block.slots), len(talks)), -1, -1) for block in blocks]
    fitting = [counts for counts in product(*sizes) if sum(counts) == len(talks)]
    for each in permutations(talks):
        for counts in fitting:
            yield _split(each, counts)


def _split(talks: Sequence[Talk], counts: Sequence[int]) -> Filled:
    found, at = [], 0
    for count in counts:
        found.append(tuple(talks[at : at + count]))
        at += count
    return tuple(found)


def _better(filled: Filled, blocks: Sequence[Block]) -> Filled | None:
    cost = _cost(filled, blocks)
    return next((each for each in _near(filled, blocks) if _cost(each, blocks) < cost), None)


def _near(filled: Filled, blocks: Sequence[Block]) -> Iterator[Filled]:
    places = [(block, at) for block, talks in enumerate(filled) for at in range(len(talks))]
    for (one, first), (two, second) in combinations(places, 2):
        rows = [list(talks) for talks in filled]
        rows[one][first], rows[two][second] = rows[two][second], rows[one][first]
        yield tuple(map(tuple, rows))
    for source, at in places:
        for target, block in enumerate(blocks):
            rows = [list(talks) for talks in filled]
            talk = rows[source].pop(at)
            if len(rows[target]) == len(block.slots):
                continue
            for place in range(len(rows[target]) + 1):
                moved = [*rows[target][:place], talk, *rows[target][place:]]
                yield tuple(
                    tuple(moved) if number == target else tuple(row)
                    for number, row in enumerate(rows)
                )


def _told(filled: Filled, blocks: Sequence[Block]) -> Order:
    return Order(
        tuple(tuple(talk.key for talk in talks) for talks in filled),
        tuple(pair for talks in filled for pair in _alike(talks)),
        tuple(_absent(filled, blocks)),
        tuple(max(minutes, 0) for minutes in _longer(filled, blocks)),
    )


def _cost(filled: Filled, blocks: Sequence[Block]) -> int:
    alike = sum(COSTS[what] for talks in filled for _, _, what in _alike(talks))
    over = sum(max(minutes, 0) for minutes in _longer(filled, blocks))
    return alike + _MINUTE_OVER * over + _ABSENT * len(list(_absent(filled, blocks)))


def _alike(talks: Sequence[Talk]) -> Iterator[tuple[int, int, str]]:
    for one, two in pairwise(talks):
        for what in COSTS:
            value = getattr(one, what)
            if value is not None and value == getattr(two, what):
                yield one.key, two.key, what


def _longer(filled: Filled, blocks: Sequence[Block]) -> list[int]:
    """By block, minutes more than planned; a place left empty keeps its own."""
    return [
        sum(talk.minutes for talk in talks) - sum(block.slots[: len(talks)])
        for talks, block in zip(filled, blocks, strict=True)
    ]


def _absent(filled: Filled, blocks: Sequence[Block]) -> Iterator[int]:
    shift = 0
    for talks, block, longer in zip(filled, blocks, _longer(filled, blocks), strict=True):
        shift = shift if block.follows else 0
        at = block.starts + shift
        for talk in talks:
            end = at + talk.minutes
            if at < talk.first or (talk.last is not None and end > talk.last):
                yield talk.key
            at = end
        shift += longer
