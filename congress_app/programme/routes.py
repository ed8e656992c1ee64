"""The programme of a congress: sessions and items."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.audit.actions import ACTIONS
from congress_app.congresses.rulebook import Duration
from congress_app.congresses.scope import congress_blueprint
from congress_app.formats.xlsx.writing import Column
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Permission
from congress_app.kernel.sentences import N_
from congress_app.programme import (
    act_queries,
    act_services,
    honour_queries,
    outlines,
    queries,
    release_queries,
    services,
    speech_states,
    timetable,
    warnings,
)
from congress_app.programme.forms import SessionForm
from congress_app.programme.models import Session
from congress_app.programme.scope import present_now, settled, the_session
from congress_app.web.guards import requires
from congress_app.web.sheets import sheet_response
from congress_app.web.submissions import form_page
from congress_app.web.texts import say

bp = congress_blueprint("programme", __name__)

Answer = Response | tuple[str, int]
SHEET_COLUMNS = (
    Column(N_("Phiên"), 24),
    Column(N_("Bắt đầu"), 10),
    Column(N_("Kết thúc"), 10),
    Column(N_("Số phút"), 9, "number"),
    Column(N_("Nội dung"), 56),
    Column(N_("Người thực hiện"), 30),
)
# How many acts of the editors the page tells.
SHOWN_ACTS = 8


@bp.get("/programme")
@requires(Permission.PROGRAMME_READ, partly=True)
def index() -> str:
    """Sessions and items with their times, and what is wrong with them."""
    sessions, now = queries.programme_of(g.congress.id), clock.now()
    full_day = g.congress.duration == Duration.FULL_DAY
    outline = queries.outline_of(sessions, present_now(), now)
    return render_template(
        "programme/index.html",
        sessions=sessions,
        findings=warnings.findings(outline, g.rules.mandatory_items, full_day),
        outlines=outlines.outlines_for(g.congress.level),
        presenter=queries.presenter_of,
        honours=honour_queries.lines_of(g.congress.id),
        draft=release_queries.draft_of(g.congress.id),
        now=now,
        **_history(),
    )


@bp.post("/programme/outline")
@requires(Permission.PROGRAMME_EDIT)
def start() -> Response:
    """Fill the empty programme from the chosen outline."""
    offered = {outline.key: outline for outline in outlines.outlines_for(g.congress.level)}
    outline = offered.get(request.form.get("outline", ""))
    if outline is None:
        raise NotFound()
    services.start_from_outline(g.congress, outline, actor=g.actor)
    flash(_("Đã tạo chương trình từ mẫu. Hãy sửa lại cho đúng với hội nghị."), "success")
    return redirect(url_for("programme.index"))


@bp.route("/programme/sessions/new", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_EDIT)
def add_session() -> Answer:
    """A new session."""
    form = SessionForm(data={"day": g.congress.held_on, "kind": "official"})
    if settled(
        form,
        lambda: services.add_session(
            g.congress, form.facts(), actor=g.actor, seen=form.looked_at()
        ),
    ):
        flash(_("Đã thêm phiên."), "success")
        return redirect(url_for("programme.index"))
    return form_page("programme/session.html", form, session=None, ripple=g.get("ripple"))


@bp.route("/programme/sessions/<int:session_id>", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_EDIT)
def edit_session(session_id: int) -> Answer:
    """Change a session."""
    session = the_session(session_id)
    form = SessionForm(data=_session_data(session))
    if settled(form, lambda: _edit(session, form)):
        flash(_("Đã lưu phiên."), "success")
        return redirect(url_for("programme.index"))
    return form_page("programme/session.html", form, session=session, ripple=g.get("ripple"))


@bp.post("/programme/sessions/<int:session_id>/remove")
@requires(Permission.PROGRAMME_EDIT)
def remove_session(session_id: int) -> Response:
    """Remove a session with its items."""
    services.remove_session(g.congress, the_session(session_id), actor=g.actor)
    flash(_("Đã xóa phiên."), "success")
    return redirect(url_for("programme.index"))


@bp.post("/programme/undo")
@requires(Permission.PROGRAMME_EDIT)
def undo() -> Response:
    """Put back what the last act changed."""
    number = request.form.get("act", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise NotFound()
    title = act_services.undo(g.congress, int(number), actor=g.actor)
    flash(_("Đã hoàn tác: %(title)s.", title=title), "success")
    return redirect(url_for("programme.index"))


@bp.get("/programme/sheet.xlsx")
@requires(Permission.PROGRAMME_READ, partly=True)
def sheet() -> Response:
    """The programme as a sheet with the columns of the page."""
    rows = [
        (
            say(sitting.session.title),
            clock.at_venue(each.slot.starts).strftime("%H:%M"),
            clock.at_venue(each.slot.ends).strftime("%H:%M"),
            each.item.minutes,
            each.item.speech.title if each.item.speech else say(each.item.title),
            queries.presenter_of(each.item),
        )
        for sitting in queries.programme_of(g.congress.id)
        for each in sitting.items
    ]
    title, unit = N_("Chương trình"), g.congress.unit.code
    return sheet_response(title, SHEET_COLUMNS, rows, subtitle=g.congress.name, of=unit)


def _history() -> dict[str, object]:
    """What the editors did, what can be undone, and the words for it."""
    return {
        "acts": act_queries.acts_of(g.congress.id, SHOWN_ACTS),
        "undoable": act_queries.last_act(g.congress.id),
        "words": timetable,
        "speech_words": speech_states,
        "act_words": ACTIONS,
        "severities": warnings.SEVERITIES,
    }


def _edit(session: Session, form: SessionForm) -> None:
    services.edit_session(
        g.congress,
        session,
        form.facts(),
        form.opened_version(),
        actor=g.actor,
        seen=form.looked_at(),
    )


def _session_data(session: Session) -> dict[str, object]:
    starts = clock.at_venue(session.starts_at)
    return {
        "version": session.version,
        "kind": session.kind,
        "title": session.title,
        "hall": session.hall,
        "day": starts.date(),
        "starts": starts.time(),
        "doors_open": clock.at_venue(session.doors_open_at).time(),
        "doors_close": clock.at_venue(session.doors_close_at).time(),
        "allows_reentry": session.allows_reentry,
        "categories": session.categories or [],
    }
