"""Known faults of pinned versions, from a file of advisories: for where no network leads out.

The file is what OSV (https://osv.dev, which gathers the advisories of PyPI) exports for the
ecosystem PyPI: `all.zip`, one JSON document an advisory in the OSV schema. Whoever has a
network fetches it; it is carried in on a stick and read by `make audit ADVISORIES=all.zip`.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

# A file older than that says nothing of what was found since.
OLDEST = timedelta(days=14)
# Advisories come several a day: a file with fewer is not what it should be.
FEWEST = 1000

Advisory = Mapping[str, Any]


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """A pinned version with a published vulnerability."""

    package: str
    version: str
    advisory: str
    others: tuple[str, ...] = ()


def advisories(file: Path) -> Iterator[Advisory]:
    """The advisories in the file. Raises ValueError where it is no such file."""
    try:
        with zipfile.ZipFile(file) as packed:
            for name in packed.namelist():
                if name.endswith(".json"):
                    yield json.loads(packed.read(name))
    except (OSError, zipfile.BadZipFile, ValueError) as error:
        raise ValueError(f"{file}: not the advisories' zip file ({error}).") from error


def faults(pins: Iterable[tuple[str, str]], told: Iterable[Advisory], now: datetime) -> list[Fault]:
    """Which of the pins (package and version) the advisories name.

    Raises ValueError where the newest advisory is older than `OLDEST`, or there are too few,
    or one is not in the OSV schema.
    """
    wanted: dict[str, list[tuple[str, str]]] = {}
    for name, version in pins:
        wanted.setdefault(canonicalize_name(name), []).append((name, version))
    found: set[Fault] = set()
    count, newest = 0, datetime.min.replace(tzinfo=now.tzinfo)
    try:
        for advisory in told:
            count += 1
            newest = max(newest, datetime.fromisoformat(advisory["modified"]))
            if "withdrawn" in advisory:
                continue
            for affected in advisory.get("affected", ()):
                package = affected.get("package", {})
                if package.get("ecosystem") != "PyPI":
                    continue
                names = advisory["id"], tuple(advisory.get("aliases", ()))
                held = wanted.get(canonicalize_name(package["name"]), [])
                found |= {Fault(*pin, *names) for pin in held if is_hit(pin[1], affected)}
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"Document {count} of the file is no OSV advisory ({error!r}).") from error
    if count < FEWEST:
        raise ValueError(f"Only {count} advisories in the file: fetch it once more.")
    if now - newest > OLDEST:
        raise ValueError(f"The newest advisory is of {newest:%Y-%m-%d}: fetch a newer file.")
    return sorted(found)


def is_hit(version: str, affected: Mapping[str, Any]) -> bool:
    """True where an entry of `affected` in the OSV schema names the version.

    By the list of versions, or by a range: what is introduced up to a version counts until
    a fix up to it, or until the last one affected. Git ranges name commits and say nothing here.
    """
    ours = Version(version)
    if any(_version(listed) == ours for listed in affected.get("versions", ())):
        return True
    ranges = (one for one in affected.get("ranges", ()) if one.get("type") == "ECOSYSTEM")
    return any(_is_within(ours, one.get("events", ())) for one in ranges)


def _is_within(ours: Version, events: list[dict[str, str]]) -> bool:
    # Of one version the fix comes before what it introduces, and both before "last affected".
    order = {"fixed": 0, "introduced": 1, "last_affected": 2}
    steps = [(_version(text), order[kind]) for one in events for kind, text in one.items()
             if kind in order]  # fmt: skip
    known = sorted((version, kind) for version, kind in steps if version is not None)
    within = False
    for version, kind in known:
        if kind == order["last_affected"]:
            within = within and not version < ours
        elif version <= ours:
            within = kind == order["introduced"]
    return within


def _version(text: str) -> Version | None:
    """None for what is no version of Python's: no pin of ours is one."""
    try:
        return Version(text)
    except InvalidVersion:
        return None
