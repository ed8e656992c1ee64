"""The page of a job: how far it is, and where to go on; refreshes itself without script."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from congress_app.jobs import outcome, queries
from congress_app.jobs.models import Job
from congress_app.jobs.outcome import STATE_LABELS, State
from congress_app.kernel import clock
from congress_app.kernel.vietnamese import number, percent
from congress_app.web.guards import signed_in
from congress_app.web.responses import safe_next
from congress_app.web.texts import say

bp = Blueprint("jobs", __name__, url_prefix="/jobs")


@bp.get("/<int:job_id>")
@signed_in
def show(job_id: int) -> str | AnyResponse:
    """Progress while it runs; on to its own page when done; the reason when it failed."""
    job = queries.job_of(job_id, g.actor)
    facts = _facts(job)
    if facts["state"] == State.DONE and job.back_to:
        return redirect(safe_next(job.back_to, "/"))
    still = bool(request.args.get("still"))
    return render_template("jobs/show.html", job=job, still=still, **facts)


@bp.get("/<int:job_id>.json")
@signed_in
def show_json(job_id: int) -> Response:
    """The same as JSON."""
    job = queries.job_of(job_id, g.actor)
    told = {
        name: getattr(job, name) for name in ("id", "kind", "title", "done", "total", "back_to")
    }
    return jsonify(told | _facts(job))


def _facts(job: Job) -> dict[str, Any]:
    state = outcome.state_now(job.state, job.heartbeat_at, clock.now())
    reason = outcome.error_sentence(job.result)
    return {
        "state": state.value,
        "state_label": say(STATE_LABELS[state]),
        "over": outcome.is_over(state),
        "step": say(job.step),
        "figure": f"{number(job.done)} / {number(job.total)} ({percent(job.done, job.total)})",
        "message": say(reason) if reason else None,
        "details": [
            say(d) if not isinstance(d, dict) else d for d in outcome.error_details(job.result)
        ],
    }
