"""The SHA-256 of a file in one line beside it, as `sha256sum` writes and `sha256sum -c` reads it.

It tells bytes that changed by themselves (a disk, a copy broken off). It is no seal: whoever
can change the file can write a new sum.
"""

from __future__ import annotations

import hashlib
import os
import re
from io import BufferedIOBase
from pathlib import Path

_LINE = re.compile(rb"([0-9A-Fa-f]{64}) [ *][^\r\n]+\s*")


def beside(file: Path) -> Path:
    """Where the sum of a file lies."""
    return file.with_name(f"{file.name}.sha256")


def line(source: BufferedIOBase, name: str) -> bytes:
    """The sum of what is left to read, for the file of this name (one without a line break)."""
    return f"{_digest(source)}  ".encode() + os.fsencode(name) + b"\n"


def fits(written: bytes, source: BufferedIOBase) -> bool:
    """True when `written` is one such line and `source`, read to its end, has that sum.

    The name in it is not looked at: both files may have been renamed.
    """
    found = _LINE.fullmatch(written)
    return found is not None and found[1].decode().lower() == _digest(source)


def _digest(source: BufferedIOBase) -> str:
    return hashlib.file_digest(source, "sha256").hexdigest()
