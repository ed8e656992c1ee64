"""Copy the whole database into one file while people work, and bring it back.

SQLite is copied by its own backup API, which waits for writers and gives a consistent
copy; PostgreSQL by its own programs, in their custom format. Under a passphrase the file is
sealed (`formats/sealed.py`). A copy of an older version is brought up to date after it is
back; one of a newer version is refused, because this program would misread it.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import current_app
from flask_migrate import upgrade
from sqlalchemy import URL, inspect, text

from congress_app.audit.services import record
from congress_app.database import db, transaction
from congress_app.formats import sealed
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict, RuleViolation, Unreadable
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.operations import queries
from congress_app.operations.services import note_backup

# Any of these with a row means that somebody's work would be lost.
TELLING = ("unit", "user_account", "congress", "person")
NAMED = re.compile(r"congress-\d{8}-\d{6}\.backup")
_VERSION = re.compile(r"^COPY public\.alembic_version .*\n(\w+)$", re.M)


@dataclass(frozen=True)
class Restored:
    """At which revision the copy was, and where the tables are now."""

    before: str
    now: str


@dataclass(frozen=True)
class Made:
    """A whole copy; whether the database could be told of it."""

    file: Path
    is_noted: bool


def make(target: Path, passphrase: bytes | None, *, keep: int | None, actor: Actor) -> Made:
    """Write a copy; into a folder under a name that tells the time, else to the file itself.

    `keep`: of the copies this wrote into the folder, only so many newest ones stay. They go
    after the new one is whole. A database that can be read and not written is copied as
    well: that is when a copy is wanted most.
    """
    file = target
    if target.is_dir():
        now = clock.at_venue(clock.now())
        file = target / f"congress-{now:%Y%m%d-%H%M%S}.backup"
    part = file.with_name(f"{file.name}.part")
    # Personal data: nobody else on the machine may read the copy.
    os.close(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
    try:
        with part.open("wb") as out, _plain_copy() as copy, copy.open("rb") as source:
            if passphrase is None:
                shutil.copyfileobj(source, out, 1024 * 1024)
            else:
                sealed.seal(source, out, passphrase)
            out.flush()
            os.fsync(out.fileno())
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    if keep is not None and target.is_dir():
        _rotate(target, keep)
    return Made(file, note_backup(file, sealed=passphrase is not None, actor=actor))


def restore(file: Path, passphrase: bytes | None, *, replace: bool, actor: Actor) -> Restored:
    """Bring a copy back and its tables up to date; nothing is touched unless it is whole.

    The log that came back tells of it as well: what happened since the copy is not in it.
    """
    if not replace and _holds_rows():
        raise Conflict(
            "not_empty",
            Sentence(N_("Cơ sở dữ liệu đang có dữ liệu. Muốn thay toàn bộ, hãy thêm --replace.")),
        )
    with _unsealed(file, passphrase) as plain:
        before = _check(plain, file)
        db.session.remove()
        db.engine.dispose()
        if _is_sqlite():
            with (
                closing(sqlite3.connect(plain)) as source,
                closing(sqlite3.connect(_sqlite_path(), timeout=30)) as target,
            ):
                source.backup(target)
        else:
            _into_postgres(plain)
    upgrade()
    db.session.remove()
    db.engine.dispose()
    with transaction():
        record("backup.restore", "backup", {"file": file.name, "revision": before}, actor=actor)
    return Restored(before, queries.revision() or "")


def _holds_rows() -> bool:
    """True when somebody's work is in the database."""
    known = set(inspect(db.engine).get_table_names())
    return any(
        db.session.scalar(text(f"SELECT 1 FROM {table} LIMIT 1"))  # noqa: S608 - fixed names
        for table in TELLING
        if table in known
    )


def _rotate(folder: Path, keep: int) -> None:
    ours = sorted(path for path in folder.iterdir() if NAMED.fullmatch(path.name))
    for path in ours[: -max(keep, 1)]:
        path.unlink(missing_ok=True)


@contextmanager
def _plain_copy() -> Iterator[Path]:
    """The copy as the database's own tools write it, beside the data it is a copy of.

    Not beside the target: that may be a foreign disk, where only the sealed file belongs.
    """
    with _private_folder() as folder:
        copy = folder / "copy"
        if _is_sqlite():
            with (
                closing(sqlite3.connect(_sqlite_path())) as source,
                closing(sqlite3.connect(copy)) as target,
            ):
                source.backup(target)
        else:
            _run("pg_dump", "--format=custom", f"--file={copy}", "--dbname", _postgres_url())
        yield copy


@contextmanager
def _private_folder() -> Iterator[Path]:
    place = Path(_sqlite_path()).resolve().parent if _is_sqlite() else current_app.instance_path
    if not os.access(place, os.W_OK):
        place = tempfile.gettempdir()  # the data's disk has become read-only
    with tempfile.TemporaryDirectory(prefix="backup-", dir=place) as folder:
        yield Path(folder)


@contextmanager
def _unsealed(file: Path, passphrase: bytes | None) -> Iterator[Path]:
    """The copy as the database's tools read it."""
    with file.open("rb") as source:
        if not sealed.is_sealed(source.read(len(sealed.MAGIC))):
            yield file
            return
        if passphrase is None:
            raise Unreadable(
                "passphrase_needed",
                Sentence(
                    N_("Tệp {file} được mã hóa: hãy thêm --passphrase-file TỆP."), file=file.name
                ),
            )
        source.seek(0)
        with _private_folder() as folder:
            plain = folder / "copy"
            try:
                with plain.open("wb") as target:
                    sealed.unseal(source, target, passphrase)
            except sealed.WrongPassphrase as error:
                raise Unreadable(
                    "wrong_passphrase",
                    Sentence(N_("Cụm mật khẩu không mở được tệp {file}."), file=file.name),
                ) from error
            except sealed.Damaged as error:
                raise _not_a_backup(file) from error
            yield plain


def _check(plain: Path, file: Path) -> str:
    """The revision of a whole copy this program can read; raises Unreadable otherwise."""
    revision = _revision_in_copy(plain) if _is_sqlite() else _revision_in_dump(plain)
    if revision is None:
        raise _not_a_backup(file)
    if revision not in queries.revisions_known():
        raise Unreadable(
            "newer_backup",
            Sentence(
                N_(
                    "Tệp {file} do phiên bản mới hơn tạo ra (cấu trúc {revision}); chương trình "
                    "này chỉ đọc được đến {head}. Hãy nâng cấp chương trình rồi khôi phục."
                ),
                file=file.name,
                revision=revision,
                head=queries.head(),
            ),
        )
    return revision


def _revision_in_copy(plain: Path) -> str | None:
    try:
        with closing(sqlite3.connect(f"{plain.resolve().as_uri()}?mode=ro", uri=True)) as source:
            answer = source.execute("PRAGMA integrity_check").fetchone()[0]
            names = {row[0] for row in source.execute("SELECT name FROM sqlite_master")}
            if answer != "ok" or not names.issuperset(TELLING):
                return None
            row = source.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error:
        return None
    return str(row[0]) if row else None


def _revision_in_dump(plain: Path) -> str | None:
    try:
        listed = _run("pg_restore", "--list", str(plain))
        told = _run("pg_restore", "--data-only", "--table=alembic_version", "--file=-", str(plain))
    except Unreadable:
        return None
    if not all(f" TABLE DATA public {name} " in listed for name in TELLING):
        return None
    found = _VERSION.search(told)
    return found.group(1) if found else None


def _into_postgres(plain: Path) -> None:
    """Replace every table by the dump's in one transaction, also tables the dump lacks."""
    tables = ", ".join(f'public."{name}"' for name in inspect(db.engine).get_table_names())
    db.engine.dispose()
    with _private_folder() as folder:
        script = folder / "statements"
        _run("pg_restore", "--no-owner", f"--file={script}", str(plain))
        first = ("--command", f"DROP TABLE {tables} CASCADE") if tables else ()
        options = ("--quiet", "--no-psqlrc", "--single-transaction", "--output=/dev/null")
        place = ("--set=ON_ERROR_STOP=1", "--dbname", _postgres_url())
        _run("psql", *options, *place, *first, "--file", str(script))


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
