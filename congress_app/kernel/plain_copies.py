"""Folders with the whole database in the clear, which must not outlive who made them.

Who uses such a folder holds a lock on it, and the kernel lets go of the lock of whoever is
gone, also of one that was killed or lost its power. So what is left behind can be told from
what is under way, and anybody may clear it.
"""

from __future__ import annotations

import fcntl
import os
import re
import signal
import stat
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

PREFIX = "congress-backup-"
# Earlier versions named them without our word, and others name theirs so by the date.
_NAMED = re.compile(r"congress-backup-[a-z0-9_]{8}|backup-(?!\d{8}$)[a-z0-9_]{8}")
_FILES = frozenset({"copy", "copy-journal", "copy-wal", "copy-shm", "statements", "contents"})
_ENDING = (signal.SIGTERM, signal.SIGHUP)


@contextmanager
def private_folder(place: Path) -> Iterator[Path]:
    """A folder nobody else may enter, gone with what lies in it when the block ends."""
    folder, lock = _made(place)
    try:
        yield folder
    finally:
        _clear(folder)
        os.close(lock)


def clear_left(places: Iterable[Path]) -> None:
    """Remove from these places what was left by those who are gone."""
    for place in places:
        with suppress(OSError):
            found = [path for path in place.iterdir() if _NAMED.fullmatch(path.name)]
            for folder in found:
                _clear_unless_held(folder)


def hold(file: int) -> bool:
    """Lock the open file or folder until it is closed; False when somebody else holds it."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def ended_in_order() -> Iterator[None]:
    """Let whoever ends this process from outside end the block like an error, cleaning up."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are the main thread's
        return
    with _handled(_ENDING, _end):
        yield


class PutOff:
    """Which signals have asked for the end meanwhile."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def end_if_asked(self) -> None:
        """End here, where stopping half way is no harm yet."""
        if self.asked:
            raise SystemExit(128 + self.asked[0])


@contextmanager
def not_ended() -> Iterator[PutOff]:
    """Put off being ended until the block is through, for what must not stop half way.

    Not by a mask, which would be one thread's only: the kernel gives a signal to any thread
    that takes it, and libraries have theirs. Handlers run in the main thread always.
    """
    put_off = PutOff()
    if threading.current_thread() is not threading.main_thread():
        yield put_off
        return
    try:
        with _handled((*_ENDING, signal.SIGINT), lambda one, _frame: put_off.asked.append(one)):
            yield put_off
    finally:
        for one in put_off.asked[:1]:
            signal.raise_signal(one)


@contextmanager
def _handled(signals: Iterable[signal.Signals], work: Callable[[int, Any], Any]) -> Iterator[None]:
    """Have the signals do that; one that nohup or a service has put off for good stays so."""
    found = {one: signal.getsignal(one) for one in signals}
    before = {one: old for one, old in found.items() if old not in (signal.SIG_IGN, None)}
    for one in before:
        signal.signal(one, work)
    try:
        yield
    finally:
        for one, old in before.items():
            signal.signal(one, old)


def _end(number: int, _frame: object) -> None:
    for one in _ENDING:
        signal.signal(one, signal.SIG_IGN)  # once is enough: cleaning up goes to its end
    raise SystemExit(128 + number)


def _made(place: Path) -> tuple[Path, int]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
        # Somebody who clears may have taken it for left in this moment; then another one.
        with suppress(OSError):
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            if hold(lock) and folder.exists():
                return folder, lock
            os.close(lock)


def _clear_unless_held(folder: Path) -> None:
    with suppress(OSError):
        lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            if hold(lock) and (folder.name.startswith(PREFIX) or _was_ours(folder, lock)):
                _clear(folder)
        finally:
            os.close(lock)


def _was_ours(folder: Path, opened: int) -> bool:
    """Of the older names: closed to others, made by this account, with a copy in it."""
    found = os.fstat(opened)
    is_closed = stat.S_IMODE(found.st_mode) == 0o700 and found.st_uid == os.geteuid()
    return is_closed and (folder / "copy").exists()


def _clear(folder: Path) -> None:
    """Remove the folder, unless there is something in it that none of us has put there."""
    with suppress(OSError):
        files = list(folder.iterdir())
        if {file.name for file in files} <= _FILES:
            for file in files:
                file.unlink(missing_ok=True)
            folder.rmdir()
