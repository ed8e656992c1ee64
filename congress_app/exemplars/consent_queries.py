"""What the person an exemplar is about agreed to."""

from __future__ import annotations

from congress_app.exemplars.models import Exemplar
from congress_app.exemplars.publishing import Purpose


def given(row: Exemplar) -> list[Purpose]:
    """What the person agreed to and did not take back."""
    return [purpose for purpose in Purpose if paper_of(row, purpose) is not None]


def paper_of(row: Exemplar, purpose: Purpose) -> str | None:
    """The paper by which the person agreed to this; None when he did not."""
    return row.story_consent if purpose is Purpose.STORY else row.photo_consent
