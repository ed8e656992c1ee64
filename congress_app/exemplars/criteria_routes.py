"""Sets of criteria: read them, copy what holds for a unit, edit or give up the copy."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.exemplars import criteria, criteria_services, queries
from congress_app.exemplars.criteria import CriteriaSet
from congress_app.exemplars.criteria_forms import CopyForm, CriteriaForm
from congress_app.exemplars.models import StoredCriteria
from congress_app.exemplars.routes import Answer
from congress_app.kernel.errors import Forbidden, NotFound
from congress_app.kernel.permissions import Permission
from congress_app.kernel.sentences import N_, Sentence
from congress_app.units.chooser_routes import chooser
from congress_app.web.forms import VersionedForm
from congress_app.web.guards import requires
from congress_app.web.submissions import accepted, form_page
from congress_app.web.texts import say

bp = Blueprint("exemplar_criteria", __name__, url_prefix="/exemplars/criteria")


@bp.get("")
@requires(Permission.EXEMPLAR_READ)
def index() -> str:
    """The plan's set, and the copies that hold within reach."""
    copies = queries.criteria_sets(g.reach)
    return render_template(
        "exemplars/criteria.html",
        preset=criteria.PLAN_2021_2025,
        copies=[(row, criteria.from_json(row.body)) for row in copies],
        award_names={kind.code: kind.name for kind in queries.award_kinds()},
        barring=criteria.barring_words,
        ties=criteria.LEADER_TIE_LABELS,
    )


@bp.route("/copy", methods=["GET", "POST"])
@requires(Permission.EXEMPLAR_DECIDE)
def copy() -> Answer:
    """Make a copy for a unit and everything below it."""
    form = CopyForm(data={"name": _("Bản sao: %(name)s", name=say(criteria.PLAN_2021_2025.name))})
    form.unit.offer(chooser(Permission.EXEMPLAR_DECIDE))
    made: list[StoredCriteria] = []
    if accepted(
        form,
        lambda: made.append(
            criteria_services.copy(form.unit.unit_id, form.name.data or "", actor=g.actor)
        ),
    ):
        flash(_("Đã sao chép. Hãy sửa các mục cần đổi."), "success")
        return redirect(url_for("exemplar_criteria.edit", criteria_id=made[0].id))
    return form_page("exemplars/criteria_copy.html", form)


@bp.route("/<int:criteria_id>", methods=["GET", "POST"])
@requires(Permission.EXEMPLAR_DECIDE)
def edit(criteria_id: int) -> Answer:
    """Every figure of a copy."""
    row, rules = _editable(criteria_id)
    form = CriteriaForm.opened(rules, queries.award_kinds(), row.version)
    if accepted(
        form,
        lambda: criteria_services.edit(
            row, form.applied(rules), version=form.opened_version(), actor=g.actor
        ),
    ):
        flash(_("Đã lưu bộ tiêu chuẩn. Kết quả xét được tính lại ngay."), "success")
        return redirect(url_for("exemplar_criteria.index"))
    return form_page("exemplars/criteria_edit.html", form, row=row)


@bp.post("/<int:criteria_id>/remove")
@requires(Permission.EXEMPLAR_DECIDE)
def remove(criteria_id: int) -> Response:
    """Give a copy up: the set above holds again."""
    row, _rules = _editable(criteria_id)
    version = VersionedForm(request.form).opened_version()
    criteria_services.remove(row, version=version, actor=g.actor)
    flash(_("Đã bỏ bộ tiêu chuẩn riêng. Bộ của cấp trên được áp dụng lại."), "success")
    return redirect(url_for("exemplar_criteria.index"))


def _editable(criteria_id: int) -> tuple[StoredCriteria, CriteriaSet]:
    row = next((one for one in queries.criteria_sets(g.reach) if one.id == criteria_id), None)
    if row is None or row.unit is None:
        raise NotFound()
    if not g.actor.can(Permission.EXEMPLAR_DECIDE, row.unit.path):
        sentence = N_("Bộ tiêu chuẩn này chỉ để xem. Hãy sao chép rồi sửa bản sao.")
        raise Forbidden("read_only", Sentence(sentence))
    return row, criteria.from_json(row.body)
