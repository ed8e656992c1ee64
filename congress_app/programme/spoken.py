"""Minutes spoken against minutes planned, by unit and by field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Spoken:
    """One speech: of which unit and field, minutes planned, seconds spoken.

    `held` is False for a speech that has not begun or was left out.
    """

    unit: str
    field: str
    planned_minutes: int
    seconds: float
    held: bool


@dataclass(frozen=True)
class Share:
    """Speeches of one unit or field together."""

    label: str
    speeches: int = 0
    held: int = 0
    planned_minutes: int = 0
    seconds: float = 0.0

    @property
    def minutes(self) -> float:
        """Minutes spoken, to one place."""
        return round(self.seconds / 60, 1)


def by_unit(speeches: Iterable[Spoken]) -> list[Share]:
    """Shares by unit, who spoke longest first."""
    return _shares((speech.unit, speech) for speech in speeches)


def by_field(speeches: Iterable[Spoken]) -> list[Share]:
    """Shares by field, who spoke longest first."""
    return _shares((speech.field, speech) for speech in speeches)


def _shares(labelled: Iterable[tuple[str, Spoken]]) -> list[Share]:
    found: dict[str, Share] = {}
    for label, speech in labelled:
        share = found.get(label, Share(label))
        found[label] = replace(
            share,
            speeches=share.speeches + 1,
            held=share.held + speech.held,
            planned_minutes=share.planned_minutes + speech.planned_minutes,
            seconds=share.seconds + speech.seconds,
        )
    return sorted(found.values(), key=lambda share: (-share.seconds, share.label))
