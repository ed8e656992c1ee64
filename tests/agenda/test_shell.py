"""What a delegate's phone keeps."""

from __future__ import annotations

import json
from pathlib import Path

from congress_app.agenda import shell

STATIC = Path(__file__).resolve().parent.parent.parent / "static"


def test_the_worker_names_its_page_and_files_that_exist() -> None:
    first, _, code = shell.worker(STATIC, "/d/secret").partition("\n")
    told = json.loads(first.removeprefix("const SHELL = ").removesuffix(";"))
    assert told["page"] == "/d/secret"
    assert told["agenda"] == "/d/secret/agenda.json"
    assert [path for path in told["files"] if not (STATIC.parent / path[1:]).is_file()] == []
    assert code == (STATIC / "agenda" / "worker.js").read_text("utf-8")


def test_the_version_follows_the_files(tmp_path: Path) -> None:
    for name in (*shell.FILES, shell.WORKER):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text(name)
    first = shell.version(tmp_path)
    assert shell.version(tmp_path) == first
    (tmp_path / shell.FILES[0]).write_text("other")
    assert shell.version(tmp_path) != first
