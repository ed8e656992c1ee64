"""The run sheet: acts on items, the rest of the day as a proposal, minutes spoken."""

from __future__ import annotations

from datetime import datetime

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.congresses.scope import congress_blueprint
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Permission
from congress_app.programme import (
    day_queries,
    day_scope,
    day_services,
    honour_queries,
    queries,
    release_queries,
    running,
    spoken,
    timetable,
)
from congress_app.programme.day_forms import AcceptForm
from congress_app.programme.models import Item, Session
from congress_app.programme.running import ActKind
from congress_app.programme.speech_routes import fields
from congress_app.web.addresses import row_number
from congress_app.web.guards import requires
from congress_app.web.submissions import accepted, form_page

bp = congress_blueprint("day", __name__)

Answer = Response | tuple[str, int]


@bp.get("/day")
@requires(Permission.PROGRAMME_READ)
def show() -> str:
    """The run sheet: what is on, what was planned, what happens."""
    at = clock.now()
    return render_template("programme/day.html", **_sheet(at), stamp=day_scope.stamp(at))


@bp.get("/day/sheet.json")
@requires(Permission.PROGRAMME_READ)
def live() -> Response:
    """The run sheet anew when something happened or a minute went by, else only the time."""
    at = clock.now()
    return day_scope.told(at, lambda: render_template("programme/_day_sheet.html", **_sheet(at)))


@bp.get("/day/speeches")
@requires(Permission.PROGRAMME_READ)
def speeches() -> str:
    """Minutes spoken by unit and by field against the plan."""
    found = day_queries.spoken_of(g.congress.id, clock.now())
    return render_template(
        "programme/day_speeches.html",
        units=spoken.by_unit(found),
        fields=spoken.by_field(found),
        titles=fields(),
    )


@bp.post("/day/items/<int:item_id>/act")
@requires(Permission.PROGRAMME_EDIT)
def act(item_id: int) -> Response:
    """Start, pause, resume, stop, skip or bring back an item."""
    wanted = request.form.get("act", "")
    if wanted not in day_services.ON_AN_ITEM:
        raise NotFound()
    day_services.act(g.congress, _item(item_id), ActKind(wanted), actor=g.actor)
    return redirect(url_for("day.show"))


@bp.post("/day/items/<int:item_id>/swap")
@requires(Permission.PROGRAMME_EDIT)
def swap(item_id: int) -> Response:
    """Let the item change places with another one that waits."""
    other = row_number(request.form.get("other"))
    done = day_services.swap(g.congress, _item(item_id), _item(other), actor=g.actor)
    flash(_("Đã đổi chỗ: %(titles)s.", titles=done.title), "success")
    return redirect(url_for("day.show"))


@bp.post("/day/take-back")
@requires(Permission.PROGRAMME_EDIT)
def take_back() -> Response:
    """Undo the last act."""
    done = day_services.take_back(g.congress, actor=g.actor)
    flash(_("Đã hoàn tác thao tác cuối với “%(title)s”.", title=done.title), "success")
    return redirect(url_for("day.show"))


@bp.route("/day/sessions/<int:session_id>/rest", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_EDIT)
def rest(session_id: int) -> Answer:
    """What the day so far does to the rest of the session; accept it, release it."""
    session, absorb = _session(session_id), request.values.get("absorb") == "1"
    form = AcceptForm(data={"release": True})
    if accepted(form, lambda: _accept(session, form, absorb)):
        flash(_("Chương trình đã theo đúng diễn biến hội nghị."), "success")
        return redirect(url_for("day.show"))
    return form_page("programme/day_rest.html", form, **_rest(session, form, absorb))


def _accept(session: Session, form: AcceptForm, absorb: bool) -> None:
    day_services.accept(
        g.congress,
        session,
        looked_at=form.instant(),
        absorb=absorb,
        seen=str(form.seen.data),
        release=form.released_draft(),
        actor=g.actor,
    )


def _sheet(at: datetime) -> dict[str, object]:
    draft = release_queries.draft_of(g.congress.id)
    return {
        "sheet": day_queries.sheet_of(g.congress.id, at),
        "unreleased": draft.is_new,
        "was_released": draft.last is not None,
        "now": at,
        "states": running.STATE_LABELS,
        "act_labels": running.ACT_LABELS,
        "item_kinds": timetable.ITEM_KINDS,
        "presenter": queries.presenter_of,
        "honours": honour_queries.lines_of(g.congress.id),
    }


def _rest(session: Session, form: AcceptForm, absorb: bool) -> dict[str, object]:
    """The proposal of this instant; what was refused is looked at anew."""
    at = clock.now()
    timed = queries.timed(session)
    proposal = day_queries.proposal_for(timed, at, absorb=absorb)
    form.looked_at.data, form.seen.data = at.isoformat(), proposal.fingerprint
    form.draft.data = release_queries.draft_of(g.congress.id).fingerprint
    form.absorb.data = "1" if absorb else ""
    return {
        "session": session,
        "proposal": proposal,
        "timed": timed,
        "slots": {each.item.id: each.slot for each in timed.items},
        "items": {each.item.id: each.item for each in timed.items},
        "title_of": day_queries.title_of,
        "absorb": absorb,
    }


def _item(item_id: int) -> Item:
    item = queries.item_by_id(g.congress.id, item_id)
    if item is None:
        raise NotFound()
    return item


def _session(session_id: int) -> Session:
    session = queries.session_by_id(g.congress.id, session_id)
    if session is None:
        raise NotFound()
    return session
