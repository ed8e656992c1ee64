"""The hall's screen under its secret link, made of panels, and what a screen asks for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    render_template,
)
from markupsafe import Markup

from congress_app.checkin import board_queries, hall_queries, live, queries
from congress_app.checkin.doors import held_at
from congress_app.checkin.hall_queries import Watched
from congress_app.checkin.live import Told
from congress_app.checkin.live_routes import counted, once, sent
from congress_app.checkin.quiet import is_quiet
from congress_app.congresses.rulebook import CATEGORY_LABELS
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound
from congress_app.programme import hall_queries as programme
from congress_app.web.fragments import fragment
from congress_app.web.guards import public

bp = Blueprint("hall", __name__, url_prefix="/hall")

# One part of the screen: a congress and an instant in, HTML out; None shows nothing now.
# The roof names all of them in `app.extensions["hall_panels"]`, so that later chapters
# put theirs beside presence. A panel holds no phone, no note and nothing unpublished.
Panel = Callable[[int, datetime], str | None]

# Units listed on the screen; of more, those are shown that miss most people.
MOST_UNITS = 12


@bp.get("/<hall_token>")
@public
def show(hall_token: str) -> Response:
    """The screen; it renews its panels by itself."""
    told = _told(_watched(hall_token))
    page = render_template(
        "checkin/hall.html",
        hall=hall_queries.congress_behind(hall_token),
        told=told,
        panels=Markup(told.html),  # noqa: S704 - our templates'
        hall_token=hall_token,
        now=clock.now(),
    )
    return _secret(make_response(page))


@bp.get("/<hall_token>/panels.json")
@public
def panels(hall_token: str) -> Response:
    """The panels anew; 304 while they say the same. One indexed row when nothing changed."""
    watched = _watched(hall_token)
    return _secret(sent(_told(watched), watched.counter))


def presence_panel(congress_id: int, at: datetime) -> str | None:
    """Who is here, as figures: in all, by category, by unit, by the minute, and the quorum.

    None once the day is over, and from one day's end to the next morning.
    """
    doors = board_queries.doors_of(congress_id)
    if is_quiet(doors, at) and programme.view_of(congress_id, at) is None:
        return None
    board = counted(congress_id, held_at(doors, at), queries.pulse(congress_id))
    units = board.attendance.by_unit
    waiting = tuple(unit for unit in units if unit.missing > 0)
    worst = sorted(waiting, key=lambda unit: -unit.missing)[:MOST_UNITS]
    listed = units if len(units) <= MOST_UNITS else worst
    return fragment(
        "checkin/_hall_presence.html",
        board=board,
        units=listed,
        unlisted=len(units) - len(listed),
        unlisted_waiting=len(waiting) - sum(1 for unit in listed if unit.missing > 0),
        categories=CATEGORY_LABELS,
    )


def _told(watched: Watched) -> Told:
    def make() -> Told:
        return live.told({"html": _panels(watched.congress_id)}, watched.counter)

    return once(("hall", watched.congress_id), watched.counter, make)


def _panels(congress_id: int) -> str:
    """Every panel that has something to show now, rendered."""
    made = [panel(congress_id, clock.now()) for panel in current_app.extensions["hall_panels"]]
    return "".join([html for html in made if html is not None] or [_quiet()])


def _quiet() -> str:
    """A picture to rest on while nothing goes on in the hall."""
    return fragment("checkin/_hall_quiet.html")


def _watched(token: str) -> Watched:
    found = hall_queries.watched(token)
    if found is None:
        raise NotFound
    return found


def _secret(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "strict-origin"
    return response
