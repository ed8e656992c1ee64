"""Delegations of a congress: members, quota, head."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.congresses.scope import congress_blueprint
from congress_app.delegates import delegation_queries, scope, state_services
from congress_app.delegates.delegations import is_within
from congress_app.kernel.errors import DomainError, NotFound
from congress_app.kernel.permissions import Permission
from congress_app.quota import queries as quota_queries
from congress_app.units import queries as unit_queries
from congress_app.units.models import Unit
from congress_app.web.guards import requires
from congress_app.web.responses import paged
from congress_app.web.texts import say

bp = congress_blueprint("delegations", __name__)

# Delegations on one page.
SHOWN = 20


@bp.get("/delegations")
@requires(Permission.DELEGATE_READ, partly=True)
def index() -> str:
    """Every delegation with its figures and its head."""
    rows = delegation_queries.delegations(g.congress, within=g.reach)
    return render_template(
        "delegates/delegations.html",
        page=paged(rows, SHOWN),
        has_quota=quota_queries.allocation_in_force(g.congress.id) is not None,
        rights=scope.rights(),
    )


@bp.get("/delegations/<int:unit_id>")
@requires(Permission.DELEGATE_REGISTER, partly=True)
def head(unit_id: int) -> str:
    """Choose who leads the delegation."""
    unit = _delegation(unit_id)
    members = delegation_queries.members(g.congress, unit.id)
    return render_template("delegates/head.html", unit=unit, members=members, words=scope.words())


@bp.post("/delegations/<int:unit_id>")
@requires(Permission.DELEGATE_REGISTER, partly=True)
def set_head(unit_id: int) -> Response:
    """Name the head, or none."""
    unit = _delegation(unit_id)
    text = request.form.get("delegate", "")
    chosen = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
    try:
        state_services.set_head(g.congress, unit.id, chosen or None, actor=g.actor)
        flash(_("Đã ghi trưởng đoàn của %(unit)s.", unit=unit.name), "success")
    except DomainError as error:
        flash(say(error.sentence), "error")
    return redirect(url_for("delegations.index"))


def _delegation(unit_id: int) -> Unit:
    """A unit of this congress wholly within the reach."""
    unit = unit_queries.unit_by_id(unit_id)
    if unit is None or not is_within(unit.path, (g.congress.unit.path,)):
        raise NotFound
    if not is_within(unit.path, g.reach):
        raise NotFound
    return unit
