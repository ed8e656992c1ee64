"""The session's cookie, when the server's clock is set back a little.

A cookie signed a second ago is then from the future, and would be refused: everybody who is
signed in would be out, with whatever he was typing, whenever a clock is corrected.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import SignatureExpired, TimestampSigner, URLSafeTimedSerializer

# As far ahead as a session may have been seen (`accounts/sessions.py`).
AHEAD = timedelta(minutes=1)


class _Signer(TimestampSigner):
    def unsign(
        self, value: str | bytes, max_age: int | None = None, return_timestamp: bool = False
    ) -> Any:
        """As ever, but a signature from the near future is good."""
        plain: Any = super().unsign
        try:
            return plain(value, max_age, return_timestamp)
        except SignatureExpired as error:
            now = self.timestamp_to_datetime(self.get_timestamp())
            if error.date_signed is None or not now < error.date_signed <= now + AHEAD:
                raise
            return plain(value, None, return_timestamp)


class CookieSessions(SecureCookieSessionInterface):
    """Flask's own sessions with that patience."""

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """What signs the cookie and reads it."""
        serializer = super().get_signing_serializer(app)
        if serializer is not None:
            serializer.signer = _Signer
        return serializer
