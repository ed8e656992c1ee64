"""What a sheet did or would do, as a value and as JSON that is read later.

Sentences stay sentences, so that each reader gets his or her own language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from congress_app.delegates.book import Candidate
from congress_app.formats.faults import Fault
from congress_app.jobs.outcome import sentence_as_data, sentence_from_data
from congress_app.jobs.sheet_result import faults_as_data, faults_from_data
from congress_app.kernel.sentences import Sentence, Translator


@dataclass(frozen=True)
class Question:
    """A row that may name a stored person, or resembles another row: a person decides."""

    row: int
    name: str
    sentence: Sentence
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True)
class ImportResult:
    """What an import did, or would do; with a fault nothing is written.

    `planned_*` are the figures as they would be without the faults; `questions` are those
    faults that a decision can settle.
    """

    planned_created: int = 0
    planned_updated: int = 0
    planned_unchanged: int = 0
    faults: tuple[Fault, ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[Sentence, ...] = ()
    written: bool = False
    # More than the faults listed when the list was cut.
    fault_count: int = 0
    # Stored persons who get other facts, among the created as among the updated.
    planned_corrected: int = 0

    @property
    def created(self) -> int:
        """New delegates; 0 when a fault stands in the way."""
        return 0 if self.faults else self.planned_created

    @property
    def updated(self) -> int:
        """Delegates that change; 0 when a fault stands in the way."""
        return 0 if self.faults else self.planned_updated

    @property
    def unchanged(self) -> int:
        """Rows that say nothing new; 0 when a fault stands in the way."""
        return 0 if self.faults else self.planned_unchanged

    @property
    def corrected(self) -> int:
        """Stored persons whose facts are overwritten; 0 when a fault stands in the way."""
        return 0 if self.faults else self.planned_corrected

    @property
    def only_questions(self) -> bool:
        """True when decisions alone can make the sheet fit."""
        return bool(self.questions) and self.fault_count == len(self.questions)

    @property
    def may_be_written(self) -> bool:
        """True when at most decisions are missing."""
        return not self.fault_count or self.only_questions

    def as_dict(self, translate: Translator = str) -> dict[str, Any]:
        """The shape commands print."""
        return {
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "corrected": self.corrected,
            "faults": [fault.as_dict(translate) for fault in self.faults],
        }


def as_data(result: ImportResult) -> dict[str, Any]:
    """The result as plain JSON values; faults beyond the first 2,000 are only counted."""
    return {
        "created": result.planned_created,
        "updated": result.planned_updated,
        "unchanged": result.planned_unchanged,
        "corrected": result.planned_corrected,
        "written": result.written,
        "fault_count": result.fault_count,
        "faults": faults_as_data(result.faults),
        "questions": [
            {
                "row": question.row,
                "name": question.name,
                "sentence": sentence_as_data(question.sentence),
                "candidates": [
                    [candidate.person_id, sentence_as_data(candidate.sentence)]
                    for candidate in question.candidates
                ],
            }
            for question in result.questions
        ],
        "notes": [sentence_as_data(note) for note in result.notes],
    }


def from_data(data: Mapping[str, Any]) -> ImportResult:
    """Read what `as_data` wrote."""
    return ImportResult(
        planned_created=data["created"],
        planned_updated=data["updated"],
        planned_unchanged=data["unchanged"],
        # A job of an earlier version did not count them.
        planned_corrected=data.get("corrected", 0),
        written=data["written"],
        fault_count=data["fault_count"],
        faults=faults_from_data(data["faults"]),
        questions=tuple(
            Question(
                item["row"],
                item["name"],
                sentence_from_data(item["sentence"]),
                tuple(
                    Candidate(person_id, sentence_from_data(sentence))
                    for person_id, sentence in item["candidates"]
                ),
            )
            for item in data["questions"]
        ),
        notes=tuple(sentence_from_data(note) for note in data["notes"]),
    )
