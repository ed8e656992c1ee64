"""Build `.venv` from the pinned requirements; quick when nothing changed.

`python3 tools/install.py [--dev]`. The run-time requirements, and with `--dev` the tools
for tests as well. Every package is checked against its hash. `uv` (pinned too, kept
beside the environment, not in it) does it in seconds; where it cannot be had, plain pip
does the same work more slowly. A stamp holds the hash of what was installed.

Runs with the machine's Python before anything is installed: standard library only.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)
RUN_SET = ("requirements.txt",)
DEV_SET = ("requirements.txt", "requirements-dev.txt")


def main(arguments: list[str]) -> int:
    """Install what is missing; the exit code is 0 when the environment is ready."""
    parser = argparse.ArgumentParser(description="Build .venv from the pinned requirements.")
    parser.add_argument("--dev", action="store_true", help="with the tools for tests")
    names = DEV_SET if parser.parse_args(arguments).dev else RUN_SET
    os.chdir(str(ROOT))
    if is_current(names):
        return 0
    if not VENV.exists() or not is_usable():
        build()
    print("Installing " + " and ".join(names) + " into .venv …", flush=True)
    if not (install_with_uv(names) or install_with_pip(names)):
        return fail("The packages could not be installed: check the network, then run make again.")
    for name in names:
        stamp(name).write_text(fingerprint(name), "utf-8")
    return 0


def fail(sentence: str) -> int:
    """Say in one sentence what is wrong and what to do."""
    print(sentence, file=sys.stderr)
    return 1


def fingerprint(name: str) -> str:
    """What the stamp must hold: the pins, the place (scripts name it) and the Python."""
    content = (ROOT / name).read_bytes()
    base = "\n".join(configuration())
    return hashlib.sha256(content + str(VENV).encode() + base.encode()).hexdigest()


def configuration() -> list[str]:
    """The lines of pyvenv.cfg that name the Python the environment was built from."""
    try:
        lines = (VENV / "pyvenv.cfg").read_text("utf-8").splitlines()
    except OSError:
        return []
    return sorted(line for line in lines if line.startswith(("home", "version")))


def stamp(name: str) -> Path:
    """The file that remembers which pins were installed."""
    return VENV / f".installed-{name}"


def is_current(names: tuple[str, ...]) -> bool:
    """True when the environment works and holds exactly these pins."""
    try:
        same = all(stamp(name).read_text("utf-8") == fingerprint(name) for name in names)
    except OSError:
        return False
    return same and PYTHON.exists()


def is_usable() -> bool:
    """True when the environment stands in its place and its Python is new enough."""
    question = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    return scripts_point_here() and run(PYTHON, "-c", question)


def scripts_point_here() -> bool:
    """False after the folder was moved or copied: scripts name the old place in line one."""
    script = VENV / "bin" / "flask"
    return not script.exists() or str(VENV) in script.read_text("utf-8", "replace")


def build() -> None:
    """Make a new, empty environment."""
    python = newest_python()
    print("Building .venv …", flush=True)
    remove()
    if run(python, "-m", "venv", VENV, quiet=True):
        return
    # Debian keeps the venv module in a package of its own.
    if can_use_apt() and run("apt-get", "install", "-y", "-qq", "python3-venv", quiet=True):
        remove()
        if run(python, "-m", "venv", VENV, quiet=True):
            return
    remove()
    sys.exit(
        fail("Python's venv module is missing: install it (Debian: apt install python3-venv).")
    )


def remove() -> None:
    """Take the old environment away; of a link only the link, it may serve another folder."""
    if VENV.is_symlink():
        VENV.unlink()
    shutil.rmtree(str(VENV), ignore_errors=True)


def newest_python() -> str:
    """This Python when it is new enough, else a newer one from the path."""
    if sys.version_info >= OLDEST:
        return sys.executable
    for minor in range(15, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            return found
    return sys.exit(fail("Python 3.11 or newer is needed: install it, or name it by PYTHON=…"))


def can_use_apt() -> bool:
    """True for root on a Debian-like machine."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_with_uv(names: tuple[str, ...]) -> bool:
    """Use uv; False when it is not to be had here."""
    uv = fetch_uv()
    if uv is None:
        return False
    files = [word for name in names for word in ("-r", name)]
    # Compiled once here, or every start would compile all packages anew.
    options = ("--quiet", "--require-hashes", "--compile-bytecode")
    return run(uv, "pip", "install", *options, "--python", PYTHON, *files)


def fetch_uv() -> Path | None:
    """The pinned uv in `.venv/uv`, fetched once."""
    folder = VENV / "uv"
    program = folder / "bin" / "uv"
    options = ("--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes")
    if program.exists() or run(
        *(PYTHON, "-m", "pip", "install", *options, "--only-binary", ":all:"),
        *("--upgrade", "--target", folder, "-r", ROOT / "tools" / "uv.txt"),
        quiet=True,
    ):
        return program
    return None


def install_with_pip(names: tuple[str, ...]) -> bool:
    """Plain pip, which every Python brings."""
    files = [word for name in names for word in ("-r", name)]
    options = ("--quiet", "--disable-pip-version-check", "--require-hashes")
    return run(PYTHON, "-m", "pip", "install", *options, *files)


def run(*words: str | Path, quiet: bool = False) -> bool:
    """Run a program; True when it ended well."""
    silence = subprocess.DEVNULL if quiet else None
    environment = dict(os.environ, UV_PYTHON_DOWNLOADS="never", PIP_ROOT_USER_ACTION="ignore")
    try:
        done = subprocess.run(
            [str(word) for word in words],
            env=environment,
            stdout=silence,
            stderr=silence,
            check=False,
        )
    except OSError:
        return False
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
