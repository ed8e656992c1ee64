"""Missing programs are found where they live and named by their package."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import needs


def test_everything_the_tests_need_is_here() -> None:
    assert {
        program: needs.find(program) for program, _ in needs.NEEDS if not needs.find(program)
    } == {}


def test_what_is_missing_is_told_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(needs, "NEEDS", (("no-such-program", "its-package"),))
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert needs.main() == 1
    assert capsys.readouterr().err == (
        "The tests need these programs: install them (apt install its-package), then run again.\n"
    )


def test_the_newest_server_is_chosen() -> None:
    paths = [Path(f"/usr/lib/postgresql/{number}/bin/postgres") for number in ("9.6", "15", "x")]
    assert max(paths, key=needs.version) == paths[1]
