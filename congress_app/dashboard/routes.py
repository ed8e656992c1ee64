"""The season's page and the overview of one congress, with its figures for live pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    g,
    jsonify,
    make_response,
    render_template,
    request,
)
from flask_babel import get_locale

from congress_app.checkin import queries as checkin_queries
from congress_app.congresses import queries as congress_queries
from congress_app.congresses.rulebook import CATEGORY_LABELS, Level
from congress_app.congresses.scope import congress_blueprint
from congress_app.dashboard import queries, season_queries
from congress_app.dashboard.indicators import KIND_WORDS, Light, with_duties
from congress_app.kernel import clock
from congress_app.kernel.permissions import Permission
from congress_app.web.guards import ROOT_PATH, requires
from congress_app.web.texts import say

bp = Blueprint("dashboard", __name__)
scoped_bp = congress_blueprint("overview", __name__)

SHOWN_CONGRESSES, SHOWN_DELEGATIONS, SHOWN_ABSENT = 12, 12, 6
# What the pages ask that a light may name; all others ask to read the congress.
_ASKED = {
    "badges.index": Permission.BADGE_PRINT,
    "data_requests.index": Permission.PERSON_RIGHTS,
    "delegates.index": Permission.DELEGATE_READ,
    "programme.index": Permission.PROGRAMME_READ,
    "quota.index": Permission.QUOTA_READ,
}


@bp.get("/season")
@requires(Permission.CONGRESS_READ)
def index() -> str:
    """The season at a glance: what is late, what is missing, what to do next."""
    season = congress_queries.season_by_key(request.args.get("season"))
    duties = [light for tell in current_app.extensions["season_duties"] for light in tell()]
    if season is None:
        return _season_page(duties, season=None)
    counted = g.actor.reach(Permission.DELEGATE_READ, ROOT_PATH)
    seen = season_queries.overview(season, g.reach, counted)
    return _season_page(
        with_duties(seen.lights, duties),
        season=season,
        seen=seen,
        shown=seen.upper[:SHOWN_CONGRESSES],
        levels=Level,
        today=clock.today(),
    )


def _season_page(lights: Sequence[Light], **facts: Any) -> str:
    told = {"lights_now": lights, "kind_words": KIND_WORDS, "can_open": _can_open}
    return render_template("dashboard/index.html", **told, **facts)


@scoped_bp.get("/")
@requires(Permission.CONGRESS_READ, partly=True)
def show() -> str:
    """One congress at a glance."""
    seen = queries.overview(g.congress, g.rules, queries.reach_of(g.actor, g.congress))
    return render_template(
        "dashboard/show.html",
        seen=seen,
        absent=_absent(seen),
        categories=CATEGORY_LABELS,
        counted=[say(CATEGORY_LABELS[key]) for key in seen.cap.counted] if seen.cap else [],
        kind_words=KIND_WORDS,
        can_open=_can_open,
        lists_delegates="delegates.index" in current_app.view_functions,
        shown_delegations=SHOWN_DELEGATIONS,
        now=clock.now(),
    )


@scoped_bp.get("/figures.json")
@requires(Permission.CONGRESS_READ, partly=True)
def figures() -> Response:
    """The numbers of the page, for one that asks again and again; 304 while nothing changed."""
    now = clock.now()
    session = checkin_queries.session_now(g.congress.id, now)
    # Time alone moves the programme on, so a new minute is a new answer.
    parts = (congress_queries.pulse_of(g.congress.id), session.id if session else 0)
    etag = "-".join(map(str, (*parts, int(now.timestamp()) // 60, get_locale(), *g.reach)))
    if request.if_none_match.contains_weak(etag):
        response = make_response("", 304)
    else:
        reach = queries.reach_of(g.actor, g.congress)
        response = jsonify(queries.figures(queries.overview(g.congress, g.rules, reach)))
    response.set_etag(etag)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _absent(seen: queries.Overview) -> list[tuple[str, int, int]]:
    """The delegations most of whose people are not in the hall: name, absent, expected."""
    counts = seen.attendance.by_unit if seen.attendance else ()
    away = [
        (say(one.label), one.expected - one.present, one.expected) for one in counts if one.label
    ]
    return sorted((row for row in away if row[1]), key=lambda row: -row[1])[:SHOWN_ABSENT]


def _can_open(light: Light) -> bool:
    """True when the page a light names is there and open to the reader."""
    wanted = _ASKED.get(light.page, Permission.CONGRESS_READ)
    path = g.get("scope_path") or ROOT_PATH
    return light.page in current_app.view_functions and bool(g.actor.reach(wanted, path))
