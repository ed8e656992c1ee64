"""Signing in and out, one's own account, and the first password's gate."""

from __future__ import annotations

from flask import (
    Blueprint,
    current_app,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
)
from flask import url_for as url
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.accounts import (
    browsers,
    demonstration,
    login,
    passwords,
    queries,
    sessions,
    sign_in_services,
)
from congress_app.accounts.forms import PasswordForm, ProfileForm, SignInForm
from congress_app.accounts.models import User
from congress_app.kernel.errors import DomainError, TooMany
from congress_app.kernel.permissions import ROLE_LABELS
from congress_app.web import guards
from congress_app.web.guards import public, signed_in
from congress_app.web.responses import safe_next
from congress_app.web.texts import say

bp = Blueprint("accounts", __name__)

Answer = Response | tuple[str, int]


@bp.before_app_request
def replace_first_password() -> Response | None:
    """Whoever still has a one-time password sees nothing but the page that replaces it."""
    if not g.get("must_change_password") or request.endpoint is None:
        return None
    access = guards.access_of(current_app.view_functions[request.endpoint])
    allowed = ("accounts.change_password", "accounts.sign_out", "static")
    if request.endpoint in allowed or (access is not None and access.kind == "public"):
        return None
    return redirect(url("accounts.change_password"))


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Answer:
    """The sign-in page; with the demonstration's accounts where there are any."""
    onward = safe_next(request.values.get("next"), url("home.index"))
    if g.actor is not None and request.method == "GET":
        return redirect(onward)
    form = SignInForm()
    if form.validate_on_submit():
        try:
            fresh = sign_in_services.sign_in(
                form.username.data, form.password.data, address=_address(), browser=_browser()
            )
        except DomainError as error:
            return _sign_in_page(form, onward, error)
        login.remember(fresh)
        return redirect(url("accounts.change_password") if fresh.must_change_password else onward)
    return _sign_in_page(form, onward)


def _sign_in_page(form: SignInForm, onward: str, error: DomainError | None = None) -> Answer:
    accounts = queries.demo_accounts()
    g.demo_mode = bool(accounts)
    chosen = request.args.get("demo")
    if request.method == "GET" and any(user.username == chosen for user in accounts):
        form.fill(str(chosen), demonstration.PASSWORD)
    page = render_template(
        "accounts/sign_in.html",
        form=form,
        onward=onward,
        fault=say(error.sentence) if error else None,
        demo_accounts=accounts,
        demo_password=demonstration.PASSWORD if accounts else None,
        roles=ROLE_LABELS,
    )
    response = make_response(page, error.status if error else 422 if form.errors else 200)
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


@bp.post("/sign-out")
@signed_in
def sign_out() -> Response:
    """End this session, on the server too."""
    sign_in_services.sign_out(session[login.TOKEN], actor=g.actor)
    login.forget()
    flash(_("Bạn đã đăng xuất."), "success")
    return redirect(url("accounts.sign_in"))


@bp.route("/me", methods=["GET", "POST"])
@signed_in
def me() -> Answer:
    """One's own name, language, rights and sessions."""
    user = queries.user_by_id(g.actor.id)
    form = ProfileForm(obj=user)
    if form.validate_on_submit():
        sign_in_services.set_profile(str(form.display_name.data), form.language.data, actor=g.actor)
        session[login.LANGUAGE] = form.language.data
        flash(_("Đã lưu thông tin của bạn."), "success")
        return redirect(url("accounts.me"))
    return _me_page(user, form)


def _me_page(user: User | None, form: ProfileForm) -> Answer:
    page = render_template(
        "accounts/me.html",
        user=user,
        form=form,
        open_sessions=queries.open_sessions(g.actor.id),
        current_hash=sessions.token_hash(session[login.TOKEN]),
        described=browsers.described,
        idle_sentence=sessions.limits_in_words(privileged=g.actor.is_privileged),
        roles=ROLE_LABELS,
    )
    return page, 422 if form.errors else 200


@bp.route("/me/password", methods=["GET", "POST"])
@signed_in
def change_password() -> Answer:
    """Replace one's own password; the page a one-time password leads to."""
    form = PasswordForm()
    form.username = g.actor.name
    if not form.validate_on_submit():
        return _password_page(form, 422 if form.errors else 200)
    current, new = form.current.data, form.new.data
    try:
        sign_in_services.change_password(current, new, token=session[login.TOKEN], actor=g.actor)
    except DomainError as error:
        form.form_errors = [say(error.sentence)]
        return _password_page(form, error.status)
    flash(_("Đã đổi mật khẩu. Các phiên khác của bạn đã kết thúc."), "success")
    return redirect(url("accounts.me"))


def _password_page(form: PasswordForm, status: int) -> Answer:
    page = render_template(
        "accounts/change_password.html",
        form=form,
        first=bool(g.get("must_change_password")),
        min_length=passwords.MIN_LENGTH,
    )
    return page, status


@bp.post("/me/sessions/end")
@signed_in
def end_other_sessions() -> Response:
    """Sign oneself out everywhere else."""
    count = sign_in_services.end_other_sessions(session[login.TOKEN], actor=g.actor)
    flash(_("Đã kết thúc %(count)s phiên khác.", count=count), "success")
    return redirect(url("accounts.me"))


def _address() -> str | None:
    return request.remote_addr


def _browser() -> str:
    return request.user_agent.string
