"""List the packages the application runs on with their licences, and look for known faults.

`python -m tools.dependencies` writes docs/dependencies.md from requirements.txt and what is
installed, and ends with 1 when a package has a licence nobody has agreed to. With `--audit`
it refuses pins older than a quarter and then asks whether a pinned version has a published
vulnerability: pip-audit, where that is installed and a network reaches the advisories, or, with
`--advisories FILE`, a file of them (`tools/advisories.py`).
"""

from __future__ import annotations

import importlib.metadata
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tools.advisories import advisories, faults

ROOT = Path(__file__).resolve().parent.parent
PINS = ROOT / "requirements.txt"
# What is asked about: a tool that is broken into writes what is served.
AUDITED = (PINS, ROOT / "requirements-dev.txt")
PAGE = ROOT / "docs/dependencies.md"
LOCKED = ROOT / "tools/locked.txt"
LONGEST_LOCKED = timedelta(days=92)

# Advisories that name a pinned version and do not reach us, each with the reason. They stay in
# the answer of the audit, which passes over them.
ANSWERED = {
    "PYSEC-2021-856": "numpy, CVE-2021-41495: mended in 1.22.2; the entry just names no fix",
}

# What a package may say of its licence, and the name it is listed under. All of them let a
# state body run and pass on the application; the LGPL's library is used unchanged.
AGREED = {
    "MIT": "MIT",
    "MIT-0": "MIT-0",
    "MIT-CMU": "MIT-CMU",
    "MIT License": "MIT",
    "BSD": "BSD",
    "BSD License": "BSD",
    "BSD-2-Clause": "BSD-2-Clause",
    "BSD-3-Clause": "BSD-3-Clause",
    "BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0": "BSD-3-Clause and others",
    "Apache-2.0": "Apache-2.0",
    "Apache-2.0 OR BSD-3-Clause": "Apache-2.0 or BSD-3-Clause",
    "LGPL-3.0-only": "LGPL-3.0",
    "PSF-2.0": "PSF-2.0",
}

HEAD = """\
# Dependencies

The packages the application runs on; `requirements.txt` pins each with its hashes. This
page is written by `python -m tools.dependencies`; a test holds it to what is installed and
refuses a licence nobody has agreed to. Fonts and browser libraries are listed in the
[README](../README.md).

## Time to mend

| a library | is replaced, and the release is out |
|---|---|
| with a vulnerability that is used already, or critical (CVSS 9 and more) | within 3 days |
| with another one of high weight (7 and more) | within 14 days |
| with any other one | within 90 days |
| with newer versions and no vulnerability | after 92 days, when all are pinned again |
| nobody keeps any more | by the next release, by another or by our own code |

Weekly and before each release, on a machine that reaches the public advisories:
`pip install pip-audit`, then `make audit`. It ends with an error for any published
vulnerability of a pinned version, however young, for a package nothing could be learnt of, and
when the pins (`tools/locked.txt`, written by `make lock`) are older than 92 days. Where no
network leads out, bring the advisories in as a file, not older than two weeks (OSV's export
`all.zip` of the ecosystem PyPI, from https://osv.dev), and run `make audit ADVISORIES=all.zip`.
Browser libraries and fonts are looked at in the same round; they are files of their own, so a
new one is a new folder.
Dangerous by their work, because they read what others send: `pillow`, `lxml`, `openpyxl`,
`python-docx`, `cryptography`, and in the browser the reader of QR symbols. They stand behind
limits of size and kind ([accounts](accounts.md#files-that-are-sent)).

An entry that names a pinned version and does not reach us stands with its reason in `ANSWERED`
(`tools/dependencies.py`); the audit tells it and passes over it.

## What was looked at

On 22 November 2026 every version pinned in `requirements.txt` and `requirements-dev.txt` (62
packages) was compared by `tools/advisories.py` with the advisory database of the PyPA, in a
stored copy whose newest entry seen is of 23 September 2026. 42 packages have no entry; of the
other 20 these 107 were read: all from 2022 on, and the older ones of packages that have few.

- No pinned version is open to any of them. Nearest to our pins are Flask below 3.1.3
  (CVE-2026-27205), Jinja2 below 3.1.6 (CVE-2025-27516), Werkzeug below 3.1.6 (CVE-2026-27199),
  icalendar below 7.1.3 (CVE-2026-55099), lxml below 6.1.0 (CVE-2026-41066), Pillow below 12.3.0
  (13 entries of July 2026) and cryptography below 50.0.0 (CVE-2026-69247).
- One entry names every numpy, because it names no fix: PYSEC-2021-856 (CVE-2021-41495), mended
  in 1.22.2. numpy comes with the solver (`highspy`) and is given our own figures.
- Not read: 29 of the 42 entries of 2026 for pypdf, a tool of the tests that is not served (the
  newest ones end below 6.16.1, ours is 7.1.0), and entries before 2022 for packages pinned
  versions later. GitHub's own entries were at hand only up to 2024 and were not used.
- The copy is two months old and holds few packages, so `make audit` rightly refuses it; the
  comparison took the copy's date. **Of what was published since nobody has looked: run
  `make audit` where a network reaches the advisories before the first real data come in.**
- pip-audit 2.10 with these very arguments gathers all 61 pins of this system, and ends with an
  error where it finds no entry about a package at all; both were seen.

## What there is

| package | licence |
|---|---|
"""


@dataclass(frozen=True, slots=True)
class Package:
    """One pinned package; the licence is in the words of `AGREED`."""

    name: str
    licence: str


def main(words: list[str]) -> int:
    """Write the page; 1 where a licence is not agreed to or a version is known to be faulty."""
    try:
        found = packages(PINS.read_text("utf-8"))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    PAGE.write_text(page(found), "utf-8")
    if "--audit" not in words:
        return 0
    file = words[words.index("--advisories") + 1] if "--advisories" in words else None
    return audit(Path(file) if file else None)


def pinned(pins: str) -> list[tuple[str, str]]:
    """Package and version of each pin; of some packages there is one for each Python.

    Raises ValueError for a line that pins nothing: nobody could say whether it is faulty.
    """
    found = []
    for line in re.findall(r"^[^\s#].*", pins, re.M):
        pin = re.match(r"([A-Za-z0-9_.-]+)(?:\[.*?\])?==([^\s;\\]+)", line)
        if pin is None:
            raise ValueError(f"No version is pinned, so none can be looked up: {line}")
        found.append((pin[1], pin[2]))
    return found


def packages(pins: str) -> list[Package]:
    """The packages pinned for this system, by name. Raises ValueError for an unknown licence."""
    found = {}
    for name, version in pinned(pins):
        try:
            installed = importlib.metadata.metadata(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # pinned for another system
        if installed["Version"] == version:
            found[name] = Package(name, licence_of(name, installed))
    return [found[name] for name in sorted(found)]


def licence_of(name: str, told: importlib.metadata.PackageMetadata) -> str:
    """What the package says of its licence; the first of three places that is understood."""
    classes = [line.rpartition(" :: ")[2] for line in told.get_all("Classifier") or []]
    named = [name for key in ("License-Expression", "License") for name in told.get_all(key) or []]
    said = [*named, *classes]
    for words in said:
        agreed = AGREED.get(words or "")
        if agreed is not None:
            return agreed
    raise ValueError(f"{name}: nobody has agreed to its licence {said}; see tools/dependencies.py")


def page(found: list[Package]) -> str:
    """The page, as it is kept in docs/."""
    return HEAD + "".join(f"| {one.name} | {one.licence} |\n" for one in found)


def too_old(locked_on: date, today: date) -> str | None:
    """What is said of pins that nobody has looked at for a quarter; None when they are young."""
    if today - locked_on <= LONGEST_LOCKED:
        return None
    return (
        f"The packages were pinned on {locked_on}, more than {LONGEST_LOCKED.days} days ago: "
        "run make lock, then make test."
    )


def audit(file: Path | None = None) -> int:
    """Ask how old the pins are, and what is known of them: pip-audit, or the file."""
    told = too_old(date.fromisoformat(LOCKED.read_text("ascii").strip()), date.today())  # noqa: DTZ011
    if told is not None:
        print(told, file=sys.stderr)
        return 1
    return by_program() if file is None else by_file(file)


def by_program() -> int:
    """Ask pip-audit, which asks the public advisories; its answer, 2 where it is missing."""
    program = shutil.which("pip-audit")
    if program is None:
        print(
            "pip-audit is not installed, so known vulnerabilities were not looked for: "
            "pip install pip-audit, then run again; or bring a file, see docs/dependencies.md.",
            file=sys.stderr,
        )
        return 2
    # Strict: what it could not learn anything of would else count as without fault.
    words = [program, "--strict", "--no-deps", "--disable-pip"]
    words += [word for file in AUDITED for word in ("--requirement", str(file))]
    words += [word for one in ANSWERED for word in ("--ignore-vuln", one)]
    return subprocess.run(words, check=False).returncode


def by_file(file: Path) -> int:
    """Compare the pinned versions with a file of advisories."""
    try:
        pins = [pin for each in AUDITED for pin in pinned(each.read_text("utf-8"))]
        found = faults(pins, advisories(file), datetime.now(UTC))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    for fault in found:
        names = ", ".join((fault.advisory, *fault.others))
        answer = ANSWERED.get(fault.advisory)
        told = f" (passed over: {answer})" if answer else ""
        print(f"{fault.package} {fault.version}: {names}{told}", file=sys.stderr)
    if any(fault.advisory not in ANSWERED for fault in found):
        return 1
    print("No published vulnerability of a pinned version in the file.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
