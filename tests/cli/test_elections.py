"""`elections count` as other programs meet it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from flask.testing import FlaskCliRunner

COUNT: dict[str, Any] = {
    "seats": 1,
    "base": "valid",
    "issued": 100,
    "collected": 98,
    "valid": 95,
    "invalid": 3,
    "candidates": [
        {"id": "A", "name": "Nguyễn An", "birth_year": 1980, "votes": 60},
        {"id": "B", "name": "Nguyễn An", "birth_year": 1975, "votes": 35},
    ],
}
TIE = {
    **COUNT,
    "seats": 3,
    "candidates": [{"id": code, "votes": 50} for code in "ABCD"],
}


def run(runner: FlaskCliRunner, path: Path, body: object, *options: str) -> tuple[int, Any, str]:
    """Exit code, the document on stdout and what stands on stderr."""
    path.write_text(json.dumps(body), "utf-8")
    result = runner.invoke(args=["elections", "count", str(path), "--format", "json", *options])
    return result.exit_code, json.loads(result.stdout), result.stderr


def test_a_result_ends_with_0(runner: FlaskCliRunner, tmp_path: Path) -> None:
    code, body, errors = run(runner, tmp_path / "a.json", COUNT)
    assert (code, body["elected"], body["state"], errors) == (0, ["A"], "complete", "")
    assert list(body) == [
        "threshold",
        "elected",
        "tied",
        "vacant",
        "ranking",
        "state",
        "explanation",
    ]
    assert body["explanation"][1] == (
        "Nguyễn An (sinh 1980): 60/95 phiếu (63,2 %), thứ 1: trúng cử."
    )


def test_a_shortfall_is_a_result_too(runner: FlaskCliRunner, tmp_path: Path) -> None:
    code, body, _ = run(runner, tmp_path / "a.json", {**COUNT, "seats": 2})
    assert (code, body["vacant"], body["state"]) == (0, 1, "shortfall")


def test_a_tie_is_told_and_ends_with_3(runner: FlaskCliRunner, tmp_path: Path) -> None:
    code, body, _ = run(runner, tmp_path / "a.json", TIE)
    assert (code, body["tied"], body["state"]) == (
        3,
        {"codes": ["A", "B", "C", "D"], "seats": 3},
        "tie",
    )


def test_impossible_totals_end_with_3(runner: FlaskCliRunner, tmp_path: Path) -> None:
    code, body, errors = run(runner, tmp_path / "dem.json", {**COUNT, "invalid": 4, "issued": 1})
    assert (code, body["error"]["code"]) == (3, "COLLECTED_OVER_ISSUED")
    assert [detail["code"] for detail in body["error"]["details"]] == [
        "COLLECTED_OVER_ISSUED",
        "VALID_PLUS_INVALID",
    ]
    assert "dem.json: " in errors


def test_an_unreadable_file_ends_with_2(runner: FlaskCliRunner, tmp_path: Path) -> None:
    code, body, _ = run(runner, tmp_path / "a.json", [])
    assert (code, body["error"]["code"]) == (2, "unreadable_file")
    result = runner.invoke(args=["elections", "count", str(tmp_path / "no"), "--format=json"])
    assert (result.exit_code, json.loads(result.stdout)["error"]["code"]) == (2, "unreadable_file")


def test_people_get_lines(runner: FlaskCliRunner, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(COUNT), "utf-8")
    result = runner.invoke(args=["elections", "count", str(path)])
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == (
        "Tính trên số phiếu hợp lệ: 95. Quá nửa của 95 là từ 48 phiếu trở lên."
    )
