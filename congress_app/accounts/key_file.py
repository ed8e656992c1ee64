"""The file of the server's keys: one a line, the newest first. No tables, no pages.

The first signs and seals; the others still open what they signed and sealed. Only the
owner of the server process may read it.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

# What reading the file may raise: it is away, forbidden, or no file of keys.
UNREADABLE = (OSError, UnicodeDecodeError)


def made_or_read(path: Path) -> tuple[str, ...]:
    """The keys of the file; the first one is made where there is no file yet."""
    if not path.exists():
        part = _written(path, (secrets.token_urlsafe(48),))
        # A link is made whole or not at all: of two processes starting, one wins and both
        # read its key.
        with suppress(FileExistsError):
            os.link(part, path)
        part.unlink()
    return read(path)


def read(path: Path) -> tuple[str, ...]:
    """The keys of the file, the newest first. Raises one of UNREADABLE."""
    return tuple(path.read_text(encoding="ascii").split())


def add_new(path: Path) -> None:
    """Put a fresh key in front of the others, in one step."""
    _replace(path, (secrets.token_urlsafe(48), *read(path)))


def keep_newest(path: Path) -> int:
    """Forget every key but the newest; how many were forgotten."""
    keys = read(path)
    _replace(path, keys[:1])
    return len(keys) - 1


def stamp(path: Path) -> tuple[int, int, int]:
    """Changes whenever the file was replaced. Raises OSError when there is none."""
    found = path.stat()
    return found.st_mtime_ns, found.st_ino, found.st_size


def is_open(path: Path) -> bool:
    """True when others than the server and root may read or change the file."""
    found = path.stat()
    return open_to_others(found.st_mode, found.st_uid, os.geteuid())


def open_to_others(mode: int, owner: int, server: int) -> bool:
    """The same for a mode, the number of its owner and that of the server's user.

    Root's own file may be readable by one group: so vaults and systemd hand a secret over.
    """
    if owner == server != 0:
        return bool(mode & 0o077)
    return owner != 0 or bool(mode & 0o027)


def _replace(path: Path, keys: tuple[str, ...]) -> None:
    part, owner = _written(path, keys), path.stat()
    try:
        if (owner.st_uid, owner.st_gid) != (part.stat().st_uid, part.stat().st_gid):
            # Root changes the key of a server that runs as somebody else.
            os.chown(part, owner.st_uid, owner.st_gid)
        part.replace(path)
    except OSError:
        part.unlink()
        raise


def _written(path: Path, keys: tuple[str, ...]) -> Path:
    part = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write("\n".join(keys) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return part
