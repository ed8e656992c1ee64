"""`backup` and `restore`: the whole database as one file, while the server runs.

SQLite is copied by its own backup API, which waits for writers and gives a consistent
copy; PostgreSQL by its own programs, in their custom format.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import URL, inspect, text

from congress_app.cli.output import Answer, Spoken, answers
from congress_app.database import db
from congress_app.kernel.errors import Conflict, RuleViolation, Unreadable
from congress_app.kernel.sentences import N_, Sentence

FILE = click.Path(path_type=Path, dir_okay=False)
# Any of these with a row means that somebody's work would be lost.
_TELLING = ("unit", "user_account", "congress", "person")


@click.command("backup", cls=Spoken)
@click.argument("file", type=FILE)
@with_appcontext
@answers
def backup(file: Path) -> Answer:
    """Sao lưu cơ sở dữ liệu ra một tệp, kể cả khi máy chủ đang chạy."""
    part = file.with_name(f"{file.name}.part")
    # Personal data: nobody else on the machine may read the copy.
    os.close(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
    try:
        if _is_sqlite():
            with (
                closing(sqlite3.connect(_sqlite_path())) as source,
                closing(sqlite3.connect(part)) as target,
            ):
                source.backup(target)
        else:
            _run("pg_dump", "--format=custom", f"--file={part}", "--dbname", _postgres_url())
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    size = file.stat().st_size
    return Answer(
        {"file": str(file), "bytes": size},
        [Sentence(N_("Đã sao lưu ra {file} ({size} byte)."), file=file, size=size)],
    )


@click.command("restore", cls=Spoken)
@click.argument("file", type=FILE)
@click.option("--replace", is_flag=True, help="Thay toàn bộ dữ liệu đang có.")
@with_appcontext
@answers
def restore(file: Path, replace: bool) -> Answer:
    """Khôi phục cơ sở dữ liệu từ tệp sao lưu."""
    if not replace and _holds_rows():
        raise Conflict(
            "not_empty",
            Sentence(N_("Cơ sở dữ liệu đang có dữ liệu. Muốn thay toàn bộ, hãy thêm --replace.")),
        )
    db.session.remove()
    db.engine.dispose()
    if _is_sqlite():
        _check_copy(file)
        with (
            closing(sqlite3.connect(file)) as source,
            closing(sqlite3.connect(_sqlite_path(), timeout=30)) as target,
        ):
            source.backup(target)
    else:
        _check_dump(file)
        _run("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction",
             "--dbname", _postgres_url(), str(file))  # fmt: skip
    return Answer({"file": str(file)}, [Sentence(N_("Đã khôi phục từ {file}."), file=file)])


def _is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def _sqlite_path() -> str:
    return str(db.engine.url.database)


def _postgres_url() -> str:
    """The address without its password, which every user of the machine could read."""
    url: URL = db.engine.url
    return URL.create(
        "postgresql", url.username, None, url.host, url.port, url.database, url.query
    ).render_as_string()


def _holds_rows() -> bool:
    known = set(inspect(db.engine).get_table_names())
    return any(
        db.session.scalar(text(f"SELECT 1 FROM {table} LIMIT 1"))  # noqa: S608 - fixed names
        for table in _TELLING
        if table in known
    )


def _check_copy(file: Path) -> None:
    """Raise Unreadable unless the file is a whole database of this program."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as source:
            answer = source.execute("PRAGMA integrity_check").fetchone()[0]
            names = {row[0] for row in source.execute("SELECT name FROM sqlite_master")}
    except sqlite3.Error:
        answer, names = "unreadable", set()
    if answer != "ok" or not names.issuperset(_TELLING):
        raise _not_a_backup(file)


def _check_dump(file: Path) -> None:
    """The same for PostgreSQL: the dump must list the tables of this program."""
    try:
        listed = _run("pg_restore", "--list", str(file))
    except Unreadable as error:
        raise _not_a_backup(file) from error
    if not all(f" TABLE DATA public {name} " in listed for name in _TELLING):
        raise _not_a_backup(file)


def _not_a_backup(file: Path) -> Unreadable:
    return Unreadable(
        "unreadable_file",
        Sentence(N_("Tệp {file} không phải bản sao lưu còn nguyên vẹn."), file=file.name),
    )


def _run(program: str, *words: str) -> str:
    """What the program prints; its password goes by the environment."""
    path = shutil.which(program)
    if path is None:
        raise RuleViolation(
            "program_missing",
            Sentence(
                N_("Máy này chưa có {program}. Hãy cài bộ công cụ PostgreSQL rồi chạy lại."),
                program=program,
            ),
        )
    secret = {"PGPASSWORD": db.engine.url.password} if db.engine.url.password else {}
    done = subprocess.run(  # noqa: S603
        [path, *words], capture_output=True, text=True, check=False, env=os.environ | secret
    )
    if done.returncode:
        raise Unreadable(
            "program_failed",
            Sentence(
                N_("{program} báo lỗi: {why}"), program=program, why=done.stderr.strip()[-500:]
            ),
        )
    return done.stdout
