"""Decide what a batch of registrations does to a congress, before anything is written.

One registration from a form and ten thousand rows of a sheet take this same way, so a
rule cannot hold on one path and fail on the other. Values in, a plan out; nothing here
reads or writes a table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from congress_app.delegates import credentials, duplicates
from congress_app.delegates.book import (
    NEW_PERSON,
    STALE_ANSWER,
    Act,
    Book,
    Candidate,
    Entry,
    Held,
    Plan,
    Problem,
    Step,
)
from congress_app.delegates.credentials import ACTIVE, Finding, Place
from congress_app.delegates.duplicates import Likeness, Match
from congress_app.delegates.merging import merge, overlay
from congress_app.delegates.registration import Registration
from congress_app.kernel.sentences import N_, Sentence

ANSWER_STALE = N_(
    "Câu hỏi về “{name}” đã cũ: người bạn chọn không nằm trong những người đang được hỏi. "
    "Chưa ghi gì. Hãy xem lại và chọn lại."
)


def plan(entries: Sequence[Entry], book: Book, accepted: Mapping[int, int] | None = None) -> Plan:
    """Decide every entry.

    `accepted` maps a row to the person it is (`NEW_PERSON`: somebody new) where the
    likeness of names leaves the question open; only one of those offered for the row counts,
    any other number is asked about anew. The same name, birth date and unit is always the
    same person, so a sheet sent twice changes nothing the second time.
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
            offered = duplicates.offered(self.book.people.matches(facts, key))
            person_id = self._who(entry, offered)
            earlier = self.named.setdefault(key, [])
            if self._is_stale(entry, offered):
                problem: Problem | None = self._ask_anew(index, entry, offered)
            else:
                problem = self._twice(index, entry, person_id, earlier)
            if problem is None and person_id is None and offered and not self._is_new(entry):
                problem = self._ask(index, entry, offered)
            earlier.append((entry, person_id))
            if problem is not None:
                self.decided.problems.append(problem)
                continue
            if person_id is not None:
                self.used[person_id] = entry
            self.decided.steps.append(self._step(index, entry, person_id))

    def _who(self, entry: Entry, offered: Sequence[Match]) -> int | None:
        answer = self.accepted.get(entry.row, NEW_PERSON)
        if any(match.person.id == answer for match in offered):
            return answer
        certain = offered and offered[0].likeness is Likeness.SAME
        return offered[0].person.id if certain else None

    def _is_stale(self, entry: Entry, offered: Sequence[Match]) -> bool:
        """Was somebody named whom nothing offers for this entry (any more)?"""
        answer = self.accepted.get(entry.row, NEW_PERSON)
        return answer != NEW_PERSON and all(match.person.id != answer for match in offered)

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
            likeness = duplicates.compare_namesakes(
                entry.registration.person, earlier.registration.person
            )
            if likeness is Likeness.SAME:
                return _repeated(index, earlier, entry)
            told_apart = person_id is not None and earlier_id is not None
            if likeness in (Likeness.ACCENTS, Likeness.BIRTH) and not (
                told_apart or self._is_new(entry)
            ):
                return _alike(index, earlier, entry)
        return None

    def _candidates(self, offered: Sequence[Match]) -> tuple[Candidate, ...]:
        names = self.book.unit_names
        return tuple(
            Candidate(
                match.person.id,
                duplicates.describe(match, names.get(match.person.facts.unit_id or 0)),
            )
            for match in offered
        )

    def _ask_anew(self, index: int, entry: Entry, offered: Sequence[Match]) -> Problem:
        sentence = Sentence(ANSWER_STALE, name=entry.registration.person.full_name)
        return Problem(index, STALE_ANSWER, sentence, True, self._candidates(offered))

    def _ask(self, index: int, entry: Entry, offered: Sequence[Match]) -> Problem:
        candidates = self._candidates(offered)
        sentence = Sentence(
            N_(
                "“{name}” có thể là người đã lưu: {stored}. Nếu là một người, hãy chọn người "
                "đó; nếu là người khác, hãy xác nhận là người khác."
            ),
            name=entry.registration.person.full_name,
            stored=candidates[0].sentence,
        )
        return Problem(index, "duplicate_in_database", sentence, True, candidates)

    def _step(self, index: int, entry: Entry, person_id: int | None) -> Step:
        asked = entry.registration
        if person_id is None:
            delegation_id = self.book.delegation_id(asked.person)
            return Step(index, Act.CREATE, asked.person, asked, delegation_id)
        known = self.book.people.by_id(person_id)
        before = known.facts if known else asked.person
        person = overlay(before, asked.person)
        held = self.book.held.get(person_id)
        merged = asked
        if held is not None:
            merged = merge(held, replace(asked, person=person), self.book.open_priorities)
        delegation_id = self.book.delegation_id(person)
        if held is None:
            act = Act.JOIN
        elif person != before or _differs(held, merged, delegation_id):
            act = Act.UPDATE
        else:
            act = Act.KEEP
        return Step(index, act, person, merged, delegation_id, person_id, held, before)


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
    return Problem(index, "duplicate_in_file", sentence, answerable=True)


def _differs(held: Held, merged: Registration, delegation_id: int | None) -> bool:
    before = (held.category, held.grounds, held.field, held.priorities, held.note)
    after = (merged.category, merged.grounds, merged.field, merged.priorities, merged.note)
    return before != after or held.delegation_id != delegation_id


def _check_room(book: Book, decided: Plan) -> None:
    """Ask cap and quotas for all places that the steps fill anew, in their order."""
    places: list[Place] = []
    indexes: list[int] = []
    for step in decided.steps:
        place = Place(step.registration.category, step.delegation_id)
        if step.held is not None:
            before = Place(step.held.category, step.held.delegation_id)
            if step.held.state not in ACTIVE or before == place:
                continue
            book = book.vacated(before)
        places.append(place)
        indexes.append(step.index)
    decided.problems.extend(
        Problem(indexes[finding.index], finding.code, finding.sentence)
        for finding in room(places, book)
    )


def room(places: Sequence[Place], book: Book) -> list[Finding]:
    """Caps and quotas that filling these further places would exceed."""
    quotas = {p.delegation_id: book.quota(p.delegation_id) for p in places}
    binding = {unit_id: quota for unit_id, quota in quotas.items() if quota is not None}
    return credentials.check(places, book.cap, binding if book.seats is not None else None)
