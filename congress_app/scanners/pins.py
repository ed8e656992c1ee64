"""A supervisor's PIN: six digits, told once, kept as a slow hash. Pure.

A million values are few. What protects them is that the server counts wrong ones; on the
device itself the PIN only keeps honest people honest (see `docs/devices.md`).
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

PIN_DIGITS = 6
TRIES = 5
LOCKED_FOR = timedelta(minutes=5)
# How long a supervisor's calls stay open after the PIN.
OPEN_FOR = timedelta(minutes=15)

_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


def new_pin() -> str:
    """Six random digits."""
    return f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}d}"


def hashed(pin: str) -> str:
    """What the table keeps."""
    return _hasher.hash(pin)


def is_right(pin: str, kept: str | None) -> bool:
    """Whether the PIN is the one that was hashed; never for a device without one."""
    if kept is None:
        return False
    try:
        return _hasher.verify(kept, pin)
    except (InvalidHashError, VerificationError):
        return False
