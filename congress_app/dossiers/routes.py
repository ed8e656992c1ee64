"""The dossier of a congress: make it, read it back, keep it, then purge."""

from __future__ import annotations

from flask import g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.congresses.scope import congress_blueprint
from congress_app.documents import whole_queries
from congress_app.dossiers import job_services, paper_queries, queries, services
from congress_app.dossiers.forms import PurgeForm
from congress_app.jobs.services import begin
from congress_app.kernel.permissions import Permission
from congress_app.web.guards import requires
from congress_app.web.responses import download
from congress_app.web.submissions import accepted, form_page

bp = congress_blueprint("dossiers", __name__)

Answer = Response | tuple[str, int]


@bp.get("/dossier")
@requires(Permission.DOSSIER_MANAGE)
def index() -> str:
    """What was archived, what stands in the way, and the purge when it was done."""
    return render_template(
        "dossiers/index.html",
        dossiers=queries.dossiers_of(g.congress.id),
        obstacles=queries.obstacles(g.congress),
        with_files=queries.with_files(g.congress.id),
        purged=queries.purged(g.congress.id),
        unfinished=queries.unfinished_purge(g.congress.id),
        is_closed=queries.is_closed(g.congress),
        altered=whole_queries.names(paper_queries.altered(g.congress.id)),
    )


@bp.post("/dossier")
@requires(Permission.DOSSIER_MANAGE, after_closing=True)
def make() -> Response:
    """Begin the archive; the page of the job tells how far it is."""
    title = _("Lập hồ sơ lưu trữ: %(name)s", name=g.congress.name)
    return _begin(job_services.MAKE, title, {})


@bp.post("/dossier/<int:dossier_id>/check")
@requires(Permission.DOSSIER_MANAGE, after_closing=True)
def check(dossier_id: int) -> Response:
    """Read the stored archive back, every part."""
    dossier = queries.dossier_by_id(g.congress.id, dossier_id)
    title = _("Kiểm tra hồ sơ lưu trữ: %(name)s", name=g.congress.name)
    at_once = dossier.size <= job_services.SMALL
    return _begin(job_services.CHECK, title, {"dossier_id": dossier_id}, at_once=at_once)


@bp.post("/dossier/<int:dossier_id>/file")
@requires(Permission.DOSSIER_MANAGE, after_closing=True)
def file(dossier_id: int) -> Response:
    """The archive to keep; taking it is recorded."""
    dossier = queries.dossier_by_id(g.congress.id, dossier_id)
    data = services.take_out(g.congress, dossier, actor=g.actor)
    return download(data, f"{_('Hồ sơ lưu trữ')} {g.congress.unit.code} {dossier.id}.zip")


@bp.route("/dossier/<int:dossier_id>/purge", methods=["GET", "POST"])
@requires(Permission.DOSSIER_MANAGE, after_closing=True)
def purge(dossier_id: int) -> Answer:
    """Begin to remove the working data, with the hash of the copy that is kept."""
    dossier = queries.dossier_by_id(g.congress.id, dossier_id)
    form = PurgeForm()
    typed = form.sha256.data or ""
    if accepted(form, lambda: queries.must_be_ready(g.congress, dossier, typed)):
        title = _("Xóa dữ liệu làm việc: %(name)s", name=g.congress.name)
        return _begin(job_services.PURGE, title, {"dossier_id": dossier_id, "typed": typed})
    obstacles = queries.obstacles(g.congress)
    return form_page("dossiers/purge.html", form, dossier=dossier, obstacles=obstacles)


def _begin(
    kind: str, title: str, arguments: dict[str, object], *, at_once: bool = False
) -> Response:
    job = begin(
        kind,
        title,
        {"congress_id": g.congress.id, **arguments},
        back_to=url_for("dossiers.index"),
        actor=g.actor,
        at_once=at_once,
    )
    return redirect(url_for("jobs.show", job_id=job.id))
