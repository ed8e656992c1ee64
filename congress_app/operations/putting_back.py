"""The last step of a restore: everything is put in place of what is there, or nothing is.

Up to that step it can be broken off, also by `kill -9`, and what was there stays. Whoever is
signed in in the copy is signed out in the same step: he may have been shut out since.
"""

from __future__ import annotations

import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from signal import SIGINT

from congress_app.kernel.errors import Conflict, Unreadable
from congress_app.kernel.sentences import N_, Sentence

# How long somebody else's transaction is waited for.
PATIENCE = 30.0
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_ENDED = "UPDATE sign_in_session SET ended_at = {} WHERE ended_at IS NULL"
# What PostgreSQL calls a lock that did not come: waited in vain, or a circle of waiting.
_LOCK_STATES = ("55P03", "40P01")
_READY = "congress: ready"
_STOP_SECONDS = 10


def end_sessions(copy: Path, at: datetime) -> None:
    """End every open session in a copy of SQLite; `at` in UTC."""
    with closing(sqlite3.connect(copy, isolation_level=None)) as opened:
        opened.execute(_ENDED.format("?"), (f"{at:%Y-%m-%d %H:%M:%S.%f}",))


def into_sqlite(copy: Path, target: Path, end_if_asked: Callable[[], None]) -> None:
    """Put the copy in the place of the database's content, once nobody writes to it."""
    until = time.monotonic() + PATIENCE

    def look(status: int, _left: int, _pages: int) -> None:
        if status in _BUSY:  # nothing has been written yet
            end_if_asked()
            if time.monotonic() > until:
                raise _in_use()

    try:
        with (
            closing(sqlite3.connect(copy)) as source,
            closing(sqlite3.connect(target, timeout=1)) as place,
        ):
            source.backup(place, progress=look)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_NOTADB:
            raise
        raise Unreadable(
            "no_database",
            Sentence(
                N_(
                    "Tệp dữ liệu đang có {file} không phải cơ sở dữ liệu. Hãy đổi tên nó và các "
                    "tệp {file}-wal, {file}-shm (giữ lại để tra cứu), rồi chạy lại lệnh này."
                ),
                file=target,
            ),
        ) from error


@contextmanager
def into_postgres(
    psql: str,
    environment: Mapping[str, str],
    url: str,
    tables: Sequence[str],
    script: Path,
    at: datetime,
) -> Iterator[Callable[[], None]]:
    """Have psql put the script in place of the tables; what is given commits it.

    psql reads the commit from us at the end: without us it reads nothing more, and what it has
    done is undone. It has a session of its own, where Ctrl-C does not reach it past us.
    """
    process = subprocess.Popen(  # noqa: S603
        [psql, *_words(url, tables, script, at)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    with process:
        try:
            _wait_until_ready(process)
            yield lambda: _commit(process)
        finally:
            _stop(process)


def _words(url: str, tables: Sequence[str], script: Path, at: datetime) -> list[str]:
    names = ", ".join(f'public."{name}"' for name in tables)
    before = ["BEGIN", f"SET LOCAL lock_timeout = '{PATIENCE:.0f}s'"]
    before += [f"DROP TABLE {names} CASCADE"] if tables else []
    ended = _ENDED.replace("sign", "public.sign").format(f"'{at.isoformat()}'")
    return [
        *("--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--set=VERBOSITY=verbose"),
        *("--dbname", url),
        *(f"--command={one}" for one in before),
        f"--file={script}",
        f"--command={ended}",
        f"--command=\\warn {_READY}",
        "--file=-",
    ]


def _wait_until_ready(process: subprocess.Popen[str]) -> None:
    said: list[str] = []
    for line in process.stderr or ():
        if line.strip() == _READY:
            return
        said.append(line)
    raise _failed("".join(said))


def _commit(process: subprocess.Popen[str]) -> None:
    _unused, said = process.communicate("COMMIT;\n")
    if process.returncode:
        raise _failed(said)


def _stop(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        process.send_signal(SIGINT)  # it has the server give up what it is doing
        if process.stdin:
            with suppress(OSError):
                process.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_STOP_SECONDS)
    process.kill()


def _failed(said: str) -> Conflict | Unreadable:
    if any(f" {state}: " in said for state in _LOCK_STATES):
        return _in_use()
    lines = [line for line in said.splitlines() if not line.startswith("LOCATION: ")]
    why = "\n".join(lines).strip()[-500:]
    return Unreadable(
        "program_failed", Sentence(N_("{program} báo lỗi: {why}"), program="psql", why=why)
    )


def _in_use() -> Conflict:
    return Conflict(
        "database_in_use",
        Sentence(
            N_(
                "Còn kết nối đang dùng cơ sở dữ liệu nên chưa thay được; dữ liệu hiện có được giữ "
                "nguyên. Hãy dừng máy chủ và các lịch (sao lưu, kiểm tra nhật ký, khóa tài "
                "khoản), đóng mọi cửa sổ psql hay sqlite3, rồi chạy lại."
            )
        ),
    )
