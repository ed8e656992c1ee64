"""Pinned versions against a file of advisories."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools import advisories, dependencies
from tools.advisories import Fault, faults, is_hit

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def ranged(*events: dict[str, str], kind: str = "ECOSYSTEM") -> dict[str, Any]:
    return {"ranges": [{"type": kind, "events": list(events)}]}


SINCE, FIXED, LAST = "introduced", "fixed", "last_affected"


@pytest.mark.parametrize(
    ("affected", "hit"),
    [
        (ranged({SINCE: "0"}), ["0.1", "1.9", "2.0", "2.1rc1", "3"]),
        (ranged({SINCE: "0"}, {FIXED: "2.0"}), ["0.1", "1.9"]),
        (ranged({SINCE: "1.9"}, {LAST: "2.0"}), ["1.9", "2.0"]),
        (ranged({FIXED: "2.0"}, {SINCE: "1"}, {SINCE: "2.1rc1"}, {FIXED: "3"}), ["1.9", "2.1rc1"]),
        ({"versions": ["2.0.0", "no version", "0.1"]}, ["0.1", "2.0"]),
        (ranged({SINCE: "0"}, kind="GIT"), []),
        ({}, []),
    ],
)
def test_an_entry_names_versions_one_by_one_or_by_range(
    affected: dict[str, Any], hit: list[str]
) -> None:
    every = ["0.1", "1.9", "2.0", "2.1rc1", "3"]
    assert [version for version in every if is_hit(version, affected)] == hit


numbers = st.integers(0, 9)


@given(numbers, st.sets(numbers), st.data())
def test_a_version_is_hit_when_the_last_step_up_to_it_introduced_the_fault(
    ours: int, steps: set[int], data: st.DataObject
) -> None:
    kinds = {step: (SINCE, FIXED)[place % 2] for place, step in enumerate(sorted(steps))}
    events = [{kind: str(step)} for step, kind in data.draw(st.permutations(list(kinds.items())))]
    before = [step for step in steps if step <= ours]
    assert is_hit(str(ours), ranged(*events)) == (bool(before) and kinds[max(before)] == SINCE)


def advisory(number: int, name: str = "other", **more: Any) -> dict[str, Any]:
    package = {"package": {"ecosystem": "PyPI", "name": name}} | ranged({SINCE: "0"})
    return {
        "id": f"PYSEC-{number}",
        "modified": "2026-02-28T10:00:00.5Z",
        "affected": [package],
    } | more


def a_file(folder: Path, told: list[dict[str, Any]], count: int = advisories.FEWEST) -> Path:
    file = folder / "all.zip"
    with zipfile.ZipFile(file, "w") as packed:
        for number, each in enumerate([*told, *map(advisory, range(len(told), count))]):
            packed.writestr(f"{number}.json", json.dumps(each))
    return file


def test_faults_of_pinned_packages_are_found(tmp_path: Path) -> None:
    file = a_file(
        tmp_path,
        [
            advisory(1, "Flask.WTF", aliases=["CVE-2026-1"]),
            advisory(2, "flask-wtf", withdrawn="2026-01-01T00:00:00Z"),
            advisory(3, "flask"),
            advisory(4, affected=[{"package": {"ecosystem": "npm", "name": "babel"}}]),
        ],
    )
    pins = [("flask-wtf", "1.3.0"), ("babel", "2.18.0"), ("flask-wtf", "1.2")]
    told = faults(pins, advisories.advisories(file), NOW)
    cve = "PYSEC-1", ("CVE-2026-1",)
    assert told == [Fault("flask-wtf", "1.2", *cve), Fault("flask-wtf", "1.3.0", *cve)]


def test_an_old_file_and_one_cut_short_are_no_answer(tmp_path: Path) -> None:
    whole, cut = [], tmp_path / "no.zip"
    for at in (NOW, NOW + advisories.OLDEST + timedelta(days=1)):
        file = a_file(tmp_path, [])
        try:
            whole.append(faults([], advisories.advisories(file), at))
        except ValueError as error:
            whole.append(str(error))
    assert whole == [[], "The newest advisory is of 2026-02-28: fetch a newer file."]
    few = a_file(tmp_path, [], count=5)
    with pytest.raises(ValueError, match=r"^Only 5 advisories in the file"):
        faults([], advisories.advisories(few), NOW)
    cut.write_bytes(few.read_bytes()[:50])
    with pytest.raises(ValueError, match="not the advisories' zip file"):
        list(advisories.advisories(cut))


def test_the_command_tells_faults_and_ends_with_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fresh = {"modified": datetime.now(UTC).isoformat()}
    name, version = dependencies.pinned(dependencies.PINS.read_text("utf-8"))[0]
    codes = [
        dependencies.by_file(a_file(tmp_path, [advisory(1, "other", **fresh)])),
        dependencies.by_file(a_file(tmp_path, [advisory(1, name, **fresh)])),
        dependencies.by_file(tmp_path / "nowhere.zip"),
    ]
    told = capsys.readouterr()
    assert codes == [0, 1, 2]
    assert told.out == "No published vulnerability of a pinned version in the file.\n"
    first, second = told.err.splitlines()
    assert first == f"{name} {version}: PYSEC-1"
    assert "nowhere.zip: not the advisories' zip file" in second
