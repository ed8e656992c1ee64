"""What the person an exemplar is about agreed to, and what keeps it back nevertheless.

@holds_back
def what_was_asked(exemplar_id: int) -> Sentence | None: …
"""

from __future__ import annotations

from collections.abc import Callable

from congress_app.exemplars.models import Exemplar
from congress_app.exemplars.publishing import Purpose
from congress_app.kernel.sentences import Sentence

Keeper = Callable[[int], Sentence | None]

_keepers: dict[str, Keeper] = {}


def holds_back(query: Keeper) -> Keeper:
    """Ask this query of a later chapter too before anything is published; its sentence refuses."""
    _keepers[f"{query.__module__}.{query.__qualname__}"] = query
    return query


def held_back(row: Exemplar) -> Sentence | None:
    """Why nothing of the exemplar may be published; None when it may."""
    told = (keeper(row.id) for keeper in _keepers.values())
    return next((sentence for sentence in told if sentence is not None), None)


def given(row: Exemplar) -> list[Purpose]:
    """What the person agreed to and did not take back."""
    return [purpose for purpose in Purpose if paper_of(row, purpose) is not None]


def paper_of(row: Exemplar, purpose: Purpose) -> str | None:
    """The paper by which the person agreed to this; None when he did not."""
    return row.story_consent if purpose is Purpose.STORY else row.photo_consent
