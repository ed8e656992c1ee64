"""The signed cookie by which a browser is known to users who have signed in with it."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from congress_app.accounts import key_queries, known_browsers
from congress_app.accounts.known_browsers import KnownBrowser

_LONGEST = timedelta(days=known_browsers.DAYS)


def this_browser() -> KnownBrowser | None:
    """What the request's cookie tells; None without one, or when we did not sign it."""
    text = request.cookies.get(_cookie_name())
    if not text:
        return None
    try:
        data = _signer().loads(text, max_age=int(_LONGEST.total_seconds()))
    except BadData:
        return None
    return known_browsers.from_plain(data)


def remember(response: Response, user_id: int) -> Response:
    """Let the browser carry away that this user has signed in with it."""
    browser = (this_browser() or known_browsers.fresh()).with_user(user_id)
    config = current_app.config
    response.set_cookie(
        _cookie_name(),
        str(_signer().dumps(known_browsers.as_plain(browser))),
        max_age=_LONGEST,
        secure=config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite=config["SESSION_COOKIE_SAMESITE"],
    )
    return response


def _cookie_name() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-known"


def _signer() -> URLSafeTimedSerializer:
    # The last key signs, all of them are tried.
    keys = list(reversed(key_queries.keys()))
    options = {"digest_method": hashlib.sha256, "key_derivation": "hmac"}
    return URLSafeTimedSerializer(keys, salt="known browser", signer_kwargs=options)
