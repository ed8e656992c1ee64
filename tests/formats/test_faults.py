"""A fault as it is kept and as it goes outside."""

from __future__ import annotations

from datetime import date

from congress_app.formats.faults import FAULT_CODES, Fault, fault_at, missing_value
from congress_app.kernel.sentences import Sentence


def test_a_fault_goes_outside_in_the_agreed_shape() -> None:
    fault = fault_at(7, 27, date(1980, 2, 1), "bad_date", Sentence("Ngày {day}.", day="01/02"))
    assert fault == Fault(7, "AB", "01/02/1980", "bad_date", Sentence("Ngày {day}.", day="01/02"))
    assert fault.as_dict(lambda text: text.replace("Ngày", "Day")) == {
        "row": 7,
        "column": "AB",
        "value": "01/02/1980",
        "code": "bad_date",
        "message": "Day 01/02.",
    }


def test_a_blank_required_cell_is_named_by_address_and_header() -> None:
    fault = missing_value(12, "C", "Ngày sinh")
    assert fault.as_dict() == {
        "row": 12,
        "column": "C",
        "value": "",
        "code": "missing_value",
        "message": "Ô C12 bỏ trống: cần điền “Ngày sinh”.",
    }


def test_each_code_is_told_once() -> None:
    assert len(set(FAULT_CODES)) == len(FAULT_CODES)


def test_of_a_long_value_the_beginning_is_told() -> None:
    told = [
        fault_at(1, 0, "ă" * length, "bad_value", Sentence("Sai.")).value for length in (200, 201)
    ]
    assert told == ["ă" * 200, "ă" * 199 + "…"]
