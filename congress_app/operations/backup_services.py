"""Copy the whole database into one file while people work, and bring it back.

SQLite is copied by its own backup API, which waits for writers and gives a consistent
copy; PostgreSQL by its own programs, in their custom format. Under a passphrase the file is
sealed (`formats/sealed.py`). Its SHA-256 lies beside it (`formats/checksum.py`): neither
database notices every changed byte. A copy of an older version is brought up to date after
it is back; one of a newer version is refused, because this program would misread it.

What lies in the clear meanwhile goes however the work ends (`kernel/plain_copies.py`).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import inspect, text

from congress_app import database
from congress_app.accounts import session_services
from congress_app.audit.chain import Anchor
from congress_app.audit.services import record
from congress_app.database import db, transaction
from congress_app.formats import sealed
from congress_app.kernel import clock, plain_copies
from congress_app.kernel.errors import Conflict, Unreadable
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.operations import copy_files, copy_queries, queries, undone_queries
from congress_app.operations.services import note_backup
from congress_app.operations.undone_queries import Undone
from congress_app.units import word_index_services

Tell = Callable[[tuple[Undone, ...] | None], None]


def _nobody(_undone: tuple[Undone, ...] | None) -> None:
    """Tells nobody."""


@dataclass(frozen=True)
class Restored:
    """At which revision the copy was, and where the tables are now.

    `is_proven`: a sum beside the copy, or its seal, showed that no byte had changed.
    `sessions_ended`: how many sessions of the copy had not ended when it was made.
    `undone`: as `restore` told it before the data were replaced. `outdated`: files in the
    copy's folder with an end of the log that is still to come again.
    """

    before: str
    now: str
    is_proven: bool
    sessions_ended: int = 0
    undone: tuple[Undone, ...] | None = ()
    outdated: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Made:
    """A whole copy; whether the database could be told of it; where the log ended."""

    file: Path
    is_noted: bool
    anchor: Anchor | None


def make(target: Path, passphrase: bytes | None, *, keep: int | None, actor: Actor) -> Made:
    """Write a copy; into a folder under a name that tells the time, else to the file itself.

    `keep`: of the copies this wrote into the folder, only so many newest ones stay. They go
    after the new one is whole. A database that can be read and not written is copied as
    well: that is when a copy is wanted most.
    """
    file = target
    with plain_copies.ended_in_order():
        plain_copies.clear_left(database.data_folders())
        if target.is_dir():
            copy_files.clear_parts(target)
            file = copy_files.named(target, clock.at_venue(clock.now()))
        # Read before the copy is begun, so that the copy holds this end of the log.
        anchor = copy_queries.head_now()
        copy_files.write(file, _plain_copy, passphrase, anchor)
    if keep is not None and target.is_dir():
        copy_files.rotate(target, keep)
    return Made(file, note_backup(file, sealed=passphrase is not None, actor=actor), anchor)


def restore(
    file: Path, passphrase: bytes | None, *, replace: bool, actor: Actor, tell: Tell = _nobody
) -> Restored:
    """Bring a copy back and its tables up to date; nothing is touched unless it is whole.

    The log that came back tells of it as well: what happened since the copy is not in it.
    Before anything is replaced `tell` gets what was done since for a person or against an
    intruder and must be done again (None: what is there now cannot be read). Whoever was
    signed in when the copy was made is not any more: he may have been shut out since.
    """
    if not replace and _holds_rows():
        raise Conflict(
            "not_empty",
            Sentence(N_("Cơ sở dữ liệu đang có dữ liệu. Muốn thay toàn bộ, hãy thêm --replace.")),
        )
    has_sum = copy_files.fits_its_sum(file)
    with plain_copies.ended_in_order(), _unsealed(file, passphrase) as plain:
        is_proven = has_sum or plain != file
        before = copy_queries.check(plain, file)
        head = copy_queries.head_in(plain)
        undone = undone_queries.since(head)
        tell(undone)
        with plain_copies.not_ended():
            _replace(plain)
            ended = _note_restored(file, before, undone, actor)
    return Restored(
        before, queries.revision() or "", is_proven, ended, undone, _outdated(file.parent, head)
    )


def _outdated(folder: Path, head: Anchor | None) -> tuple[Path, ...]:
    """The anchors beside copies that were made when the log was longer than it is now."""
    found = copy_files.anchors_in(folder) if head else ()
    return tuple(path for path, anchor in found if head and anchor.number > head.number)


def _replace(plain: Path) -> None:
    """The copy in the place of what was there, with the tables this program needs."""
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


def _note_restored(
    file: Path, revision: str, undone: tuple[Undone, ...] | None, actor: Actor
) -> int:
    """End the sessions that came back and write it all down; how many there were."""
    with transaction():
        ended = session_services.end_everybodys()
        facts: dict[str, object] = {
            "file": file.name,
            "revision": revision,
            "sessions_ended": ended,
        }
        if undone:
            facts["undone"] = "; ".join(f"{one.action} {one.subject}" for one in undone)
        record("backup.restore", "backup", facts, actor=actor)
    return ended


def _holds_rows() -> bool:
    """True when somebody's work is in the database."""
    known = set(inspect(db.engine).get_table_names())
    return any(
        db.session.scalar(text(f"SELECT 1 FROM {table} LIMIT 1"))  # noqa: S608 - fixed names
        for table in copy_queries.TELLING
        if table in known
    )


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
    """Beside the data; elsewhere only when their disk has become read-only."""
    places = database.data_folders()
    place = next((one for one in places if os.access(one, os.W_OK)), places[-1])
    with plain_copies.private_folder(place) as folder:
        yield folder


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
