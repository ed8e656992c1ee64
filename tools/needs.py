"""What the tests need beside Python: chromium, poppler, zbar, PostgreSQL, LibreOffice.

As root on a Debian-like machine the missing ones are installed by apt; elsewhere one
sentence says what to install. Nothing is skipped because of a missing program.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

# Program to look for, and the Debian package that brings it.
NEEDS = (
    ("chromium", "chromium"),
    ("pdftoppm", "poppler-utils"),
    ("zbarimg", "zbar-tools"),
    ("postgres", "postgresql"),
    ("soffice", "libreoffice-writer-nogui"),
    ("nginx", "nginx-light"),
)
OTHER_NAMES: dict[str, tuple[str, ...]] = {
    "chromium": ("chromium-browser", "google-chrome", "google-chrome-stable")
}


def main() -> int:
    """Install or name what is missing; 0 when everything is there."""
    missing = [package for program, package in NEEDS if find(program) is None]
    if not missing:
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing " + ", ".join(missing) + " by apt …", flush=True)
        install(missing)
        missing = [package for program, package in NEEDS if find(program) is None]
    if missing:
        words = " ".join(missing)
        print(
            f"The tests need these programs: install them (apt install {words}), then run again.",
            file=sys.stderr,
        )
    return 1 if missing else 0


def find(program: str) -> str | None:
    """The path of a program; PostgreSQL's own live outside PATH on Debian."""
    for name in (program, *OTHER_NAMES.get(program, ())):
        found = shutil.which(name)
        if found:
            return found
    if program == "postgres":
        installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=version)
        return str(installed[-1]) if installed else None
    return None


def version(path: Path) -> float:
    """The number in /usr/lib/postgresql/15/bin/postgres, for picking the newest."""
    try:
        return float(path.parts[-3])
    except ValueError:
        return 0.0


def install(packages: list[str]) -> None:
    """Fetch the packages; the lists are refreshed only when apt does not know them."""
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    fetch = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    for words in (fetch, ["apt-get", "update", "-qq"], fetch):
        done = subprocess.run(words, env=environment, stdout=sys.stderr, check=False)
        if words is fetch and done.returncode == 0:
            return


if __name__ == "__main__":
    sys.exit(main())
