"""The list of awards: read it, and for the sector's council edit it."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.exemplars import award_name_queries, award_name_services
from congress_app.exemplars.award_name_forms import AwardNameForm
from congress_app.exemplars.award_name_queries import AwardLine
from congress_app.exemplars.award_name_services import NameEntry
from congress_app.exemplars.routes import Answer
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Permission
from congress_app.web.guards import requires
from congress_app.web.submissions import accepted, form_page
from congress_app.web.texts import say

bp = Blueprint("award_names", __name__, url_prefix="/exemplars/awards")


@bp.get("")
@requires(Permission.EXEMPLAR_READ)
def index() -> str:
    """Every line in its order."""
    return render_template(
        "exemplars/award_names.html",
        lines=award_name_queries.lines(),
        may_edit=g.actor.holds_at_root(Permission.EXEMPLAR_DECIDE),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.EXEMPLAR_DECIDE)
def create() -> Answer:
    """Put a name at the end of the list."""
    form = AwardNameForm()
    if accepted(form, lambda: award_name_services.add(_entry(form), actor=g.actor)):
        flash(_("Đã thêm “%(name)s” vào danh mục.", name=form.name.data), "success")
        return redirect(url_for("award_names.index"))
    return form_page("exemplars/award_name.html", form, line=None)


@bp.route("/<award_code>", methods=["GET", "POST"])
@requires(Permission.EXEMPLAR_DECIDE)
def edit(award_code: str) -> Answer:
    """Rename, other names, whether offered."""
    line = _line(award_code)
    form = AwardNameForm(data=_shown(line))
    if accepted(
        form,
        lambda: award_name_services.edit(
            line.code, _entry(form), version=form.opened_version(), actor=g.actor
        ),
    ):
        flash(_("Đã lưu “%(name)s”.", name=form.name.data), "success")
        return redirect(url_for("award_names.index"))
    return form_page("exemplars/award_name.html", form, line=line)


@bp.post("/<award_code>/move")
@requires(Permission.EXEMPLAR_DECIDE)
def move(award_code: str) -> Response:
    """One place up or down."""
    up = request.form.get("up") == "1"
    award_name_services.move(_line(award_code).code, up=up, actor=g.actor)
    return redirect(url_for("award_names.index", _anchor=award_code))


def _line(award_code: str) -> AwardLine:
    found = next((line for line in award_name_queries.lines() if line.code == award_code), None)
    if found is None:
        raise NotFound()
    return found


def _shown(line: AwardLine) -> dict[str, object]:
    return {
        "version": line.version,
        "name": say(line.name),
        "aliases": "\n".join(line.aliases),
        "is_offered": line.is_offered,
    }


def _entry(form: AwardNameForm) -> NameEntry:
    return NameEntry(form.name.data or "", form.other_names(), form.is_offered.data)
