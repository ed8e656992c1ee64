"""Badges: the list, printing, one issued anew, one taken away."""

from __future__ import annotations

from typing import cast

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.badges import queries, services, token
from congress_app.badges.forms import FilterForm, ReasonForm
from congress_app.badges.queries import BadgeFilter
from congress_app.badges.sheet import Imposition
from congress_app.congresses.rulebook import CATEGORY_LABELS
from congress_app.congresses.scope import congress_blueprint
from congress_app.delegates.models import Delegate
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Permission
from congress_app.kernel.vietnamese import fold
from congress_app.web.guards import requires
from congress_app.web.responses import PAGE_SIZE, Page, download, page_number
from congress_app.web.submissions import accepted, form_page

bp = congress_blueprint("badges", __name__)

IMPOSITIONS = ("a6", "a4", "bleed")


@bp.get("/badges")
@requires(Permission.BADGE_PRINT)
def index() -> str:
    """How far the badges are, and each of them."""
    form = _filter_form()
    rows, total = queries.page_of_badges(g.congress.id, _wanted(form), page_number(), PAGE_SIZE)
    return render_template(
        "badges/index.html",
        form=form,
        counts=queries.counts(g.congress.id),
        revoked=queries.revoked(g.congress.id),
        page=Page(rows, page_number(), total),
        is_filtered=_wanted(form) != BadgeFilter(),
        categories=CATEGORY_LABELS,
        grouped=token.grouped,
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
    """The PDF of the badges the filter finds."""
    imposition = request.form.get("imposition", "a6")
    if imposition not in IMPOSITIONS:
        raise NotFound
    data = services.print_batch(
        g.congress, _wanted(_filter_form()), cast(Imposition, imposition), actor=g.actor
    )
    return download(data, f"{_('Thẻ đại biểu')} {g.congress.name}.pdf")


@bp.route("/badges/<int:delegate_id>/reissue", methods=["GET", "POST"])
@requires(Permission.BADGE_ISSUE)
def reissue(delegate_id: int) -> Response | tuple[str, int]:
    """A new code for a lost or damaged badge."""
    delegate = _delegate(delegate_id)
    form = ReasonForm()
    if accepted(
        form,
        lambda: services.reissue(g.congress, delegate, str(form.reason.data), actor=g.actor),
    ):
        flash(_("Đã cấp thẻ mới; thẻ cũ không còn dùng được."), "success")
        return redirect(url_for("badges.index", printing="new"))
    return form_page(
        "badges/reissue.html", form, delegate=delegate, history=queries.history_of(delegate.id)
    )


@bp.route("/badges/<int:delegate_id>/revoke", methods=["GET", "POST"])
@requires(Permission.BADGE_ISSUE)
def revoke(delegate_id: int) -> Response | tuple[str, int]:
    """Take a badge away."""
    delegate = _delegate(delegate_id)
    form = ReasonForm()
    if accepted(
        form,
        lambda: services.revoke(g.congress, delegate, str(form.reason.data), actor=g.actor),
    ):
        flash(_("Đã thu hồi thẻ."), "success")
        return redirect(url_for("badges.index"))
    return form_page("badges/revoke.html", form, delegate=delegate)


def _filter_form() -> FilterForm:
    form = FilterForm(request.args)
    choices = {0: _("Mọi đoàn")} | dict(queries.delegations_with_badges(g.congress.id))
    form.delegation.choices = choices
    if not form.validate():
        form = FilterForm(data={"printing": "all", "delegation": 0})
        form.delegation.choices = choices
    return form


def _wanted(form: FilterForm) -> BadgeFilter:
    return BadgeFilter(
        delegation_id=form.delegation.data or None,
        printing=form.printing.data or "all",
        text=fold(form.q.data or ""),
    )


def _delegate(delegate_id: int) -> Delegate:
    delegate = queries.delegate_by_id(g.congress.id, delegate_id)
    if delegate is None:
        raise NotFound
    return delegate
