"""The vendored files are those of the manifest, in the locked versions, with their licences."""

import hashlib
import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
MANIFEST = ROOT / "static/vendor/vendor.json"
FOLDERS = ("static/vendor", "static/fonts", "congress_app/formats/fonts", "tests/vendor")


def packages() -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads(MANIFEST.read_text("utf-8"))["packages"]
    return listed


def test_each_vendored_file_has_the_recorded_hash() -> None:
    recorded = {
        entry["path"]: entry["sha256"] for package in packages() for entry in package["files"]
    }
    actual = {path: hashlib.sha256((ROOT / path).read_bytes()).hexdigest() for path in recorded}
    assert actual == recorded


def test_no_stranger_lies_in_a_vendored_folder() -> None:
    present = {
        path.relative_to(ROOT).as_posix()
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path != MANIFEST
    }
    assert present == {entry["path"] for package in packages() for entry in package["files"]}


def test_versions_are_exact_and_agree_with_the_lock() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    asked = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]
    vendored = {package["name"]: package["version"] for package in packages()}
    assert vendored == asked
    assert vendored == {name: lock[f"node_modules/{name}"]["version"] for name in asked}


def test_each_package_brings_a_licence_text() -> None:
    without = [
        package["name"]
        for package in packages()
        if not any(
            Path(entry["path"]).name.startswith(("LICENSE", "OFL")) for entry in package["files"]
        )
    ]
    assert without == []
