"""Choosing speeches: the rules, a run in the background, its answer, adopting it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.congresses.scope import congress_blueprint
from congress_app.jobs.registry import durable
from congress_app.jobs.services import Progress, begin
from congress_app.kernel.errors import DomainError, NotFound
from congress_app.kernel.permissions import Actor, Permission
from congress_app.kernel.sentences import N_
from congress_app.programme import (
    queries,
    selection_queries,
    selection_services,
    speech_queries,
    speech_states,
)
from congress_app.programme.selection.answer import answer_of
from congress_app.programme.selection.deciding import select
from congress_app.programme.speech_forms import SelectionForm, selection_form
from congress_app.programme.speech_models import SpeechRun
from congress_app.programme.speech_routes import fields
from congress_app.units.tree import KIND_LABELS
from congress_app.web.guards import requires
from congress_app.web.texts import say

bp = congress_blueprint("speech_selection", __name__)

Answer = Response | tuple[str, int]


@bp.route("/speeches/selection", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_EDIT)
def index() -> Answer:
    """The rules of a selection; sent, it is searched in the background."""
    form = _form()
    if form.validate_on_submit():
        return _start(form)
    entries = selection_queries.entries_of(g.congress)
    page = render_template(
        "programme/speech_selection.html",
        form=form,
        runs=speech_queries.runs_of(g.congress.id),
        offered=len(entries),
        unmarked=sum(entry.score is None for entry in entries),
        incomplete=sum(entry.score is not None and not entry.is_complete for entry in entries),
        minutes=queries.speech_minutes(g.congress.id),
    )
    return page, 422 if form.is_submitted() else 200


def _form() -> SelectionForm:
    register = speech_queries.register(g.congress, g.reach)
    open_ones = [each for each in register if each.state in speech_states.OPEN]
    levels = sorted({each.unit.kind for each in open_ones if each.unit})
    dimensions = [
        ("field", _("Lĩnh vực"), fields()),
        ("region", _("Vùng miền"), {k: say(v) for k, v in speech_states.REGIONS.items()}),
        ("level", _("Cấp"), {str(k): say(KIND_LABELS[k]) for k in levels}),
    ]
    data = {"budget": queries.speech_minutes(g.congress.id)}
    return selection_form(dimensions, [(each.id, each.title) for each in open_ones], data)


def _start(form: SelectionForm) -> Response:
    body = selection_queries.problem_body(g.congress, form.wishes())
    run = selection_services.store_run(g.congress, body, actor=g.actor)
    run_id = run.id
    address = url_for("speech_selection.show", run_id=run_id)

    title = _("Chọn tham luận")
    arguments = {"run_id": run_id, "body": body}
    job = begin("speech_selection", title, arguments, back_to=address, actor=g.actor)
    return redirect(url_for("jobs.show", job_id=job.id))


@durable("speech_selection")
def search(
    progress: Progress, actor: Actor, *, run_id: int, body: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Find the best plan and keep it as the run's answer; again, it finds the same one."""
    progress(0, 1, N_("Đang tìm phương án tốt nhất"))
    selection_services.answer_run(run_id, _search(body))
    return {"run": run_id}


def _search(body: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return answer_of(select(selection_queries.problem_of(body)))
    except DomainError as error:
        # Impossible is an answer too, and kept with its reasons.
        return selection_queries.refusal_as_data(error)


@bp.get("/speeches/selection/<int:run_id>")
@requires(Permission.PROGRAMME_EDIT)
def show(run_id: int) -> str:
    """The plan with its reasons, or why there is none."""
    return render_template(
        "programme/speech_run.html",
        shown=selection_queries.shown(g.congress, _run(run_id), _titles()),
        words=speech_states,
        fields=fields(),
        named=_titles(),
    )


@bp.post("/speeches/selection/<int:run_id>/adopt")
@requires(Permission.PROGRAMME_EDIT)
def adopt(run_id: int) -> Response:
    """Make the plan the decision."""
    selection_services.adopt(
        g.congress, _run(run_id), seen=request.form.get("seen", ""), actor=g.actor
    )
    flash(_("Đã nhận phương án: các bài được chọn và dự bị đã ghi vào danh mục."), "success")
    return redirect(url_for("speech_selection.show", run_id=run_id))


@bp.post("/speeches/selection/<int:run_id>/replace")
@requires(Permission.PROGRAMME_EDIT)
def replace(run_id: int) -> Response:
    """Adopt the smallest change; only if it is the one the page showed."""
    run = _run(run_id)
    change = selection_queries.change_of(g.congress, run)
    if change is None or ",".join(change.chosen) != request.form.get("chosen"):
        flash(_("Danh mục đã thay đổi. Hãy xem lại phương án thay thế rồi nhận."), "warning")
    else:
        seen = request.form.get("seen", "")
        selection_services.replace(g.congress, run, change, seen=seen, actor=g.actor)
        flash(_("Đã nhận phương án thay thế."), "success")
    return redirect(url_for("speech_selection.show", run_id=run_id))


def _titles() -> dict[str, str]:
    regions = {key: say(title) for key, title in speech_states.REGIONS.items()}
    levels = {str(kind): say(title) for kind, title in KIND_LABELS.items()}
    return fields() | regions | levels


def _run(run_id: int) -> SpeechRun:
    run = speech_queries.run_by_id(g.congress.id, run_id)
    if run is None:
        raise NotFound()
    return run
