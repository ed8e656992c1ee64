"""What a door is told about one scan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from congress_app.checkin.decision import BadgeFacts, Outcome, Reason
from congress_app.kernel.sentences import Sentence


@dataclass(frozen=True)
class DelegateCard:
    """What a door may see of a delegate: nothing sensitive, no phone, no birth date."""

    delegate_id: int
    number: int | None
    name: str
    position: str | None
    unit: str | None
    category: str
    seat: str | None = None
    has_photo: bool = False


@dataclass(frozen=True)
class KnownBadge:
    """A badge with its facts and the card of its delegate; without badge, admitted by hand."""

    badge_id: int | None
    badge_version: int | None
    facts: BadgeFacts
    card: DelegateCard


@dataclass(frozen=True)
class FirstSeen:
    """When and where the delegate came in before."""

    at: datetime | None
    gate: str | None


@dataclass(frozen=True)
class Answer:
    """One scan's verdict with everything the door shows."""

    uuid: str
    verdict: Outcome
    reason: Reason | None
    sentence: Sentence
    replayed: bool
    delegate: DelegateCard | None
    first_seen: FirstSeen | None
