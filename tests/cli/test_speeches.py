"""`speeches select` as other programs meet it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskCliRunner

from tests.programme.selection.problems import EXAMPLE


def select(runner: FlaskCliRunner, path: Path, *more: str) -> tuple[int, Any]:
    ended = runner.invoke(args=["speeches", "select", str(path), "--format", "json", *more])
    return ended.exit_code, json.loads(ended.stdout)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "tham-luan.json"


def test_the_plan_comes_with_its_company(runner: FlaskCliRunner, file: Path) -> None:
    file.write_text(json.dumps(EXAMPLE | {"locked_out": ["1"]}))
    assert select(runner, file) == (
        0,
        {
            "chosen": ["2", "3", "4"],
            "score": 253,
            "minutes": 19,
            "proven": True,
            "runners_up": [
                {"chosen": ["2", "4", "5"], "score": 246},
                {"chosen": ["2", "3", "5"], "score": 238},
                {"chosen": ["2", "3"], "score": 165},
            ],
            "why_not": {
                "1": {"loss": None, "plan": None},
                "5": {"loss": 7, "plan": ["2", "4", "5"]},
            },
        },
    )


def test_the_impossible_is_exit_3_with_its_reasons(runner: FlaskCliRunner, file: Path) -> None:
    file.write_text(json.dumps(EXAMPLE | {"min": {"field": {"VH": 2}}}))
    code, body = select(runner, file)
    error = body["error"]
    assert (code, error["code"]) == (3, "infeasible")
    assert error["details"] == [
        {
            "kind": "clash",
            "rule": "min.field.VH",
            "limit": 2,
            "message": "Ít nhất 2 tham luận có lĩnh vực “VH”",
        },
        {
            "kind": "relaxation",
            "rule": "min.field.VH",
            "limit": 2,
            "to": 1,
            "message": "Nới thành: Ít nhất 1 tham luận có lĩnh vực “VH”",
        },
    ]


def test_what_cannot_be_read_is_exit_2(runner: FlaskCliRunner, file: Path) -> None:
    file.write_text("{")
    code, body = select(runner, file)
    assert (code, body["error"]["code"]) == (2, "unreadable_file")
    missing = select(runner, file.with_name("none.json"))
    assert (missing[0], missing[1]["error"]["code"]) == (2, "unreadable_file")


def test_for_people_it_lists_ids_and_figures(runner: FlaskCliRunner, file: Path) -> None:
    file.write_text(json.dumps(EXAMPLE))
    ended = runner.invoke(args=["speeches", "select", str(file)])
    assert (ended.exit_code, ended.stdout) == (0, "1\n2\n3\nĐiểm 255, 20 phút.\n")
