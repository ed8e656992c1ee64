"""What was sent too late: shown to the same person once he has signed in or done his duty."""

from __future__ import annotations

from contextlib import suppress

from flask import Response as Page
from flask import current_app, flash, g, redirect, render_template, request
from flask import url_for as url
from flask_babel import gettext as _
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from congress_app.accounts import typed_form, typed_queries, typed_services
from congress_app.accounts.factor_routes import bp
from congress_app.web.guards import signed_in

__all__ = ["bp"]

# Anything else may be tried again: the page does not hold what was typed.
_HOLDS_IT = (200, 302, 303, 409, 422)


@bp.get("/me/typed")
@signed_in
def typed() -> str | Response:
    """The form, to be sent by a button; nothing of it was done yet."""
    form = typed_queries.typed_by(g.actor.id)
    if form is None:
        return redirect(url("home.index"))
    place = current_app.extensions["place_of"](form.action, g.actor)
    return render_template("accounts/typed.html", typed=form, place=place, again=typed_form.AGAIN)


@bp.post("/me/typed/drop")
@signed_in
def drop_typed() -> Response:
    """Do without it."""
    typed_services.forget(g.actor.id)
    flash(_("Đã bỏ nội dung gõ dở."), "success")
    return redirect(url("home.index"))


@bp.after_app_request
def forget_what_was_sent_again(answer: Page) -> Page:
    """The page that answers holds it now, or it is stored."""
    if request.method != "POST" or g.get("actor") is None or answer.status_code not in _HOLDS_IT:
        return answer
    has_duty = g.get("must_change_password") or g.get("factor_overdue")
    if request.form.get(typed_form.AGAIN) and not has_duty:  # else it was only sent elsewhere
        with suppress(SQLAlchemyError):
            typed_services.forget(g.actor.id)
    return answer
