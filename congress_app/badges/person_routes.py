"""One delegate's badge: how it looks, its portrait, its versions and printings."""

from __future__ import annotations

from flask import flash, g, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.badges import (
    design_services,
    face_queries,
    preview_queries,
    print_queries,
    queries,
)
from congress_app.badges.forms import PictureForm
from congress_app.congresses.scope import congress_blueprint
from congress_app.delegates.models import Delegate
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Permission
from congress_app.web.guards import requires
from congress_app.web.submissions import accepted, form_page

bp = congress_blueprint("badge_people", __name__)


@bp.route("/badges/<int:delegate_id>", methods=["GET", "POST"])
@requires(Permission.BADGE_ISSUE)
def show(delegate_id: int) -> Response | tuple[str, int]:
    """The badge; a picture sent becomes the portrait on it."""
    delegate = _delegate(delegate_id)
    form = PictureForm()
    if accepted(
        form,
        lambda: design_services.save_photo(g.congress, delegate, form.content(), actor=g.actor),
    ):
        flash(_("Đã đặt ảnh lên thẻ."), "success")
        return redirect(url_for("badge_people.show", delegate_id=delegate.id))
    return _page(delegate, form)


@bp.post("/badges/<int:delegate_id>/photo/drop")
@requires(Permission.BADGE_ISSUE, after_closing=True)
def drop_photo(delegate_id: int) -> Response:
    """Delete the portrait."""
    delegate = _delegate(delegate_id)
    design_services.drop_photo(g.congress, delegate, actor=g.actor)
    flash(_("Đã xoá ảnh."), "success")
    return redirect(url_for("badge_people.show", delegate_id=delegate.id))


def _page(delegate: Delegate, form: PictureForm) -> tuple[str, int]:
    design = face_queries.design_of(g.congress.id)
    face = preview_queries.face_of_delegate(delegate, design)
    return form_page(
        "badges/show.html",
        form,
        delegate=delegate,
        preview=preview_queries.preview(g.congress, design, face),
        has_photo=face.photo is not None,
        shows_photo=design.preset == "photo",
        history=queries.history_of(delegate.id),
        prints=print_queries.prints_of_delegate(delegate.id),
    )


def _delegate(delegate_id: int) -> Delegate:
    delegate = queries.delegate_by_id(g.congress.id, delegate_id)
    if delegate is None:
        raise NotFound
    return delegate
