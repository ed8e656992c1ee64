"""A certified list goes up: sending it, what became of it, and the reserves behind it."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.congresses.scope import congress_blueprint
from congress_app.delegates import credentials
from congress_app.elections import (
    candidate_queries,
    list_queries,
    queries,
    reserve_services,
    upward,
    upward_queries,
    upward_services,
)
from congress_app.elections.conduct import ElectionState
from congress_app.elections.forms import ReasonForm
from congress_app.elections.models import ElectedPlace, Election
from congress_app.elections.scope import election_or_404
from congress_app.elections.upward import ReserveState
from congress_app.elections.upward_forms import SendForm
from congress_app.kernel.errors import DomainError, NotFound
from congress_app.kernel.permissions import Permission
from congress_app.web.guards import may, requires
from congress_app.web.submissions import accepted, form_page
from congress_app.web.texts import say

bp = congress_blueprint("upward", __name__)

Answer = Response | tuple[str, int]


@bp.get("/elections/<int:election_id>/upward")
@requires(Permission.ELECTION_READ)
def show(election_id: int) -> str:
    """Who was elected, whether the list went up, what the congress above answered."""
    election = election_or_404(election_id)
    return render_template("elections/upward.html", form=SendForm(), **_page(election))


@bp.post("/elections/<int:election_id>/upward")
@requires(Permission.ELECTION_CERTIFY, after_closing=True)
def send(election_id: int) -> Answer:
    """Send the list; a refusal stands above the form."""
    election, form = election_or_404(election_id), SendForm()

    def act() -> None:
        paper, note = form.paper.data or None, form.note.data or None
        upward_services.send(election, paper=paper, note=note, actor=g.actor)

    if accepted(form, act):
        flash(_("Đã gửi danh sách tới %(name)s.", name=election.target.name), "success")
        return redirect(url_for("upward.show", election_id=election_id))
    return form_page("elections/upward.html", form, **_page(election))


@bp.route("/elections/<int:election_id>/reserves/<int:place_id>/decline", methods=["GET", "POST"])
@requires(Permission.ELECTION_CERTIFY, after_closing=True)
def decline(election_id: int, place_id: int) -> Answer:
    """Write down that a reserve cannot come."""
    place, form = _reserve(election_or_404(election_id), place_id), ReasonForm()
    if accepted(
        form,
        lambda: reserve_services.decline(place, reason=str(form.reason.data), actor=g.actor),
    ):
        flash(_("Đã ghi: %(name)s không thể dự.", name=_name(place)), "success")
        return redirect(url_for("upward.show", election_id=election_id))
    return form_page("elections/reserve_decline.html", form, place=place)


@bp.post("/elections/<int:election_id>/reserves/<int:place_id>/restore")
@requires(Permission.ELECTION_CERTIFY, after_closing=True)
def restore(election_id: int, place_id: int) -> Response:
    """Put a reserve back into the line."""
    place = _reserve(election_or_404(election_id), place_id)
    try:
        reserve_services.restore(place, seen=request.form.get("seen", ""), actor=g.actor)
        flash(_("%(name)s trở lại danh sách dự khuyết.", name=_name(place)), "success")
    except DomainError as error:
        flash(say(error.sentence), "error")
    return redirect(url_for("upward.show", election_id=election_id))


def words() -> dict[str, Any]:
    """Labels and looks of the pages of lists and reserves."""
    return {
        "sending": upward.TRANSMISSION_LABELS,
        "sending_kind": upward.TRANSMISSION_KINDS,
        "reserve": upward.RESERVE_LABELS,
        "reserve_kind": upward.RESERVE_KINDS,
        "delegate": credentials.STATE_LABELS,
        "delegate_kind": credentials.STATE_KINDS,
    }


def list_page(election: Election) -> dict[str, Any]:
    """The elected and the reserves of one election, as both sides see them."""
    listed = candidate_queries.candidates(election.id)
    line = upward_queries.reserve_line(election)
    return {
        "election": election,
        "places": upward_queries.elected_places(election.id),
        "reserves": line,
        "next_reserve": upward_queries.next_in(line),
        "names": list_queries.names(election, listed),
        "shown": list_queries.shown(election, listed),
        "renamed": list_queries.renamed(election, listed),
        "gaps": {one.id: upward.gaps_of(one.person) for one in listed},
        "gap_words": upward.GAP_LABELS,
        "words": words(),
        "waiting": ReserveState.WAITING,
        "declined": ReserveState.DECLINED,
    }


def _page(election: Election) -> dict[str, Any]:
    sent = upward_queries.standing(election.id)
    return {
        "sent": sent,
        "certified": election.state == ElectionState.CERTIFIED,
        "holders": upward_queries.holders(sent) if sent else {},
        "history": upward_queries.transmissions_of(election.id),
        "may_send": may(Permission.ELECTION_CERTIFY),
        **list_page(election),
    }


def _reserve(election: Election, place_id: int) -> ElectedPlace:
    for place in queries.places_of(election.id):
        if place.id == place_id:
            return place
    raise NotFound


def _name(place: ElectedPlace) -> str:
    return place.candidate.person.full_name
