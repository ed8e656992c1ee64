"""The bodies of a congress: presidium, secretariat, credentials, tellers, organising."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.congresses.scope import congress_blueprint
from congress_app.delegates import committee_queries, committee_services
from congress_app.delegates.committee_forms import (
    AdoptionForm,
    MemberForm,
    body_of,
    post_choices,
)
from congress_app.delegates.committee_models import CommitteeSeat
from congress_app.delegates.committee_services import NewMember
from congress_app.delegates.committees import BODY_LABELS, BODY_WORK, Body, Post, post_words
from congress_app.kernel.errors import DomainError, NotFound, Stale
from congress_app.kernel.permissions import Permission
from congress_app.web.guards import may, requires
from congress_app.web.submissions import accepted, form_page
from congress_app.web.texts import say

bp = congress_blueprint("committees", __name__)

Answer = Response | tuple[str, int]


@bp.get("/committees")
@requires(Permission.DELEGATE_READ)
def index() -> str:
    """The bodies as tabs, the members of one of them."""
    body = body_of(request.args)
    everybody = committee_queries.all_members(g.congress.id)
    rows = committee_queries.seats(g.congress.id, body)
    return render_template(
        "delegates/committees.html",
        everybody=everybody,
        adoptions=committee_queries.adoptions(g.congress.id, body),
        now=committee_queries.as_voted(rows),
        may_edit=may(Permission.ELECTION_MANAGE),
        **_words(body),
    )


def _words(body: Body) -> dict[str, object]:
    return {
        "body": body.value,
        "bodies": BODY_LABELS,
        "work": BODY_WORK[body],
        "posts": post_choices(body),
        "post_words": post_words,
    }


@bp.route("/committees/new", methods=["GET", "POST"])
@requires(Permission.ELECTION_MANAGE)
def add() -> Answer:
    """A new member; the form stays open for the next one."""
    body, form = body_of(request.args), MemberForm()
    form.offer(body)
    if accepted(form, lambda: _add(body, form)):
        flash(_("Đã thêm %(name)s.", name=form.name.data), "success")
        again = "committees.add" if "again" in request.form else "committees.index"
        return redirect(url_for(again, body=body.value))
    nominees = committee_queries.nominees(g.congress.id)
    return form_page("delegates/committee_member.html", form, nominees=nominees, **_words(body))


def _add(body: Body, form: MemberForm) -> None:
    new = NewMember(
        form.name.data or "", Post(form.post.data), bool(form.outsider.data), form.about.data
    )
    committee_services.add_member(g.congress, body, new, actor=g.actor)


@bp.route("/committees/adoption", methods=["GET", "POST"])
@requires(Permission.ELECTION_MANAGE)
def adopt() -> Answer:
    """Record by which vote or decision the body was adopted."""
    body, form = body_of(request.args), AdoptionForm()
    if accepted(form, lambda: _adopt(body, form)):
        flash(_("Đã ghi kết quả thông qua."), "success")
        return redirect(url_for("committees.index", body=body.value))
    # The fingerprint first: a change in between is then refused, and not adopted unseen.
    # A form sent back for another reason still speaks of the members seen before.
    if not form.is_submitted() or g.get("refused_status") == Stale.status:
        seats = committee_queries.seats(g.congress.id, body)
        form.seen.data = committee_queries.fingerprint(seats)
    seated = committee_queries.members(g.congress.id, body)
    return form_page("delegates/committee_adoption.html", form, members=seated, **_words(body))


def _adopt(body: Body, form: AdoptionForm) -> None:
    committee_services.adopt(
        g.congress,
        body,
        vote=form.vote(),
        document=form.document.data,
        seen=form.seen.data or "",
        actor=g.actor,
    )


@bp.post("/committees/seats/<int:seat_id>/move")
@requires(Permission.ELECTION_MANAGE)
def move(seat_id: int) -> Response:
    """One place up or down."""
    seat = _seat(seat_id)
    step = 1 if request.form.get("to") == "down" else -1
    return _back(seat, lambda: committee_services.move_member(seat, step, actor=g.actor))


@bp.post("/committees/seats/<int:seat_id>/post")
@requires(Permission.ELECTION_MANAGE)
def set_post(seat_id: int) -> Response:
    """Another post within the body."""
    seat = _seat(seat_id)
    wanted = request.form.get("post", "")
    if wanted not in set(Post):
        raise NotFound
    return _back(seat, lambda: committee_services.set_post(seat, Post(wanted), actor=g.actor))


@bp.post("/committees/seats/<int:seat_id>/remove")
@requires(Permission.ELECTION_MANAGE)
def remove(seat_id: int) -> Response:
    """Take the seat away."""
    seat = _seat(seat_id)
    return _back(seat, lambda: committee_services.remove_member(seat, actor=g.actor))


def _seat(seat_id: int) -> CommitteeSeat:
    found = committee_queries.seat_by_id(g.congress.id, seat_id)
    if found is None:
        raise NotFound
    return found


def _back(seat: CommitteeSeat, act: Callable[[], None]) -> Response:
    """Do it, tell a refusal, and show the body again at the same place."""
    body, place = seat.body, f"seat-{seat.id}"
    try:
        act()
    except DomainError as error:
        flash(say(error.sentence), "error")
    return redirect(url_for("committees.index", body=body, _anchor=place))
