"""Codes from a phone (RFC 6238) and codes on paper. Pure.

Six digits that change every 30 seconds, made with HMAC-SHA-1 because that is the one
setting every authenticator program knows; the secret has 160 random bits, as RFC 4226
recommends. A code of the step before and after is taken too, for clocks that are off.
"""

from __future__ import annotations

import base64
import secrets
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from congress_app.kernel.vietnamese import fold

DIGITS = 6
STEP_SECONDS = 30
DRIFT_STEPS = 1
SECRET_BYTES = 20
RECOVERY_CODES = 10
# Without l, 1, o, 0, i: the codes are read from paper.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_RECOVERY_LETTERS = 12


def new_secret() -> bytes:
    """160 random bits."""
    return secrets.token_bytes(SECRET_BYTES)


def written(secret: bytes) -> str:
    """The secret as people type it into a program: base32 in groups of four."""
    text = base64.b32encode(secret).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def address(secret: bytes, username: str, issuer: str) -> str:
    """The `otpauth:` address in the QR symbol."""
    # Some programs show the plus signs of a form as they are.
    return _maker(secret).get_provisioning_uri(username, issuer).replace("+", "%20")


def step_at(at: datetime) -> int:
    """The number of the 30 seconds that hold the instant."""
    return int(at.timestamp()) // STEP_SECONDS


def code_of(secret: bytes, step: int) -> str:
    """The code of a step."""
    return _maker(secret).generate(step * STEP_SECONDS).decode()


def matching_step(secret: bytes, typed: str, at: datetime, last_step: int | None) -> int | None:
    """The step the typed code belongs to; None when it is wrong, stale or used already.

    Every step within the drift is compared, whatever matched before, and each in constant
    time. Steps up to `last_step` are spent.
    """
    digits = "".join(c for c in typed if c.isascii() and c.isdigit())[:20]
    now = step_at(at)
    found = None
    for step in range(max(0, now - DRIFT_STEPS), now + DRIFT_STEPS + 1):
        same = secrets.compare_digest(code_of(secret, step), digits)
        if same and (last_step is None or step > last_step):
            found = step
    return found


def new_recovery_codes() -> list[str]:
    """Ten codes such as `k7mf-q2xw-9tzr`: about 59 random bits each."""
    return [_recovery_code() for _ in range(RECOVERY_CODES)]


def _recovery_code() -> str:
    text = "".join(secrets.choice(_ALPHABET) for _ in range(_RECOVERY_LETTERS))
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def recovery_typed(text: str) -> str | None:
    """A recovery code as it was given out, from what was typed; None when it is none."""
    letters = "".join(c for c in fold(text)[:60] if c.isalnum())
    if len(letters) != _RECOVERY_LETTERS or not set(letters) <= set(_ALPHABET):
        return None
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def _maker(secret: bytes) -> TOTP:
    return TOTP(secret, DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303
