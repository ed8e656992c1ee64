"""What a paper is made from, as plain values read once from the earlier chapters.

Facts are frozen with an issued paper, so they are stored as JSON. None and empty tuples
mean "not known": a paper that needs them is not printed before they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from typing import Any


@dataclass(frozen=True)
class CongressFacts:
    """The congress itself and the unit that holds it."""

    name: str
    unit: str
    is_root: bool = False
    parent_unit: str = ""
    above: str = ""  # the congress its elected delegates go to
    seats_above: int | None = None  # how many it may elect there
    held_on: date | None = None
    starts_at: time | None = None
    duration: str = ""
    place: str = ""
    address: str = ""
    cap: int | None = None
    plan_document: str = ""
    lessons: str = ""
    attendance: int | None = None
    rules: str = ""
    source: str = ""
    period: tuple[int, int] | None = None


@dataclass(frozen=True)
class PersonRow:
    """One delegate; `ethnicity` and `party` stay None unless the reader may know them."""

    name: str
    number: int | None = None
    sex: str | None = None
    birth: str = ""
    birth_year: int | None = None
    position: str = ""
    unit: str = ""
    category: str = ""
    delegation: str = ""
    education: str = ""
    theory: str = ""
    honours: str = ""
    ground: str = ""
    ethnicity: str | None = None
    party: bool | None = None


@dataclass(frozen=True)
class QuotaRow:
    """The seats of one unit; `weight` as stored ("60", "30.5", "p/q")."""

    unit: str
    weight: str
    seats: int


@dataclass(frozen=True)
class ItemRow:
    """One item of the programme on the venue's clock."""

    session: str
    day: date
    starts: str
    ends: str
    minutes: int
    title: str
    presenter: str = ""
    script: str = ""
    kind: str = ""
    # Whom an award item honours: the names, and the lines as they are read out.
    honours: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()


# States of a speech that is heard.
CHOSEN_SPEECHES = ("selected", "scheduled", "delivered")


@dataclass(frozen=True)
class SpeechRow:
    """One speech."""

    title: str
    speaker: str = ""
    unit: str = ""
    minutes: int = 0
    state: str = ""


@dataclass(frozen=True)
class MemberRow:
    """A member of a committee, or a line typed by hand."""

    name: str
    position: str = ""
    role: str = ""


@dataclass(frozen=True)
class CandidateRow:
    """Somebody who stands; `votes` once they are counted."""

    name: str
    born: str = ""
    position: str = ""
    votes: int | None = None
    elected: bool = False


@dataclass(frozen=True)
class ElectionFacts:
    """One vote: how many to elect, who stands, and the figures of the count."""

    seats: int
    candidates: tuple[CandidateRow, ...]
    title: str = ""
    convened: int | None = None
    present: int | None = None
    issued: int | None = None
    collected: int | None = None
    valid: int | None = None
    invalid: int | None = None
    base_words: str = ""
    base: int | None = None  # of which more than half is needed
    threshold: int | None = None


@dataclass(frozen=True)
class Presence:
    """Convened, present and excused in the session that counts."""

    convened: int
    present: int
    excused: int = 0


@dataclass(frozen=True)
class CredentialTable:
    """One way of counting the delegates: label, convened, present, share in words."""

    title: str
    rows: tuple[tuple[str, int, int, str], ...]


@dataclass(frozen=True)
class CredentialFacts:
    """The credentials report as of the moment; guests are not examined."""

    convened: int
    present: int
    excused: int
    guests: int
    average_age: str
    youngest: str
    oldest: str
    unqualified: int
    pending: int
    tables: tuple[CredentialTable, ...]


@dataclass(frozen=True)
class SeatGroupRow:
    """Where one block or delegation sits in one hall ("A1-4, B2")."""

    hall: str
    group: str
    people: int
    seats: str


@dataclass(frozen=True)
class SeatRow:
    """Who sits on one seat."""

    hall: str
    seat: str
    name: str
    unit: str
    group: str


@dataclass(frozen=True)
class FigureRow:
    """One line of a table of figures."""

    label: str
    count: int


@dataclass(frozen=True)
class FigureTable:
    """Things counted once each, with the source that says how."""

    title: str
    source: str
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True)
class Facts:
    """Everything papers of one congress are made from; `people` are those called to it."""

    congress: CongressFacts
    people: tuple[PersonRow, ...] = ()
    quota: tuple[QuotaRow, ...] = ()
    items: tuple[ItemRow, ...] = ()
    speeches: tuple[SpeechRow, ...] = ()
    committees: Mapping[str, tuple[MemberRow, ...]] = field(default_factory=dict)
    election: ElectionFacts | None = None
    elected: tuple[PersonRow, ...] = ()  # who goes to the congress above
    presence: Presence | None = None
    credentials: CredentialFacts | None = None
    seat_groups: tuple[SeatGroupRow, ...] = ()
    seats: tuple[SeatRow, ...] = ()
    figures: tuple[FigureTable, ...] = ()  # of exemplars; only where a text asks for them


def to_json(facts: Facts) -> dict[str, Any]:
    """The facts as plain JSON values; dates as ISO texts."""
    plain: dict[str, Any] = _plain(asdict(facts))
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    return value
