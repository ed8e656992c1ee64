"""A restore that is told to end, or killed, has replaced nothing or goes on to its end.

Real processes are ended by real signals. They have a second thread, as libraries start some:
the kernel gives a signal to any thread that takes it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, select, text

from congress_app.accounts import services as account_services
from congress_app.accounts.models import SignInSession
from congress_app.audit.models import Entry
from congress_app.database import db
from congress_app.kernel.errors import Conflict
from congress_app.kernel.permissions import Role, system_actor
from congress_app.operations import backup_services, copy_files, putting_back
from tests import builders
from tests.conftest import ON_POSTGRES

RESTORE = """
import sys, threading, time
threading.Thread(target=time.sleep, args=(300,), daemon=True).start()
import flask_migrate
upgrade = flask_migrate.upgrade
def held():
    print("half way", flush=True)
    sys.stdin.readline()
    upgrade()
flask_migrate.upgrade = held
from flask.cli import ScriptInfo
from congress_app import create_app
app = create_app()
words = ["restore", sys.argv[1], "--replace"]
print("begun", flush=True)
app.cli.main(words, prog_name="flask", obj=ScriptInfo(create_app=lambda: app))
"""
PATIENCE = 30


def _listen() -> None:
    """Heed what whoever started the tests with nohup, or behind a shell, had ignored."""
    for one in (signal.SIGHUP, signal.SIGINT):
        signal.signal(one, signal.SIG_DFL)


@contextmanager
def restoring(
    url: str, instance: Path, file: Path, *before: str
) -> Iterator[subprocess.Popen[str]]:
    """A process that restores the copy; it is held when everything has been replaced."""
    settings = {"INSTANCE_PATH": str(instance), "DATABASE_URL": url}
    with subprocess.Popen(
        [*before, sys.executable, "-c", RESTORE, str(file)],
        env=os.environ | settings,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=_listen,  # noqa: PLW1509
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def used(url: str) -> Iterator[None]:
    """Somebody else's transaction that writes."""
    engine = create_engine(url)
    with closing(engine.raw_connection()) as connection:
        if ON_POSTGRES:
            connection.cursor().execute("SELECT count(*) FROM unit")
        else:
            connection.cursor().execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            connection.rollback()
    engine.dispose()


def until_it_waits(url: str, instance: Path) -> None:
    """Until the restore waits for that transaction."""
    deadline = time.monotonic() + PATIENCE
    while not _waits(url, instance):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    time.sleep(0.5)


def _waits(url: str, instance: Path) -> bool:
    if not ON_POSTGRES:
        beside = Path(url.removeprefix("sqlite:///")).parent
        return any(beside.glob("congress-backup-*/copy"))
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
        row = connection.execute(waiting).fetchone()
        return row is not None and row[0] > 0


def log_of(url: str) -> list[str]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = connection.scalars(text("SELECT action FROM audit_entry ORDER BY id")).all()
    engine.dispose()
    return list(found)


@pytest.fixture
def copy(app, tmp_path: Path) -> Path:
    """A copy with somebody signed in, whose account was closed after it."""
    thief = builders.a_user(Role.ORGANISER, builders.the_root())
    builders.a_sign_in_session(thief)
    file = backup_services.make(tmp_path / "copy", None, keep=None, actor=system_actor()).file
    account_services.deactivate(thief, actor=system_actor())
    db.session.remove()
    db.engine.dispose()
    return file


BEFORE = ["backup.make", "user.deactivate"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_what_has_begun_to_replace_goes_on_to_its_end(
    app, database_url, copy, tmp_path, number: signal.Signals
):
    with restoring(database_url, tmp_path / "instance", copy) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "half way\n"
        process.send_signal(number)
        time.sleep(0.5)
        _out, said = process.communicate("go on\n", timeout=60)
    code = 1 if number is signal.SIGINT else 128 + number
    assert (process.returncode, f"Đã khôi phục từ {copy}." in said) == (code, True)
    assert log_of(database_url) == ["backup.restore"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_one_that_still_waits_can_be_ended_and_has_replaced_nothing(
    app, database_url, copy, tmp_path, number: signal.Signals
):
    with used(database_url), restoring(database_url, tmp_path / "instance", copy) as process:
        until_it_waits(database_url, tmp_path / "instance")
        process.send_signal(number)
        assert process.wait(PATIENCE) != 0
    time.sleep(2)  # of an orphan, to go on
    assert log_of(database_url) == BEFORE


def test_a_database_in_use_is_told_after_a_while(app, database_url, copy, monkeypatch):
    monkeypatch.setattr(putting_back, "PATIENCE", 1)
    with used(database_url), pytest.raises(Conflict) as caught:
        backup_services.restore(copy, None, replace=True, actor=system_actor())
    assert caught.value.code == "database_in_use"
    assert log_of(database_url) == BEFORE


def test_what_one_that_was_killed_half_way_undid_is_told_by_the_next(
    app, database_url, copy, tmp_path
):
    with restoring(database_url, tmp_path / "instance", copy) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "half way\n"
        process.kill()
        process.wait(PATIENCE)
    # Replaced and not noted; but nobody is signed in by it.
    assert log_of(database_url) == []
    assert None not in db.session.scalars(select(SignInSession.ended_at)).all()
    db.session.remove()
    done = backup_services.restore(copy, None, replace=True, actor=system_actor())
    assert [one.action for one in done.undone or ()] == ["user.deactivate"]
    facts = db.session.scalar(select(Entry.changes).where(Entry.action == "backup.restore"))
    assert (facts["sessions_ended"], facts["undone"]) == (1, str((done.undone or ())[0]))
    # Noted, it is told no more.
    newer = backup_services.make(tmp_path / "newer", None, keep=None, actor=system_actor()).file
    db.session.remove()
    again = backup_services.restore(newer, None, replace=True, actor=system_actor())
    assert again.undone == ()


def test_the_right_copy_after_a_wrong_one_still_tells_what_was_done_since(app, tmp_path):
    organiser = builders.a_user(Role.ORGANISER, builders.the_root())
    viewer = builders.a_user(Role.VIEWER, builders.the_root())
    old = backup_services.make(tmp_path / "old", None, keep=None, actor=system_actor()).file
    account_services.deactivate(viewer, actor=system_actor())
    right = backup_services.make(tmp_path / "right", None, keep=None, actor=system_actor()).file
    account_services.deactivate(organiser, actor=system_actor())
    first, second = viewer.id, organiser.id
    told = []
    for file in (old, right):
        db.session.remove()
        done = backup_services.restore(file, None, replace=True, actor=system_actor())
        told.append([(one.action, one.number) for one in done.undone or ()])
    of_both = [("user.deactivate", first), ("user.deactivate", second)]
    assert told == [of_both, of_both[1:]]
    assert copy_files.fits_its_sum(right)


@pytest.mark.skipif(ON_POSTGRES, reason="of the program, not of the database")
def test_nohup_is_heard(app, database_url, copy, tmp_path):
    with restoring(database_url, tmp_path / "instance", copy, "nohup") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "half way\n"
        process.send_signal(signal.SIGHUP)
        time.sleep(0.5)
        process.communicate("go on\n", timeout=60)
    assert process.returncode == 0
    assert log_of(database_url) == ["backup.restore"]
