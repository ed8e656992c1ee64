"""How a delegate's record is locked for the feed: with his own badge's code, slowly. Pure.

From the code and the congress's salt PBKDF2 makes 48 bytes: 16 are the *locator* under
which the record is found, 32 the AES-256-GCM key that opens it. Whoever holds a device
without the badges must guess codes, and each guess costs `ITERATIONS` rounds of
HMAC-SHA-512; one round of output is 64 bytes, so the owner pays for one block only.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

ITERATIONS = 10_000
# A PIN has only a million values, so it is stretched as far as a phone bears once a shift.
PIN_ITERATIONS = 600_000
SALT_BYTES = 16
LOCATOR_BYTES = 16
KEY_BYTES = 32
NONCE_BYTES = 12


@dataclass(frozen=True)
class BadgeLock:
    """Where a badge's record lies (`locator`, 22 characters) and what opens it (32 bytes)."""

    locator: str
    key: bytes


def new_salt() -> str:
    """Sixteen random bytes in text; one for each congress."""
    return written(secrets.token_bytes(SALT_BYTES))


def new_key() -> str:
    """A random AES key in text."""
    return written(secrets.token_bytes(KEY_BYTES))


def lock_of(code: str, salt: str) -> BadgeLock:
    """Locator and key of a badge's code."""
    wanted = LOCATOR_BYTES + KEY_BYTES
    made = hashlib.pbkdf2_hmac("sha512", code.encode(), read(salt), ITERATIONS, wanted)
    return BadgeLock(written(made[:LOCATOR_BYTES]), made[LOCATOR_BYTES:])


def seal(key: bytes, name: str, text: str) -> str:
    """Lock a text; `name` is bound to it, so that no record can stand in another's place."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return written(nonce + AESGCM(key).encrypt(nonce, text.encode(), name.encode()))


def unseal(key: bytes, name: str, sealed: str) -> str:
    """Open what `seal` locked; raises cryptography's InvalidTag for any other key or name."""
    data = read(sealed)
    nonce, locked = data[:NONCE_BYTES], data[NONCE_BYTES:]
    return AESGCM(key).decrypt(nonce, locked, name.encode()).decode()


def written(data: bytes) -> str:
    """Bytes as URL-safe base64 without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def read(text: str) -> bytes:
    """The bytes of `written`."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
