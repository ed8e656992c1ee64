"""The tables' ground: `db`, the base model, column types and `transaction()`.

`transaction()` is the only place that commits. SQLite runs in WAL mode with foreign
keys on and full synchronisation, so that an answer sent is an answer on disk; a write
begins IMMEDIATE, because a deferred one would fail with "database is locked" when it
first writes instead of waiting for its turn.
"""

from __future__ import annotations

import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as BoundSession
from sqlalchemy import DateTime, Engine, MetaData, event, make_url
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from congress_app import postgres_database, postgres_forgetting
from congress_app.kernel import plain_copies
from congress_app.kernel.turns import Turns

# Noted on an error of the very commit: when the connection broke, nobody knows its outcome.
COMMITTING = "while committing"

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=15000",
    "PRAGMA cache_size=-16000",
)


# In `app.extensions`: the revision the program that runs was built for; true while the
# tables are another one's.
BUILT_FOR, WRONG_TABLES = "built_for_revision", "wrong_tables"


class Model(DeclarativeBase):
    """Base of every table; constraints are named, so that migrations can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


# For tables whose rows are deleted and named in addresses: SQLite would give the number of
# the newest row again after it is gone, and an old page would act on another one.
NEVER_AGAIN = {"sqlite_autoincrement": True}

_READING = "reading_engine"


class UseCase(BoundSession):
    """A session that only reads until `transaction()` makes it write."""

    def get_bind(self, *_of: Any, **_asked: Any) -> Engine:
        """The application's one database, as who reads sees it."""
        found: Engine = current_app.extensions[_READING]
        return found


db = SQLAlchemy(model_class=Model, disable_autonaming=True, session_options={"class_": UseCase})


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime; SQLite, which knows no zones, holds it naive."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """To the column; a naive value is a mistake and is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime is not an instant")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """From the column; always aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def engine_options(url: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """The options for the database at the address."""
    if url.startswith("sqlite"):
        return dict(options)
    return {**options, "connect_args": postgres_database.CONNECTION}


# SQLite's busy handler is not fair: writers that poll for the lock can starve. Writers
# queue here instead, for each database, so the wait is short and in order.
_writers: WeakKeyDictionary[Engine, Turns] = WeakKeyDictionary()


def init_app(app: Flask) -> None:
    """Attach the database to the application and prepare its connections."""
    db.init_app(app)
    for file in database_files(str(app.config["SQLALCHEMY_DATABASE_URI"])):
        with suppress(OSError):  # somebody else's; a server with real data says so and ends
            file.chmod(file.stat().st_mode & 0o700)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            prepare_sqlite(db.engine)
        else:
            postgres_database.prepare(db.engine)
        event.listen(db.engine, "handle_error", _on_error)
        app.extensions[_READING] = db.engine.execution_options(**{postgres_database.READS: True})


_STAYS_READ_ONLY = ("readonly database", "disk I/O error")


def _on_error(context: ExceptionContext) -> None:
    """What was opened while a disk or a server could only be read stays so: open all anew.

    Writing then goes on by itself once the disk is back, or another server leads.
    """
    error = context.original_exception
    state = getattr(error, "sqlstate", None)
    if state == "25006" or any(words in str(error) for words in _STAYS_READ_ONLY):
        context.is_disconnect = True


def prepare_sqlite(engine: Engine) -> None:
    """Make the engine's transactions explicit, so that savepoints roll back rightly."""
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)


def _on_connect(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma)


def _on_begin(connection: Any) -> None:
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


@contextmanager
def transaction() -> Iterator[Session]:
    """One use case, all or nothing; an inner block is a savepoint of the outer one.

    The outermost block first ends the reading transaction of the request, so everything
    it decides on is read anew under the write lock (SQLite) or after the row it takes is
    locked (PostgreSQL, `with_for_update` in the service).
    """
    session = db.session()
    if session.info.get("writing"):
        with session.begin_nested():
            yield session
        return
    session.rollback()
    with _turns(db.engine):
        session.connection(execution_options={"write": True})
        session.info["writing"] = True
        try:
            yield session
            for work in session.info.pop("last", {}):
                work(session)
            session.flush()
            _commit(session)
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info.pop("writing", None)
            session.info.pop("last", None)


def _commit(session: Session) -> None:
    try:
        session.commit()
    except Exception as error:
        error.add_note(COMMITTING)
        raise


@contextmanager
def one_reading() -> Iterator[Session]:
    """For rows read piece by piece: PostgreSQL hands them out within one transaction only."""
    session = db.session()
    session.rollback()
    session.connection(execution_options={postgres_database.READS: False})
    try:
        yield session
    finally:
        session.rollback()


def before_commit(work: Callable[[Session], None]) -> None:
    """Have `work` done once, as the last thing of the transaction under way.

    For what takes a row that every writer needs: taken last, it is held for a moment only
    and cannot close a circle of locks. It runs also when a savepoint was rolled back.
    """
    db.session().info.setdefault("last", {})[work] = None


def _turns(engine: Engine) -> AbstractContextManager[None]:
    """The queue of those who write to this database."""
    if engine.dialect.name != "sqlite":
        return nullcontext()
    found = _writers.get(engine)
    return found if found is not None else _first_turns(engine)


_one_maker = threading.Lock()


def _first_turns(engine: Engine) -> Turns:
    file = engine.url.database
    with _one_maker:
        if engine not in _writers:
            _writers[engine] = Turns(Path(file) if file and file != ":memory:" else None)
        return _writers[engine]


def database_files(url: str) -> list[Path]:
    """SQLite's file and what lies beside it while it is open, those that are there."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite" or address.database in (None, "", ":memory:"):
        return []
    places = (Path(f"{address.database}{end}") for end in ("", "-wal", "-shm"))
    return [place for place in places if place.is_file()]


def data_folders() -> list[Path]:
    """Where the data lie, SQLite's file first; last a place for when their disk is read-only."""
    folders = [Path(current_app.instance_path), Path(tempfile.gettempdir())]
    if db.engine.dialect.name == "sqlite":
        folders.insert(0, Path(str(db.engine.url.database)).resolve().parent)
    return folders


def forget_deleted() -> bool:
    """Write the database's file anew, so that deleted rows are gone from the disk as well.

    False when somebody who reads kept them alive (SQLite then drops them at its next
    checkpoint; PostgreSQL waited ten seconds for a transaction or a table in vain): try again.
    Takes as long as copying the file and must not be called in a transaction. On PostgreSQL
    the tables are rewritten (VACUUM FULL), and with them what the server itself noted of
    their columns; its write-ahead log and its backups keep the old rows until they are rotated.
    Copies in the clear that a killed backup left behind go as well.
    """
    plain_copies.clear_left(data_folders())
    db.session.rollback()
    with db.engine.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        if db.engine.dialect.name != "sqlite":
            return postgres_forgetting.rewritten(raw)
        with _turns(db.engine):
            raw.execute("VACUUM")
            busy, _pages, _moved = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
