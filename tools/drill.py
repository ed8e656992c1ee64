"""The restore drill and the upgrade, done for real: `python -m tools.drill [--from COMMIT] …`.

A program taken from git (`--from`, else the newest commit) makes its tables in a database of
its own and fills them with its demonstration. A sealed copy of them goes to an "empty
machine": the newest commit unpacked in a fresh folder, an empty database, an instance folder
nobody used. There it is restored, every row and every column both know is compared, the
chain of the log and the presence of the fullest congress are computed anew, and a page of each
kind the administrator finds is opened. One JSON line for each database; the exit code is 1 when
anything is lost or broken. `tools/drill_compare.py` and `tools/drill_pages.py` look.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from tools import throwaway_postgres
from tools.drill_compare import content, differences
from tools.drill_pages import look_through

ROOT = Path(__file__).resolve().parent.parent
PASSPHRASE = "cụm mật khẩu của buổi diễn tập"  # noqa: S105 - of a drill


@dataclass(frozen=True)
class Machine:
    """A program in a folder of its own with its own database and data."""

    program: Path
    url: str
    instance: Path

    def environment(self) -> dict[str, str]:
        """What its processes get."""
        own = {"DATABASE_URL": self.url, "INSTANCE_PATH": str(self.instance), "ALLOW_DEMO": "1"}
        return os.environ | own | {"BACKUP_PASSPHRASE": PASSPHRASE, "PYTHONDONTWRITEBYTECODE": "1"}

    def flask(self, *words: str) -> str:
        """What a command prints; ends the drill when it fails."""
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "congress_app", *words],
            cwd=self.program,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            sys.exit(f"{' '.join(words)}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout


def main() -> int:
    """Do the drill on each database asked for."""
    parser = argparse.ArgumentParser(description="Restore a sealed copy on an empty machine.")
    parser.add_argument("--from", dest="commit", default="HEAD", help="the program that wrote it")
    parser.add_argument("--size", default="small", help="of the demonstration")
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    options = parser.parse_args()
    kinds = ("sqlite", "postgresql") if options.database == "both" else (options.database,)
    is_well = True
    for kind in kinds:
        told = drill(kind, options.commit, options.size)
        print(json.dumps(told, ensure_ascii=False), flush=True)
        is_well = is_well and not told["lost"] and not told["faults"]
    return 0 if is_well else 1


def drill(kind: str, commit: str, size: str) -> dict[str, Any]:
    """All of it on one kind of database."""
    with tempfile.TemporaryDirectory(prefix="drill-") as place, databases(kind, place) as urls:
        folder = Path(place)
        machines = [
            Machine(unpacked(commit, folder / "old"), urls[0], folder / "old-data"),
            Machine(unpacked("HEAD", folder / "new"), urls[1], folder / "new-data"),
        ]
        old, new = machines
        for machine in machines:
            machine.instance.mkdir(mode=0o700)
        old.flask("db", "upgrade")
        accounts = json.loads(old.flask("demo", "load", "--size", size, "--format", "json"))
        before = content(old.url)
        copy = folder / "season.backup"
        # The new program copies the tables of the old one, as it does before an upgrade.
        maker = Machine(new.program, old.url, old.instance)
        words = (str(copy), "--passphrase-env", "BACKUP_PASSPHRASE", "--format", "json")
        made = timed(lambda: maker.flask("backup", *words))
        restored = timed(lambda: new.flask("restore", *words))
        found = differences(before, content(new.url))
        facts = {
            "database": kind,
            "from": subject(commit),
            "revision": json.loads(restored[0])["revision"],
            "upgraded_to": json.loads(restored[0])["upgraded_to"],
            "backup_s": made[1],
            "restore_s": restored[1],
            "backup_bytes": copy.stat().st_size,
            "tables": len(before),
            "rows": sum(len(table.rows) for table in before.values()),
            **found,
        }
        return facts | health(new, accounts["accounts"])


def health(machine: Machine, accounts: list[dict[str, str]]) -> dict[str, Any]:
    """What the commands and the pages of the restored season say."""
    faults = []
    congresses = json.loads(machine.flask("congresses", "list", "--format", "json"))["congresses"]
    # Presence is computed anew from the scans where most people came.
    fullest = max(congresses, key=lambda one: one["present"])
    machine.flask("scans", "verify", str(fullest["id"]))
    chain = json.loads(machine.flask("audit", "verify", "--format", "json"))
    if chain["fault"]:
        faults.append(f"log: {chain}")
    admin = next(one for one in accounts if one["role"] == "admin")
    with served(machine) as port:
        pages, broken = look_through(port, admin["username"], admin["password"])
    counts = {"congresses": len(congresses), "present": fullest["present"], "pages": pages}
    return counts | {"faults": [*faults, *broken]}


@contextmanager
def served(machine: Machine) -> Iterator[int]:
    """The server of production over the restored data; gives its port."""
    port = throwaway_postgres.free_port()
    environment = machine.environment() | {"PORT": str(port), "WEB_PROCESSES": "1"}
    with (machine.instance / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tools.run"],
            cwd=machine.program,
            env=environment,
            stdout=log,
            stderr=log,
        )
    try:
        yield port
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def databases(kind: str, place: str) -> Iterator[tuple[str, str]]:
    """Two addresses without any table."""
    if kind == "sqlite":
        yield f"sqlite:///{place}/old.sqlite", f"sqlite:///{place}/new.sqlite"
        return
    with throwaway_postgres.server() as url:
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("CREATE DATABASE old"))
            connection.execute(text("CREATE DATABASE new"))
        engine.dispose()
        old, new = (make_url(url).set(database=name) for name in ("old", "new"))
        yield old.render_as_string(), new.render_as_string()


def unpacked(commit: str, folder: Path) -> Path:
    """The program as it was, without anything of this folder that is not in git."""
    folder.mkdir()
    packed = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=False)
    if packed.returncode:
        sys.exit(f"git has no program {commit}: {packed.stderr.decode()}")
    subprocess.run(["tar", "-x", "-C", str(folder)], input=packed.stdout, check=True)
    return folder


def subject(commit: str) -> str:
    """The short number and the date of a commit."""
    words = ["git", "show", "-s", "--format=%h of %cs", commit]
    return subprocess.run(
        words, cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()


def timed(work: Any) -> tuple[Any, float]:
    """What it gives, and its seconds."""
    began = time.perf_counter()
    return work(), round(time.perf_counter() - began, 1)


if __name__ == "__main__":
    sys.exit(main())
