"""Decide what a batch of registrations does to a congress, before anything is written.

One registration from a form and ten thousand rows of a sheet take this same way, so a
rule cannot hold on one path and fail on the other. Values in, a plan out; nothing here
reads or writes a table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from congress_app.delegates import credentials, duplicates
from congress_app.delegates.credentials import ACTIVE, CapStatus, Place, Quota
from congress_app.delegates.delegations import delegation_of
from congress_app.delegates.duplicates import Likeness, Match, People
from congress_app.delegates.registration import GroundFacts, PersonFacts, Registration
from congress_app.kernel.partial_date import PartialDate
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import fold

_PRECISION = {"year": 0, "month": 1, "day": 2}

# Answers to "is this the stored person?": a person's number, or somebody new.
NEW_PERSON = 0


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
    unit_paths: Mapping[int, str] = field(default_factory=dict)
    unit_names: Mapping[int, str] = field(default_factory=dict)

    def delegation_id(self, facts: PersonFacts) -> int | None:
        """Whose delegation the person belongs to."""
        path = self.unit_paths.get(facts.unit_id) if facts.unit_id is not None else None
        return delegation_of(path, self.congress_path)


class Act(StrEnum):
    """What is done with an entry."""

    CREATE = "create"  # a new person becomes a delegate
    JOIN = "join"  # a stored person becomes a delegate
    UPDATE = "update"  # a delegate of this congress changes
    KEEP = "keep"  # nothing new


@dataclass(frozen=True, slots=True)
class Step:
    """One entry decided: who it is and what the person and the place will be."""

    index: int
    act: Act
    person: PersonFacts
    registration: Registration
    delegation_id: int | None
    person_id: int | None = None
    held: Held | None = None
    person_changed: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an entry cannot be written; `matches` are stored persons to choose from."""

    index: int
    code: str
    sentence: Sentence
    matches: tuple[Match, ...] = ()


@dataclass
class Plan:
    """All entries decided, and what stands in the way."""

    steps: list[Step] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def count(self, *acts: Act) -> int:
        """How many entries end in one of the acts."""
        return sum(step.act in acts for step in self.steps)


def plan(entries: Sequence[Entry], book: Book, accepted: Mapping[int, int] | None = None) -> Plan:
    """Decide every entry.

    `accepted` maps a row to the person it is (`NEW_PERSON`: somebody new) where the
    likeness of names leaves the question open. The same name, birth date and unit is
    always the same person, so a sheet sent twice changes nothing the second time.
    """
    decided = Plan()
    _Decider(book, accepted or {}, decided).run(entries)
    _check_room(book, decided)
    decided.problems.sort(key=lambda problem: problem.index)
    return decided


class _Decider:
    """Walks the entries once; remembers whom the file has named already."""

    def __init__(self, book: Book, accepted: Mapping[int, int], decided: Plan) -> None:
        self.book = book
        self.accepted = accepted
        self.decided = decided
        self.named: dict[str, list[tuple[Entry, int | None]]] = {}
        self.used: dict[int, Entry] = {}

    def run(self, entries: Sequence[Entry]) -> None:
        for index, entry in enumerate(entries):
            facts = entry.registration.person
            key = duplicates.loose_name_key(facts.full_name)
            matches = self.book.people.matches(facts, key)
            person_id = self._who(entry, matches)
            earlier = self.named.setdefault(key, [])
            problem = self._twice(index, entry, person_id, earlier)
            if problem is None and person_id is None and matches and not self._is_new(entry):
                problem = self._ask(index, entry, matches)
            earlier.append((entry, person_id))
            if problem is not None:
                self.decided.problems.append(problem)
                continue
            if person_id is not None:
                self.used[person_id] = entry
            self.decided.steps.append(self._step(index, entry, person_id))

    def _who(self, entry: Entry, matches: Sequence[Match]) -> int | None:
        if matches and matches[0].likeness is Likeness.SAME:
            return matches[0].person.id
        answer = self.accepted.get(entry.row, NEW_PERSON)
        return answer if self.book.people.by_id(answer) is not None else None

    def _is_new(self, entry: Entry) -> bool:
        return self.accepted.get(entry.row) == NEW_PERSON

    def _twice(
        self,
        index: int,
        entry: Entry,
        person_id: int | None,
        namesakes: Sequence[tuple[Entry, int | None]],
    ) -> Problem | None:
        if person_id is not None and person_id in self.used:
            return _repeated(index, self.used[person_id], entry)
        for earlier, earlier_id in namesakes:
            likeness = duplicates.compare(entry.registration.person, earlier.registration.person)
            if likeness is Likeness.SAME:
                return _repeated(index, earlier, entry)
            told_apart = person_id is not None and earlier_id is not None
            if likeness in (Likeness.ACCENTS, Likeness.BIRTH) and not (
                told_apart or self._is_new(entry)
            ):
                return _alike(index, earlier, entry)
        return None

    def _ask(self, index: int, entry: Entry, matches: Sequence[Match]) -> Problem:
        unit_id = matches[0].person.facts.unit_id
        unit_name = self.book.unit_names.get(unit_id) if unit_id is not None else None
        return Problem(
            index,
            "duplicate_in_database",
            Sentence(
                N_(
                    "“{name}” có thể là người đã lưu: {stored}. Nếu là một người, hãy chọn người "
                    "đó; nếu là người khác, hãy xác nhận là người khác."
                ),
                name=entry.registration.person.full_name,
                stored=duplicates.describe(matches[0], unit_name),
            ),
            tuple(matches),
        )

    def _step(self, index: int, entry: Entry, person_id: int | None) -> Step:
        asked = entry.registration
        if person_id is None:
            delegation_id = self.book.delegation_id(asked.person)
            return Step(index, Act.CREATE, asked.person, asked, delegation_id)
        known = self.book.people.by_id(person_id)
        before = known.facts if known else asked.person
        person = overlay(before, asked.person)
        held = self.book.held.get(person_id)
        merged = asked if held is None else merge(held, replace(asked, person=person))
        delegation_id = self.book.delegation_id(person)
        changed = person != before
        if held is None:
            act = Act.JOIN
        else:
            act = Act.UPDATE if changed or _differs(held, merged, delegation_id) else Act.KEEP
        return Step(index, act, person, merged, delegation_id, person_id, held, changed)


def _repeated(index: int, earlier: Entry, entry: Entry) -> Problem:
    sentence = Sentence(
        N_("“{name}” đã có ở dòng {row} của tệp này. Hãy bỏ một trong hai dòng."),
        name=entry.registration.person.full_name,
        row=earlier.row,
    )
    return Problem(index, "duplicate_in_file", sentence)


def _alike(index: int, earlier: Entry, entry: Entry) -> Problem:
    sentence = Sentence(
        N_(
            "“{name}” rất giống “{other}” ở dòng {row} của tệp này. Hãy bỏ một trong hai dòng, "
            "hoặc xác nhận là người khác."
        ),
        name=entry.registration.person.full_name,
        other=earlier.registration.person.full_name,
        row=earlier.row,
    )
    return Problem(index, "duplicate_in_file", sentence)


def overlay(stored: PersonFacts, asked: PersonFacts) -> PersonFacts:
    """The stored person with what the registration knows better.

    Blank never erases. A name that differs only by case or accents is taken over when it
    brings accents; a birth date when it is as exact or more.
    """
    given = {
        name: value
        for name in PersonFacts.__slots__
        if (value := getattr(asked, name)) is not None and name not in ("full_name", "birth")
    }
    merged = replace(stored, **given)
    if asked.unit_id is not None:
        merged = replace(merged, organisation=None)
    same_name = duplicates.name_key(stored.full_name) == duplicates.name_key(asked.full_name)
    if not same_name and fold(asked.full_name) != asked.full_name.casefold():
        merged = replace(merged, full_name=asked.full_name)
    if asked.birth is not None and not _is_vaguer(asked.birth, stored.birth):
        merged = replace(merged, birth=asked.birth)
    return merged


def _is_vaguer(asked: PartialDate, stored: PartialDate | None) -> bool:
    """True when the stored date says the same and more."""
    if stored is None or not stored.agrees_with(asked):
        return False
    return _PRECISION[asked.precision] < _PRECISION[stored.precision]


def merge(held: Held, asked: Registration) -> Registration:
    """The place with what the registration adds: the category asked for, all grounds kept."""
    known = {_ground_key(ground) for ground in held.grounds}
    added = tuple(ground for ground in asked.grounds if _ground_key(ground) not in known)
    return Registration(
        person=asked.person,
        category=asked.category,
        grounds=(*held.grounds, *added),
        field=asked.field or held.field,
        priorities=asked.priorities or held.priorities,
        note=asked.note or held.note,
    )


def _ground_key(ground: GroundFacts) -> str:
    return ground.code or fold(ground.text)


def _differs(held: Held, merged: Registration, delegation_id: int | None) -> bool:
    before = (held.category, held.grounds, held.field, held.priorities, held.note)
    after = (merged.category, merged.grounds, merged.field, merged.priorities, merged.note)
    return before != after or held.delegation_id != delegation_id


def _check_room(book: Book, decided: Plan) -> None:
    """Ask cap and quotas for all places that the steps fill anew, in their order."""
    cap, elected = book.cap, dict(book.elected)
    places: list[Place] = []
    indexes: list[int] = []
    for step in decided.steps:
        place = Place(step.registration.category, step.delegation_id)
        held = step.held
        if held is not None:
            before = Place(held.category, held.delegation_id)
            if held.state not in ACTIVE or before == place:
                continue
            cap = cap.without(before)
            if before.category == "elected":
                elected[before.delegation_id] = elected.get(before.delegation_id, 0) - 1
        places.append(place)
        indexes.append(step.index)
    quotas = quotas_for(places, book, elected)
    for finding in credentials.check(places, cap, quotas):
        decided.problems.append(Problem(indexes[finding.index], finding.code, finding.sentence))


def quotas_for(
    places: Sequence[Place], book: Book, elected: Mapping[int | None, int]
) -> dict[int | None, Quota] | None:
    """The quota of every delegation the places name; None while none is in force."""
    if book.seats is None:
        return None
    return {
        delegation_id: Quota(
            book.unit_names.get(delegation_id or 0, "–"),
            book.seats.get(delegation_id or 0, 0),
            elected.get(delegation_id, 0),
        )
        for delegation_id in {place.delegation_id for place in places}
    }
