"""When the page was made that a form was sent from: its protection carries the moment, signed."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from congress_app.database import db

PROTECTION = "csrf_token"
# Pages are told apart by the second, and a clock is set a little now and then.
_COARSE = timedelta(seconds=5)


def made_at(protection: str | None) -> datetime | None:
    """The moment in a form's protection; None when it is missing or not ours."""
    pages = URLSafeTimedSerializer(str(current_app.secret_key), salt="wtf-csrf-token")
    try:
        _token, made = pages.loads(protection or "", return_timestamp=True)
    except BadData:
        return None
    moment: datetime = made
    return moment


def is_older_than(created_at: datetime) -> bool:
    """Was this form's page made before the row it names? Then it speaks of another one.

    SQLite gives the number of a row that was deleted to the next one; PostgreSQL never does,
    and serves several machines whose clocks differ. False when nothing was sent.
    """
    if db.engine.dialect.name != "sqlite":
        return False
    made = made_at(request.form.get(PROTECTION))
    return made is not None and made + _COARSE < created_at
