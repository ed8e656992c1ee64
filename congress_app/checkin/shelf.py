"""Live answers laid out for the other processes of this machine.

Two server processes would each make the same board. Whoever made it lays it into a file, and
the other takes it from there. A file that is missing, broken or cannot be written costs
nothing but a second making; nothing is ever read from it that a database would not say.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
import time
from collections.abc import Hashable
from contextlib import suppress
from pathlib import Path

from congress_app.checkin.latest import Kept
from congress_app.checkin.live import Told

FOLDER = "live"
# An answer is told for half a minute at most; whatever is older is of no more use.
USELESS_SECONDS = 60.0


class Shelf:
    """One file a question, in a folder nobody but the server's user may enter.

    Times in it are those of `time.monotonic`, which all processes of a machine share.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._swept = -USELESS_SECONDS
        with suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def take(self, question: Hashable) -> Kept[Told] | None:
        """What was laid out last for this question; None when nothing fit for use is there."""
        try:
            head, body = self._file(question).read_bytes().split(b"\n", 1)
            told = json.loads(head)
            if told["question"] != repr(question):
                return None
            answer = Told(body, told["digest"], told["counter"])
            return Kept(tuple(told["stamp"]), told["began"], told["rests_until"], answer)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, question: Hashable, kept: Kept[Told]) -> None:
        """Lay it out whole: who reads meanwhile finds the one before."""
        head = {
            "question": repr(question),
            "stamp": kept.stamp,
            "began": kept.began,
            "rests_until": kept.rests_until,
            "digest": kept.answer.digest,
            "counter": kept.answer.counter,
        }
        file = self._file(question)
        draft = file.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        with suppress(OSError):
            draft.write_bytes(json.dumps(head).encode() + b"\n" + kept.answer.body)
            draft.replace(file)
        if time.monotonic() - self._swept > USELESS_SECONDS:
            self._swept = time.monotonic()
            clear(self._folder, USELESS_SECONDS)

    def _file(self, question: Hashable) -> Path:
        return self._folder / hashlib.sha256(repr(question).encode()).hexdigest()[:32]


def clear(folder: Path, older_than: float = 0.0) -> None:
    """Remove what was laid there more than so many seconds ago: it may name people."""
    with suppress(OSError):
        for file in list(folder.iterdir()):
            with suppress(OSError):  # another process was first
                if time.time() - file.stat().st_mtime >= older_than:
                    file.unlink()
