"""Consents to publish on the row of an exemplar: written, and ended, in one way."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from congress_app.exemplars.publishing import Purpose, may_publish


class Row(Protocol):
    """What consents are written to."""

    kind: str
    is_public: bool
    story_consent: str | None
    story_consent_at: datetime | None
    story_consent_by: str | None
    photo_consent: str | None
    photo_consent_at: datetime | None
    photo_consent_by: str | None


def write(row: Row, purpose: Purpose, paper: str | None, when: datetime | None, who: str) -> None:
    """The paper a consent stands on, who recorded it and when; None: there is none."""
    told = (paper, when if paper else None, who if paper else None)
    if purpose is Purpose.STORY:
        row.story_consent, row.story_consent_at, row.story_consent_by = told
    else:
        row.photo_consent, row.photo_consent_at, row.photo_consent_by = told


def end(row: Row) -> None:
    """No consent any more, and nothing shown that needs one."""
    for purpose in Purpose:
        write(row, purpose, None, None, "")
    row.is_public = row.is_public and may_publish(row)
