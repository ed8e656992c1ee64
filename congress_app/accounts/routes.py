"""The users page: who has an account, with which rights, and what is done about it.

Signing in and one's own account stand in `sign_in_routes.py`, on the same blueprint.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import flash, g, redirect, render_template, request
from flask import url_for as url
from flask_babel import gettext as _

from congress_app.accounts import authority, queries, services
from congress_app.accounts.forms import GrantForm, NameForm, UserForm
from congress_app.accounts.models import User
from congress_app.accounts.sign_in_routes import Answer
from congress_app.accounts.typed_routes import bp
from congress_app.kernel.errors import DomainError, NotFound
from congress_app.kernel.permissions import ROLE_LABELS, Permission
from congress_app.kernel.sentences import N_, Sentence
from congress_app.units.chooser_routes import chooser
from congress_app.units.models import Unit
from congress_app.units.queries import unit_by_id
from congress_app.web.guards import requires
from congress_app.web.responses import PAGE_SIZE, Page, page_number
from congress_app.web.submissions import accepted, form_page
from congress_app.web.texts import say

__all__ = ["bp"]

Form = TypeVar("Form", bound=GrantForm)

STATES = (
    ("active", N_("Đang dùng")),
    ("waiting", N_("Chưa đổi mật khẩu lần đầu")),
    ("inactive", N_("Đã khóa")),
    ("idle", N_("Khóa vì lâu không dùng")),
)


@bp.get("/users")
@requires(Permission.USER_MANAGE)
def users() -> str:
    """Everybody who holds a right within the reader's reach."""
    wanted, number = wanted_by(), page_number()
    first = (number - 1) * PAGE_SIZE
    rows, total = queries.users(wanted, within=g.reach, offset=first, limit=PAGE_SIZE)
    return render_template(
        "accounts/users.html",
        page=Page(rows, number, total),
        wanted=wanted,
        roles=ROLE_LABELS,
        states=STATES,
        locks=queries.locks(user.username for user in rows),
    )


def wanted_by() -> queries.UserFilter:
    """The filter and the order in the address."""
    names = ("text", "role", "state", "sort")
    return queries.UserFilter(**{name: request.args.get(name, "") for name in names})


@bp.route("/users/new", methods=["GET", "POST"])
@requires(Permission.USER_MANAGE)
def create_user() -> Answer:
    """A new account; its one-time password is shown in the answer and never again."""
    form = _granting(UserForm())
    unit = _unit(form) if form.validate_on_submit() else None
    if unit is None:
        return _create_page(form, 422 if form.errors else 200)
    name, person = str(form.username.data), str(form.display_name.data)
    try:
        made = services.create_user(name, person, form.chosen_role, unit, actor=g.actor)
    except DomainError as error:
        form.form_errors = [say(error.sentence)]
        return _create_page(form, error.status)
    return _password_page(made.user, made.password, 201)


def _create_page(form: UserForm, status: int) -> Answer:
    return render_template("accounts/create.html", form=form), status


@bp.get("/users/<int:user_id>")
@requires(Permission.USER_MANAGE)
def user(user_id: int) -> Answer:
    """One account: its rights and what can be done about it."""
    return _user_page(visible(user_id), _granting(GrantForm()))


@bp.route("/users/<int:user_id>/name", methods=["GET", "POST"])
@requires(Permission.USER_MANAGE)
def rename(user_id: int) -> Answer:
    """The name under which the user's acts are recorded."""
    found = visible(user_id)
    form = NameForm(obj=found)
    if accepted(form, lambda: services.rename(found, str(form.display_name.data), actor=g.actor)):
        flash(_("Đã lưu họ tên của tài khoản %(user)s.", user=found.username), "success")
        return redirect(url("accounts.user", user_id=user_id))
    return form_page("accounts/rename.html", form, user=found)


@bp.post("/users/<int:user_id>/grants")
@requires(Permission.USER_MANAGE)
def grant(user_id: int) -> Answer:
    """Give a role for a unit."""
    found, form = visible(user_id), _granting(GrantForm())
    unit = _unit(form) if form.validate_on_submit() else None
    if unit is None:
        return _user_page(found, form, 422)
    try:
        services.grant(found, form.chosen_role, unit, actor=g.actor)
    except DomainError as error:
        form.form_errors = [say(error.sentence)]
        return _user_page(visible(user_id), form, error.status)
    flash(_("Đã cấp quyền cho %(name)s.", name=found.display_name), "success")
    return redirect(url("accounts.user", user_id=user_id))


@bp.post("/users/<int:user_id>/grants/<int:grant_id>/revoke")
@requires(Permission.USER_MANAGE)
def revoke(user_id: int, grant_id: int) -> Answer:
    """Take a right back."""
    return act(
        user_id,
        lambda found: services.revoke(found, grant_id, actor=g.actor),
        N_("Đã thu quyền của {name}."),
    )


@bp.post("/users/<int:user_id>/deactivate")
@requires(Permission.USER_MANAGE)
def deactivate(user_id: int) -> Answer:
    """Close the account."""
    return act(
        user_id,
        lambda found: services.deactivate(found, actor=g.actor),
        N_("Đã khóa tài khoản của {name}; mọi phiên đang mở đã kết thúc."),
    )


@bp.post("/users/<int:user_id>/activate")
@requires(Permission.USER_MANAGE)
def activate(user_id: int) -> Answer:
    """Open the account again."""
    return act(
        user_id,
        lambda found: services.activate(found, actor=g.actor),
        N_("Đã mở lại tài khoản của {name}."),
    )


@bp.post("/users/<int:user_id>/unlock")
@requires(Permission.USER_MANAGE)
def unlock(user_id: int) -> Answer:
    """Spare the user the wait after wrong passwords, his own and those of others."""
    return act(
        user_id,
        lambda found: services.unlock(found, actor=g.actor),
        N_("{name} có thể đăng nhập ngay; trong 15 phút không phải đợi vì người khác nhập sai."),
    )


@bp.post("/users/<int:user_id>/reset-password")
@requires(Permission.USER_MANAGE)
def reset_password(user_id: int) -> Answer:
    """A new one-time password, shown in the answer and never again."""
    found = visible(user_id)
    try:
        password = services.reset_password(found, actor=g.actor)
    except DomainError as error:
        flash(say(error.sentence), "error")
        return _user_page(visible(user_id), _granting(GrantForm(formdata=None)), error.status)
    return _password_page(found, password, 200)


def act(user_id: int, do: Callable[[User], object], done: str) -> Answer:
    """Do something to an account within reach, and say so."""
    found = visible(user_id)
    name = found.display_name
    try:
        do(found)
    except DomainError as error:
        flash(say(error.sentence), "error")
        return _user_page(visible(user_id), _granting(GrantForm(formdata=None)), error.status)
    flash(say(Sentence(done, name=name)), "success")
    if queries.visible_user(user_id, within=g.reach) is None:
        return redirect(url("accounts.users"))
    return redirect(url("accounts.user", user_id=user_id))


def visible(user_id: int) -> User:
    """The account of an address; NotFound when the reader has no part in it."""
    found = queries.visible_user(user_id, within=g.reach)
    if found is None:
        raise NotFound
    return found


def _granting(form: Form) -> Form:
    """The form, with the units for which the reader may give roles."""
    form.unit.offer(chooser(Permission.USER_MANAGE))
    return form


def _unit(form: GrantForm) -> Unit | None:
    """The unit of a form that is valid."""
    return unit_by_id(form.unit.unit_id)


def _user_page(found: User, form: GrantForm, status: int = 200) -> Answer:
    own = found.id == g.actor.id
    page = render_template(
        "accounts/user.html",
        user=found,
        form=form,
        roles=ROLE_LABELS,
        manageable=authority.covers(g.actor, queries.grants_of(found)),
        is_self=own,
        may_rename=not own or not queries.is_managed_by_another(found),
        revocable=_revocable(found, own=own),
        has_factor=queries.has_factor(found.id),
        open_count=len(queries.open_sessions(found)),
        locked_until=queries.locks([found.username]).get(found.username),
    )
    return page, status


def _revocable(found: User, *, own: bool) -> set[int]:
    """The ids of the grants the reader may take from this user."""
    grants = dict(zip((held.id for held in found.grants), queries.grants_of(found), strict=True))
    return {
        key
        for key, target in grants.items()
        if authority.may_revoke(
            g.actor, target, [kept for other, kept in grants.items() if other != key], own=own
        )
    }


def _password_page(found: User, password: str, status: int) -> Answer:
    page = render_template("accounts/one_time_password.html", user=found, password=password)
    return page, status
