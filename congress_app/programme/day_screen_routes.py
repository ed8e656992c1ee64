"""The screens of the day: the speaker's countdown, and what is on in the hall."""

from __future__ import annotations

from datetime import datetime

from flask import Response, g, render_template

from congress_app.congresses.scope import congress_blueprint
from congress_app.kernel import clock
from congress_app.kernel.permissions import Permission
from congress_app.programme import day_queries, day_scope, hall_queries
from congress_app.web.fragments import fragment
from congress_app.web.guards import requires

bp = congress_blueprint("day_screen", __name__)


@bp.get("/day/speaker")
@requires(Permission.PROGRAMME_READ)
def speaker() -> str:
    """What the speaker sees: minutes left, what comes next, nothing to press."""
    at = clock.now()
    sheet = day_queries.sheet_of(g.congress.id, at)
    return render_template(
        "programme/day_speaker.html", sheet=sheet, now=at, stamp=day_scope.stamp(at)
    )


@bp.get("/day/speaker.json")
@requires(Permission.PROGRAMME_READ)
def speaker_live() -> Response:
    """The speaker's screen anew when something happened, else only the time."""
    at = clock.now()
    return day_scope.told(at, lambda: _part(at))


def hall_panel(congress_id: int, at: datetime) -> str | None:
    """Now, next and the countdown for the hall's screen, from the last release only."""
    view = hall_queries.view_of(congress_id, at)
    if view is None:
        return None
    return fragment("programme/_hall_now.html", view=view, now=at)


def _part(at: datetime) -> str:
    sheet = day_queries.sheet_of(g.congress.id, at)
    return render_template("programme/_day_speaker.html", sheet=sheet, now=at)
