"""What a sheet did, as JSON that is read later."""

from __future__ import annotations

import json
from dataclasses import replace

from congress_app.delegates.book import Candidate
from congress_app.delegates.sheet_result import (
    ImportResult,
    Question,
    as_data,
    from_data,
)
from congress_app.formats.faults import Fault
from congress_app.jobs.sheet_result import KEPT_FAULTS
from congress_app.kernel.sentences import Sentence

FAULT = Fault(3, "C", "x", "bad_date", Sentence("“{value}” sai", value="x"))
ASKED = Fault(4, "B", "Lê Hoà", "duplicate_in_database", Sentence("là ai?"))
QUESTION = Question(4, "Lê Hoà", Sentence("là ai?"), (Candidate(7, Sentence("“{n}”", n="Lê Hòa")),))


def test_it_comes_back_as_it_was() -> None:
    result = ImportResult(
        5, 2, 1, (FAULT, ASKED), (QUESTION,), (Sentence("bỏ qua cột K"),), False, 2, 3
    )
    kept = json.loads(json.dumps(as_data(result)))
    assert from_data(kept) == result
    del kept["corrected"]
    assert from_data(kept) == replace(result, planned_corrected=0)


def test_with_a_fault_nothing_counts_as_done() -> None:
    result = ImportResult(5, 2, 1, (FAULT,), fault_count=1, planned_corrected=2)
    assert (result.created, result.updated, result.unchanged, result.corrected) == (0, 0, 0, 0)
    assert result.as_dict() == {
        "created": 0,
        "updated": 0,
        "unchanged": 0,
        "corrected": 0,
        "faults": [
            {"row": 3, "column": "C", "value": "x", "code": "bad_date", "message": "“x” sai"}
        ],
    }


def test_decisions_alone_can_settle_questions_only() -> None:
    assert ImportResult(faults=(ASKED,), questions=(QUESTION,), fault_count=1).only_questions
    both = ImportResult(faults=(FAULT, ASKED), questions=(QUESTION,), fault_count=2)
    assert not both.only_questions
    assert not ImportResult().only_questions


def test_a_flood_of_faults_is_cut_and_counted() -> None:
    many = ImportResult(faults=(FAULT,) * (KEPT_FAULTS + 5), fault_count=KEPT_FAULTS + 5)
    kept = from_data(as_data(many))
    assert (len(kept.faults), kept.fault_count) == (KEPT_FAULTS, KEPT_FAULTS + 5)
