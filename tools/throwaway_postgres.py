"""Run a command beside a PostgreSQL server that exists only for it.

`python -m tools.throwaway_postgres COMMAND …` makes a cluster in a temporary folder from
the installed binaries, starts it on a free port of 127.0.0.1, runs the command with
`TEST_DATABASE=postgres` and `TEST_POSTGRES_URL` set, and removes everything afterwards.
Durability is switched off: the data live for minutes. PostgreSQL refuses to run as root,
so root hands the cluster to an unprivileged user first.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tools.needs import find

SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "listen_addresses": "127.0.0.1",
    "timezone": "UTC",
}
START_SECONDS = 60
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made below it
ENOUGH_BYTES = 4 * 1024**3
LOCALE = ("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")


def main(command: list[str]) -> int:
    """Run the command beside the server and give its exit code."""
    if not command:
        print("Usage: python -m tools.throwaway_postgres COMMAND …", file=sys.stderr)
        return 2
    # `make` ends with SIGTERM; as an exception it passes through the clean-up below.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with server() as url:
        environment = dict(os.environ, TEST_DATABASE="postgres", TEST_POSTGRES_URL=url)
        try:
            return subprocess.run(command, env=environment, check=False).returncode
        except KeyboardInterrupt:
            return 130


def home(settings: Mapping[str, str]) -> Path | None:
    """Memory for a cluster that need not be durable, where there is enough; else the disk.

    Hundreds of small databases are made and dropped, each of some hundred files.
    """
    if settings.get("fsync") != "off" or not MEMORY.is_dir():
        return None
    return MEMORY if shutil.disk_usage(MEMORY).free >= ENOUGH_BYTES else None


@contextmanager
def server(settings: Mapping[str, str] = SETTINGS) -> Iterator[str]:
    """A running server; gives the URL of its `postgres` database."""
    binary = find("postgres")
    if binary is None:
        sys.exit("PostgreSQL is missing: install it (apt install postgresql), then run again.")
    # Beside the program: PATH may hold a wrapper or a link without its companions.
    programs = Path(binary).resolve().parent
    folder = Path(tempfile.mkdtemp(prefix="postgres-", dir=home(settings)))
    user = owner()
    try:
        if user is not None:
            os.chown(folder, user.pw_uid, user.pw_gid)
        data = folder / "data"
        quietly(as_user(user, programs / "initdb", "-D", data, "-U", "postgres", *LOCALE), folder)
        port = free_port()
        options = [word for item in settings.items() for word in ("-c", "=".join(item))]
        place: tuple[str | Path, ...] = ("-D", data, "-k", folder, "-p", str(port))
        words = (programs / "postgres", *place, *options)
        with (folder / "log").open("wb") as log:
            # In a session of its own: Ctrl-C ends the tests first, then they end the server.
            process = subprocess.Popen(
                as_user(user, *words), stdout=log, stderr=log, cwd=folder, start_new_session=True
            )
        try:
            wait_for(programs / "pg_isready", port, process, folder / "log")
            yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
        finally:
            stop(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def owner() -> pwd.struct_passwd | None:
    """Whom root hands the cluster to; None for everybody else, who keeps it himself."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    sys.exit("PostgreSQL does not run as root: add a user named postgres, then run again.")


def as_user(user: pwd.struct_passwd | None, *words: str | Path) -> list[str]:
    """The command, run by that user when one is given."""
    plain = [str(word) for word in words]
    if user is None:
        return plain
    identity = (f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups")
    return ["setpriv", *identity, "--", *plain]


def quietly(words: list[str], folder: Path) -> None:
    """Run a preparing command; its output is shown only when it fails."""
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=folder)
    if done.returncode != 0:
        sys.exit(f"PostgreSQL could not make its files:\n{done.stdout}{done.stderr}")


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(ready: Path, port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return when the server answers; end with its log when it does not."""
    question = [str(ready), "-q", "-h", "127.0.0.1", "-p", str(port)]
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if subprocess.run(question, check=False).returncode == 0:
            return
        time.sleep(0.1)
    sys.exit("The PostgreSQL server did not start:\n" + log.read_text("utf-8", "replace"))


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the server at once, whatever is still connected."""
    # SIGINT is PostgreSQL's "fast shutdown": sessions are cut, nobody is waited for.
    process.send_signal(signal.SIGINT)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
