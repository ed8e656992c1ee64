"""Allocation: propose, look at every line, adjust, approve, publish, hand on, export."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.congresses.scope import congress_blueprint
from congress_app.kernel.permissions import Permission
from congress_app.quota import (
    claimant_queries,
    comparison,
    exceeding_queries,
    queries,
    release_services,
    scope,
    services,
)
from congress_app.quota.forms import AdjustForm, ApprovalForm, KnownForm, ReleaseForm
from congress_app.quota.models import Allocation
from congress_app.quota.options import options_from
from congress_app.quota.release import Handing
from congress_app.quota.release_services import GivenBack
from congress_app.web.addresses import row_number
from congress_app.web.guards import requires
from congress_app.web.responses import download
from congress_app.web.submissions import accepted, form_page

bp = congress_blueprint("quota", __name__)

Answer = Response | tuple[str, int]


@bp.get("/quota")
@requires(Permission.QUOTA_READ, partly=True)
def index() -> Response | str:
    """The version in force, else the newest, else the way to the first."""
    in_force = queries.allocation_in_force(g.congress.id)
    newest = queries.latest_number(g.congress.id) if scope.whole() else 0
    number = in_force.number if in_force else newest
    if number:
        return redirect(url_for("quota.show", number=number))
    return render_template(
        "quota/none.html",
        units=claimant_queries.electing_units(g.congress),
        from_above=queries.seats_from_above(g.congress),
    )


@bp.route("/quota/new", methods=["GET", "POST"])
@requires(Permission.QUOTA_PROPOSE)
def propose() -> Answer:
    """Choose the pool, the weights and the method; the run becomes a new version."""
    form = scope.proposal_form()
    made: list[Allocation] = []

    def act() -> None:
        made.append(services.propose(g.congress, form.options(scope.cap()), actor=g.actor))

    if accepted(form, scope.asking_for_a_draw(act)):
        flash(_("Đã tính phương án %(number)s.", number=made[0].number), "success")
        return redirect(url_for("quota.show", number=made[0].number))
    return form_page("quota/propose.html", form, **scope.proposal_page(form))


@bp.get("/quota/<int:number>")
@requires(Permission.QUOTA_READ, partly=True)
def show(number: int) -> str:
    """One version, line by line, beside what every other method would give."""
    return render_template("quota/show.html", **scope.shown(scope.version_or_404(number)))


@bp.get("/quota/compare")
@requires(Permission.QUOTA_READ)
def compare() -> str:
    """Two versions side by side; without a choice the newest beside the one before it."""
    versions = queries.versions(g.congress.id)
    known = {version.number for version in versions}
    first = row_number(request.args.get("first")) or sorted({0, *known})[-2:][0]
    second = row_number(request.args.get("second")) or max(known, default=0)
    pair = [queries.version(g.congress.id, number) for number in (first, second)]
    return render_template(
        "quota/compare.html",
        versions=versions,
        pair=pair,
        lines=comparison.paired(*(queries.unit_seats(version) for version in pair)),
        options=[options_from(version.options) if version else None for version in pair],
        words=scope.words(),
    )


@bp.route("/quota/<int:number>/units/<int:unit_id>", methods=["GET", "POST"])
@requires(Permission.QUOTA_PROPOSE)
def adjust(number: int, unit_id: int) -> Answer:
    """Change one line by hand, with the reason."""
    allocation = scope.version_or_404(number)
    line = scope.line_or_404(allocation, unit_id)
    form = AdjustForm(data={"version": allocation.version, "seats": line.seats})

    def act() -> None:
        services.adjust(g.congress, line, *form.change(), actor=g.actor)

    if accepted(form, act):
        flash(_("Đã điều chỉnh %(unit)s.", unit=line.unit.name), "success")
        return redirect(url_for("quota.show", number=number, _anchor=f"unit-{unit_id}"))
    context = {"allocation": allocation, "line": line, "words": scope.words()}
    return form_page("quota/adjust.html", form, **context)


@bp.route("/quota/<int:number>/pool", methods=["GET", "POST"])
@requires(Permission.QUOTA_PROPOSE)
def pool(number: int) -> Answer:
    """Change the number of seats of a proposal, with the reason."""
    allocation = scope.version_or_404(number)
    form = AdjustForm(data={"version": allocation.version, "seats": allocation.seats})

    def act() -> None:
        services.change_pool(g.congress, allocation, *form.change(), actor=g.actor)

    if accepted(form, act):
        flash(_("Đã đổi tổng số suất của phương án."), "success")
        return redirect(url_for("quota.show", number=number))
    total = sum(line.seats for line in allocation.lines)
    return form_page("quota/pool.html", form, allocation=allocation, total=total)


@bp.route("/quota/<int:number>/approve", methods=["GET", "POST"])
@requires(Permission.QUOTA_APPROVE)
def approve(number: int) -> Answer:
    """Freeze a version and let it bind; asked for by its address, it is looked at first."""
    allocation = scope.version_or_404(number)
    if request.method == "GET":
        return redirect(url_for("cascade.review", number=number))
    form = ApprovalForm()

    def act() -> None:
        document, version, known = str(form.document.data), form.opened_version(), form.known()
        services.approve(g.congress, allocation, document, version, known=known, actor=g.actor)

    if accepted(form, act):
        flash(_("Đã phê duyệt. Số này ràng buộc việc đăng ký và bầu đại biểu."), "success")
        return redirect(url_for("quota.show", number=number))
    exceeding = exceeding_queries.exceeding(allocation)
    form.show(exceeding)
    return form_page("quota/approve.html", form, allocation=allocation, exceeding=exceeding)


@bp.route("/quota/<int:number>/publish", methods=["GET", "POST"])
@requires(Permission.QUOTA_APPROVE)
def publish(number: int) -> Answer:
    """Tell an approved version to everybody below."""
    allocation, form = scope.version_or_404(number), KnownForm()
    if allocation.state != "approved":
        flash(_("Phương án %(number)s không ở bước chờ công bố.", number=number), "info")
        return redirect(url_for("quota.show", number=number))
    known = form.known()
    if accepted(form, lambda: services.publish(g.congress, allocation, known=known, actor=g.actor)):
        flash(_("Đã công bố phương án phân bổ."), "success")
        return redirect(url_for("quota.show", number=number))
    exceeding = exceeding_queries.exceeding(allocation)
    form.show(exceeding)
    return form_page("quota/publish.html", form, allocation=allocation, exceeding=exceeding)


@bp.route("/quota/<int:number>/release", methods=["GET", "POST"])
@requires(Permission.QUOTA_PROPOSE)
def release(number: int) -> Answer:
    """Hand on seats that units gave back; the result is a new proposal."""
    allocation = scope.version_or_404(number)
    form = ReleaseForm(data=scope.release_data(allocation))
    made: list[Allocation] = []

    def act() -> None:
        made.append(_hand_on(allocation, form))

    if accepted(form, scope.asking_for_a_draw(act)):
        flash(
            _("Đã lập phương án %(number)s từ số suất trả lại.", number=made[0].number), "success"
        )
        return redirect(url_for("quota.show", number=made[0].number))
    return form_page("quota/release.html", form, **scope.release_page(allocation))


@bp.get("/quota/<int:number>/annex.xlsx")
@requires(Permission.QUOTA_READ)
def annex_sheet(number: int) -> Response:
    """The annex of the allocation letter as a sheet."""
    data = scope.annex(scope.version_or_404(number))
    return download(data, f"{_('Phân bổ đại biểu')} {g.congress.name}.xlsx")


def _hand_on(allocation: Allocation, form: ReleaseForm) -> Allocation:
    given, seen = _given(form), form.opened_version()
    return release_services.release(g.congress, allocation, given, seen=seen, actor=g.actor)


def _given(form: ReleaseForm) -> GivenBack:
    return GivenBack(
        freed=form.freed(),
        handing=Handing(form.handing.data),
        reason=str(form.reason.data),
        tie_seed=form.tie_seed.data,
        tie_order=form.drawn(),
    )
