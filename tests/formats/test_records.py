"""A record answers for blank cells and absent columns alike."""

from __future__ import annotations

from datetime import date

from congress_app.formats.faults import Fault
from congress_app.formats.records import Record
from congress_app.kernel.sentences import Sentence

RECORD = Record(
    9, {"name": "Lê Ý", "birth": date(1980, 2, 1)}, {"name": "B", "birth": "C", "sex": "D"}
)


def test_values_texts_and_blanks() -> None:
    assert RECORD.has("name")
    assert not RECORD.has("sex")
    assert RECORD.value("birth") == date(1980, 2, 1)
    assert RECORD.value("phone") is None
    assert [RECORD.text(key) for key in ("name", "birth", "sex")] == ["Lê Ý", "01/02/1980", ""]


def test_a_fault_stands_at_the_cell() -> None:
    sentence = Sentence("Ngày sinh sau hôm nay.")
    assert RECORD.fault("birth", "bad_date", sentence) == Fault(
        9, "C", "01/02/1980", "bad_date", sentence
    )
    assert RECORD.fault("phone", "bad_phone", sentence).column == ""
