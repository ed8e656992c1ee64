"""What an administrator sees and ends of an account: sessions, second factor, refusals."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request
from flask import url_for as url
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.accounts import (
    authority,
    browsers,
    explanation,
    factor_services,
    queries,
    session_services,
)
from congress_app.accounts.forms import WhyForm
from congress_app.accounts.models import User
from congress_app.accounts.permission_words import PERMISSION_LABELS
from congress_app.accounts.routes import act, visible
from congress_app.accounts.sheet_routes import bp
from congress_app.accounts.sign_in_routes import Answer
from congress_app.kernel.permissions import ROLE_LABELS, Permission
from congress_app.kernel.sentences import N_
from congress_app.units.chooser_routes import chooser
from congress_app.units.queries import unit_by_id
from congress_app.web.guards import requires

__all__ = ["bp"]


@bp.get("/users/<int:user_id>/sessions")
@requires(Permission.USER_MANAGE)
def user_sessions(user_id: int) -> str:
    """Where the user is signed in now."""
    found = visible(user_id)
    authority.check_covers(g.actor, queries.grants_of(found))
    return render_template(
        "accounts/sessions.html",
        user=found,
        open_sessions=queries.open_sessions(found),
        described=browsers.described,
    )


@bp.post("/users/<int:user_id>/sessions/end")
@requires(Permission.USER_MANAGE)
def end_user_sessions(user_id: int) -> Answer:
    """Sign the user out everywhere."""
    return act(
        user_id,
        lambda found: session_services.end_all(found, actor=g.actor),
        N_("Đã kết thúc mọi phiên của {name}."),
    )


@bp.post("/users/<int:user_id>/sessions/<int:session_id>/end")
@requires(Permission.USER_MANAGE)
def end_user_session(user_id: int, session_id: int) -> Response:
    """Sign the user out on one machine."""
    session_services.end_one(visible(user_id), session_id, actor=g.actor)
    flash(_("Đã kết thúc phiên."), "success")
    return redirect(url("accounts.user_sessions", user_id=user_id))


@bp.post("/users/<int:user_id>/second-factor/reset")
@requires(Permission.USER_MANAGE)
def reset_factor(user_id: int) -> Answer:
    """Take a lost second factor away; the user sets up a new one."""
    return act(
        user_id,
        lambda found: factor_services.reset(found, actor=g.actor),
        N_("Đã gỡ xác thực hai bước của {name}; lần đăng nhập tới phải đặt mật khẩu mới."),
    )


@bp.get("/users/<int:user_id>/why")
@requires(Permission.USER_MANAGE)
def why(user_id: int) -> Answer:
    """Why this user may, or may not, do something for a unit."""
    found, form = visible(user_id), WhyForm(request.args if request.args else None, meta=_NO_TOKEN)
    form.unit.offer(chooser(Permission.USER_MANAGE))
    answer, unit = None, None
    if request.args and form.validate() and (unit := unit_by_id(form.unit.unit_id)):
        asked = Permission(form.permission.data)
        answer = explanation.explain(queries.actor_of(found, None), asked, unit.path)
    return _why_page(found, form, answer, unit), 422 if form.errors else 200


# The form only asks, and its answer can be sent on as an address.
_NO_TOKEN = {"csrf": False}


def _why_page(
    found: User, form: WhyForm, answer: explanation.Explanation | None, unit: object
) -> str:
    return render_template(
        "accounts/why.html",
        user=found,
        form=form,
        answer=answer,
        unit=unit,
        rows=list(zip(found.grants, answer.judged, strict=True)) if answer else [],
        roles=ROLE_LABELS,
        permissions=PERMISSION_LABELS,
    )
