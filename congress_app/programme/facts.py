"""Sessions, items and speeches as typed, before they are rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time


@dataclass(frozen=True)
class SessionFacts:
    """A session as typed."""

    kind: str
    title: str
    hall: str | None
    starts_at: datetime
    doors_open_at: datetime
    doors_close_at: datetime
    allows_reentry: bool = True
    # None: all categories.
    categories: list[str] | None = None


@dataclass(frozen=True)
class ItemFacts:
    """An item as typed."""

    kind: str
    title: str
    minutes: int
    pinned_at: datetime | None = None
    presenter: str | None = None
    script: str | None = None
    speech_id: int | None = None
    # The election whose result it announces.
    announces_id: int | None = None
    # Beside the items after it, taking no time of the line.
    parallel: bool = False


@dataclass(frozen=True)
class SpeechFacts:
    """A speech as typed."""

    title: str
    unit_id: int | None
    delegate_id: int | None
    kind: str
    field: str | None
    minutes: int
    summary: str | None = None
    region: str | None = None
    topic: str | None = None
    # When the speaker is there, by the clock at the venue.
    available_from: time | None = None
    available_until: time | None = None
    # Whose model it tells.
    exemplar_id: int | None = None
