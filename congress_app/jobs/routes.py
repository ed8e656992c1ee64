"""The page of a job: how far it is, stopping it, where to go on; and the reader's own jobs."""

from __future__ import annotations

from typing import Any

from flask import (
    Blueprint,
    Response,
    flash,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from congress_app.jobs import outcome, queries, registry, services
from congress_app.jobs.models import Job
from congress_app.jobs.outcome import STATE_LABELS, State
from congress_app.kernel import clock
from congress_app.kernel.sentences import Sentence
from congress_app.kernel.vietnamese import number, percent
from congress_app.web.guards import signed_in
from congress_app.web.responses import PAGE_SIZE, Page, download, page_number, safe_next
from congress_app.web.texts import say

bp = Blueprint("jobs", __name__, url_prefix="/jobs")

STATE_KINDS = {
    State.WAITING: "neutral",
    State.RUNNING: "info",
    State.DONE: "success",
    State.FAILED: "danger",
    State.CANCELLED: "neutral",
    State.INTERRUPTED: "warning",
}


@bp.get("")
@signed_in
def index() -> str:
    """The reader's own jobs of the week, the latest first."""
    rows, total = queries.jobs_of(g.actor, page_number(), PAGE_SIZE)
    shown = [(job, _facts(job)) for job in rows]
    running = any(not facts["over"] for _job, facts in shown)
    page = Page(shown, page_number(), total)
    return render_template("jobs/index.html", page=page, running=running)


@bp.get("/<int:job_id>")
@signed_in
def show(job_id: int) -> str | AnyResponse:
    """Progress while it runs; on to its own page when done; the reason when it failed."""
    job = queries.job_of(job_id, g.actor)
    facts = _facts(job)
    is_own = job.owner_id == g.actor.id
    has_file = is_own and registry.holds_still(job.actor, g.actor) and queries.has_file(job)
    if facts["state"] == State.DONE and job.back_to and not has_file:
        return redirect(safe_next(job.back_to, "/"))
    return render_template(
        "jobs/show.html",
        job=job,
        still=bool(request.args.get("still")),
        may_repeat=facts["repeatable"] and is_own and queries.may_be_done(job, g.actor),
        has_file=has_file,
        **facts,
    )


@bp.get("/<int:job_id>.json")
@signed_in
def show_json(job_id: int) -> Response:
    """The same as JSON."""
    job = queries.job_of(job_id, g.actor)
    told = {
        name: getattr(job, name) for name in ("id", "kind", "title", "done", "total", "back_to")
    }
    return jsonify(told | _facts(job))


@bp.post("/<int:job_id>/file")
@signed_in
def made_file(job_id: int) -> Response:
    """The file the job made, for its owner; taking it may be recorded, so it is no GET."""
    made = services.take_file(queries.own_result(job_id, g.actor), actor=g.actor)
    return download(made.data, made.name)


@bp.post("/<int:job_id>/cancel")
@signed_in
def cancel(job_id: int) -> AnyResponse:
    """Stop it."""
    services.cancel(queries.job_of(job_id, g.actor), actor=g.actor)
    flash(_("Đã yêu cầu dừng. Phần đang làm dở được bỏ."), "success")
    return redirect(url_for("jobs.show", job_id=job_id))


@bp.post("/<int:job_id>/repeat")
@signed_in
def repeat(job_id: int) -> AnyResponse:
    """Have it done again; the owner's right alone, since it acts in his name."""
    services.repeat(queries.own_job(job_id, g.actor), actor=g.actor)
    return redirect(url_for("jobs.show", job_id=job_id))


def _facts(job: Job) -> dict[str, Any]:
    durable = job.arguments is not None and registry.work_of(job.kind) is not None
    state = outcome.state_now(job.state, job.heartbeat_at, clock.now(), durable=durable)
    failed = job.result if state == State.FAILED else {}
    reason = outcome.error_sentence(failed)
    unclear = state == State.CANCELLED or outcome.is_unclear(failed)
    stands = _what_stands(job) if unclear else None
    return {
        "state": state.value,
        "state_label": say(STATE_LABELS[state]),
        "state_kind": STATE_KINDS[state],
        "over": outcome.is_over(state),
        "stopping": job.cancel_asked and not outcome.is_over(state),
        "repeatable": outcome.may_be_repeated(state, durable=durable),
        "step": say(job.step),
        "figure": f"{number(job.done)} / {number(job.total)} ({percent(job.done, job.total)})",
        "message": say(reason) if reason else None,
        "stands": say(stands) if stands else None,
        "details": [
            say(d) if not isinstance(d, dict) else d for d in outcome.error_details(failed)
        ],
    }


def _what_stands(job: Job) -> Sentence | None:
    """What the work had stored for good before it ended early."""
    kind = registry.kind_of(job.kind)
    if kind is None or kind.stands is None or job.arguments is None:
        return None
    return kind.stands(**job.arguments)
