"""The gate in front of every route: declared access or refusal.

Under each route stands exactly one of `@public`, `@requires(Permission.X)`,
`@signed_in` or `@device_only`. A route that declares nothing answers 403.

Where a scope (a blueprint below /congresses/<id>/) has put a unit path into
`g.scope_path`, the permission is asked for that unit; a thing the actor has no part in
answers 404, so that nobody learns what exists elsewhere. A scope that found nothing says
so in `g.scope_missing`, and only who is signed in is told.

A scope that is over says so by a sentence in `g.scope_over`: it can still be read, and
nothing is written there any more but by a view that declares `after_closing`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from congress_app.kernel.errors import Forbidden, NotFound, RuleViolation
from congress_app.kernel.permissions import Actor, Permission
from congress_app.kernel.sentences import N_, Sentence

View = TypeVar("View", bound=Callable[..., Any])
ActorLoader = Callable[[], Actor | None]

ROOT_PATH = "/"
# Methods that write nothing.
READING = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True)
class Access:
    """What a route declares: open, signed in, a permission, or a paired device.

    `partly` lets an actor in whose grant covers only a part of the scope; the view must
    then restrict itself to `g.reach`. `after_closing` lets it write where the scope is over.
    """

    kind: str  # "public", "signed_in", "permission", "device"
    permission: Permission | None = None
    partly: bool = False
    after_closing: bool = False


def public(view: View) -> View:
    """Open to everybody, signed in or not."""
    return _declare(view, Access("public"))


def signed_in(view: View) -> View:
    """Open to every signed-in user, about himself only."""
    return _declare(view, Access("signed_in"))


def device_only(view: View) -> View:
    """Open to a paired device; the view reads `g.device_actor`."""
    return _declare(view, Access("device"))


def device_always(view: View) -> View:
    """Open to a paired device also when its congress is over."""
    return _declare(view, Access("device", after_closing=True))


def requires(
    permission: Permission, *, partly: bool = False, after_closing: bool = False
) -> Callable[[View], View]:
    """Open to an actor who holds the permission for the scope's unit (or part of it).

    `after_closing` is for what honestly comes after a congress (its papers, its archive,
    its results on their way up) and for what only reads, but by POST.
    """

    def declare(view: View) -> View:
        return _declare(view, Access("permission", permission, partly, after_closing))

    return declare


def _declare(view: View, access: Access) -> View:
    cast(Any, view).access = access
    return view


def access_of(view: Callable[..., Any]) -> Access | None:
    """What the view declares; None when it declares nothing."""
    return cast("Access | None", getattr(view, "access", None))


def init_app(app: Flask, load_user: ActorLoader, load_device: ActorLoader) -> None:
    """Put the gate in front of all routes of the application."""
    app.extensions["actor_loaders"] = (load_user, load_device)
    app.before_request(_gate)


def _gate() -> Response | None:
    from_app = _app()
    load_user, load_device = from_app.extensions["actor_loaders"]
    if request.endpoint is None:
        return None
    access = access_of(from_app.view_functions[request.endpoint])
    if request.endpoint == "static" or (access and access.kind == "public"):
        g.actor = load_user() if request.endpoint != "static" else None
        return None
    if access is None:
        raise Forbidden("undeclared", Sentence(N_("Trang này chưa được khai báo quyền truy cập.")))
    if access.kind == "device":
        g.actor = load_device()
        # Its token lies on a phone and has no end of its own: nothing more is read by it.
        _ask_time(access, always=frozenset())
        return None
    g.actor = load_user()
    if g.actor is None:
        return redirect(url_for("accounts.sign_in", next=_wanted()))
    if g.get("scope_missing"):
        raise NotFound()
    if access.permission is not None:
        _ask(g.actor, access.permission, access.partly)
        _ask_time(access)
    return None


def _ask_time(access: Access, always: frozenset[str] = READING) -> None:
    """Refuse what is done where the scope is over, save by the methods that may be used
    `always`; asked last, so that a stranger learns nothing."""
    over: Sentence | None = g.get("scope_over")
    if over is not None and request.method not in always and not access.after_closing:
        raise RuleViolation("congress_closed", over)


def _app() -> Flask:
    return cast(Flask, current_app._get_current_object())  # type: ignore[attr-defined]


def _wanted() -> str | None:
    return request.full_path.rstrip("?") if request.method == "GET" else None


def _ask(actor: Actor, permission: Permission, partly: bool) -> None:
    scope_path = g.get("scope_path")
    if scope_path is None:
        if not actor.can_somewhere(permission):
            raise _forbidden(permission)
        g.reach = actor.reach(permission, ROOT_PATH)
        return
    must_reach(permission, scope_path, partly=partly)


def may(
    permission: Permission | str,
    unit_path: str | None = None,
    *,
    partly: bool = False,
    after_closing: bool = False,
) -> bool:
    """May the reader do this: at the path, in the page's scope, or anywhere?

    `partly` is content with a part of the scope. Where the scope is over nothing is offered
    that the gate would refuse; `after_closing` is for what leads to a view that declares it,
    though others under the same permission do not.
    """
    actor: Actor | None = g.get("actor")
    wanted, here = Permission(permission), g.get("scope_path")
    if actor is None or (unit_path in {None, here} and not after_closing and _is_late(wanted)):
        return False
    path = unit_path or here
    if path is None:
        return actor.can_somewhere(wanted)
    return bool(actor.reach(wanted, path)) if partly else actor.can(wanted, path)


def _is_late(permission: Permission) -> bool:
    """Is the scope over, and does the gate then refuse something done under the permission?"""
    if g.get("scope_over") is None:
        return False
    app = _app()
    if "ended_permissions" not in app.extensions:
        app.extensions["ended_permissions"] = {
            access.permission
            for rule in app.url_map.iter_rules()
            if "congress_id" in rule.arguments
            and (access := access_of(app.view_functions[rule.endpoint]))
            and not access.after_closing
            and (rule.methods or set()) - READING
        }
    return permission in app.extensions["ended_permissions"]


def must_reach(
    permission: Permission, unit_path: str, *, partly: bool = False, actor: Actor | None = None
) -> tuple[str, ...]:
    """The part of the unit's subtree the actor may do this for; refuse when there is none.

    404 when the actor has no part in the unit at all, 403 when he has, but not this one.
    """
    actor = actor or cast(Actor, g.actor)
    reach = actor.reach(permission, unit_path)
    if reach == (unit_path,) or (partly and reach):
        g.reach = reach
        return reach
    if any(actor.reach(other, unit_path) for other in Permission if other != Permission.SELF):
        raise _forbidden(permission)
    raise NotFound()


def _forbidden(permission: Permission) -> Forbidden:
    return Forbidden(
        "forbidden",
        Sentence(
            N_(
                "Tài khoản của bạn chưa được phân quyền làm việc này. "
                "Hãy đề nghị người quản trị hoặc Ban tổ chức cấp quyền."
            )
        ),
        # By it an administrator finds why, on the account's page.
        [Sentence(N_("Quyền cần có: {permission}"), permission=permission.value)],
    )
