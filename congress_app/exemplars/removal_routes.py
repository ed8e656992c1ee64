"""The page that deletes an exemplar entered by mistake, or says what hangs on it."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms.validators import DataRequired, Length

from congress_app.exemplars import removal_queries, removal_services
from congress_app.exemplars.routes import writable
from congress_app.kernel.permissions import Permission
from congress_app.web.forms import BaseForm, NfcField
from congress_app.web.guards import requires
from congress_app.web.submissions import accepted, form_page

bp = Blueprint("exemplar_removal", __name__, url_prefix="/exemplars")


class RemovalForm(BaseForm):
    """Why it goes."""

    reason = NfcField(
        _l("Lý do xóa"), validators=[DataRequired(_l("Hãy ghi lý do xóa.")), Length(max=500)]
    )


@bp.route("/<int:exemplar_id>/remove", methods=["GET", "POST"])
@requires(Permission.EXEMPLAR_NOMINATE)
def remove(exemplar_id: int) -> Response | tuple[str, int]:
    """Ask once more, then delete; or tell what stands in the way."""
    row, form = writable(exemplar_id), RemovalForm()
    name = row.name
    if accepted(form, lambda: removal_services.remove(row, form.reason.data or "", actor=g.actor)):
        flash(_("Đã xóa “%(name)s”. Nhật ký vẫn giữ việc này.", name=name), "success")
        return redirect(url_for("exemplars.index"))
    standing = removal_queries.obstacles(row)
    return form_page("exemplars/remove.html", form, exemplar=row, obstacles=standing)
