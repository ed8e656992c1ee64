"""The question: speeches offered, minutes, and the rules a plan must keep.

All figures are exact. A share is a part of *all* speeches chosen: `women` counts those with
sex "F", `individual` those of kind "individual"; a speech whose sex is not known counts as
chosen and not as a woman's. A plan without any speech keeps every share.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from math import lcm

# What a minimum or maximum may be set for.
ATTRIBUTES = ("field", "level", "region", "topic", "unit", "kind", "sex")
SHARES = {"women": ("sex", "F"), "individual": ("kind", "individual")}

Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Offer:
    """A speech offered. `marks` holds its unit, field, level, region, topic, kind, sex."""

    id: str
    minutes: Fraction
    score: Fraction
    marks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Problem:
    """Speeches in the order of their ids, and the rules.

    `least` and `most` are the minima and maxima by attribute and value; `topic_penalty` is
    taken off once for every pair of chosen speeches on one topic; `changeover` minutes pass
    between two speeches, not after the last.
    """

    offers: tuple[Offer, ...]
    budget: Fraction
    changeover: Fraction = Fraction(0)
    max_per_unit: int | None = None
    shares: Mapping[str, Fraction] = field(default_factory=dict)
    least: Counts = field(default_factory=dict)
    most: Counts = field(default_factory=dict)
    topic_penalty: Fraction = Fraction(0)
    locked_in: frozenset[str] = frozenset()
    locked_out: frozenset[str] = frozenset()

    @property
    def score_scale(self) -> int:
        """The smallest factor that makes every score and the penalty whole."""
        return lcm(
            self.topic_penalty.denominator, *(offer.score.denominator for offer in self.offers)
        )

    @property
    def minute_scale(self) -> int:
        """The smallest factor that makes every number of minutes whole."""
        figures = (self.budget, self.changeover, *(offer.minutes for offer in self.offers))
        return lcm(*(figure.denominator for figure in figures))

    def members(self, attribute: str) -> dict[str, list[int]]:
        """Places of the speeches by the value they have for the attribute."""
        found: dict[str, list[int]] = {}
        for place, offer in enumerate(self.offers):
            if value := offer.marks.get(attribute):
                found.setdefault(value, []).append(place)
        return found

    def score_of(self, plan: Iterable[int]) -> Fraction:
        """Scores of the speeches at these places less what repeated topics cost."""
        offers = [self.offers[place] for place in plan]
        topics = [offer.marks.get("topic") for offer in offers]
        pairs = sum(1 for one, two in combinations(topics, 2) if one and one == two)
        return sum((offer.score for offer in offers), Fraction(0)) - self.topic_penalty * pairs

    def minutes_of(self, plan: Iterable[int]) -> Fraction:
        """Minutes of the speeches at these places with the changeovers between them."""
        minutes = [self.offers[place].minutes for place in plan]
        return sum(minutes, Fraction(0)) + self.changeover * max(len(minutes) - 1, 0)

    def ids(self, plan: Iterable[int]) -> list[str]:
        """The ids at these places, in order."""
        return [self.offers[place].id for place in sorted(plan)]


def id_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key of ids: figures inside them by value, so "2" stands before "10"."""
    parts = re.findall(r"[0-9]+|[^0-9]+", text)
    return tuple((0, int(part), part) if part.isdecimal() else (1, 0, part) for part in parts)


def plain(number: Fraction) -> int | float:
    """The number for JSON: whole where it is whole."""
    return number.numerator if number.denominator == 1 else float(number)
