"""The door list: who is here, admit by hand, take back, excuse; and the live figures."""

from __future__ import annotations

from flask import Response, flash, g, jsonify, make_response, redirect, render_template, request
from flask import url_for as url
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from congress_app.checkin import conflict_queries, desk_services, queries, scan_queries
from congress_app.checkin.answer import KnownBadge
from congress_app.checkin.decision import REASON_LABELS, Direction, Outcome
from congress_app.checkin.forms import ReasonForm
from congress_app.congresses.rulebook import CATEGORY_LABELS
from congress_app.congresses.scope import congress_blueprint
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Permission
from congress_app.kernel.vietnamese import fold
from congress_app.programme.models import Session
from congress_app.web.guards import requires
from congress_app.web.responses import safe_next
from congress_app.web.submissions import accepted, form_page
from congress_app.web.texts import say

bp = congress_blueprint("checkin", __name__)


@bp.get("/checkin")
@requires(Permission.CHECKIN_READ)
def index() -> str:
    """Figures of the session now, the door list, the latest scans."""
    session = _session()
    standing, text = request.args.get("standing", "all"), request.args.get("q", "")[:100]
    return render_template(
        "checkin/index.html",
        session=session,
        attendance=queries.attendance(g.congress.id, session),
        rows=queries.door_list(g.congress.id, session, fold(text), standing),
        scans=queries.recent_scans(g.congress.id),
        text=text,
        standing=standing,
        categories=CATEGORY_LABELS,
        reasons=REASON_LABELS,
        open_conflicts=conflict_queries.open_count(g.congress.id),
        now=clock.now(),
    )


@bp.get("/checkin/live.json")
@requires(Permission.CHECKIN_READ)
def live() -> Response:
    """The figures for a page that asks every two seconds; 304 while nothing changed."""
    session = _session()
    etag = f"{queries.pulse(g.congress.id)}-{session.id if session else 0}"
    if request.if_none_match.contains_weak(etag):
        response = make_response("", 304)
    else:
        response = jsonify(_figures(queries.attendance(g.congress.id, session)))
    response.set_etag(etag)
    response.headers["Cache-Control"] = "no-cache"
    return response


@bp.post("/checkin/delegates/<int:delegate_id>/admit")
@requires(Permission.CHECKIN_SCAN)
def admit(delegate_id: int) -> Answer:
    """Record a delegate found by name as come in or gone out."""
    _known(delegate_id)
    direction = Direction.OUT if request.form.get("direction") == "out" else Direction.IN
    answer = desk_services.admit_by_hand(g.congress, delegate_id, direction, actor=g.actor)
    name = f"{answer.delegate.name}: " if answer.delegate else ""
    good = answer.verdict is Outcome.ACCEPTED
    flash(name + say(answer.sentence), "success" if good else "danger")
    return redirect(url("checkin.index", q=request.form.get("q") or None))


@bp.route("/checkin/scans/<int:scan_id>/take-back", methods=["GET", "POST"])
@requires(Permission.CHECKIN_SUPERVISE)
def take_back(scan_id: int) -> Answer | tuple[str, int]:
    """Undo a wrong scan, with the reason."""
    scan = scan_queries.scan_by_id(g.congress.id, scan_id)
    if scan is None:
        raise NotFound
    form = ReasonForm()
    if accepted(
        form,
        lambda: desk_services.take_back(g.congress, scan, str(form.reason.data), actor=g.actor),
    ):
        flash(_("Đã hủy lượt quét; cả hai dòng còn trong nhật ký."), "success")
        return redirect(url("checkin.index"))
    return form_page("checkin/take_back.html", form, scan=scan)


@bp.route("/checkin/delegates/<int:delegate_id>/excuse", methods=["GET", "POST"])
@requires(Permission.CHECKIN_SUPERVISE)
def excuse(delegate_id: int) -> Answer | tuple[str, int]:
    """Accept an absence from the session now."""
    session, known = _session(), _known(delegate_id)
    if session is None:
        raise NotFound
    form = ReasonForm()
    if accepted(
        form,
        lambda: desk_services.excuse(
            g.congress, session.id, delegate_id, str(form.reason.data), actor=g.actor
        ),
    ):
        flash(_("Đã ghi vắng có lý do."), "success")
        return redirect(safe_next(request.args.get("next"), url("checkin.index")))
    back = safe_next(request.args.get("next"), url("checkin.index"))
    return form_page("checkin/excuse.html", form, card=known.card, session=session, back=back)


def _known(delegate_id: int) -> KnownBadge:
    """A delegate of this congress; 404 for anybody else."""
    known = scan_queries.delegate_by_hand(delegate_id)
    if known is None or known.facts.congress_id != g.congress.id:
        raise NotFound
    return known


def _figures(now: queries.Attendance) -> dict[str, object]:
    return {
        "convened": now.convened,
        "present": now.present,
        "excused": now.excused,
        "by_category": {
            key: {"label": say(CATEGORY_LABELS[key]), "of": count.expected, "value": count.present}
            for key, count in now.by_category.items()
        },
    }


def _session() -> Session | None:
    """The session asked for in the address, else the one to show now."""
    wanted = request.args.get("session", "")
    for session in queries.sessions_of(g.congress.id):
        if str(session.id) == wanted:
            return session
    return queries.session_now(g.congress.id, clock.now())
