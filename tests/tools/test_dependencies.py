from __future__ import annotations

import subprocess
from datetime import date
from email.message import Message
from itertools import pairwise
from pathlib import Path

import pytest

from tools import dependencies


def test_the_page_lists_what_is_installed() -> None:
    pins = dependencies.PINS.read_text("utf-8")
    assert dependencies.PAGE.read_text("utf-8") == dependencies.page(dependencies.packages(pins))


def told(**fields: str) -> Message:
    message = Message()
    for name, value in fields.items():
        message[name.replace("_", "-")] = value
    return message


def test_a_licence_is_found_wherever_a_package_tells_it() -> None:
    assert dependencies.licence_of("a", told(License_Expression="MIT")) == "MIT"
    assert dependencies.licence_of("a", told(License="BSD-3-Clause")) == "BSD-3-Clause"
    line = "License :: OSI Approved :: BSD License"
    assert dependencies.licence_of("a", told(License="Copyright …", Classifier=line)) == "BSD"


def test_a_licence_nobody_agreed_to_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^a: nobody has agreed to its licence \['AGPL-3.0'"):
        dependencies.licence_of("a", told(License_Expression="AGPL-3.0"))
    with pytest.raises(ValueError, match=r"^b: nobody"):
        dependencies.licence_of("b", told())


def test_a_package_for_another_system_is_passed_over() -> None:
    assert dependencies.packages("no-such-package==1.0 \\\n    --hash=sha256:00\n") == []


def test_pins_are_looked_at_every_quarter() -> None:
    locked = date(2026, 1, 1)
    assert dependencies.too_old(locked, date(2026, 4, 3)) is None
    told = dependencies.too_old(locked, date(2026, 4, 4))
    assert told is not None
    assert told.startswith("The packages were pinned on 2026-01-01, more than 92 days ago")
    assert date.fromisoformat(dependencies.LOCKED.read_text("ascii").strip()) <= date.today()  # noqa: DTZ011


@pytest.mark.parametrize(
    "line", ["numpy", "numpy>=2.4", "numpy @ https://example.vn/numpy.whl", "-e ../numpy"]
)
def test_what_pins_no_version_cannot_be_looked_up_and_ends_the_audit(line: str) -> None:
    with pytest.raises(ValueError, match=r"^No version is pinned, so none can be looked up: "):
        dependencies.pinned(f"# a remark\nbabel==2.18.0 \\\n    --hash=sha256:00\n{line}\n")
    for file in dependencies.AUDITED:
        assert dependencies.pinned(file.read_text("utf-8"))


# As the real one does: a package it cannot look up is passed over, save when it is strict.
PASSES_OVER = """#!/bin/sh
printf '%s\\n' "$@" > "$0.asked"
for word in "$@"; do [ "$word" = --strict ] && exit 1; done
exit 0
"""


def test_a_package_that_cannot_be_looked_up_ends_the_audit_with_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "pip-audit"
    program.write_text(PASSES_OVER)
    program.chmod(0o755)
    assert subprocess.run([program, "--requirement", "x.txt"], check=False).returncode == 0
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert dependencies.by_program() == 1
    asked = (tmp_path / "pip-audit.asked").read_text().splitlines()
    pairs = [pair for pair in pairwise(asked) if pair[0] == "--requirement"]
    assert pairs == [("--requirement", str(file)) for file in dependencies.AUDITED]


def test_an_audit_without_the_program_is_no_clean_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert dependencies.by_program() == 2
    assert capsys.readouterr().err.startswith("pip-audit is not installed, so known")


def test_make_audits_by_the_program_or_by_the_file_it_is_given() -> None:
    def last_command(*words: str) -> str:
        told = ["make", "-n", "--no-print-directory", "audit", *words]
        done = subprocess.run(
            told, cwd=dependencies.ROOT, capture_output=True, text=True, check=True
        )
        return done.stdout.splitlines()[-1].strip()

    assert last_command() == ".venv/bin/python -m tools.dependencies --audit"
    by_file = '.venv/bin/python -m tools.dependencies --audit --advisories "a stick/all.zip"'
    assert last_command("ADVISORIES=a stick/all.zip") == by_file
