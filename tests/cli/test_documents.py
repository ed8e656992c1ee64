"""`documents kinds` and `documents render`."""

from __future__ import annotations

import json
from datetime import time
from pathlib import Path

from flask.testing import FlaskCliRunner

from congress_app.documents.kinds import KINDS
from tests.builders import a_congress, a_unit, the_root
from tests.formats.papers import pages_of, words_of


def test_the_catalogue(runner: FlaskCliRunner) -> None:
    told = runner.invoke(args=["documents", "kinds", "--format", "json"])
    listed = json.loads(told.stdout)["kinds"]
    assert [row["kind"] for row in listed] == list(KINDS)
    assert listed[0] == {
        "kind": "plan", "title": "Kế hoạch tổ chức", "formats": ["docx", "pdf"],
    }  # fmt: skip


def test_a_paper_is_written_to_either_file(runner: FlaskCliRunner, tmp_path: Path) -> None:
    unit = a_unit("22", the_root(), name="BHXH tỉnh Quảng Ninh")
    congress = a_congress(unit, starts_at=time(7, 30))
    for form, read in (("docx", words_of), ("pdf", lambda data: pages_of(data)[0])):
        target = tmp_path / f"plan.{form}"
        words = ["documents", "render", "plan", str(congress.id), "-o", str(target)]
        assert runner.invoke(args=words).exit_code == 0
        assert "KẾ HOẠCH" in read(target.read_bytes())


def test_what_is_missing_ends_with_three_and_every_fact(
    runner: FlaskCliRunner, tmp_path: Path
) -> None:
    congress = a_congress(place=None, held_on=None)
    target = tmp_path / "x.pdf"
    words = ["documents", "render", "programme", str(congress.id), "-o", str(target)]
    told = runner.invoke(args=[*words, "--format", "json"])
    error = json.loads(told.stdout)["error"]
    assert (told.exit_code, error["code"]) == (3, "missing_facts")
    assert "Chưa có địa điểm. Hãy ghi ở phần Kế hoạch." in error["details"]
    assert not target.exists()


def test_an_unknown_kind_or_file_ends_with_two(runner: FlaskCliRunner, tmp_path: Path) -> None:
    congress = a_congress()
    for kind, name in (("thu_tinh", "x.pdf"), ("plan", "x.odt")):
        words = ["documents", "render", kind, str(congress.id), "-o", str(tmp_path / name)]
        assert runner.invoke(args=words).exit_code == 2
