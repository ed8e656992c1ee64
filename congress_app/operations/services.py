"""Say that this process lives, look for work left behind, remember copies."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import delete
from sqlalchemy.exc import SQLAlchemyError

from congress_app import database
from congress_app.audit.services import record
from congress_app.database import BUILT_FOR, WRONG_TABLES, transaction
from congress_app.jobs.running_services import take_up_left
from congress_app.jobs.worker import worker_name
from congress_app.kernel import clock
from congress_app.kernel.permissions import Actor
from congress_app.operations import leftovers, queries
from congress_app.operations.counters import Counters
from congress_app.operations.models import BackupRecord, ServerProcess
from congress_app.operations.version import VERSION

log = logging.getLogger(__name__)

EVERY_SECONDS = 5.0
# Every how many looks for work the process says that it lives.
SPEAK_EVERY = 3
FORGOTTEN_AFTER = timedelta(minutes=10)
BACKUPS_REMEMBERED = 400


def tend(app: Flask) -> None:
    """Begin to look after things beside the requests; the thread ends with the process."""
    threading.Thread(target=lambda: _tend(app), name="tend", daemon=True).start()


def _tend(app: Flask) -> None:
    counters: Counters = app.extensions["counters"]
    pause = threading.Event()
    with app.app_context():
        # Now, not later: on the disk the program of tomorrow may lie before it is started.
        app.extensions[BUILT_FOR] = queries.head()
    for look in range(2**62):
        try:
            with app.app_context():
                if look % SPEAK_EVERY == 0:
                    leftovers.clear(database.data_folders(), Path(app.instance_path))
                app.extensions[WRONG_TABLES] = queries.revision() != queries.head()
                if look % SPEAK_EVERY == 0:
                    say_alive(worker_name(), counters)
            if not app.extensions[WRONG_TABLES]:
                take_up_left(app)
        except (SQLAlchemyError, OSError):
            # The database is away or may not be written; the next look finds it again.
            log.warning("could not look after jobs and processes")
        pause.wait(EVERY_SECONDS)


def say_alive(name: str, counters: Counters) -> None:
    """Write this process's row; forget those that have long been silent."""
    now = clock.now()
    with transaction() as session:
        session.execute(
            delete(ServerProcess).where(
                ServerProcess.seen_at < now - FORGOTTEN_AFTER, ServerProcess.name != name
            )
        )
        row = session.get(ServerProcess, name)
        if row is None:
            row = ServerProcess(name=name, started_at=now, version=VERSION)
            session.add(row)
        row.seen_at, row.version = now, VERSION
        row.counters = counters.as_data()


def note_backup(file: Path, *, sealed: bool, actor: Actor) -> bool:
    """Remember a copy that was made; the administrator's page tells how old it is.

    False when the database takes nothing: the copy is whole all the same. Before an upgrade
    there is no table to note it in.
    """
    revision = queries.revision() or ""
    if revision != queries.head():
        return True
    try:
        _note(file, sealed, revision, actor)
    except (SQLAlchemyError, OSError):
        log.warning("the copy is whole, but the database took no note of it", exc_info=True)
        return False
    return True


def _note(file: Path, sealed: bool, revision: str, actor: Actor) -> None:
    size = file.stat().st_size
    with transaction() as session:
        made = BackupRecord(
            at=clock.now(), file=file.name[:300], size=size, is_sealed=sealed, revision=revision
        )
        session.add(made)
        session.flush()
        old = made.id - BACKUPS_REMEMBERED
        session.execute(delete(BackupRecord).where(BackupRecord.id <= old))
        facts = {"file": made.file, "bytes": size, "sealed": sealed}
        record("backup.make", made, facts, actor=actor, name=made.file)
