"""The list of speakers of a discussion: entered by badge or number, called in turn."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.checkin import speaking_queries, speaking_services
from congress_app.checkin.speaking_forms import SpeakingForm
from congress_app.checkin.speaking_models import SpeakingTurn
from congress_app.congresses.scope import congress_blueprint
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Permission
from congress_app.programme.models import Session
from congress_app.web.guards import requires
from congress_app.web.submissions import accepted, form_page

bp = congress_blueprint("speakers", __name__)

Answer = Response | tuple[str, int]


@bp.get("/speakers")
@requires(Permission.PROGRAMME_EDIT)
def show() -> Answer:
    """Who speaks, who waits, who spoke in the session that is on."""
    session = speaking_queries.session_for(g.congress.id, clock.now())
    if session is None:
        return render_template("checkin/no_speakers.html"), 200
    return _page(session, SpeakingForm())


@bp.post("/speakers")
@requires(Permission.PROGRAMME_EDIT)
def enter() -> Answer:
    """Put somebody on the list."""
    session, form = _session(), SpeakingForm()
    if accepted(
        form,
        lambda: speaking_services.enter(
            g.congress, session, str(form.who.data), form.queue.data, actor=g.actor
        ),
    ):
        flash(_("Đã ghi vào danh sách phát biểu."), "success")
        return redirect(url_for("speakers.show", queue=form.queue.data))
    return _page(session, form)


@bp.post("/speakers/next")
@requires(Permission.PROGRAMME_EDIT)
def call_next() -> Response:
    """Give the floor to the next one."""
    turn = speaking_services.call_next(g.congress, _session(), actor=g.actor)
    flash(_("Mời %(name)s phát biểu.", name=turn.delegate.person.full_name), "success")
    return redirect(url_for("speakers.show"))


@bp.post("/speakers/<int:turn_id>/end")
@requires(Permission.PROGRAMME_EDIT)
def end(turn_id: int) -> Response:
    """The speaker has ended, or one who waits is taken off."""
    speaking_services.end(g.congress, _turn(turn_id), actor=g.actor)
    return redirect(url_for("speakers.show"))


def _page(session: Session, form: SpeakingForm) -> Answer:
    return form_page(
        "checkin/speakers.html",
        form,
        session=session,
        listed=speaking_queries.speakers_list(session.id),
        now=clock.now(),
    )


def _session() -> Session:
    session = speaking_queries.session_for(g.congress.id, clock.now())
    if session is None:
        raise NotFound()
    return session


def _turn(turn_id: int) -> SpeakingTurn:
    turn = speaking_queries.turn_by_id(g.congress.id, turn_id)
    if turn is None:
        raise NotFound()
    return turn
