"""Presence as of any minute, on the page and as sheets."""

from __future__ import annotations

from datetime import datetime, time

from flask import Response, g, render_template, request
from flask_babel import gettext as _

from congress_app.checkin import attendance_queries, queries
from congress_app.checkin.attendance import end_of_minute, instant_at
from congress_app.checkin.attendance_sheet import (
    attendance_sheet,
    by_delegation,
    delegation_sheet,
    total,
)
from congress_app.checkin.delegation_routes import session_asked_for
from congress_app.checkin.forms import MinuteForm
from congress_app.congresses.rulebook import CATEGORY_LABELS
from congress_app.congresses.scope import congress_blueprint
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Permission
from congress_app.programme.models import Session
from congress_app.web.guards import requires
from congress_app.web.responses import download, paged
from congress_app.web.texts import say

bp = congress_blueprint("attendance", __name__)

# Delegates on one page, below the figures of all delegations.
SHOWN = 20


@bp.get("/checkin/attendance")
@requires(Permission.CHECKIN_READ)
def show() -> str:
    """Figures and names at the minute asked for."""
    session = session_asked_for()
    form = MinuteForm(request.args)
    at = minute_asked_for(session, form.at.data if form.validate() else None)
    rows = attendance_queries.attendance_rows(g.congress.id, session.id, at) if session else []
    return render_template(
        "checkin/attendance.html",
        form=form,
        session=session,
        sessions=queries.sessions_of(g.congress.id),
        at=at,
        page=paged(rows, SHOWN),
        total=total(rows),
        delegations=by_delegation(rows),
        categories=CATEGORY_LABELS,
    )


@bp.get("/checkin/attendance.xlsx")
@requires(Permission.CHECKIN_READ)
def sheet() -> Response:
    """The same as a sheet; `by=delegation` gives figures instead of names."""
    session = session_asked_for()
    form = MinuteForm(request.args)
    if session is None or not form.validate():
        raise NotFound
    at = minute_asked_for(session, form.at.data)
    rows = attendance_queries.attendance_rows(g.congress.id, session.id, at)
    make = delegation_sheet if request.args.get("by") == "delegation" else attendance_sheet
    stem = _("Có mặt %(minute)s", minute=clock.at_venue(at).strftime("%Hh%M %d-%m-%Y"))
    return download(make(g.congress.name, say(session.title), at, rows), f"{stem}.xlsx")


def minute_asked_for(session: Session | None, wanted: time | None) -> datetime:
    """The end of the minute on the session's day; without one now, or the end of a session past."""
    now = clock.now()
    if session is None:
        return now
    if wanted is None:
        return end_of_minute(min(now, session.doors_close_at))
    return end_of_minute(instant_at(wanted, session.doors_open_at, session.doors_close_at))
