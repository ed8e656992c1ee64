from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given

from congress_app.elections.count import Count, Mode
from congress_app.elections.count_file import answer, load, read, to_json
from congress_app.elections.tally import decide
from congress_app.kernel.errors import RuleViolation, Unreadable
from tests.elections.rounds import counts, thorough

FILE: dict[str, Any] = {
    "seats": 3,
    "base": "valid",
    "mode": "secret",
    "convened": 300,
    "absent_throughout": 0,
    "absent_replaced": 0,
    "present": 298,
    "issued": 300,
    "collected": 298,
    "valid": 295,
    "invalid": 3,
    "keeps": {"1": 20, "2": 40, "3": 235},
    "candidates": [
        {"id": "A", "name": "Nguyễn Văn An", "birth_year": 1980, "votes": 260},
        {"id": "B", "name": "Trần Thị Bình", "birth_year": 1975, "votes": 250},
        {"id": "C", "name": "Lê Chi", "birth_year": 1982, "votes": 148},
        {"id": "D", "name": "Phạm Dũng", "votes": 147},
    ],
}


def changed(**changes: Any) -> dict[str, Any]:
    """The file with other values; `votes_A=…` changes a candidate's."""
    body = deepcopy(FILE)
    for name, value in changes.items():
        if name.startswith("votes_"):
            place = "ABCD".index(name.removeprefix("votes_"))
            body["candidates"][place]["votes"] = value
        else:
            body[name] = value
    return body


def without(*names: str) -> dict[str, Any]:
    return {name: value for name, value in deepcopy(FILE).items() if name not in names}


def refused(body: dict[str, Any]) -> tuple[str, list[str]]:
    with pytest.raises(RuleViolation) as caught:
        load(json.dumps(body).encode(), "kiem-phieu.json")
    assert str(caught.value.sentence).startswith("kiem-phieu.json: ")
    return caught.value.code, [detail["code"] for detail in caught.value.details]  # type: ignore[index,call-overload]


def unreadable(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        load(data, "kiem-phieu.json")
    assert "kiem-phieu.json" in str(caught.value)
    return caught.value.code


def test_the_answer_has_the_agreed_shape() -> None:
    found = answer(decide(load(json.dumps(FILE).encode("utf-8-sig"), "x.json")))
    assert found == {
        "threshold": 148,
        "elected": ["A", "B", "C"],
        "tied": None,
        "vacant": 0,
        "ranking": [
            {"id": "A", "votes": 260, "percent": 88.1, "rank": 1, "elected": True},
            {"id": "B", "votes": 250, "percent": 84.7, "rank": 2, "elected": True},
            {"id": "C", "votes": 148, "percent": 50.2, "rank": 3, "elected": True},
            {"id": "D", "votes": 147, "percent": 49.8, "rank": 4, "elected": False},
        ],
        "state": "complete",
        "explanation": [
            "Tính trên số phiếu hợp lệ: 295. Quá nửa của 295 là từ 148 phiếu trở lên.",
            "Nguyễn Văn An: 260/295 phiếu (88,1 %), thứ 1: trúng cử.",
            "Trần Thị Bình: 250/295 phiếu (84,7 %), thứ 2: trúng cử.",
            "Lê Chi: 148/295 phiếu (50,2 %), thứ 3: trúng cử.",
            "Phạm Dũng: 147/295 phiếu (49,8 %), thứ 4: không trúng cử vì chưa được 148.",
        ],
    }


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (changed(issued=297), "COLLECTED_OVER_ISSUED"),
        (changed(invalid=4), "VALID_PLUS_INVALID"),
        (changed(votes_A=296, keeps=None), "VOTES_OVER_VALID"),
        (changed(seats=2, keeps=None), "VOTES_OVER_SEATS"),
        (changed(keeps={"1": 20, "2": 41, "3": 234}), "KEEPS_MISMATCH"),
        (changed(votes_A=10, votes_B=9, votes_C=8, votes_D=7, keeps=None), "VOTES_UNDER_VALID"),
        (changed(revote={"of": ["C", "D"]}), "REVOTE_MISMATCH"),
        (changed(absent_replaced=1), "REPLACED_OVER_ABSENT"),
        (changed(absent_throughout=301), "ABSENT_OVER_CONVENED"),
        (changed(candidates=[FILE["candidates"][0]] * 2, keeps=None), "DUPLICATE_CANDIDATE"),
    ],
)
def test_totals_that_cannot_be_true_are_refused(body: dict[str, Any], code: str) -> None:
    assert refused({"allow_empty": code == "DUPLICATE_CANDIDATE", **body}) == (code, [code])


@pytest.mark.parametrize("value", [-1, 1.5, 260.0, "260", None, True, [1]])
def test_what_is_no_count_is_refused_wherever_it_stands(value: Any) -> None:
    assert refused(changed(votes_A=value)) == ("NOT_A_COUNT", ["NOT_A_COUNT"])
    assert refused(changed(valid=value, votes_B=value))[1] == ["NOT_A_COUNT"] * 2


def test_no_seat_is_no_count_of_seats() -> None:
    assert refused(changed(seats=0)) == ("NOT_A_COUNT", ["NOT_A_COUNT"])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"{", "unreadable_file"),
        (b"\xff\xfe", "unreadable_file"),
        (b"[1]", "unreadable_file"),
        (b"[" * 100_000, "unreadable_file"),
        (b'{"seats": 1, "seats": 2}', "unreadable_file"),
        (json.dumps(without("seats")).encode(), "missing_value"),
        (json.dumps(without("base")).encode(), "missing_value"),
        (json.dumps(without("valid")).encode(), "missing_value"),
        (json.dumps(changed(base="issued", candidates=[{"id": "A"}])).encode(), "missing_value"),
        (json.dumps(changed(base="half")).encode(), "bad_value"),
        (json.dumps(changed(mode=["secret"])).encode(), "bad_value"),
        (json.dumps(changed(tie_rule="lot")).encode(), "bad_value"),
        (json.dumps(changed(candidates={"A": 3})).encode(), "bad_value"),
        (json.dumps(changed(candidates=[3])).encode(), "bad_value"),
        (json.dumps(changed(candidates=[{"id": "", "votes": 1}])).encode(), "bad_value"),
        (json.dumps(changed(keeps={"-1": 2})).encode(), "bad_value"),
        (json.dumps(changed(keeps={"1": 2, "01": 2})).encode(), "bad_value"),
        (json.dumps(changed(keeps=[1])).encode(), "bad_value"),
        (json.dumps(changed(revote=["C"])).encode(), "bad_value"),
        (json.dumps(changed(allow_empty=1)).encode(), "bad_value"),
        (
            json.dumps(changed(candidates=[{"id": "A", "votes": 1, "birth_year": 12}])).encode(),
            "bad_value",
        ),
    ],
)
def test_what_cannot_be_understood_is_unreadable(data: bytes, code: str) -> None:
    assert unreadable(data) == code


def test_a_total_the_file_does_not_tell_is_not_taken_for_nothing() -> None:
    count = read(without("issued", "collected", "invalid", "convened", "present"))
    assert decide(count).elected == ("A", "B", "C")


def test_hands_need_no_ballots() -> None:
    body: dict[str, Any] = {
        "seats": 1,
        "base": "valid",
        "mode": "show_of_hands",
        "present": 45,
        "candidates": [{"id": "A", "votes": 40, "against": 3, "other": 2}],
    }
    count = read(body)
    assert (count.mode, count.valid, count.issued, count.threshold) == (
        Mode.SHOW_OF_HANDS,
        45,
        45,
        23,
    )
    assert refused({**body, "present": 46}) == ("HANDS_MISMATCH", ["HANDS_MISMATCH"])
    assert refused({**body, "present": 39})[1] == ["VOTES_OVER_VALID", "HANDS_MISMATCH"]


def test_empty_ballots_are_allowed_when_the_file_says_so() -> None:
    body = changed(keeps=None, votes_A=90, votes_B=80, votes_C=70, votes_D=20)
    assert refused(body) == ("VOTES_UNDER_VALID", ["VOTES_UNDER_VALID"])
    assert read({**body, "allow_empty": True}).allow_empty is True


@thorough
@given(counts())
def test_a_written_count_is_read_as_it_was(count: Count) -> None:
    assert read(json.loads(json.dumps(to_json(count)))) == count
