"""Copy the whole database into one file while people work, and bring it back.

SQLite is copied by its own backup API, which waits for writers and gives a consistent
copy; PostgreSQL by its own programs, in their custom format. Under a passphrase the file is
sealed (`formats/sealed.py`). Its SHA-256 lies beside it (`formats/checksum.py`): neither
database notices every changed byte. A copy of an older version is brought up to date after
it is back; one of a newer version is refused, because this program would misread it.

What lies in the clear meanwhile goes however the work ends (`kernel/plain_copies.py`).
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import current_app
from flask_migrate import upgrade
from sqlalchemy import func, inspect, select, text

from congress_app import database
from congress_app.accounts import session_services
from congress_app.accounts.models import SignInSession
from congress_app.audit.chain import Anchor
from congress_app.audit.services import record
from congress_app.database import db, transaction
from congress_app.kernel import clock, plain_copies
from congress_app.kernel.errors import Conflict
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.operations import (
    copy_files,
    copy_queries,
    putting_back,
    queries,
    undone_queries,
)
from congress_app.operations import undone as undone_acts
from congress_app.operations.services import note_backup
from congress_app.operations.undone import Undone
from congress_app.units import word_index_services

Tell = Callable[[tuple[Undone, ...] | None], None]


def _nobody(_what: object) -> None:
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
    file: Path,
    passphrase: bytes | None,
    *,
    replace: bool,
    actor: Actor,
    tell: Tell = _nobody,
    done: Callable[[Restored], None] = _nobody,
) -> Restored:
    """Bring a copy back and its tables up to date; nothing is touched unless it is whole.

    The log that came back tells of it as well: what happened since the copy is not in it.
    Before anything is replaced `tell` gets what was done since for a person or against an
    intruder and must be done again (None: what is there now cannot be read). Whoever was
    signed in when the copy was made is not any more: he may have been shut out since.
    `done` hears of the end also when this process was told meanwhile to end itself.
    """
    if not replace:
        _must_be_empty()
    has_sum, at = copy_files.fits_its_sum(file), clock.now()
    with plain_copies.ended_in_order(), copy_queries.unsealed(file, passphrase) as plain:
        before = copy_queries.check(plain, file)
        head = copy_queries.head_in(plain)
        undone = _undone(plain)
        tell(undone)
        undone_acts.keep(_undone_file(), undone or ())
        with (
            _made_ready(plain, at, is_private=plain != file) as put_in_place,
            plain_copies.not_ended() as put_off,
        ):
            put_in_place(put_off)
            _bring_up_to_date()
            ended = _note_restored(file, before, undone, at, actor)
            undone_acts.forget(_undone_file())
            now, is_proven = queries.revision() or "", has_sum or plain != file
            late = _outdated(file.parent, head)
            found = Restored(before, now, is_proven, ended, undone, late)
            done(found)
            word_index_services.make_word_index()
    return found


def _undone(plain: Path) -> tuple[Undone, ...] | None:
    """What is undone by this restore, and what by one before that broke off half way."""
    known = copy_queries.marks_in(plain)
    left = [one for one in undone_acts.kept(_undone_file()) if one.mark not in known]
    now = undone_queries.since(known)
    return undone_acts.together(left, now or ()) if left or now is not None else None


def _undone_file() -> Path:
    return Path(current_app.instance_path) / undone_acts.FILE


def _outdated(folder: Path, head: Anchor | None) -> tuple[Path, ...]:
    """The anchors beside copies that were made when the log was longer than it is now."""
    found = copy_files.anchors_in(folder) if head else ()
    return tuple(path for path, anchor in found if head and anchor.number > head.number)


@contextmanager
def _made_ready(
    plain: Path, at: datetime, *, is_private: bool
) -> Iterator[Callable[[plain_copies.PutOff], None]]:
    """All but the last step, which what is given does: the copy in the place of what was there.

    In it every session has ended.
    """
    tables = inspect(db.engine).get_table_names() if not copy_queries.is_sqlite() else []
    db.session.remove()
    db.engine.dispose()
    with copy_queries.private_folder() as folder:
        if copy_queries.is_sqlite():
            copy = plain if is_private else Path(shutil.copyfile(plain, folder / "copy"))
            putting_back.end_sessions(copy, at)
            target = Path(copy_queries.sqlite_path())
            yield lambda off: putting_back.into_sqlite(copy, target, off.end_if_asked)
            return
        with putting_back.into_postgres(
            copy_queries.program("psql"),
            copy_queries.environment(),
            copy_queries.postgres_url(),
            tables,
            _statements(plain, folder),
            at,
        ) as commit:
            yield lambda _off: commit()


def _bring_up_to_date() -> None:
    """The tables this program needs."""
    upgrade()
    db.session.remove()
    db.engine.dispose()


def _note_restored(
    file: Path, revision: str, undone: tuple[Undone, ...] | None, at: datetime, actor: Actor
) -> int:
    """Write it all down; how many sessions were ended."""
    with transaction() as session:
        here = SignInSession.ended_at == at
        ended = session.scalar(select(func.count(SignInSession.id)).where(here)) or 0
        ended += session_services.end_everybodys()  # of who signed in in this moment
        facts: dict[str, object] = {
            "file": file.name,
            "revision": revision,
            "sessions_ended": ended,
        }
        if undone:
            facts["undone"] = "; ".join(map(str, undone))
        record("backup.restore", "backup", facts, actor=actor)
    return ended


def _must_be_empty() -> None:
    """Raises Conflict when somebody's work is in the database."""
    known = set(inspect(db.engine).get_table_names())
    if any(
        db.session.scalar(text(f"SELECT 1 FROM {table} LIMIT 1"))  # noqa: S608 - fixed names
        for table in copy_queries.TELLING
        if table in known
    ):
        raise Conflict(
            "not_empty",
            Sentence(N_("Cơ sở dữ liệu đang có dữ liệu. Muốn thay toàn bộ, hãy thêm --replace.")),
        )


@contextmanager
def _plain_copy() -> Iterator[Path]:
    """The copy as the database's own tools write it, beside the data it is a copy of.

    Not beside the target: that may be a foreign disk, where only the sealed file belongs.
    """
    with copy_queries.private_folder() as folder:
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


def _statements(plain: Path, folder: Path) -> Path:
    """What psql is given, of a dump."""
    script, contents = folder / "statements", folder / "contents"
    # An extension belongs to its server: here it may be missing, or another's.
    listed = copy_queries.run("pg_restore", "--list", str(plain)).splitlines()
    kept = (one for one in listed if not (" EXTENSION " in one or "_trgm " in one))
    contents.write_text("\n".join(kept))
    chosen = ("--no-owner", f"--use-list={contents}", f"--file={script}")
    copy_queries.run("pg_restore", *chosen, str(plain))
    return script
