"""Signing in by one step or two, signing out, one's own account, and the gate of duties."""

from __future__ import annotations

from datetime import datetime

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
    factor_rule,
    known_login,
    login,
    passwords,
    queries,
    session_services,
    sessions,
    sign_in_services,
    throttle,
    typed_queries,
)
from congress_app.accounts.forms import CodeForm, PasswordForm, ProfileForm, SignInForm
from congress_app.accounts.models import User
from congress_app.accounts.sign_in_services import Halfway, SignedIn
from congress_app.kernel import clock
from congress_app.kernel.errors import DomainError, TooMany
from congress_app.kernel.permissions import ROLE_LABELS
from congress_app.web import guards
from congress_app.web.guards import public, signed_in
from congress_app.web.responses import safe_next
from congress_app.web.texts import say

bp = Blueprint("accounts", __name__)

Answer = Response | tuple[str, int]


# What stays open to somebody who first has to put his account in order.
_DUTIES = (
    "accounts.change_password",
    "accounts.second_factor",
    "accounts.begin_factor",
    "accounts.sign_in",
    "accounts.sign_out",
    "static",
)


@bp.before_app_request
def put_account_in_order() -> Response | None:
    """Whoever still has a one-time password, or should have had a second factor by now, sees
    nothing but the page that mends it; on an open page he is a stranger like any other."""
    must_change = g.get("must_change_password")
    if request.endpoint is None or not (must_change or g.get("factor_overdue")):
        return None
    access = guards.access_of(current_app.view_functions[request.endpoint])
    if request.endpoint in _DUTIES:
        return None
    if access is not None and access.kind == "public":
        g.actor = None
        return None
    login.keep_until_duty_is_done(g.actor.id)
    return redirect(url("accounts.change_password" if must_change else "accounts.second_factor"))


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
            return _go_on(_signed_in(form), onward)
        except DomainError as error:
            return _sign_in_page(form, onward, error)
    return _sign_in_page(form, onward)


def _signed_in(form: SignInForm) -> SignedIn | Halfway:
    return sign_in_services.sign_in(
        form.username.data,
        form.password.data,
        address=_address(),
        browser=_browser(),
        known=known_login.this_browser(),
    )


def _go_on(fresh: SignedIn | Halfway, onward: str) -> Response:
    """To the code of the second factor, to a duty, or where one wanted to go.

    Who was signed in with this browser is so no longer, whoever it was.
    """
    if g.actor is not None:
        session_services.sign_out(session[login.TOKEN], actor=g.actor)
    if isinstance(fresh, Halfway):
        login.remember_halfway(fresh, onward)
        return redirect(url("accounts.second_step"))
    login.remember(fresh)
    if fresh.factor_due_at is not None and fresh.factor_due_at > clock.now():
        day = clock.at_venue(fresh.factor_due_at).strftime("%d/%m/%Y")
        text = _(
            "Vai trò của bạn cần xác thực hai bước trước ngày %(day)s. "
            "Hãy bật ở trang Tài khoản của tôi.",
            day=day,
        )
        flash(text, "warning")
    if fresh.must_change_password:
        onward = url("accounts.change_password")
    elif typed_queries.typed_by(fresh.user_id) is not None:
        onward = url("accounts.typed")
    return known_login.remember(redirect(onward), fresh.user_id)


@bp.route("/sign-in/code", methods=["GET", "POST"])
@public
def second_step() -> Answer:
    """The code of the second factor, after the password."""
    kept, form = login.halfway(), CodeForm()
    if kept is None:
        flash(say(throttle.stale().sentence), "info")
        return redirect(url("accounts.sign_in"))
    if not form.validate_on_submit():
        return _code_page(form)
    code = str(form.code.data)
    try:
        fresh = sign_in_services.second_step(kept[0], code, address=_address(), browser=_browser())
    except DomainError as error:
        return _code_page(form, error)
    return _go_on(fresh, kept[1])


def _code_page(form: CodeForm, error: DomainError | None = None) -> Answer:
    fault = say(error.sentence) if error else None
    page = render_template("accounts/second_step.html", form=form, fault=fault)
    response = make_response(page, error.status if error else 422 if form.errors else 200)
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


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
    session_services.sign_out(session[login.TOKEN], actor=g.actor)
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
        sign_in_services.set_language(form.language.data, actor=g.actor)
        session[login.LANGUAGE] = form.language.data
        flash(_("Đã lưu thông tin của bạn."), "success")
        return redirect(url("accounts.me"))
    return _me_page(user, form)


def _me_page(user: User | None, form: ProfileForm) -> Answer:
    page = render_template(
        "accounts/me.html",
        user=user,
        form=form,
        open_sessions=queries.open_sessions(user) if user else (),
        current_hash=sessions.token_hash(session[login.TOKEN]),
        described=browsers.described,
        factor=queries.factor_of(g.actor.id),
        factor_due_at=_factor_due_at(user),
        idle_sentence=sessions.limits_in_words(privileged=g.actor.is_privileged),
        roles=ROLE_LABELS,
    )
    return page, 422 if form.errors else 200


def _factor_due_at(user: User | None) -> datetime | None:
    """The day by which the reader must have a second factor; None when none is to come."""
    asked = user is not None and factor_rule.is_asked(
        rule=current_app.config["SECOND_FACTOR"],
        privileged=g.actor.is_privileged,
        is_demo=user.is_demo,
    )
    due_at = user.second_factor_due_at if user is not None and asked else None
    return due_at if due_at is not None and due_at > clock.now() else None


@bp.route("/me/password", methods=["GET", "POST"])
@signed_in
def change_password() -> Answer:
    """Replace one's own password; the page a one-time password leads to."""
    form = PasswordForm()
    form.own = queries.words_about(queries.own(g.actor))
    form.second_factor = queries.has_factor(g.actor.id)
    if not form.validate_on_submit():
        return _password_page(form, 422 if form.errors else 200)
    current, new = form.current.data, form.new.data
    try:
        sign_in_services.change_password(current, new, token=session[login.TOKEN], actor=g.actor)
    except DomainError as error:
        form.form_errors = [say(error.sentence)]
        return _password_page(form, error.status)
    flash(_("Đã đổi mật khẩu. Các phiên khác của bạn đã kết thúc."), "success")
    has_typed = typed_queries.typed_by(g.actor.id) is not None
    return redirect(url("accounts.typed" if has_typed else "accounts.me"))


def _password_page(form: PasswordForm, status: int) -> Answer:
    page = render_template(
        "accounts/change_password.html",
        form=form,
        first=bool(g.get("must_change_password")),
        min_length=passwords.least_length(second_factor=form.second_factor),
    )
    return page, status


@bp.post("/me/sessions/end")
@signed_in
def end_other_sessions() -> Response:
    """Sign oneself out everywhere else."""
    count = session_services.end_other_sessions(session[login.TOKEN], actor=g.actor)
    flash(_("Đã kết thúc %(count)s phiên khác.", count=count), "success")
    return redirect(url("accounts.me"))


@bp.post("/me/sessions/<int:session_id>/end")
@signed_in
def end_session(session_id: int) -> Response:
    """Sign oneself out on one other machine."""
    session_services.end_one(queries.own(g.actor), session_id, actor=g.actor)
    flash(_("Đã kết thúc phiên."), "success")
    return redirect(url("accounts.me"))


def _address() -> str | None:
    return request.remote_addr


def _browser() -> str:
    return request.user_agent.string
