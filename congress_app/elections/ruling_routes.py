"""The credentials committee's work: who is examined, what speaks against whom, rulings."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from congress_app.congresses.rulebook import CATEGORY_LABELS
from congress_app.congresses.scope import congress_blueprint
from congress_app.delegates import committee_queries
from congress_app.delegates.committees import Body
from congress_app.elections import (
    credential_listing,
    credential_queries,
    credential_services,
    ruling_queries,
)
from congress_app.elections.credential_classes import DelegateFacts, Head
from congress_app.elections.credential_doubts import (
    RULING_LABELS,
    RULING_LOOK,
    UNDECIDED,
    UNDECIDED_LABEL,
    Point,
)
from congress_app.elections.credential_forms import DeciderForm, RulingForm
from congress_app.elections.credential_listing import Wanted
from congress_app.elections.credential_routes import words
from congress_app.elections.credential_services import Decision
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Permission
from congress_app.web.addresses import is_row_number
from congress_app.web.guards import requires
from congress_app.web.responses import paged
from congress_app.web.submissions import accepted, form_page

# A delegate takes several lines: grounds, points and the ruling stand in one row.
ROWS = 20

bp = congress_blueprint("rulings", __name__)

Answer = Response | tuple[str, int]


@bp.get("/credentials/delegates")
@requires(Permission.CREDENTIAL_READ)
def index() -> str:
    """Who is examined, with what the data say against each and what was found."""
    wanted = credential_listing.read(request.args)
    everybody = ruling_queries.heads(g.congress)
    found = [one.delegate_id for one in _found(everybody, wanted)]
    page = paged(found, ROWS)
    people, points = ruling_queries.shown(g.congress, everybody, page.rows)
    return render_template(
        "elections/rulings.html",
        page=page,
        people=people,
        wanted=wanted,
        points=points,
        counts=_counts(everybody),
        rulings=credential_queries.rulings_on(page.rows),
        **_labels(),
    )


def _found(everybody: list[Head], wanted: Wanted) -> list[Head]:
    """Whom the filters leave; only where a doubt is asked for must all facts be read."""
    points: Mapping[int, list[Point]] = {}
    if wanted.doubt:
        points = credential_queries.doubts(g.congress, credential_queries.examined(g.congress))
    return [one for one in everybody if wanted.finds(one, points.get(one.delegate_id, []))]


def _counts(everybody: list[Head]) -> dict[str, int]:
    counts = dict.fromkeys([*RULING_LABELS, UNDECIDED], 0)
    for one in everybody:
        counts[one.ruling or UNDECIDED] += 1
    return counts


def _labels() -> dict[str, object]:
    return {
        "ruling_words": {**RULING_LABELS, UNDECIDED: UNDECIDED_LABEL},
        "ruling_look": RULING_LOOK,
        "undecided": UNDECIDED,
        "doubt_words": credential_listing.DOUBT_LABELS,
        "category_words": {key: CATEGORY_LABELS[key] for key in credential_listing.CATEGORIES},
        **words(),
    }


@bp.route("/credentials/delegates/<int:delegate_id>", methods=["GET", "POST"])
@requires(Permission.CREDENTIAL_DECIDE)
def decide(delegate_id: int) -> Answer:
    """Rule on one delegate; every ruling before stays readable."""
    facts, points = _one_of(delegate_id)
    form = RulingForm(data=_first(delegate_id))
    form.offer()
    if accepted(form, lambda: _decide(delegate_id, form)):
        flash(_("Đã ghi kết luận về %(name)s.", name=facts.person.full_name), "success")
        return redirect(url_for("rulings.index", **_back().as_arguments()))
    return _ruling_page(form, facts, points)


def _ruling_page(form: RulingForm, facts: DelegateFacts, points: list[Point]) -> tuple[str, int]:
    return form_page(
        "elections/ruling.html",
        form,
        one=facts,
        points=points,
        history=credential_queries.history(facts.delegate_id),
        members=committee_queries.members(g.congress.id, Body.CREDENTIALS),
        back=_back().as_arguments(),
        **_labels(),
    )


def _back() -> Wanted:
    """The list the reader came from, carried in the address."""
    return credential_listing.read(request.args)


def _one_of(delegate_id: int) -> tuple[DelegateFacts, list[Point]]:
    everybody = ruling_queries.heads(g.congress)
    people, points = ruling_queries.shown(g.congress, everybody, {delegate_id})
    if not people:
        raise NotFound
    return people[0], points.get(delegate_id, [])


def _first(delegate_id: int) -> dict[str, object]:
    last = next(iter(credential_queries.history(delegate_id)), None)
    if last is None:
        return {"version": "0", **_decider()}
    return {"version": str(last.id), "ruling": last.ruling, "reason": last.reason, **_decider()}


def _decider() -> dict[str, object]:
    """The committee's first member, who speaks for it, as the name offered."""
    members = committee_queries.members(g.congress.id, Body.CREDENTIALS)
    return {"decided_by": members[0].name if members else None}


def _decide(delegate_id: int, form: RulingForm) -> None:
    decision = Decision(form.wanted(), form.decided_by.data or "", form.reason.data)
    credential_services.decide(
        g.congress, delegate_id, decision, seen=form.opened_version(), actor=g.actor
    )


@bp.route("/credentials/delegates/all", methods=["GET", "POST"])
@requires(Permission.CREDENTIAL_DECIDE)
def decide_all() -> Answer:
    """Everybody of the list is valid save those ticked: chosen, shown once more, written."""
    wanted = credential_listing.read(request.args)
    final = "ids" in request.form
    form = DeciderForm(request.form if final else None, data=_decider())
    if final and accepted(form, lambda: _find_valid(form)):
        return redirect(url_for("rulings.index"))
    return _bulk_page(form, wanted, preview=request.method == "POST")


def _find_valid(form: DeciderForm) -> None:
    count = credential_services.find_valid(
        g.congress, _numbers(request.form, "ids"), form.decided_by.data or "", actor=g.actor
    )
    flash(_("%(count)s đại biểu: đủ tư cách.", count=count), "success")


def _numbers(sent: MultiDict[str, str], name: str) -> list[int]:
    return [int(text) for text in sent.getlist(name) if is_row_number(text)]


def _bulk_page(form: DeciderForm, wanted: Wanted, *, preview: bool) -> tuple[str, int]:
    everybody = credential_queries.examined(g.congress)
    waiting = [one for one in everybody if one.ruling is None]
    points = credential_queries.doubts(g.congress, everybody) if waiting else {}
    rows = [one for one in waiting if wanted.finds(one, points.get(one.delegate_id, []))]
    excepted = set(_numbers(request.form, "except"))
    template = "elections/rulings_preview.html" if preview else "elections/rulings_all.html"
    page, status = form_page(
        template,
        form,
        wanted=wanted,
        rows=rows,
        valid=[one for one in rows if one.delegate_id not in excepted],
        left=[one for one in rows if one.delegate_id in excepted],
        points=points,
        members=committee_queries.members(g.congress.id, Body.CREDENTIALS),
        **_labels(),
    )
    return page, status if "ids" in request.form else 200
