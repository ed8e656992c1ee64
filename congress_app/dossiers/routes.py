"""The dossier of a congress: make it, read it back, keep it, then purge."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.congresses.scope import congress_blueprint
from congress_app.dossiers import queries, services
from congress_app.dossiers.forms import PurgeForm
from congress_app.jobs.services import begin
from congress_app.kernel.permissions import Permission
from congress_app.kernel.vietnamese import number
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
        purged=queries.purged(g.congress.id),
        is_closed=queries.is_closed(g.congress),
    )


@bp.post("/dossier")
@requires(Permission.DOSSIER_MANAGE)
def make() -> Response:
    """Begin the archive; the page of the job tells how far it is."""
    title = _("Lập hồ sơ lưu trữ: %(name)s", name=g.congress.name)
    arguments = {"congress_id": g.congress.id}
    job = begin("dossier", title, arguments, back_to=url_for("dossiers.index"), actor=g.actor)
    return redirect(url_for("jobs.show", job_id=job.id))


@bp.post("/dossier/<int:dossier_id>/check")
@requires(Permission.DOSSIER_MANAGE)
def check(dossier_id: int) -> Response:
    """Read the stored archive back, every part."""
    dossier = queries.dossier_by_id(g.congress.id, dossier_id)
    count = services.check(g.congress, dossier, actor=g.actor)
    flash(_("Hồ sơ nguyên vẹn: đã đọc lại %(count)s tệp.", count=number(count)), "success")
    return redirect(url_for("dossiers.index"))


@bp.post("/dossier/<int:dossier_id>/file")
@requires(Permission.DOSSIER_MANAGE)
def file(dossier_id: int) -> Response:
    """The archive to keep; taking it is recorded."""
    dossier = queries.dossier_by_id(g.congress.id, dossier_id)
    data = services.take_out(g.congress, dossier, actor=g.actor)
    return download(data, f"{_('Hồ sơ lưu trữ')} {g.congress.unit.code} {dossier.id}.zip")


@bp.route("/dossier/<int:dossier_id>/purge", methods=["GET", "POST"])
@requires(Permission.DOSSIER_MANAGE)
def purge(dossier_id: int) -> Answer:
    """Remove the working data, with the hash of the copy that is kept."""
    dossier = queries.dossier_by_id(g.congress.id, dossier_id)
    form = PurgeForm()
    if accepted(form, lambda: _purge(dossier_id, form)):
        flash(_("Đã xóa dữ liệu làm việc của hội nghị. Tên và kết quả được giữ."), "success")
        return redirect(url_for("dossiers.index"))
    obstacles = queries.obstacles(g.congress)
    return form_page("dossiers/purge.html", form, dossier=dossier, obstacles=obstacles)


def _purge(dossier_id: int, form: PurgeForm) -> None:
    dossier = queries.dossier_by_id(g.congress.id, dossier_id)
    done = services.purge(g.congress, dossier, form.sha256.data or "", actor=g.actor)
    if not done.rewritten:
        flash(_(services.NOT_REWRITTEN), "warning")
