"""Allocation: propose, look at every line, adjust, approve, publish, export."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.congresses.rulebook import Category
from congress_app.congresses.scope import congress_blueprint
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Permission
from congress_app.kernel.sentences import N_
from congress_app.quota import annex, queries, services
from congress_app.quota.forms import AdjustForm, ApprovalForm, ProposalForm
from congress_app.quota.models import Allocation
from congress_app.quota.problem import METHOD_LABELS
from congress_app.quota.proposal import WEIGHT_SOURCES, options_from
from congress_app.web.guards import requires
from congress_app.web.responses import download
from congress_app.web.submissions import accepted, form_page

bp = congress_blueprint("quota", __name__)

Answer = Response | tuple[str, int]

STATE_LABELS = {
    "proposed": (N_("Đề xuất"), "info"),
    "approved": (N_("Đã phê duyệt"), "success"),
    "published": (N_("Đã công bố"), "success"),
    "superseded": (N_("Đã thay"), "neutral"),
}


@bp.get("/quota")
@requires(Permission.QUOTA_READ, partly=True)
def index() -> Response | str:
    """The version in force, else the newest, else the way to the first."""
    in_force = queries.allocation_in_force(g.congress.id)
    number = in_force.number if in_force else queries.latest_number(g.congress.id)
    if number:
        return redirect(url_for("quota.show", number=number))
    return render_template("quota/none.html", cap=_cap(), silent=queries.silent_bases(g.congress))


@bp.route("/quota/new", methods=["GET", "POST"])
@requires(Permission.QUOTA_PROPOSE)
def propose() -> Answer:
    """Choose the pool, the weights and the method; the run becomes a new version."""
    form = ProposalForm(data=_last_options())
    made: list[Allocation] = []
    if accepted(
        form,
        lambda: made.append(services.propose(g.congress, form.options(_cap()), actor=g.actor)),
    ):
        flash(_("Đã tính phương án %(number)s.", number=made[0].number), "success")
        return redirect(url_for("quota.show", number=made[0].number))
    return form_page(
        "quota/propose.html",
        form,
        cap=_cap(),
        guests_count=Category.GUEST in g.rules.cap.counted,
        silent=queries.silent_bases(g.congress),
        units=len(queries.electing_units(g.congress)),
    )


@bp.get("/quota/<int:number>")
@requires(Permission.QUOTA_READ, partly=True)
def show(number: int) -> str:
    """One version, line by line, beside what every other method would give."""
    allocation = _version(number)
    return render_template(
        "quota/show.html",
        allocation=allocation,
        lines=[line for line in allocation.lines if _in_reach(line.unit.path)],
        adjustments=queries.adjustments(allocation.id),
        versions=queries.versions(g.congress.id),
        methods={method.value: text for method, text in METHOD_LABELS.items()},
        sources=WEIGHT_SOURCES,
        states=STATE_LABELS,
        total=sum(line.seats for line in allocation.lines),
        most=max((line.seats for line in allocation.lines), default=0),
        approval=ApprovalForm(data={"version": allocation.version}),
    )


@bp.route("/quota/<int:number>/lines/<int:line_id>", methods=["GET", "POST"])
@requires(Permission.QUOTA_PROPOSE)
def adjust(number: int, line_id: int) -> Answer:
    """Change one line by hand, with the reason."""
    allocation = _version(number)
    line = queries.line_by_id(allocation.id, line_id)
    if line is None:
        raise NotFound
    form = AdjustForm(data={"version": allocation.version, "seats": line.seats})
    if accepted(
        form,
        lambda: services.adjust(
            g.congress,
            line,
            int(form.seats.data or 0),
            str(form.reason.data),
            form.opened_version(),
            actor=g.actor,
        ),
    ):
        flash(_("Đã điều chỉnh %(unit)s.", unit=line.unit.name), "success")
        return redirect(url_for("quota.show", number=number, _anchor=f"line-{line.id}"))
    return form_page("quota/adjust.html", form, allocation=allocation, line=line)


@bp.post("/quota/<int:number>/approve")
@requires(Permission.QUOTA_APPROVE)
def approve(number: int) -> Answer:
    """Freeze a version and let it bind."""
    allocation = _version(number)
    form = ApprovalForm()
    if accepted(
        form,
        lambda: services.approve(
            g.congress, allocation, str(form.document.data), form.opened_version(), actor=g.actor
        ),
    ):
        flash(_("Đã phê duyệt. Số này ràng buộc việc đăng ký và bầu đại biểu."), "success")
        return redirect(url_for("quota.show", number=number))
    return form_page("quota/approve.html", form, allocation=allocation)


@bp.post("/quota/<int:number>/publish")
@requires(Permission.QUOTA_APPROVE)
def publish(number: int) -> Response:
    """Tell an approved version to everybody below."""
    services.publish(g.congress, _version(number), actor=g.actor)
    flash(_("Đã công bố phương án phân bổ."), "success")
    return redirect(url_for("quota.show", number=number))


@bp.get("/quota/<int:number>/annex.xlsx")
@requires(Permission.QUOTA_READ)
def annex_sheet(number: int) -> Response:
    """The annex of the allocation letter as a sheet."""
    allocation = _version(number)
    rows = [
        annex.AnnexRow(line.unit.code, line.unit.name, line.weight, line.computed, line.seats)
        for line in allocation.lines
    ]
    data = annex.annex_sheet(g.congress.name, number, rows)
    return download(data, f"{_('Phân bổ đại biểu')} {g.congress.name}.xlsx")


def _version(number: int) -> Allocation:
    allocation = queries.version(g.congress.id, number)
    if allocation is None:
        raise NotFound
    return allocation


def _cap() -> int | None:
    limit: int | None = g.rules.cap.limit(g.congress.unit.code)
    return limit


def _in_reach(path: str) -> bool:
    return any(path.startswith(prefix) or prefix.startswith(path) for prefix in g.reach)


def _last_options() -> dict[str, object] | None:
    """The newest version's choices, so that a second try starts from the first."""
    if request.method != "GET":
        return None
    latest = queries.version(g.congress.id, queries.latest_number(g.congress.id))
    if latest is None:
        return {"officials": 0, "guests": 0, "reserve": 0, "floor": 1, "source": "attendance"}
    options = options_from(latest.options)
    return options.as_json() | {"tie_order": ", ".join(options.tie_order)}
