"""The tree page, one unit, and every change of a unit."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.audit.queries import history
from congress_app.kernel.errors import DomainError, NotFound, Stale
from congress_app.kernel.permissions import Permission
from congress_app.units import place_services, queries, services, tree, tree_queries
from congress_app.units.chooser import Chooser
from congress_app.units.chooser_routes import chooser
from congress_app.units.forms import FilterForm, MergeForm, MoveForm, PlaceForm, UnitForm
from congress_app.units.models import Cluster, Unit
from congress_app.units.rules import must_edit
from congress_app.units.tree import KIND_LABELS
from congress_app.web.addresses import row_number
from congress_app.web.forms import BaseForm
from congress_app.web.guards import requires
from congress_app.web.responses import Page, page_number
from congress_app.web.texts import say

bp = Blueprint("units", __name__, url_prefix="/units")

# Beside which field a refusal of the services is shown.
_FAULTY_FIELDS = {"wrong_parent_kind": "kind", "duplicate_code": "code", "duplicate_name": "name"}

Answer = str | Response | tuple[str, int]
UNITS_SHOWN = 20


@bp.get("")
@requires(Permission.UNIT_READ)
def index() -> str:
    """The whole tree within reach; with a filter the units that fit, as a list."""
    form = FilterForm(request.args)
    clusters = [(cluster.id, cluster.name) for cluster, _count in queries.clusters()]
    form.offer(clusters)
    wanted, shown = form.wanted(), tree_queries.shown(g.reach)
    context = {"clusters": dict(clusters), "kinds": KIND_LABELS, "form": form, "wanted": wanted}
    if wanted:
        found = tree_queries.found(wanted, shown, g.reach, page_number(), UNITS_SHOWN)
        page = Page(found.nodes, page_number(), found.total, UNITS_SHOWN, has_more=found.has_more)
        context["page"] = page
        context["parents"] = found.parents
    return render_template("units/index.html", shown=shown, **context)


@bp.get("/<int:unit_id>")
@requires(Permission.UNIT_READ)
def show(unit_id: int) -> str:
    """One unit: its facts, what stands below it, and what was done to it."""
    unit = readable(unit_id)
    children = queries.children(unit.id)
    sums = queries.headcounts([unit.id, *(child.id for child in children)])
    return render_template(
        "units/show.html",
        unit=unit,
        above=[one for one in queries.ancestors(unit.path) if _may_read(one.path)],
        target=queries.unit_by_id(unit.merged_into_id) if unit.merged_into_id else None,
        merged=queries.merged_into(unit.id),
        children=children,
        sums=sums,
        entries=history("unit", unit.id),
        kinds=KIND_LABELS,
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.UNIT_EDIT)
def create() -> Answer:
    """A new unit below one the actor may change."""
    form = UnitForm(parent_id=row_number(request.args.get("parent")))
    _offer(form, chooser(Permission.UNIT_EDIT), None)
    if not form.validate_on_submit():
        return again("units/edit.html", form, unit=None)
    try:
        unit = services.create(editable(form.parent_id.unit_id), form.facts(), actor=g.actor)
    except DomainError as error:
        return again("units/edit.html", form, error, unit=None)
    flash(_("Đã thêm “%(name)s”.", name=unit.name), "success")
    return redirect(url_for("units.show", unit_id=unit.id))


@bp.route("/<int:unit_id>/edit", methods=["GET", "POST"])
@requires(Permission.UNIT_EDIT)
def edit(unit_id: int) -> Answer:
    """The facts of a unit; somebody else's newer values are shown beside one's own."""
    unit = editable(unit_id)
    form = UnitForm(obj=unit)
    _offer(form, None, unit.cluster)
    if not form.validate_on_submit():
        return again("units/edit.html", form, unit=unit)
    try:
        services.edit(unit, form.facts(), version=form.version.data, actor=g.actor)
    except DomainError as error:
        form.version.data = unit.version
        return again("units/edit.html", form, error, unit=unit)
    flash(_("Đã lưu “%(name)s”.", name=unit.name), "success")
    return redirect(url_for("units.show", unit_id=unit.id))


@bp.route("/<int:unit_id>/move", methods=["GET", "POST"])
@requires(Permission.UNIT_EDIT)
def move(unit_id: int) -> Answer:
    """The unit with all below it goes under another parent."""
    unit = editable(unit_id)
    form = MoveForm()
    kinds = tree.PARENT_KINDS[tree.Kind(unit.kind)]
    form.parent_id.offer(chooser(Permission.UNIT_EDIT, kinds=kinds, outside=unit))
    if not form.validate_on_submit():
        return again("units/move.html", form, unit=unit)
    try:
        place_services.move(unit, editable(form.parent_id.unit_id), actor=g.actor)
    except DomainError as error:
        return again("units/move.html", form, error, unit=unit)
    flash(_("Đã chuyển “%(name)s”.", name=unit.name), "success")
    return redirect(url_for("units.show", unit_id=unit.id))


@bp.route("/<int:unit_id>/merge", methods=["GET", "POST"])
@requires(Permission.UNIT_EDIT)
def merge(unit_id: int) -> Answer:
    """The unit goes into another one, which takes over what stands below it."""
    unit = editable(unit_id)
    form = MergeForm()
    form.target_id.offer(chooser(Permission.UNIT_EDIT, outside=unit))
    if not form.validate_on_submit():
        return again("units/merge.html", form, unit=unit, below=queries.children(unit.id))
    add = form.headcount.data == "add"
    try:
        target = editable(form.target_id.unit_id)
        place_services.merge(unit, target, add_headcount=add, actor=g.actor)
    except DomainError as error:
        return again("units/merge.html", form, error, unit=unit, below=queries.children(unit.id))
    flash(_("Đã sáp nhập vào “%(name)s”.", name=target.name), "success")
    return redirect(url_for("units.show", unit_id=target.id))


@bp.post("/<int:unit_id>/place")
@requires(Permission.UNIT_EDIT)
def place(unit_id: int) -> Response:
    """Another place among brothers and sisters; then back to the parent's list."""
    unit = readable(unit_id)
    form = PlaceForm()
    if form.validate():
        place_services.reorder(unit, form.position.data or 1, actor=g.actor)
        flash(_("Đã xếp lại thứ tự của “%(name)s”.", name=unit.name), "success")
    else:
        flash(_("Vị trí phải là một số từ 1."), "error")
    return redirect(url_for("units.show", unit_id=unit.parent_id or unit.id, _anchor="children"))


# --- shared with the other faces of the chapter --------------------------------------------


def readable(unit_id: int) -> Unit:
    """The unit, if the actor may see it; units above and beside his own are unknown to him."""
    unit = queries.unit_by_id(unit_id)
    if unit is None or not _may_read(unit.path):
        raise NotFound
    return unit


def editable(unit_id: int) -> Unit:
    """The unit, if the actor may change it."""
    unit = readable(unit_id)
    must_edit(g.actor, unit.path)
    return unit


def again(
    template: str, form: BaseForm, error: DomainError | None = None, **context: Any
) -> tuple[str, int]:
    """The form's page, with everything typed, what is wrong, and the status that says so."""
    status = error.status if error else 422 if form.is_submitted() else 200
    if error is not None:
        field = form._fields.get(_FAULTY_FIELDS.get(error.code, ""))
        if field is not None:
            field.errors = [*field.errors, say(error.sentence)]
        else:
            form.form_errors = [*form.form_errors, say(error.sentence)]
    stale = isinstance(error, Stale)
    return render_template(template, form=form, stale=stale, kinds=KIND_LABELS, **context), status


def _may_read(path: str) -> bool:
    return bool(g.actor.can(Permission.UNIT_READ, path))


def _offer(form: UnitForm, parents: Chooser | None, stored: Cluster | None) -> None:
    """Whoever may not change a whole tree is told the cluster and cannot choose another."""
    form.offer([(cluster.id, cluster.name) for cluster, _count in queries.clusters()], parents)
    if not g.actor.holds_at_root(Permission.UNIT_EDIT):
        form.fix_cluster((stored.id, stored.name) if stored else None)
