"""Taking delegates in, as values: what is stored, what is asked, what is decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from congress_app.congresses.rulebook import Category
from congress_app.delegates.credentials import CapStatus, Place, Quota
from congress_app.delegates.delegations import delegation_of
from congress_app.delegates.duplicates import People
from congress_app.delegates.registration import GroundFacts, PersonFacts, Registration
from congress_app.kernel.sentences import Sentence

# Answers to "is this the stored person?": a person's number, or somebody new.
NEW_PERSON = 0
# An answer that names nobody of those offered for the entry: the question is put anew.
STALE_ANSWER = "stale_answer"


@dataclass(frozen=True, slots=True)
class Entry:
    """One registration; `row` is its row in the sheet, 0 of a form."""

    registration: Registration
    row: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """A place of this congress as stored."""

    id: int
    person_id: int
    category: str
    state: str
    delegation_id: int | None
    grounds: tuple[GroundFacts, ...] = ()
    field: str | None = None
    priorities: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True)
class Book:
    """What is stored about a congress: people who may be meant, places, cap and quotas.

    `unit_paths` and `unit_names` cover every unit that can be named; `seats` is None while
    no allocation is in force; `elected` counts places held by elected delegates of each
    delegation.
    """

    congress_path: str
    people: People
    held: Mapping[int, Held]  # by person
    cap: CapStatus
    seats: Mapping[int, int] | None = None
    elected: Mapping[int | None, int] = field(default_factory=dict)
    # Elected places given up in the same act, by delegation.
    freed: Mapping[int | None, int] = field(default_factory=dict)
    unit_paths: Mapping[int, str] = field(default_factory=dict)
    unit_names: Mapping[int, str] = field(default_factory=dict)
    # The priorities that everybody may read; the others are sensitive.
    open_priorities: frozenset[str] = frozenset()

    def delegation_id(self, facts: PersonFacts) -> int | None:
        """Whose delegation the person belongs to."""
        path = self.unit_paths.get(facts.unit_id) if facts.unit_id is not None else None
        return delegation_of(path, self.congress_path)

    def quota(self, delegation_id: int | None) -> Quota | None:
        """The delegation's seats and how many it holds; None while no quota binds.

        A delegation without a line in the allocation in force has no seat.
        """
        if self.seats is None:
            return None
        return Quota(
            self.unit_names.get(delegation_id or 0, "–"),
            self.seats.get(delegation_id or 0, 0),
            self.elected.get(delegation_id, 0),
            self.freed.get(delegation_id, 0),
        )

    def vacated(self, place: Place) -> Book:
        """The book as if one held place of this kind were free."""
        elected, freed = dict(self.elected), dict(self.freed)
        if place.category == Category.ELECTED:
            elected[place.delegation_id] = elected.get(place.delegation_id, 0) - 1
            freed[place.delegation_id] = freed.get(place.delegation_id, 0) + 1
        return replace(self, cap=self.cap.without(place), elected=elected, freed=freed)


class Act(StrEnum):
    """What is done with an entry."""

    CREATE = "create"  # a new person becomes a delegate
    JOIN = "join"  # a stored person becomes a delegate
    UPDATE = "update"  # a delegate of this congress changes
    KEEP = "keep"  # nothing new


@dataclass(frozen=True, slots=True)
class Step:
    """One entry decided: who it is and what the person and the place will be.

    `before`: the person as stored; None of somebody new.
    """

    index: int
    act: Act
    person: PersonFacts
    registration: Registration
    delegation_id: int | None
    person_id: int | None = None
    held: Held | None = None
    before: PersonFacts | None = None

    @property
    def person_changed(self) -> bool:
        """Are facts of a stored person corrected?"""
        return self.before is not None and self.before != self.person


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stored person an entry may mean, in words to decide by."""

    person_id: int
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an entry cannot be written.

    `answerable`: a person may decide that it is one of the `candidates`, or somebody new.
    """

    index: int
    code: str
    sentence: Sentence
    answerable: bool = False
    candidates: tuple[Candidate, ...] = ()


@dataclass
class Plan:
    """All entries decided, and what stands in the way."""

    steps: list[Step] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def count(self, *acts: Act) -> int:
        """How many entries end in one of the acts."""
        return sum(step.act in acts for step in self.steps)

    @property
    def corrected(self) -> int:
        """How many stored persons get other facts, whatever becomes of their place."""
        return sum(step.person_changed for step in self.steps)
