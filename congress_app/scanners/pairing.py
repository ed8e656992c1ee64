"""One-time codes that pair a device, and the secrets a device keeps. Pure.

A code is eight digits, shown in two groups: digits suit every keyboard and every ear. A
token is 256 random bits. The tables hold only SHA-256 hashes; a code could be guessed from
its hash, but it lives ten minutes, serves once, and wrong tries are throttled.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from congress_app.kernel.networks import network_of
from congress_app.kernel.vietnamese import fold

CODE_DIGITS = 8
CODE_LIFE = timedelta(minutes=10)


def new_code() -> str:
    """Eight random digits."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def new_token() -> str:
    """The secret a device sends with every call."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What the tables keep of a code or token."""
    return hashlib.sha256(secret.encode()).hexdigest()


def place(address: str) -> str:
    """Where a wrong code came from, to be counted and not to be read."""
    return digest(network_of(address))


def grouped(code: str) -> str:
    """The code as it is read out: "1234 5678"."""
    return f"{code[:4]} {code[4:]}"


def typed(text: str) -> str:
    """The code as somebody typed it: spaces and hyphens do not matter."""
    return "".join(c for c in fold(text)[:40] if c.isalnum())
