"""The register of speeches of a congress."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.congresses.queries import rulebook_of
from congress_app.congresses.scope import congress_blueprint
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Permission
from congress_app.programme import queries, services, timetable
from congress_app.programme.forms import SpeechForm
from congress_app.programme.models import Speech
from congress_app.units import queries as unit_queries
from congress_app.web.guards import requires
from congress_app.web.submissions import accepted, form_page

bp = congress_blueprint("speeches", __name__)

Answer = Response | tuple[str, int]


@bp.get("/speeches")
@requires(Permission.PROGRAMME_READ)
def index() -> str:
    """The register of speeches against the minutes the programme holds for them."""
    register = queries.speeches_of(g.congress.id)
    chosen = [speech for speech in register if speech.state == "selected"]
    return render_template(
        "programme/speeches.html",
        speeches=register,
        chosen=chosen,
        chosen_minutes=sum(speech.minutes for speech in chosen),
        budget=queries.speech_minutes(g.congress.id),
        states=timetable.SPEECH_STATES,
        kinds=timetable.SPEECH_KINDS,
        fields=_fields(),
    )


@bp.route("/speeches/new", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_EDIT)
def add() -> Answer:
    """Register a speech."""
    form = _speech_form(SpeechForm(data={"minutes": 10}))
    if accepted(
        form,
        lambda: services.add_speech(g.congress, form.facts(), actor=g.actor),
    ):
        flash(_("Đã ghi tham luận vào danh mục."), "success")
        return redirect(url_for("speeches.index"))
    return form_page("programme/speech.html", form, speech=None)


@bp.route("/speeches/<int:speech_id>", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_EDIT)
def edit(speech_id: int) -> Answer:
    """Change a speech."""
    speech = _speech(speech_id)
    form = _speech_form(SpeechForm(data=_speech_data(speech)))
    if accepted(
        form,
        lambda: services.edit_speech(
            g.congress,
            speech,
            form.facts(),
            form.opened_version(),
            actor=g.actor,
        ),
    ):
        flash(_("Đã lưu tham luận."), "success")
        return redirect(url_for("speeches.index"))
    return form_page("programme/speech.html", form, speech=speech)


@bp.post("/speeches/<int:speech_id>/decide")
@requires(Permission.PROGRAMME_EDIT)
def decide(speech_id: int) -> Response:
    """Select a speech, keep it in reserve, or decline it."""
    state = request.form.get("state", "")
    if state not in services.SPEECH_DECISIONS:
        raise NotFound()
    services.decide_speech(g.congress, _speech(speech_id), state, actor=g.actor)
    flash(_("Đã ghi quyết định."), "success")
    return redirect(url_for("speeches.index"))


def _speech(speech_id: int) -> Speech:
    speech = queries.speech_by_id(g.congress.id, speech_id)
    if speech is None:
        raise NotFound()
    return speech


def _speech_data(speech: Speech) -> dict[str, object]:
    return {
        "version": speech.version,
        "title": speech.title,
        "kind": speech.kind,
        "unit": speech.unit_id or 0,
        "delegate": speech.delegate_id or 0,
        "field": speech.field or "",
        "minutes": speech.minutes,
        "summary": speech.summary,
    }


def _fields() -> dict[str, str]:
    return {field.code: field.title for field in rulebook_of(g.congress).fields}


def _speech_form(form: SpeechForm) -> SpeechForm:
    units = unit_queries.picker((g.congress.unit.path,))
    form.unit.choices = {0: _("Chưa ghi")} | dict(units)
    form.delegate.choices = {0: _("Chưa ghi")} | dict(queries.speakers_of(g.congress.id))
    form.field.choices = {"": _("Chưa ghi")} | _fields()
    return form
