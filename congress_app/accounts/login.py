"""From the session cookie to an Actor; what the guards call before every page.

The signed cookie holds a random token and when it was last used, so reading a page
writes nothing to the database. What counts as use: everything but what a page fetches by
itself in the background, or a screen left open would never end its session.
"""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime

from flask import current_app, flash, g, request, session
from flask_babel import gettext as _
from sqlalchemy.exc import SQLAlchemyError

from congress_app.accounts import (
    factor_rule,
    session_queries,
    session_services,
    sessions,
    typed_services,
)
from congress_app.accounts.session_queries import OpenSession
from congress_app.accounts.sign_in_services import Halfway, SignedIn
from congress_app.accounts.typed_form import AGAIN, TypedForm
from congress_app.kernel import clock
from congress_app.kernel.permissions import Actor
from congress_app.web import guards, page_age
from congress_app.web.page_age import PROTECTION
from congress_app.web.resending import resending

TOKEN = "token"  # noqa: S105 - the name of a field of the cookie
SEEN = "seen"
LANGUAGE = "language"
HALFWAY = "halfway"
# Whose session was over, and what his open forms prove themselves by.
WAS = "was"
ENDED = "ended"
# Between the password and the code of the second factor.
HALFWAY_SECONDS = 5 * 60
# The cookie is written again only so often; idle times are counted this coarsely.
COARSE_SECONDS = 15


def load_user() -> Actor | None:
    """The signed-in actor of this request, or None; ends what has rested too long."""
    token = session.get(TOKEN)
    if not token:
        _keep_typed()
        return None
    found = session_queries.signed_in(sessions.token_hash(token), request.remote_addr)
    if found is None:
        forget()
        return None
    now = clock.now()
    if _is_over(found, now):
        if _is_use():
            _end(found)
            flash(_("Phiên làm việc đã kết thúc vì để lâu không dùng. Hãy đăng nhập lại."), "info")
            _keep_typed()
        return None
    if _is_use() and now.timestamp() - session[SEEN] >= COARSE_SECONDS:
        session[SEEN] = int(now.timestamp())
    g.demo_mode = found.demo_loaded
    g.must_change_password = found.must_change_password
    g.factor_overdue = _is_overdue(found, now)
    _note_use(found, now)
    return found.actor


def _end(found: OpenSession) -> None:
    """End the session and drop it, but for whose it was and the protection of his forms.

    Signing in again he goes on with forms that stand open; anybody else begins anew. The
    row ends too: what its owner is told is over is over in any copy of his cookie.
    """
    with suppress(SQLAlchemyError):
        session_services.end_rested(found.id)
    protection = session.get(PROTECTION)
    forget()
    session[WAS], session[ENDED] = found.actor.id, int(time.time())
    if protection:
        session[PROTECTION] = protection


def _keep_typed() -> None:
    """Keep the form that comes too late for whose session it was.

    It has passed the protection of forms, so a page of this browser has sent it; what is
    sent from a page made later may be anybody's.
    """
    user_id, form = session.get(WAS), _typed_form()
    if not isinstance(user_id, int) or form is None:
        return
    if not _is_of_his_page(dict(form.fields).get(PROTECTION)):
        return
    with suppress(SQLAlchemyError):
        typed_services.keep(user_id, form)
        flash(_("Nội dung bạn vừa gửi chưa được ghi; đăng nhập lại thì không phải gõ lại."), "info")


def keep_until_duty_is_done(user_id: int) -> None:
    """Keep the form of a signed-in user whom a duty stops: it fell due while he typed."""
    form = _typed_form()
    if form is None:
        return
    with suppress(SQLAlchemyError):
        typed_services.keep(user_id, form)
        flash(_("Nội dung bạn vừa gửi chưa được ghi; xong bước này thì không phải gõ lại."), "info")


def _typed_form() -> TypedForm | None:
    """What a person has typed and this request cannot store; None when there is nothing."""
    typed = resending(without_files=True) if _is_refused_page() else None
    if typed is None or not any(name not in (PROTECTION, AGAIN) for name, _value in typed.fields):
        return None
    return TypedForm(typed.action, typed.fields, typed.files)


def _is_of_his_page(protection: str | None) -> bool:
    """Was the form's page made before the session was found to be over?"""
    if not current_app.config["WTF_CSRF_ENABLED"]:
        return True
    made = page_age.made_at(protection)
    return made is not None and bool(made.timestamp() <= session.get(ENDED, 0))


def _is_refused_page() -> bool:
    """True for what the browser shows as a page and the gate sends elsewhere first."""
    view = current_app.view_functions.get(request.endpoint or "")
    access = guards.access_of(view) if view else None
    is_page = request.headers.get("Sec-Fetch-Dest", "document") == "document"
    return is_page and access is not None and access.kind in ("signed_in", "permission")


def _is_overdue(found: OpenSession, now: datetime) -> bool:
    """True when this user should have had a second factor by now."""
    asked = factor_rule.is_asked(
        rule=current_app.config["SECOND_FACTOR"],
        privileged=found.actor.is_privileged,
        is_demo=found.is_demo,
    )
    standing = factor_rule.standing(
        asked=asked, has_factor=found.has_factor, due_at=found.second_factor_due_at, now=now
    )
    return standing is factor_rule.Standing.OVERDUE


def _note_use(found: OpenSession, now: datetime) -> None:
    if not _is_use() or (found.last_seen_at and now - found.last_seen_at < sessions.NOTED_EVERY):
        return
    # Pages must open while the disk is full or the database is being copied.
    with suppress(SQLAlchemyError):
        session_services.note_use(found.id)


def remember(signed_in: SignedIn) -> None:
    """Begin the browser's session anew with the token; only the language is kept."""
    language = session.get(LANGUAGE) or signed_in.language
    protection = session.get(PROTECTION) if session.get(WAS) == signed_in.user_id else None
    session.clear()
    if protection:
        session[PROTECTION] = protection
    session[TOKEN] = signed_in.token
    session[SEEN] = int(clock.now().timestamp())
    session[LANGUAGE] = language


def remember_halfway(half: Halfway, onward: str) -> None:
    """Keep in the signed cookie that the password was right; it opens nothing by itself."""
    kept = {
        name: session[name]
        for name in (WAS, ENDED, PROTECTION)
        if WAS in session and name in session
    }
    forget()
    session.update(kept)
    session[HALFWAY] = {
        "user": half.user_id,
        "mark": half.mark,
        "at": int(clock.now().timestamp()),
        "next": onward,
    }


def halfway() -> tuple[Halfway, str] | None:
    """Who typed the right password a moment ago, and where he wanted to go."""
    kept = session.get(HALFWAY)
    if not isinstance(kept, dict):
        return None
    if not 0 <= clock.now().timestamp() - kept["at"] <= HALFWAY_SECONDS:
        session.pop(HALFWAY)
        return None
    return Halfway(kept["user"], kept["mark"]), kept["next"]


def forget() -> None:
    """Drop everything of the session from the browser save its language."""
    language = session.get(LANGUAGE)
    session.clear()
    if language:
        session[LANGUAGE] = language


def _is_over(found: OpenSession, now: datetime) -> bool:
    seen = session.get(SEEN)
    if not isinstance(seen, int):
        return True
    last = datetime.fromtimestamp(seen, UTC)
    return sessions.is_over(found.created_at, last, now, privileged=found.actor.is_privileged)


def _is_use() -> bool:
    return not (request.method == "GET" and request.headers.get("Sec-Fetch-Dest") == "empty")
