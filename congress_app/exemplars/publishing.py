"""Whose story and photo may be shown outside the register.

Law on personal data 91/2025/QH15, article 16: to publish somebody's story or photo takes
consent, for each purpose by itself. A collective has no personal data, so its story needs
none; a photo shows people whoever it is of.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from congress_app.exemplars.facts import Kind
from congress_app.kernel.sentences import N_


class Purpose(StrEnum):
    """What a consent is given for."""

    STORY = "story"
    PHOTO = "photo"


PURPOSE_LABELS: dict[str, str] = {
    Purpose.STORY: N_("Công khai câu chuyện"),
    Purpose.PHOTO: N_("Công khai ảnh"),
}


class Publishable(Protocol):
    """What the rule needs of an exemplar; a consent is the paper it stands on."""

    kind: str
    is_public: bool
    story_consent: str | None
    photo_consent: str | None


def may_publish(one: Publishable) -> bool:
    """True when the story may be made public: the person agreed, or it is a collective."""
    return one.kind == Kind.COLLECTIVE or bool(one.story_consent)


def shows_story(one: Publishable) -> bool:
    """True when whatever shows stories may show this one: made public, and still allowed."""
    return one.is_public and may_publish(one)


def shows_photo(one: Publishable) -> bool:
    """True when the photo may stand beside the story."""
    return shows_story(one) and bool(one.photo_consent)
