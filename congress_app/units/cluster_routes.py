"""Emulation clusters: the list, and one cluster with its units."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, g, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.formats.xlsx.writing import Column
from congress_app.kernel.errors import DomainError, NotFound
from congress_app.kernel.permissions import Permission
from congress_app.kernel.sentences import N_
from congress_app.units import cluster_services, queries
from congress_app.units.chooser_routes import chooser
from congress_app.units.forms import ClusterForm, MembersForm
from congress_app.units.models import Cluster
from congress_app.units.routes import Answer, again
from congress_app.web.guards import requires
from congress_app.web.sheets import sheet_response

bp = Blueprint("clusters", __name__, url_prefix="/clusters")

# What is offered to be ticked or added: districts only when asked for.
LEVELS = {"upper": ("khoi_co_quan", "tinh", "don_vi_truc_thuoc"), "base": ("huyen", "co_so")}

COLUMNS = (Column(N_("Cụm thi đua"), 54), Column(N_("Số đơn vị"), 12, "number"))


@bp.get("")
@requires(Permission.UNIT_READ)
def index() -> Answer:
    """All clusters with the number of their units within reach."""
    return _list(ClusterForm())


@bp.get("/list.xlsx")
@requires(Permission.UNIT_READ)
def sheet() -> Response:
    """The list as a sheet."""
    rows = [(one.name, count) for one, count in queries.clusters(_reach())]
    return sheet_response(N_("Cụm thi đua"), COLUMNS, rows)


@bp.post("")
@requires(Permission.UNIT_EDIT)
def create() -> Answer:
    """A new cluster; its units are chosen on its own page."""
    form = ClusterForm()
    try:
        if not form.validate():
            return _list(form)
        cluster = cluster_services.create(form.name.data or "", actor=g.actor)
    except DomainError as error:
        return _list(form, error)
    flash(_("Đã thêm “%(name)s”. Hãy chọn các đơn vị trong cụm.", name=cluster.name), "success")
    return redirect(url_for("clusters.show", cluster_id=cluster.id))


@bp.get("/<int:cluster_id>")
@requires(Permission.UNIT_READ)
def show(cluster_id: int) -> Answer:
    """The units of a cluster; who may change units ticks them here."""
    cluster = _cluster(cluster_id)
    return _page(cluster, ClusterForm(obj=cluster), _members_form(cluster))


@bp.post("/<int:cluster_id>/units")
@requires(Permission.UNIT_EDIT)
def assign(cluster_id: int) -> Answer:
    """The ticked units are the cluster's; those that were not offered stay as they are."""
    cluster = _cluster(cluster_id)
    form = _members_form(cluster)
    if not form.validate():
        return _page(cluster, ClusterForm(formdata=None, obj=cluster), form)
    offered = {unit_id for unit_id, _name in form.unit_ids.choices}
    chosen = (_member_ids(cluster) - offered) | form.chosen()
    changed = cluster_services.assign(cluster, chosen, actor=g.actor)
    flash(_("Đã xếp lại %(count)s đơn vị.", count=changed), "success")
    return redirect(url_for("clusters.show", cluster_id=cluster.id, level=_level()))


@bp.post("/<int:cluster_id>/name")
@requires(Permission.UNIT_EDIT)
def rename(cluster_id: int) -> Answer:
    """Another name."""
    cluster, form = _cluster(cluster_id), ClusterForm()
    try:
        if not form.validate():
            return _page(cluster, form, _members_form(cluster, formdata=None))
        cluster_services.rename(cluster, form.name.data or "", actor=g.actor)
    except DomainError as error:
        return _page(cluster, form, _members_form(cluster, formdata=None), error)
    flash(_("Đã đổi tên cụm thi đua."), "success")
    return redirect(url_for("clusters.show", cluster_id=cluster.id))


@bp.post("/<int:cluster_id>/delete")
@requires(Permission.UNIT_EDIT)
def delete(cluster_id: int) -> Response:
    """Remove an empty cluster."""
    cluster_services.delete(_cluster(cluster_id), actor=g.actor)
    flash(_("Đã xóa cụm thi đua."), "success")
    return redirect(url_for("clusters.index"))


def _list(form: ClusterForm, error: DomainError | None = None) -> Answer:
    return again(
        "units/clusters.html",
        form,
        error,
        clusters=queries.clusters(_reach()),
        whole_tree=g.actor.holds_at_root(Permission.UNIT_EDIT),
    )


def _reach() -> Sequence[str]:
    within: Sequence[str] = g.actor.reach(Permission.UNIT_READ, "/")
    return within


def _cluster(cluster_id: int) -> Cluster:
    cluster = queries.cluster_by_id(cluster_id)
    if cluster is None:
        raise NotFound
    return cluster


def _level() -> str:
    level = request.values.get("level", "")
    return level if level in LEVELS else "upper"


def _member_ids(cluster: Cluster) -> set[int]:
    return {row.id for row in queries.members(cluster.id)}


def _members_form(cluster: Cluster, **options: None) -> MembersForm:
    kinds = LEVELS[_level()]
    rows = queries.members(cluster.id, g.actor.reach(Permission.UNIT_EDIT, "/"))
    members = [(row.id, f"{row.name} ({row.code})") for row in rows if row.kind in kinds]
    form = MembersForm(unit_ids=sorted(_member_ids(cluster)), **options)
    form.offer(chooser(Permission.UNIT_EDIT, kinds=kinds), members)
    return form


def _page(
    cluster: Cluster, form: ClusterForm, members: MembersForm, error: DomainError | None = None
) -> Answer:
    rows = queries.members(cluster.id, g.actor.reach(Permission.UNIT_READ, "/"))
    return again(
        "units/cluster.html",
        form,
        error,
        cluster=cluster,
        members=members,
        rows=rows,
        level=_level(),
        whole_tree=g.actor.holds_at_root(Permission.UNIT_EDIT),
    )
