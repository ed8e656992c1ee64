"""The designer of badges: choose, look, save; the picture at their head."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.badges import design_services, face_queries, preview_queries
from congress_app.badges.design import CATEGORY_LABELS, Design
from congress_app.badges.design_forms import DesignForm
from congress_app.badges.forms import PictureForm
from congress_app.badges.preview_queries import Preview
from congress_app.congresses.scope import congress_blueprint
from congress_app.kernel.permissions import Permission
from congress_app.web.guards import requires
from congress_app.web.submissions import accepted, form_page

bp = congress_blueprint("badge_designs", __name__)


@bp.get("/badges/design")
@requires(Permission.BADGE_ISSUE)
def show() -> tuple[str, int]:
    """The designer with the stored design."""
    row = face_queries.design_row(g.congress.id)
    form = DesignForm()
    form.fill(face_queries.design_of(g.congress.id), row.version if row else 0)
    return _page(form)


@bp.post("/badges/design")
@requires(Permission.BADGE_ISSUE)
def save() -> Response | tuple[str, int]:
    """Store the design; without script "Xem thử" comes here as well and stores nothing."""
    form = DesignForm()
    if request.form.get("act") == "look":
        form.validate()
        return _page(form)
    if accepted(
        form,
        lambda: design_services.save_design(
            g.congress, form.design(), version=form.opened_version(), actor=g.actor
        ),
    ):
        flash(_("Đã lưu mẫu thẻ. Thẻ in từ bây giờ theo mẫu này."), "success")
        return redirect(url_for("badge_designs.show"))
    return _page(form)


@bp.post("/badges/design/preview")
@requires(Permission.BADGE_ISSUE)
def preview() -> tuple[str, int]:
    """The preview alone, for the page's script."""
    form = DesignForm()
    valid = form.validate()
    page = render_template("badges/_preview.html", form=form, preview=_seen(form))
    return page, 200 if valid else 422


@bp.post("/badges/design/logo")
@requires(Permission.BADGE_ISSUE)
def logo() -> Response | tuple[str, int]:
    """Put a picture at the head of the badges."""
    form = PictureForm()
    if accepted(form, lambda: design_services.save_logo(g.congress, form.content(), actor=g.actor)):
        flash(_("Đã đặt biểu trưng lên thẻ."), "success")
        return redirect(url_for("badge_designs.show"))
    return form_page("badges/logo.html", form)


@bp.post("/badges/design/logo/drop")
@requires(Permission.BADGE_ISSUE)
def drop_logo() -> Response:
    """Take the picture away."""
    design_services.drop_logo(g.congress, actor=g.actor)
    flash(_("Đã gỡ biểu trưng."), "success")
    return redirect(url_for("badge_designs.show"))


def _page(form: DesignForm) -> tuple[str, int]:
    return form_page(
        "badges/design.html",
        form,
        preview=_seen(form),
        picture_form=PictureForm(formdata=None),
        has_logo=face_queries.logo_of(g.congress.id) is not None,
    )


def _seen(form: DesignForm) -> Preview | None:
    """What the form's design looks like; None while it cannot be drawn."""
    category = form.sample_category.data
    if form.errors or category not in CATEGORY_LABELS:
        return None
    design: Design = form.design()
    face = preview_queries.sample(g.congress, design, form.sample.data, category)
    return preview_queries.preview(g.congress, design, face)
