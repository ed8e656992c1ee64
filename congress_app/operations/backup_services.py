"""Copy the whole database into one file while people work, and bring it back.

SQLite is copied by its own backup API, which waits for writers and gives a consistent
copy; PostgreSQL by its own programs, in their custom format. Under a passphrase the file is
sealed (`formats/sealed.py`). Its SHA-256 lies beside it (`formats/checksum.py`): neither
database notices every changed byte. A copy of an older version is brought up to date after
it is back; one of a newer version is refused, because this program would misread it.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from flask import current_app
from flask_migrate import upgrade
from sqlalchemy import inspect, text

from congress_app.audit.services import record
from congress_app.database import db, transaction
from congress_app.formats import checksum, sealed
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict, Unreadable
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.operations import copy_queries, queries
from congress_app.operations.services import note_backup
from congress_app.units import word_index_services

NAMED = re.compile(r"congress-\d{8}-\d{6}\.backup")


@dataclass(frozen=True)
class Restored:
    """At which revision the copy was, and where the tables are now.

    `is_proven`: a sum beside the copy, or its seal, showed that no byte had changed.
    """

    before: str
    now: str
    is_proven: bool


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
    _write(file, passphrase)
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
    has_sum = _fits_its_sum(file)
    with _unsealed(file, passphrase) as plain:
        is_proven = has_sum or plain != file
        before = copy_queries.check(plain, file)
        db.session.remove()
        db.engine.dispose()
        if copy_queries.is_sqlite():
            with (
                closing(sqlite3.connect(plain)) as source,
                closing(sqlite3.connect(copy_queries.sqlite_path(), timeout=30)) as target,
            ):
                source.backup(target)
        else:
            _into_postgres(plain)
    upgrade()
    db.session.remove()
    db.engine.dispose()
    word_index_services.make_word_index()
    with transaction():
        record("backup.restore", "backup", {"file": file.name, "revision": before}, actor=actor)
    return Restored(before, queries.revision() or "", is_proven)


def _holds_rows() -> bool:
    """True when somebody's work is in the database."""
    known = set(inspect(db.engine).get_table_names())
    return any(
        db.session.scalar(text(f"SELECT 1 FROM {table} LIMIT 1"))  # noqa: S608 - fixed names
        for table in copy_queries.TELLING
        if table in known
    )


def _write(file: Path, passphrase: bytes | None) -> None:
    """The copy and its sum, both whole on the disk before they take the place of older ones."""
    places = file, checksum.beside(file)
    parts = [place.with_name(f"{place.name}.part") for place in places]
    try:
        # Personal data: nobody else on the machine may read the copy.
        for part in parts:
            os.close(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
        with parts[0].open("w+b") as out, _plain_copy() as copy, copy.open("rb") as source:
            if passphrase is None:
                shutil.copyfileobj(source, out, 1024 * 1024)
            else:
                sealed.seal(source, out, passphrase)
            _to_disk(out)
            out.seek(0)
            line = checksum.line(out, file.name)
        with parts[1].open("wb") as out:
            out.write(line)
            _to_disk(out)
        # Broken off here, a copy without its sum can be restored; one beside another's cannot.
        places[1].unlink(missing_ok=True)
        for part, place in zip(parts, places, strict=True):
            part.replace(place)
    finally:
        for part in parts:
            part.unlink(missing_ok=True)


def _to_disk(out: BinaryIO) -> None:
    out.flush()
    os.fsync(out.fileno())


def _fits_its_sum(file: Path) -> bool:
    """True when the sum beside it is the copy's; False when there is none; else Unreadable."""
    beside = checksum.beside(file)
    try:
        written = beside.read_bytes()
    except FileNotFoundError:
        return False
    with file.open("rb") as source:
        if checksum.fits(written, source):
            return True
    raise Unreadable(
        "changed_backup",
        Sentence(
            N_(
                "Tệp {file} không khớp mã SHA-256 ghi trong tệp {checksum}: một trong hai tệp đã "
                "bị thay đổi hoặc chép chưa đủ. Dữ liệu hiện có được giữ nguyên. Hãy chép lại cả "
                "hai tệp từ nơi đã sao lưu, hoặc dùng bản sao lưu khác."
            ),
            file=file.name,
            checksum=beside.name,
        ),
    )


def _rotate(folder: Path, keep: int) -> None:
    ours = sorted(path for path in folder.iterdir() if NAMED.fullmatch(path.name))
    for path in ours[: -max(keep, 1)]:
        # The sum first: were this broken off, the copy alone would still be taken next time.
        checksum.beside(path).unlink(missing_ok=True)
        path.unlink(missing_ok=True)


@contextmanager
def _plain_copy() -> Iterator[Path]:
    """The copy as the database's own tools write it, beside the data it is a copy of.

    Not beside the target: that may be a foreign disk, where only the sealed file belongs.
    """
    with _private_folder() as folder:
        copy = folder / "copy"
        if copy_queries.is_sqlite():
            with (
                closing(sqlite3.connect(copy_queries.sqlite_path())) as source,
                closing(sqlite3.connect(copy)) as target,
            ):
                source.backup(target)
        else:
            copy_queries.run(
                "pg_dump",
                "--format=custom",
                f"--file={copy}",
                "--dbname",
                copy_queries.postgres_url(),
            )
        yield copy


@contextmanager
def _private_folder() -> Iterator[Path]:
    place = (
        Path(copy_queries.sqlite_path()).resolve().parent
        if copy_queries.is_sqlite()
        else current_app.instance_path
    )
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
                raise copy_queries.not_a_backup(file) from error
            yield plain


def _into_postgres(plain: Path) -> None:
    """Replace every table by the dump's in one transaction, also tables the dump lacks."""
    tables = ", ".join(f'public."{name}"' for name in inspect(db.engine).get_table_names())
    db.engine.dispose()
    with _private_folder() as folder:
        script, contents = folder / "statements", folder / "contents"
        # An extension belongs to its server: here it may be missing, or another's.
        listed = copy_queries.run("pg_restore", "--list", str(plain)).splitlines()
        kept = (one for one in listed if not (" EXTENSION " in one or "_trgm " in one))
        contents.write_text("\n".join(kept))
        chosen = ("--no-owner", f"--use-list={contents}", f"--file={script}")
        copy_queries.run("pg_restore", *chosen, str(plain))
        first = ("--command", f"DROP TABLE {tables} CASCADE") if tables else ()
        options = ("--quiet", "--no-psqlrc", "--single-transaction", "--output=/dev/null")
        place = ("--set=ON_ERROR_STOP=1", "--dbname", copy_queries.postgres_url())
        copy_queries.run("psql", *options, *place, *first, "--file", str(script))
