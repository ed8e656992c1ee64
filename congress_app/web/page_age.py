"""When the page was made that a form was sent from: its protection carries the moment, signed."""

from __future__ import annotations

from datetime import datetime

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

PROTECTION = "csrf_token"


def made_at(protection: str | None) -> datetime | None:
    """The moment in a form's protection; None when it is missing or not ours."""
    pages = URLSafeTimedSerializer(str(current_app.secret_key), salt="wtf-csrf-token")
    try:
        _token, made = pages.loads(protection or "", return_timestamp=True)
    except BadData:
        return None
    moment: datetime = made
    return moment
