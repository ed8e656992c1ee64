"""Badges: the list, printing, one issued anew, one taken away."""

from __future__ import annotations

from dataclasses import asdict
from typing import cast

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.badges import face_queries, print_services, queries, services, token
from congress_app.badges.design import CATEGORY_LABELS
from congress_app.badges.forms import ReasonForm, ReissueForm
from congress_app.badges.queries import BadgeFilter
from congress_app.badges.scope import filter_form, wanted_by
from congress_app.badges.sheet import Imposition, per_sheet
from congress_app.congresses.scope import congress_blueprint
from congress_app.delegates.models import Delegate
from congress_app.jobs.services import begin
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Permission
from congress_app.web.guards import requires
from congress_app.web.responses import PAGE_SIZE, Page, download, page_number
from congress_app.web.submissions import accepted, form_page

bp = congress_blueprint("badges", __name__)

LABELS = {
    "categories": CATEGORY_LABELS,
    "grouped": token.grouped,
    "per_sheet": per_sheet,
    "at_once": print_services.AT_ONCE,
}
IMPOSITIONS = ("a6", "a4", "bleed")


@bp.get("/badges")
@requires(Permission.BADGE_PRINT)
def index() -> str:
    """How far the badges are, and each of them."""
    form = filter_form()
    wanted, number = wanted_by(form), page_number()
    rows, total = queries.page_of_badges(g.congress.id, wanted, number, PAGE_SIZE)
    design = face_queries.design_of(g.congress.id)
    return render_template(
        "badges/index.html",
        form=form,
        counts=queries.counts(g.congress.id),
        revoked=queries.revoked(g.congress.id),
        page=Page(rows, number, total),
        is_filtered=wanted != BadgeFilter(),
        changed=face_queries.changed_among(g.congress, rows),
        design=design,
        **LABELS,
    )


@bp.post("/badges/issue")
@requires(Permission.BADGE_ISSUE)
def issue() -> Response:
    """Give every delegate without a badge one."""
    count = services.issue_missing(g.congress, actor=g.actor)
    flash(_("Đã cấp %(count)s thẻ mới.", count=count), "success")
    return redirect(url_for("badges.index"))


@bp.post("/badges/print")
@requires(Permission.BADGE_PRINT)
def print_sheet() -> Response:
    """The PDF of the badges the filter finds; of many, the job that paints them."""
    imposition = request.form.get("imposition", "a6")
    if imposition not in IMPOSITIONS:
        raise NotFound
    shape, wanted = cast(Imposition, imposition), wanted_by(filter_form())
    two_sided = request.form.get("one_sided") is None
    name = f"{_('Thẻ đại biểu')} {g.congress.name}.pdf"
    count = print_services.to_print(g.congress, wanted, actor=g.actor)
    if count > print_services.AT_ONCE:
        return _begin(count, wanted, imposition=shape, two_sided=two_sided, filename=name)
    data = print_services.print_batch(g.congress, wanted, shape, actor=g.actor, two_sided=two_sided)
    return download(data, name)


@bp.route("/badges/<int:delegate_id>/reissue", methods=["GET", "POST"])
@requires(Permission.BADGE_ISSUE)
def reissue(delegate_id: int) -> Response | tuple[str, int]:
    """A new code for a lost or damaged badge."""
    delegate = _delegate(delegate_id)
    form = ReissueForm(data={"version": queries.standing_of(delegate.id)})
    if accepted(form, lambda: _replace(delegate, form)):
        if form.fate.data == "lost":
            flash(_("Đã cấp thẻ mới; thẻ cũ không còn dùng được."), "success")
        else:
            flash(_("Thẻ này được in lại cùng mã ở lần in tới."), "success")
        return redirect(url_for("badges.index", printing="new"))
    return form_page(
        "badges/reissue.html", form, delegate=delegate, history=queries.history_of(delegate.id)
    )


@bp.route("/badges/<int:delegate_id>/revoke", methods=["GET", "POST"])
@requires(Permission.BADGE_ISSUE)
def revoke(delegate_id: int) -> Response | tuple[str, int]:
    """Take a badge away."""
    delegate = _delegate(delegate_id)
    form = ReasonForm(data={"version": queries.standing_of(delegate.id)})
    if accepted(form, lambda: _take_away(delegate, form)):
        flash(_("Đã thu hồi thẻ."), "success")
        return redirect(url_for("badges.index"))
    return form_page(
        "badges/revoke.html", form, delegate=delegate, history=queries.history_of(delegate.id)
    )


def _begin(count: int, wanted: BadgeFilter, **facts: object) -> Response:
    title = _("In %(count)s thẻ: %(congress)s", count=count, congress=g.congress.name)
    arguments = {"congress_id": g.congress.id, "wanted": asdict(wanted), **facts}
    back = url_for("badges.index")
    job = begin(print_services.KIND, title, arguments, back_to=back, actor=g.actor)
    return redirect(url_for("jobs.show", job_id=job.id))


def _replace(delegate: Delegate, form: ReissueForm) -> None:
    """A lost badge gets a new code; one that was handed back is only printed again."""
    act = services.reissue if form.fate.data == "lost" else services.print_again
    act(g.congress, delegate, str(form.reason.data), seen=form.opened_version(), actor=g.actor)


def _take_away(delegate: Delegate, form: ReasonForm) -> None:
    reason, seen = str(form.reason.data), form.opened_version()
    services.revoke(g.congress, delegate, reason, seen=seen, actor=g.actor)


def _delegate(delegate_id: int) -> Delegate:
    delegate = queries.delegate_by_id(g.congress.id, delegate_id)
    if delegate is None:
        raise NotFound
    return delegate
