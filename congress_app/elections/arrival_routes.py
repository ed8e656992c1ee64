"""Lists that come from below: looking at them, accepting, returning, calling reserves."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.congresses.scope import congress_blueprint
from congress_app.delegates.credentials import REPLACEABLE, State
from congress_app.delegates.models import Delegate
from congress_app.delegates.scope import delegate_or_404
from congress_app.elections import (
    reserve_services,
    upward_queries,
    upward_room_queries,
    upward_services,
)
from congress_app.elections.upward import TransmissionState
from congress_app.elections.upward_forms import AcceptForm, CallForm, ReturnForm
from congress_app.elections.upward_models import Transmission
from congress_app.elections.upward_routes import list_page, words
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Permission
from congress_app.web.guards import may, requires
from congress_app.web.responses import paged
from congress_app.web.submissions import accepted, form_page

bp = congress_blueprint("arrivals", __name__)

Answer = Response | tuple[str, int]
# Whose place may go to a reserve: also that of somebody who gave it up before.
MAY_BE_REPLACED = (*REPLACEABLE, State.WITHDRAWN)
# Lists on one page.
SHOWN = 20


@bp.get("/arrivals")
@requires(Permission.DELEGATE_READ)
def index() -> str:
    """Every election below that is certified, those waiting for an answer first."""
    arrivals = upward_queries.arrivals(g.congress.id)
    page = paged(arrivals, SHOWN)
    return render_template(
        "elections/arrivals.html",
        states=Counter(one.state for one in arrivals),
        page=page,
        people=upward_queries.elected_of(page.rows),
        words=words(),
    )


@bp.get("/arrivals/<int:transmission_id>")
@requires(Permission.DELEGATE_READ)
def show(transmission_id: int) -> str:
    """One list: the people, their votes, their reserves."""
    sent = _list(transmission_id)
    form = AcceptForm(data={"version": sent.version, "convene": True})
    return render_template("elections/arrival.html", form=form, **_page(sent))


@bp.post("/arrivals/<int:transmission_id>")
@requires(Permission.DELEGATE_DECIDE)
def accept(transmission_id: int) -> Answer:
    """Take the list in."""
    sent, form = _list(transmission_id), AcceptForm()

    def act() -> None:
        upward_services.accept(
            sent,
            convene=bool(form.convene.data),
            version=form.opened_version(),
            exception=form.exception(),
            actor=g.actor,
        )

    if accepted(form, act):
        flash(_("Đã tiếp nhận danh sách của %(name)s.", name=_below(sent)), "success")
        return redirect(url_for("arrivals.show", transmission_id=transmission_id))
    return form_page("elections/arrival.html", form, **_page(sent))


@bp.route("/arrivals/<int:transmission_id>/return", methods=["GET", "POST"])
@requires(Permission.DELEGATE_DECIDE)
def send_back(transmission_id: int) -> Answer:
    """Return the list with a reason."""
    sent = _list(transmission_id)
    form = ReturnForm(data={"version": sent.version})

    def act() -> None:
        reason, version = str(form.reason.data), form.opened_version()
        upward_services.send_back(sent, reason=reason, version=version, actor=g.actor)

    if accepted(form, act):
        flash(_("Đã trả lại danh sách của %(name)s.", name=_below(sent)), "success")
        return redirect(url_for("arrivals.show", transmission_id=transmission_id))
    return form_page("elections/arrival_return.html", form, sent=sent)


@bp.route("/arrivals/reserve/<int:delegate_id>", methods=["GET", "POST"])
@requires(Permission.DELEGATE_DECIDE)
def call(delegate_id: int) -> Answer:
    """Let the next reserve take the place of a delegate."""
    delegate = delegate_or_404(delegate_id)
    form = CallForm()
    made: list[Delegate] = []

    def act() -> None:
        reason, expected = str(form.reason.data), form.place_id()
        made.append(
            reserve_services.call(delegate, expected=expected, reason=reason, actor=g.actor)
        )

    if accepted(form, act):
        flash(_("%(name)s đã nhận chỗ.", name=made[0].person.full_name), "success")
        return redirect(url_for("delegates.show", delegate_id=made[0].id))
    return _call_page(form, delegate)


def _call_page(form: CallForm, delegate: Delegate) -> tuple[str, int]:
    """The page names the reserve who is next now; sending it again is a decision for him."""
    behind = upward_queries.list_behind(delegate.id)
    election = behind.election if behind else None
    line = upward_queries.reserve_line(election) if election else []
    place = upward_queries.next_in(line)
    form.expected.data = str(place.id) if place else ""
    return form_page(
        "elections/reserve_call.html",
        form,
        delegate=delegate,
        sent=behind,
        election=election,
        place=place,
        replaceable=delegate.state in MAY_BE_REPLACED,
        words=words(),
    )


def _list(transmission_id: int) -> Transmission:
    found = upward_queries.transmission_by_id(g.congress.id, transmission_id)
    if found is None:
        raise NotFound
    return found


def _page(sent: Transmission) -> dict[str, Any]:
    may_decide = may(Permission.DELEGATE_DECIDE)
    may_answer = may_decide and sent.state == TransmissionState.SENT
    return {
        "sent": sent,
        "holders": upward_queries.holders(sent),
        "may_answer": may_answer,
        "rooms": upward_room_queries.rooms(sent) if may_answer else [],
        "may_except": may(Permission.DELEGATE_EXCEPT),
        "may_call": may_decide and sent.state == TransmissionState.ACCEPTED,
        "replaceable": MAY_BE_REPLACED,
        **list_page(sent.election),
    }


def _below(sent: Transmission) -> str:
    return sent.election.congress.name
