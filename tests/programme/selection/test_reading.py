"""Selection files, good and bad."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest

from congress_app.kernel.errors import Unreadable
from congress_app.programme.selection.answer import problem_as_data
from congress_app.programme.selection.reading import read_problem
from tests.programme.selection.problems import EXAMPLE
from tests.programme.selection.test_deciding import problem_of


def faults(body: object) -> list[tuple[Any, ...]]:
    with pytest.raises(Unreadable) as raised:
        read_problem(json.dumps(body).encode(), "t.json")
    return [
        (each["code"], each["row"], each["column"], each["value"])
        for each in raised.value.details
        if isinstance(each, dict)
    ]


def test_numbers_are_read_as_written() -> None:
    problem = problem_of(EXAMPLE)
    assert problem.shares == {"women": Fraction(3, 10), "individual": Fraction(0)}
    assert [offer.id for offer in problem.offers] == ["1", "2", "3", "4", "5"]


def test_a_stored_problem_reads_back_the_same() -> None:
    problem = problem_of(EXAMPLE)
    stored = json.dumps(problem_as_data(problem)).encode()
    assert read_problem(stored, "run") == problem


def test_every_fault_is_named_with_its_place() -> None:
    body = EXAMPLE | {
        "budget_minutes": -1,
        "max_per_unit": "x",
        "min_share": {"women": 1.5, "young": 0.1},
        "min": {"colour": {"red": 1}, "field": {"VH": -1}},
        "locked_in": ["9"],
        "speeches": [
            {"id": "1", "minutes": "a", "score": None, "sex": "X"},
            {"id": "1", "minutes": 1, "score": 0.0000001, "kind": "choir"},
            "speech",
            {"minutes": 1, "score": 1},
        ],
    }
    assert sorted(faults(body)) == sorted(
        [
            ("bad_number", 1, "minutes", "a"),
            ("missing_value", 1, "score", ""),
            ("bad_value", 1, "sex", "X"),
            ("duplicate_in_file", 2, "id", "1"),
            ("bad_number", 2, "score", "1E-7"),
            ("bad_value", 2, "kind", "choir"),
            ("bad_value", 3, "speeches", "speech"),
            ("missing_value", 4, "id", ""),
            ("bad_number", 0, "budget_minutes", "-1"),
            ("bad_number", 0, "max_per_unit", "x"),
            ("bad_number", 0, "min_share.women", "1.5"),
            ("bad_value", 0, "min_share.young", "young"),
            ("bad_value", 0, "min.colour", "colour"),
            ("bad_number", 0, "min.field.VH", "-1"),
            ("bad_value", 0, "locked_in", "9"),
        ]
    )


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"\xff\xfe{}", b'{"budget_minutes": NaN}', b"[" * 100_000]
)
def test_what_is_no_json_object_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable) as raised:
        read_problem(data, "t.json")
    assert raised.value.code == "unreadable_file"


def test_what_is_missing_is_named() -> None:
    assert faults({}) == [
        ("missing_value", 0, "speeches", ""),
        ("missing_value", 0, "budget_minutes", ""),
    ]
