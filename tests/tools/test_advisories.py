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


@pytest.mark.parametrize("wrong", [{}, {"modified": None}, {"affected": [{"package": "x"}]}, []])
def test_json_that_is_no_advisory_is_told(tmp_path: Path, wrong: Any) -> None:
    one = advisory(0) | wrong if wrong else wrong
    with pytest.raises(ValueError, match=r"^Document 1 of the file is no OSV advisory"):
        faults([], advisories.advisories(a_file(tmp_path, [one])), NOW)


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


# As OSV publishes them, texts and lists of versions cut.
FLASK = {
    "id": "PYSEC-2026-2151",
    "details": "When the session object is accessed, Flask should set the Vary: Cookie header.",
    "aliases": ["CVE-2026-27205", "GHSA-68rp-wp8r-4726"],
    "published": "2026-02-21T06:17:00.910Z",
    "severity": [
        {"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:L/I:N/A:N"}
    ],
    "references": [{"type": "ADVISORY", "url": "https://example.org/GHSA-68rp-wp8r-4726"}],
    "affected": [
        {
            "package": {"name": "flask", "ecosystem": "PyPI", "purl": "pkg:pypi/flask"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{SINCE: "0"}, {FIXED: "3.1.3"}]}],
            "versions": ["0.1", "3.1.1", "3.1.2"],
            "ecosystem_specific": {},
            "database_specific": {"source": "https://example.org/flask/PYSEC-2026-2151.yaml"},
        }
    ],
    "schema_version": "1.7.3",
}  # fmt: skip
CRYPTOGRAPHY = FLASK | {
    "id": "PYSEC-2024-225",
    "aliases": ["CVE-2024-26130"],
    "related": ["GHSA-6vqw-3v5j-54x4"],
    "affected": [
        {
            "package": {"name": "cryptography", "ecosystem": "PyPI"},
            "ranges": [
                {"type": "GIT", "repo": "https://example.org/cryptography",
                 "events": [{SINCE: "0"}, {FIXED: "97d231672763cdb5959a3b191e692a362f1b9e55"}]},
                {"type": "ECOSYSTEM", "events": [{SINCE: "38.0.0"}, {FIXED: "42.0.4"}]},
            ],
            "versions": ["38.0.0", "42.0.2", "42.0.3"],
        }
    ],
}  # fmt: skip
# A fault of every version there is: it names no fix.
NUMPY = FLASK | {
    "id": "PYSEC-2021-856",
    "aliases": ["CVE-2021-41495"],
    "affected": [
        {
            "package": {"name": "numpy", "ecosystem": "PyPI", "purl": "pkg:pypi:numpy"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{SINCE: "0"}]}],
        }
    ],
}


@pytest.mark.parametrize(
    ("flask", "code", "told"),
    [
        ("3.1.2", 1, ["flask 3.1.2: PYSEC-2026-2151, CVE-2026-27205, GHSA-68rp-wp8r-4726"]),
        ("3.1.3", 0, []),
    ],
)
def test_of_a_published_file_only_what_reaches_a_pin_ends_the_audit(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    flask: str,
    code: int,
    told: list[str],
) -> None:
    pins = tmp_path / "requirements.txt"
    lines = [f"flask=={flask}", "cryptography==42.0.4", "numpy==2.5.5 ; sys_platform != 'aix'"]
    pins.write_text("".join(f"{line} \\\n    --hash=sha256:00\n" for line in lines))
    monkeypatch.setattr(dependencies, "AUDITED", (pins, pins))
    now = {"modified": datetime.now(UTC).isoformat()}
    file = a_file(tmp_path, [FLASK | now, CRYPTOGRAPHY | now, NUMPY | now])
    assert dependencies.by_file(file) == code
    answered = (
        "numpy 2.5.5: PYSEC-2021-856, CVE-2021-41495 (passed over: "
        f"{dependencies.ANSWERED['PYSEC-2021-856']})"
    )
    assert capsys.readouterr().err.splitlines() == [*told, answered]
