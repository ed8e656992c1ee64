"""The supervisor's page for somebody who came without being on the list."""

from __future__ import annotations

from flask import flash, g, redirect
from flask import url_for as url
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.badges import token
from congress_app.checkin import walk_in_services
from congress_app.checkin.walk_in_forms import WalkInForm
from congress_app.checkin.walk_in_services import WalkedIn
from congress_app.congresses.scope import congress_blueprint
from congress_app.delegates import intake_queries
from congress_app.delegates.routes import delegate_form_page, noted, offer
from congress_app.kernel.permissions import Permission
from congress_app.web.guards import requires
from congress_app.web.submissions import accepted

bp = congress_blueprint("walk_ins", __name__)


@bp.route("/checkin/walk-in", methods=["GET", "POST"])
@requires(Permission.CHECKIN_SUPERVISE)
def create() -> Response | tuple[str, int]:
    """Register, badge and admit in one act."""
    form = WalkInForm()
    offer(form, Permission.CHECKIN_SUPERVISE)
    form.offer_grounds(g.rules)
    done: list[WalkedIn] = []
    if accepted(form, noted(lambda: done.append(_walk_in(form)))):
        flash(_said(done[0]), "success")
        return redirect(url("walk_ins.create"))
    cap = intake_queries.cap_status(g.congress)
    return delegate_form_page("checkin/walk_in.html", form, cap=cap)


def _walk_in(form: WalkInForm) -> WalkedIn:
    return walk_in_services.walk_in(
        g.congress,
        form.whole(sensitive=False),
        str(form.reason.data),
        actor=g.actor,
        same_as=form.answer(),
        within=g.reach,
    )


def _said(done: WalkedIn) -> str:
    return str(
        _(
            "Đã ghi danh và cho vào: %(name)s, số %(number)s, mã thẻ %(code)s. "
            "Hãy in thẻ ở trang Thẻ.",
            name=done.delegate.person.full_name,
            number=f"{done.delegate.number:04d}" if done.delegate.number else "–",
            code=token.grouped(done.badge_code),
        )
    )
