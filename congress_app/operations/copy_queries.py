"""What lies in a copy, read with the database's own tools before anything is touched."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import URL, inspect

from congress_app import database
from congress_app.audit import chain_queries
from congress_app.audit.chain import Anchor
from congress_app.database import db
from congress_app.formats import sealed
from congress_app.kernel import plain_copies
from congress_app.kernel.errors import RuleViolation, Unreadable
from congress_app.kernel.sentences import N_, Sentence
from congress_app.operations import queries
from congress_app.operations.undone import ACTIONS, MARK, PUBLISH, RESTORE

# Any of these with a row means that somebody's work would be lost.
TELLING = ("unit", "user_account", "congress", "person")
_VERSION = re.compile(r"^COPY public\.alembic_version .*\n(\w+)$", re.M)
_ENTRIES = re.compile(r"^COPY public\.audit_entry \((.*)\) FROM stdin;$")
_HEAD = re.compile(r"^COPY public\.audit_head \(id, number, hash\) .*\n\d+\t(\d+)\t(\w+)$", re.M)


@contextmanager
def private_folder() -> Iterator[Path]:
    """Beside the data; elsewhere only when their disk has become read-only."""
    places = database.data_folders()
    place = next((one for one in places if os.access(one, os.W_OK)), places[-1])
    with plain_copies.private_folder(place) as folder:
        yield folder


@contextmanager
def unsealed(file: Path, passphrase: bytes | None) -> Iterator[Path]:
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
        with private_folder() as folder:
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
                raise not_a_backup(file) from error
            yield plain


def check(plain: Path, file: Path) -> str:
    """The revision of a whole copy this program can read; raises Unreadable otherwise."""
    revision = _revision_in_copy(plain) if is_sqlite() else _revision_in_dump(plain)
    if revision is None:
        raise not_a_backup(file)
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
    # What SQLite says of a broken structure quotes its bytes, whatever they are.
    except (sqlite3.Error, UnicodeDecodeError):
        return None
    return str(row[0]) if row else None


def _revision_in_dump(plain: Path) -> str | None:
    try:
        listed = run("pg_restore", "--list", str(plain))
        told = run("pg_restore", "--data-only", "--table=alembic_version", "--file=-", str(plain))
    except Unreadable:
        return None
    if not all(f" TABLE DATA public {name} " in listed for name in TELLING):
        return None
    found = _VERSION.search(told)
    return found.group(1) if found else None


def head_in(plain: Path) -> Anchor | None:
    """Where the log of a copy ends; None of a copy from before the log was a chain."""
    if is_sqlite():
        with (
            suppress(sqlite3.Error),
            closing(sqlite3.connect(f"{plain.resolve().as_uri()}?mode=ro", uri=True)) as source,
        ):
            row = source.execute("SELECT number, hash FROM audit_head").fetchone()
            return Anchor(int(row[0]), str(row[1])) if row else None
        return None
    told = run("pg_restore", "--data-only", "--table=audit_head", "--file=-", str(plain))
    found = _HEAD.search(told)
    return Anchor(int(found[1]), found[2]) if found else None


def marks_in(plain: Path) -> frozenset[str]:
    """Which acts that a restore may undo the log of a copy knows, by their entries' hashes."""
    actions = (*ACTIONS, PUBLISH, RESTORE)
    if is_sqlite():
        places = ", ".join("?" * len(actions))
        asked = f"SELECT hash FROM audit_entry WHERE hash > '' AND action IN ({places})"  # noqa: S608 - places only
        with (
            suppress(sqlite3.Error),
            closing(sqlite3.connect(f"{plain.resolve().as_uri()}?mode=ro", uri=True)) as source,
        ):
            return frozenset(row[0][:MARK] for row in source.execute(asked, actions))
        return frozenset()  # from before the log was a chain
    words = ("--data-only", "--table=audit_entry", "--file=-", str(plain))
    columns: list[str] = []
    found: set[str] = set()
    with subprocess.Popen(  # noqa: S603
        [program("pg_restore"), *words], stdout=subprocess.PIPE, text=True, errors="replace"
    ) as process:
        for line in process.stdout or ():
            if begun := _ENTRIES.match(line):
                columns = begun[1].split(", ")
            elif columns and line.count("\t") == len(columns) - 1:
                row = dict(zip(columns, line.rstrip("\n").split("\t"), strict=True))
                if row["action"] in actions and len(row.get("hash", "")) > MARK:
                    found.add(row["hash"][:MARK])
    return frozenset(found)


def head_now() -> Anchor | None:
    """Where the log ends; None before there is one (a copy may be made before an upgrade)."""
    if "audit_head" not in inspect(db.engine).get_table_names():
        return None
    head = chain_queries.head()
    db.session.rollback()
    return head if head.hash else None


def is_sqlite() -> bool:
    """True on SQLite; else it is PostgreSQL."""
    return db.engine.dialect.name == "sqlite"


def sqlite_path() -> str:
    """Where SQLite keeps the database."""
    return str(db.engine.url.database)


def postgres_url() -> str:
    """The address without its password, which every user of the machine could read."""
    url: URL = db.engine.url
    return URL.create(
        "postgresql", url.username, None, url.host, url.port, url.database, url.query
    ).render_as_string()


def not_a_backup(file: Path) -> Unreadable:
    """To be raised for a file that is no copy or was cut off."""
    return Unreadable(
        "unreadable_file",
        Sentence(N_("Tệp {file} không phải bản sao lưu còn nguyên vẹn."), file=file.name),
    )


def program(name: str) -> str:
    """Where the program of PostgreSQL lies."""
    path = shutil.which(name)
    if path is None:
        raise RuleViolation(
            "program_missing",
            Sentence(
                N_("Máy này chưa có {program}. Hãy cài bộ công cụ PostgreSQL rồi chạy lại."),
                program=name,
            ),
        )
    return path


def environment() -> dict[str, str]:
    """What the programs are started with: the password goes by it."""
    secret = {"PGPASSWORD": db.engine.url.password} if db.engine.url.password else {}
    return os.environ | secret


def run(name: str, *words: str) -> str:
    """What the program prints."""
    done = subprocess.run(  # noqa: S603
        [program(name), *words],
        capture_output=True,
        text=True,
        errors="replace",  # of a broken copy they quote any bytes
        check=False,
        env=environment(),
    )
    if done.returncode:
        raise Unreadable(
            "program_failed",
            Sentence(N_("{program} báo lỗi: {why}"), program=name, why=done.stderr.strip()[-500:]),
        )
    return done.stdout
