"""Uploaded files kept between two requests: the preview of an import and its confirming.

A file lies in the instance folder under a random name that begins with its owner's
number, readable by the server alone, and is thrown away after a day: it may hold names.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from congress_app.kernel.errors import NotFound
from congress_app.kernel.sentences import N_, Sentence

KEPT_SECONDS = 24 * 60 * 60
_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Upload:
    """A file as it was sent."""

    data: bytes
    filename: str


def keep(folder: Path, upload: Upload, owner: int | None) -> str:
    """Store the file for its owner; the key returned finds it again for a day.

    Files older than a day are removed on the way.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    sweep(folder)
    key = secrets.token_hex(16)
    header = json.dumps({"filename": upload.filename}).encode() + b"\n"
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY
    with os.fdopen(os.open(_path(folder, key, owner), flags, 0o600), "wb") as file:
        file.write(header + upload.data)
    return key


def fetch(folder: Path, key: str, owner: int | None) -> Upload:
    """The file of the key; NotFound when it is another's, gone or no key at all."""
    path = _path(folder, key, owner) if _KEY.fullmatch(key) else None
    try:
        content = path.read_bytes() if path else None
    except FileNotFoundError:
        content = None
    if content is None:
        raise NotFound(
            "upload_gone",
            Sentence(N_("Tệp đã tải lên không còn trên máy chủ. Hãy chọn tệp và tải lên lại.")),
        )
    header, _, data = content.partition(b"\n")
    return Upload(data, str(json.loads(header)["filename"]))


def forget(folder: Path, key: str, owner: int | None) -> None:
    """Throw the file away; nothing happens when it is gone already."""
    if _KEY.fullmatch(key):
        _path(folder, key, owner).unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Throw away what is older than a day."""
    # File times are the disk's, so the wall clock is asked, not the house's own clock.
    oldest = time.time() - KEPT_SECONDS
    for path in folder.glob("*.upload"):
        try:
            if path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)
        except FileNotFoundError:  # another worker was faster
            continue


def _path(folder: Path, key: str, owner: int | None) -> Path:
    return folder / f"{owner or 0}-{key}.upload"
