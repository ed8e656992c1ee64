"""One's own second factor: set up, shown once, renewed, taken away."""

from __future__ import annotations

from flask import current_app, flash, g, redirect, render_template
from flask import url_for as url
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from congress_app.accounts import (
    factor_queries,
    factor_rule,
    factor_services,
    one_time_codes,
    queries,
    typed_queries,
)
from congress_app.accounts.forms import ConfirmFactorForm, OwnPasswordForm
from congress_app.accounts.sign_in_routes import Answer, bp
from congress_app.formats import qr
from congress_app.kernel.errors import DomainError
from congress_app.web.guards import signed_in
from congress_app.web.submissions import accepted, form_page
from congress_app.web.texts import say

__all__ = ["bp"]

# What authenticator programs show beside the code; plain letters keep the symbol small.
ISSUER = "Dai hoi thi dua"


@bp.route("/me/second-factor", methods=["GET", "POST"])
@signed_in
def second_factor() -> Answer:
    """How it stands; while it is being set up, the symbol and the first code."""
    form = ConfirmFactorForm()
    codes: list[str] = []

    def confirm() -> None:
        code, password = str(form.code.data), str(form.password.data)
        codes.extend(factor_services.confirm(code, password, actor=g.actor))

    if accepted(form, confirm):
        return _codes_page(codes)
    secret = factor_queries.waiting_secret(g.actor.id)
    if secret is not None:
        return form_page("accounts/set_up_factor.html", form, **_shown(secret))
    return _state_page(OwnPasswordForm(formdata=None))


def _shown(secret: bytes) -> dict[str, object]:
    address = one_time_codes.address(secret, g.actor.name, ISSUER)
    symbol = qr.svg(address, label=_("Mã QR để thêm tài khoản vào ứng dụng xác thực"))
    return {
        "symbol": Markup(symbol),  # noqa: S704 - our own drawing
        "key": one_time_codes.written(secret),
        "issuer": ISSUER,
        "overdue": bool(g.get("factor_overdue")),
    }


@bp.post("/me/second-factor/begin")
@signed_in
def begin_factor() -> Response:
    """Make a secret and show it."""
    try:
        factor_services.begin(actor=g.actor)
    except DomainError as error:
        flash(say(error.sentence), "error")
    return redirect(url("accounts.second_factor"))


@bp.post("/me/second-factor/codes")
@signed_in
def renew_codes() -> Answer:
    """New recovery codes, shown in the answer and never again."""
    form = OwnPasswordForm()
    codes: list[str] = []

    def renew() -> None:
        codes.extend(factor_services.renew_codes(str(form.password.data), actor=g.actor))

    return _codes_page(codes) if accepted(form, renew) else _state_page(form)


@bp.post("/me/second-factor/remove")
@signed_in
def remove_factor() -> Answer:
    """Do without it again."""
    form = OwnPasswordForm()
    if not accepted(form, lambda: factor_services.remove(str(form.password.data), actor=g.actor)):
        return _state_page(form)
    flash(_("Đã tắt xác thực hai bước."), "success")
    return redirect(url("accounts.me"))


def _state_page(form: OwnPasswordForm) -> Answer:
    user = queries.own(g.actor)
    return form_page(
        "accounts/second_factor.html",
        form,
        user=user,
        factor=queries.factor_of(user.id),
        codes_left=len(queries.unused_codes(user.id)),
        overdue=bool(g.get("factor_overdue")),
        asked=factor_rule.is_asked(
            rule=current_app.config["SECOND_FACTOR"],
            privileged=g.actor.is_privileged,
            is_demo=user.is_demo,
        ),
    )


def _codes_page(codes: list[str]) -> Answer:
    page = render_template(
        "accounts/recovery_codes.html",
        codes=codes,
        user=queries.own(g.actor),
        has_typed=typed_queries.typed_by(g.actor.id) is not None,
    )
    return page, 200
