"""Whose story and photo may be shown."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from congress_app.exemplars.publishing import may_publish, shows_photo, shows_story


@dataclass
class One:
    kind: str = "individual"
    is_public: bool = True
    story_consent: str | None = "Đơn 1"
    photo_consent: str | None = "Đơn 2"


@pytest.mark.parametrize(
    ("one", "may", "story", "photo"),
    [
        (One(), True, True, True),
        (One(is_public=False), True, False, False),
        (One(story_consent=None), False, False, False),
        (One(photo_consent=None), True, True, False),
        (One("collective", story_consent=None, photo_consent=None), True, True, False),
        (One("collective", story_consent=None), True, True, True),
        (One("collective", is_public=False), True, False, False),
    ],
)
def test_each_purpose_needs_its_own_consent(one: One, may: bool, story: bool, photo: bool) -> None:
    assert (may_publish(one), shows_story(one), shows_photo(one)) == (may, story, photo)
