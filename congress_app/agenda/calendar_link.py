"""The secret of a delegate's calendar: made of that of the page, opening the calendar alone.

A subscription hands its address to whoever keeps the calendar, a service abroad or a family.
From it nobody can tell the page's secret, by which one answers in the delegate's name; a new
link of the page ends the calendar's life too.
"""

from __future__ import annotations

import hmac

_PURPOSE = b"calendar of the programme"
# 128 bits, as text.
_LETTERS = 32


def secret_of(link_token: str) -> str:
    """The calendar's secret, 32 hexadecimal digits."""
    return hmac.digest(link_token.encode(), _PURPOSE, "sha256").hex()[:_LETTERS]


def opens(secret: str, link_token: str | None) -> bool:
    """True when the secret is that of the calendar behind this link; a closed link has none."""
    if link_token is None:
        return False
    return hmac.compare_digest(secret.encode(), secret_of(link_token).encode())
