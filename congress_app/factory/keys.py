"""The server's keys: from the environment, or from a file that is read again when it changes.

The session's signature is the first thing a request needs, so the file is looked at there:
all processes of this machine take a new key up with their next request, and none has to be
started anew.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from flask import Flask
from itsdangerous import URLSafeTimedSerializer

from congress_app.accounts import key_file
from congress_app.factory.cookies import CookieSessions

_STAMP, _KEYS = "key_stamp", "keys"


def init_app(app: Flask) -> None:
    """Give the application its keys; the first one is made on the first start."""
    app.session_interface = CookieSessions()
    if app.config["SECRET_KEY"]:
        app.config["SECRET_KEY_FILE"] = ""
        return
    named = os.environ.get("SECRET_KEY_FILE")
    path = Path(named) if named else Path(app.instance_path) / "secret_key"
    app.config["SECRET_KEY_FILE"] = str(path)
    with suppress(*key_file.UNREADABLE):  # what there is to say is said below
        key_file.made_or_read(path)
    refresh(app)
    app.session_interface = _Sessions()


def refresh(app: Flask) -> None:
    """Read the file again when it was replaced; keep the keys while it cannot be read."""
    path = Path(app.config["SECRET_KEY_FILE"])
    try:
        now = key_file.stamp(path)
        if now == app.extensions.get(_STAMP):
            return
        keys = key_file.read(path)
    except key_file.UNREADABLE:
        keys = ()
    if keys:
        app.config.update(SECRET_KEY=keys[0], SECRET_KEY_FALLBACKS=keys[1:])
        app.extensions.update({_STAMP: now, _KEYS: keys})
    elif not app.config["SECRET_KEY"]:
        # Nothing could be signed: the start ends here.
        raise SystemExit(
            f"Không đọc được khóa nào trong {path}. Hãy kiểm tra tệp và quyền đọc, ghi."
        )


class _Sessions(CookieSessions):
    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """With the keys of one reading of the file, the newest tried first.

        The settings hold them in two places: another thread may take a new key up between
        the two, and the one that signed the cookie at hand would be in neither.
        """
        refresh(app)
        serializer = super().get_signing_serializer(app)
        if serializer is not None:
            serializer.secret_keys = [key.encode() for key in reversed(app.extensions[_KEYS])]
        return serializer
