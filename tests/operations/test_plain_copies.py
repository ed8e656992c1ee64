"""A copy in the clear never outlives the command that made it, however that command ends.

Real processes are ended by real signals. They are held in the middle of a backup, when the
copy lies there in the clear, by a copying of files that takes a minute.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from congress_app import database
from congress_app.checkin.latest import Kept
from congress_app.checkin.live import Told
from congress_app.checkin.shelf import FOLDER, Shelf
from congress_app.database import db
from congress_app.kernel import plain_copies
from congress_app.kernel.errors import Conflict
from congress_app.kernel.permissions import system_actor
from congress_app.operations import backup_services, copy_files, leftovers
from tests import builders

SLOW_BACKUP = """
import shutil, sys, time
def slow(*_words):
    print("half way", file=sys.__stdout__, flush=True)
    time.sleep(300)
shutil.copyfileobj = slow
from congress_app import create_app
sys.exit(create_app().test_cli_runner().invoke(args=["backup", sys.argv[1]]).exit_code)
"""


@contextmanager
def half_way(url: str, instance: Path, target: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that makes a copy into the folder and has come half the way."""
    settings = {"INSTANCE_PATH": str(instance), "DATABASE_URL": url}
    with subprocess.Popen(
        [sys.executable, "-c", SLOW_BACKUP, str(target)],
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "half way\n"
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def place(app, database_url: str, tmp_path: Path) -> Path:
    """Where copies in the clear lie: beside SQLite's file, else in the instance folder."""
    builders.a_congress()
    db.session.remove()
    if db.engine.dialect.name == "sqlite":
        return Path(str(db.engine.url.database)).parent
    return Path(app.instance_path)


def left_in(*folders: Path) -> list[str]:
    """Whatever tells of a backup that did not end."""
    names = [path.name for folder in folders for path in folder.iterdir()]
    return sorted(name for name in names if "backup" in name)


def test_a_backup_that_is_told_to_end_leaves_nothing(database_url, place, tmp_path):
    target = tmp_path / "copies"
    target.mkdir()
    with half_way(database_url, place, target) as process:
        assert len(left_in(place, target)) == 4  # the plain copy, the parts of three files
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 128 + signal.SIGTERM
    assert left_in(place, target) == []


@pytest.mark.parametrize(
    "cleared_by",
    [
        lambda _target: backup_services.make(_target, None, keep=1, actor=system_actor()),
        lambda _target: database.forget_deleted(),
        lambda _target: leftovers.clear(database.data_folders(), Path()),
    ],
    ids=["the next backup", "a purge", "a server"],
)
def test_what_a_killed_backup_left_is_cleared_and_one_under_way_is_not_touched(
    database_url, place, tmp_path, cleared_by: Callable[[Path], object]
):
    target = tmp_path / "copies"
    target.mkdir()
    with half_way(database_url, place, target) as process:
        under_way = left_in(place)
        assert len(under_way) == 1
        cleared_by(target)
        assert left_in(place) == under_way
        process.kill()
        process.wait(30)
    assert left_in(place) == under_way
    cleared_by(target)
    assert left_in(place) == []


def test_live_answers_go_though_nobody_on_this_machine_deleted_anything(tmp_path):
    """Another machine purged the congress; here nobody asks for its boards any more."""
    shelved = Shelf(tmp_path / FOLDER)
    answer = Told(b'{"html": "Trang"}', "digest", 1)
    for question in ("old", "new"):
        shelved.put(question, Kept((1, 1), 0.0, 0.0, answer))
    old = next(file for file in (tmp_path / FOLDER).iterdir() if b"\"'old'\"" in file.read_bytes())
    os.utime(old, (time.time() - 61, time.time() - 61))
    leftovers.clear([], tmp_path)
    assert (shelved.take("old"), shelved.take("new") is None) == (None, False)
    assert not old.exists()


def test_a_folder_of_somebody_else_is_left_alone(app, place):
    """Also one named by its date, with a dump made by hand in it, and an empty one."""
    old, mixed = place / "backup-a1b2c3d4", place / "congress-backup-abcdefgh"
    dump, empty, open_one = (
        place / f"backup-{end}" for end in ("20261122", "abcdefgh", "abcdefgi")
    )
    for folder in (old, mixed, dump, empty, open_one):
        folder.mkdir()
        folder.chmod(0o755 if folder == open_one else 0o700)
        if folder != empty:
            (folder / "copy").write_text("whole database")
    (mixed / "notes.txt").write_text("kept by hand")
    leftovers.clear([place], place)
    left = sorted(path.relative_to(place).as_posix() for path in place.glob("*backup-*/**/*"))
    assert left == [
        "backup-20261122/copy",
        "backup-abcdefgi/copy",
        "congress-backup-abcdefgh/copy",
        "congress-backup-abcdefgh/notes.txt",
    ]
    assert (old.exists(), empty.exists()) == (False, True)


def test_a_signal_that_was_put_off_for_good_stays_so():
    """As nohup and services leave it; whoever had none of Python's keeps his as well."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with plain_copies.ended_in_order():
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_second_backup_to_the_same_file_is_refused_and_harms_nothing(
    database_url, place, tmp_path
):
    target = tmp_path / "copy"
    with half_way(database_url, place, target) as process:
        with pytest.raises(Conflict) as caught:
            backup_services.make(target, None, keep=None, actor=system_actor())
        assert caught.value.code == "backup_under_way"
        assert (tmp_path / "copy.part").exists()
        process.kill()
        process.wait(30)
    made = backup_services.make(target, None, keep=None, actor=system_actor())
    assert copy_files.fits_its_sum(made.file)
    assert sorted(tmp_path.glob("*.part")) == []
