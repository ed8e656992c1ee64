"""Whom an award item honours: exemplars in the order they are read out, each with its award."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from congress_app.exemplars.awards import AwardFacts
from congress_app.kernel.sentences import N_

# Read out of somebody whose awards nobody recorded.
PLAIN_AWARD = N_("Gương điển hình tiên tiến")
LONGEST_AWARD = 300


@dataclass(frozen=True)
class Honour:
    """One exemplar and for what it is honoured, as the MC reads it."""

    exemplar_id: int
    award: str


@dataclass(frozen=True)
class HonourLine:
    """A honour with the words around it: the name as it stands in the register, the unit.

    `is_selected`: a council selected the exemplar and has not taken that back.
    """

    exemplar_id: int
    name: str
    unit: str
    award: str
    is_selected: bool = True

    @property
    def spoken(self) -> str:
        """As it is read out: who, from where, for what."""
        where = "" if self.unit == self.name else f", {self.unit}"
        return f"{self.name}{where}: {self.award}"


@dataclass(frozen=True)
class HonourFacts:
    """The list of an item as stored; None is no list."""

    honours: list[dict[str, Any]] | None


def facts_of(honours: Iterable[Honour]) -> HonourFacts:
    """The list as it is stored."""
    rows = [{"exemplar_id": each.exemplar_id, "award": each.award} for each in honours]
    return HonourFacts(rows or None)


def honours_of(stored: Iterable[Mapping[str, Any]] | None) -> tuple[Honour, ...]:
    """Read what `facts_of` wrote."""
    return tuple(Honour(each["exemplar_id"], each["award"]) for each in stored or ())


def in_order(typed: Iterable[tuple[int, Honour]]) -> list[Honour]:
    """By the places typed, equal ones as they came; one without a place (0) stands last."""
    return [honour for _place, honour in sorted(typed, key=lambda pair: (pair[0] == 0, pair[0]))]


def usual_award(awards: Sequence[AwardFacts]) -> str:
    """What is proposed to be read: the award decided last, of an equal year the first written."""
    dated = [award for award in awards if award.year is not None]
    if dated:
        return max(dated, key=lambda award: award.year or 0).name
    return awards[0].name if awards else PLAIN_AWARD
