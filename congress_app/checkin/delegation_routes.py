"""The delegations as the door sees them: "14 of 17 here, these three missing"."""

from __future__ import annotations

from flask import g, render_template, request

from congress_app.checkin import board_queries, delegation_queries, queries
from congress_app.checkin.delegation_queries import DoorDelegation
from congress_app.checkin.doors import held_at
from congress_app.congresses.scope import congress_blueprint
from congress_app.kernel import clock
from congress_app.kernel.permissions import Permission
from congress_app.kernel.vietnamese import fold
from congress_app.programme.models import Session
from congress_app.web.guards import requires
from congress_app.web.responses import paged
from congress_app.web.texts import say

bp = congress_blueprint("door_groups", __name__)

# So few missing are named in one line, without opening anything.
FEW = 3
# Each delegation is a card with people in it.
SHOWN = 20


@bp.get("/checkin/delegations")
@requires(Permission.CHECKIN_READ)
def index() -> str:
    """Every delegation, or those the filter finds."""
    session = session_asked_for()
    # Only who may read delegates sees telephone numbers.
    may_call = g.actor.can(Permission.DELEGATE_READ, g.congress.unit.path)
    rows = delegation_queries.delegations(g.congress.id, session, with_phones=may_call)
    text, only = request.args.get("q", "")[:100], request.args.get("only", "all")
    return render_template(
        "checkin/delegations.html",
        page=paged([row for row in rows if _is_wanted(row, fold(text), only)], SHOWN),
        session=session,
        sessions=queries.sessions_of(g.congress.id),
        text=text,
        only=only,
        few=FEW,
    )


def session_asked_for() -> Session | None:
    """The session of this congress named in the address, else the one to show now."""
    sessions = queries.sessions_of(g.congress.id)
    wanted = request.args.get("session", "")
    named = next((each for each in sessions if str(each.id) == wanted), None)
    now = held_at(board_queries.doors_of(g.congress.id), clock.now())
    return named or next((each for each in sessions if each.id == now), None)


def _is_wanted(row: DoorDelegation, text: str, only: str) -> bool:
    return text in fold(say(row.count.label)) and (only != "missing" or bool(row.missing))
