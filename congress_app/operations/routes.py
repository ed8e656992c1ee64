"""For whoever keeps the server: one page, readiness for a balancer, figures for a monitor."""

from __future__ import annotations

import hmac

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    current_app,
    g,
    jsonify,
    make_response,
    render_template,
    request,
)
from sqlalchemy.exc import SQLAlchemyError

from congress_app.database import db
from congress_app.dossiers import request_queries
from congress_app.dossiers.due import Due
from congress_app.jobs.worker import worker_name
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Permission
from congress_app.operations import (
    counters,
    failures,
    metrics,
    queries,
    sensitive_queries,
    services,
    standing,
)
from congress_app.web import logs
from congress_app.web.guards import ROOT_PATH, public, requires

bp = Blueprint("operations", __name__)


def init_app(app: Flask) -> None:
    """Count every request; hand out what the server calls in each of its processes.

    Commands and tests look after nothing, so nothing begins here.
    """
    app.extensions["counters"] = own = counters.Counters()
    logs.on_served(app, lambda one: own.note(one.endpoint, one.status, one.seconds))
    app.extensions["tend"] = services.tend


@bp.get("/operations")
@requires(Permission.USER_MANAGE)
def show() -> str:
    """How the server stands, and what to do about what is wrong."""
    if not g.actor.holds_at_root(Permission.USER_MANAGE):
        raise NotFound  # the server belongs to no unit below the root
    facts = queries.facts()
    sensitive = sensitive_queries.people()
    return render_template(
        "operations/show.html",
        facts=facts,
        sensitive=sensitive,
        troubles=standing.troubles(facts, _due(), sensitive.people),
        failures=queries.failures(),
        kinds=failures.KIND_LABELS,
        most=failures.MOST_SHOWN,
        size=standing.gigabytes,
        here=worker_name(),
    )


def _due() -> Due | None:
    reach = g.actor.reach(Permission.PERSON_RIGHTS, ROOT_PATH)
    return request_queries.due(reach, clock.today()) if reach else None


@bp.get("/readyz")
@public
def readyz() -> tuple[Response, int]:
    """Whether this process can serve: database, migrations, disk."""
    try:
        why = queries.why_not_ready()
    except (SQLAlchemyError, OSError):
        why = "database"
    db.session.remove()
    g.pop("actor", None)
    return jsonify({"status": why or "ok"}), 503 if why else 200


@bp.get("/metrics")
@public
def show_metrics() -> Response:
    """Figures for a monitor that shows the token, or for an administrator."""
    if not _may_read():
        abort(401)
    own = {worker_name(): current_app.extensions["counters"].as_data()}
    try:
        told = metrics.all_metrics(queries.facts(), {**queries.counters(), **own})
    except SQLAlchemyError:
        # The monitor must hear of it just then.
        db.session.remove()
        g.pop("actor", None)
        told = metrics.without_database(own)
    answer = make_response(counters.as_text(told))
    answer.headers["Content-Type"] = counters.CONTENT_TYPE
    return answer


def _may_read() -> bool:
    token = str(current_app.config["METRICS_TOKEN"])
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(sent.encode(), token.encode()):
        return True
    return g.actor is not None and g.actor.holds_at_root(Permission.USER_MANAGE)
