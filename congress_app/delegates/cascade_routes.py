"""The board of elected against quota, and the look at whom a version touches before approval."""

from __future__ import annotations

from flask import g, render_template

from congress_app.congresses.scope import congress_blueprint
from congress_app.delegates import cascade, cascade_queries
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Permission
from congress_app.quota import exceeding_queries
from congress_app.quota import queries as quota_queries
from congress_app.quota.forms import ApprovalForm
from congress_app.web.guards import requires

bp = congress_blueprint("cascade", __name__)


@bp.get("/quota/board")
@requires(Permission.QUOTA_READ, partly=True)
def board() -> str:
    """Every unit of the allocation in force: elected against quota, late ones first."""
    rungs = cascade_queries.rungs(g.congress, within=g.reach)
    return render_template(
        "delegates/cascade.html",
        rungs=rungs,
        from_above=quota_queries.seats_from_above(g.congress),
        progress=cascade.PROGRESS_LABELS,
        looks=cascade.PROGRESS_LOOKS,
    )


@bp.get("/quota/<int:number>/review")
@requires(Permission.QUOTA_APPROVE)
def review(number: int) -> str:
    """Whom the version touches, before it is approved."""
    allocation = quota_queries.version(g.congress.id, number)
    if allocation is None:
        raise NotFound
    form = ApprovalForm(data={"version": allocation.version})
    exceeding = exceeding_queries.exceeding(allocation)
    form.show(exceeding)
    return render_template(
        "delegates/review.html",
        allocation=allocation,
        total=sum(line.seats for line in allocation.lines),
        in_force=quota_queries.allocation_in_force(g.congress.id),
        touched=cascade_queries.touched(g.congress, allocation),
        exceeding=exceeding,
        form=form,
    )
