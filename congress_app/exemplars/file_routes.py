"""Files and the portrait of an exemplar."""

from __future__ import annotations

from flask import Blueprint, Response, flash, g
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from congress_app.exemplars import file_services, queries
from congress_app.exemplars.act_forms import AttachmentForm, PortraitForm
from congress_app.exemplars.routes import (
    Answer,
    acted,
    back_to,
    may_see_portrait,
    readable,
    writable,
)
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Permission
from congress_app.web.guards import requires
from congress_app.web.responses import download

bp = Blueprint("exemplar_files", __name__, url_prefix="/exemplars")


@bp.post("/<int:exemplar_id>/files")
@requires(Permission.EXEMPLAR_NOMINATE)
def add(exemplar_id: int) -> Answer:
    """Keep a file."""
    row, form = writable(exemplar_id), AttachmentForm()

    def act() -> None:
        sent = form.attachment.data
        file_services.add_file(row, sent.read(), sent.filename or "", actor=g.actor)

    return acted(row, form, "attachment_form", act, _("Đã lưu tệp."))


@bp.post("/<int:exemplar_id>/portrait")
@requires(Permission.EXEMPLAR_NOMINATE)
def set_portrait(exemplar_id: int) -> Answer:
    """Keep the portrait, in the place of the one before."""
    row, form = writable(exemplar_id), PortraitForm()

    def act() -> None:
        file_services.set_portrait(row, form.portrait.data.read(), actor=g.actor)

    return acted(row, form, "portrait_form", act, _("Đã lưu ảnh."))


@bp.get("/<int:exemplar_id>/files/<int:file_id>")
@requires(Permission.EXEMPLAR_READ)
def file(exemplar_id: int, file_id: int) -> Response:
    """A file as it was sent, always to be saved, never shown by us."""
    found = queries.file_by_id(readable(exemplar_id).id, file_id)
    if found is None or found.is_portrait:
        raise NotFound()
    return download(found.data, f"{found.name}.{found.kind}")


@bp.get("/<int:exemplar_id>/portrait.jpg")
@requires(Permission.EXEMPLAR_READ)
def portrait(exemplar_id: int) -> Response:
    """The portrait, written anew by us, for the page of the exemplar."""
    row = readable(exemplar_id)
    found = queries.portrait_of(row.id)
    if found is None or not may_see_portrait(row):
        raise NotFound()
    return download(found.data, f"{found.name}.jpg", inline=True)


@bp.post("/<int:exemplar_id>/files/<int:file_id>/remove")
@requires(Permission.EXEMPLAR_NOMINATE)
def remove(exemplar_id: int, file_id: int) -> AnyResponse:
    """Throw a file or the portrait away."""
    row = writable(exemplar_id)
    file_services.remove_file(row, file_id, actor=g.actor)
    flash(_("Đã xóa tệp. Nhật ký vẫn ghi tên tệp."), "success")
    return back_to(row)
