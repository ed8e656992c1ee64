"""From the session cookie to an Actor; what the guards call before every page.

The signed cookie holds a random token and when it was last used, so reading a page
writes nothing to the database. What counts as use: everything but what a page fetches by
itself in the background, or a screen left open would never end its session.
"""

from __future__ import annotations

from datetime import UTC, datetime

from flask import flash, g, request, session
from flask_babel import gettext as _

from congress_app.accounts import queries, sessions
from congress_app.accounts.models import SignInSession
from congress_app.accounts.sign_in_services import SignedIn
from congress_app.kernel import clock
from congress_app.kernel.permissions import Actor

TOKEN = "token"  # noqa: S105 - the name of a field of the cookie
SEEN = "seen"
LANGUAGE = "language"
# The cookie is written again only so often; idle times are counted this coarsely.
COARSE_SECONDS = 15


def load_user() -> Actor | None:
    """The signed-in actor of this request, or None; ends what has rested too long."""
    token = session.get(TOKEN)
    if not token:
        return None
    found = queries.signed_in(sessions.token_hash(token))
    if found is None:
        forget()
        return None
    row, demo_loaded = found
    actor = queries.actor_of(row.user, request.remote_addr)
    now = clock.now()
    if _is_over(row, actor, now):
        forget()
        flash(_("Phiên làm việc đã kết thúc vì để lâu không dùng. Hãy đăng nhập lại."), "info")
        return None
    if _is_use() and now.timestamp() - session[SEEN] >= COARSE_SECONDS:
        session[SEEN] = int(now.timestamp())
    g.demo_mode = demo_loaded
    g.must_change_password = row.user.must_change_password
    return actor


def remember(signed_in: SignedIn) -> None:
    """Begin the browser's session anew with the token; only the language is kept."""
    language = session.get(LANGUAGE) or signed_in.language
    session.clear()
    session[TOKEN] = signed_in.token
    session[SEEN] = int(clock.now().timestamp())
    session[LANGUAGE] = language


def forget() -> None:
    """Drop everything of the session from the browser save its language."""
    language = session.get(LANGUAGE)
    session.clear()
    if language:
        session[LANGUAGE] = language


def _is_over(row: SignInSession, actor: Actor, now: datetime) -> bool:
    seen = session.get(SEEN)
    if not isinstance(seen, int):
        return True
    last = datetime.fromtimestamp(seen, UTC)
    return sessions.is_over(row.created_at, last, now, privileged=actor.is_privileged)


def _is_use() -> bool:
    return not (request.method == "GET" and request.headers.get("Sec-Fetch-Dest") == "empty")
