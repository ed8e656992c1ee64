"""Managing accounts: create, grant, revoke, deactivate, unlock, reset.

The page and the command line both come through here; the rules of who may stand in
`authority.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from congress_app.accounts import attempt_services as attempts
from congress_app.accounts import (
    authority,
    authority_queries,
    demonstration,
    factor_services,
    idle,
    passwords,
    queries,
    usernames,
)
from congress_app.accounts.models import User, UserGrant
from congress_app.accounts.session_services import end_sessions, forget_old
from congress_app.accounts.sign_in_services import close_idle
from congress_app.audit.services import changed, record
from congress_app.database import transaction
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict, Forbidden, NotFound, RuleViolation
from congress_app.kernel.permissions import Actor, Grant, Role
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import nfc
from congress_app.units.models import Unit


@dataclass(frozen=True)
class NewUser:
    """A stored user and the password to hand over; it is kept nowhere in the clear."""

    user: User
    password: str


def create_user(
    username: str,
    display_name: str,
    role: Role,
    unit: Unit,
    *,
    actor: Actor,
    is_demo: bool = False,
) -> NewUser:
    """Make an account with one grant and a generated one-time password.

    An account of the demonstration gets the public password instead and keeps it. Raises
    RuleViolation `bad_username`, Conflict `username_taken`, Forbidden when the actor may
    not grant this.
    """
    name = usernames.normalised(username)
    if fault := usernames.fault(name):
        raise RuleViolation("bad_username", fault)
    password = demonstration.PASSWORD if is_demo else passwords.one_time()
    password_hash = passwords.hashed(password)
    with transaction() as session:
        actor = authority_queries.standing(actor)
        user = User(
            username=name,
            display_name=nfc(display_name) or name,
            password_hash=password_hash,
            must_change_password=not is_demo,
            is_demo=is_demo,
            created_at=clock.now(),
        )
        _insert(session, user)
        record("user.create", user, {"username": name}, actor=actor, unit_path=unit.path)
        grant(user, role, unit, actor=actor)
        return NewUser(user, password)


def grant(user: User, role: Role, unit: Unit, *, actor: Actor) -> UserGrant:
    """Give the user a role for the unit and everything below it.

    Raises Forbidden beyond the actor's reach, RuleViolation `unit_merged`, Conflict
    `already_granted`.
    """
    with transaction() as session:
        actor = authority_queries.standing(actor, user)
        session.refresh(unit)
        authority.check_may_grant(actor, role, unit.path)
        if not unit.is_active:
            raise RuleViolation(
                "unit_merged",
                Sentence(N_("Đơn vị {name} đã sáp nhập. Hãy chọn đơn vị mới."), name=unit.name),
            )
        if any(held.role == role and held.unit_id == unit.id for held in user.grants):
            raise Conflict(
                "already_granted",
                Sentence(
                    N_("{user} đã có quyền này ở {unit}."), user=user.display_name, unit=unit.name
                ),
            )
        held = UserGrant(role=Role(role).value, unit_id=unit.id, unit=unit)
        user.grants.append(held)
        facts = {"role": role.value, "unit": unit.code}
        record("user.grant", user, facts, actor=actor, unit_path=unit.path)
        return held


def revoke(user: User, grant_id: int, *, actor: Actor) -> UserGrant:
    """Take one grant from the user; it counts from his next click on."""
    with transaction():
        actor = authority_queries.standing(actor, user)
        held = next((row for row in user.grants if row.id == grant_id), None)
        if held is None:
            raise NotFound
        others = [Grant(Role(row.role), row.unit.path) for row in user.grants if row is not held]
        target = Grant(Role(held.role), held.unit.path)
        authority.check_may_revoke(actor, target, others, own=_is_self(user, actor))
        user.grants.remove(held)
        facts = {"role": held.role, "unit": held.unit.code}
        record("user.revoke", user, facts, actor=actor, unit_path=held.unit.path)
        return held


def rename(user: User, display_name: str, *, actor: Actor) -> None:
    """Give the account another shown name: what its user records from now on stands under it.

    One's own is another administrator's to change; the only one changes it himself. Raises
    RuleViolation `own_name`.
    """
    with transaction():
        _check(user, actor)
        if _is_self(user, actor) and queries.is_managed_by_another(user):
            raise RuleViolation(
                "own_name",
                Sentence(
                    N_(
                        "Họ tên đứng dưới các việc bạn ghi, nên bạn không tự sửa tên của mình. "
                        "Hãy nhờ một quản trị viên khác."
                    )
                ),
            )
        user.display_name = nfc(display_name)
        if changes := {k: v for k, v in changed(user).items() if not k.endswith("_key")}:
            _record("user.edit", user, changes, actor)


def deactivate(user: User, *, actor: Actor) -> None:
    """Close the account and end its sessions; its grants stay for when it is opened again."""
    with transaction():
        _check(user, actor)
        if _is_self(user, actor):
            raise RuleViolation(
                "own_account",
                Sentence(N_("Bạn không thể khóa chính tài khoản của mình. Hãy nhờ người khác.")),
            )
        user.is_active = False
        user.idle_locked_at = None
        end_sessions(user)
        _record("user.deactivate", user, {"is_active": [True, False]}, actor)


def activate(user: User, *, actor: Actor) -> None:
    """Open a deactivated account again."""
    with transaction():
        _check(user, actor)
        facts: dict[str, object] = {"is_active": [user.is_active, True]}
        user.is_active = True
        user.idle_locked_at = None
        user.reopened_at = clock.now()
        _record("user.activate", user, facts, actor)


def unlock(user: User, *, actor: Actor) -> None:
    """Forgive the failed sign-ins of the user's name and spare him the waits of others.

    For a quarter of an hour he can sign in also where his name is guessed at or his network
    must wait.
    """
    with transaction():
        _check(user, actor)
        failures = attempts.forget_own(user)
        attempts.spare(user)
        _record("user.unlock", user, {"failures": failures}, actor)


def lock_rested(*, actor: Actor) -> list[str]:
    """Close every account nobody has used for 45 days; their names.

    Sessions from long ago are forgotten with it, of people who never come back as well.
    """
    forget_old()
    closed = []
    for user in queries.rested_users(clock.now() - idle.LONGEST_REST):
        with transaction() as session:
            session.refresh(user, with_for_update=True)
            used = idle.last_use(user.created_at, user.last_sign_in_at, user.reopened_at)
            if user.is_active and idle.rested_too_long(used, clock.now()):
                close_idle(user, actor=actor)
                closed.append(user.username)
    return closed


def reset_password(user: User, *, actor: Actor) -> str:
    """Give the user a new one-time password, end his sessions, and return the password.

    One's own password is changed on one's own page, a demonstration's never.
    """
    password = passwords.one_time()
    password_hash = passwords.hashed(password)
    with transaction():
        _check(user, actor)
        if user.is_demo or _is_self(user, actor):
            raise RuleViolation(
                "not_resettable",
                Sentence(
                    N_(
                        "Không cấp lại mật khẩu cho tài khoản trình diễn hoặc cho chính mình. "
                        "Mật khẩu của mình đổi ở trang Tài khoản của tôi."
                    )
                ),
            )
        user.password_hash = password_hash
        user.must_change_password = True
        end_sessions(user)
        _record("user.reset_password", user, {}, actor)
        return password


def reset_way_in(username: str, *, actor: Actor) -> NewUser:
    """Give back his way in to whoever lost password or factor, or rested too long.

    For the shell of the server only: the last administrator has no other whom he could
    ask. The account is opened, its second factor taken away, its waits forgiven and its
    sessions ended; the one-time password must be replaced. Each is an entry of the log.
    Raises Forbidden, NotFound `unknown_user`, RuleViolation `not_resettable`.
    """
    if actor.kind != "system":
        raise Forbidden(
            "shell_only", Sentence(N_("Việc này chỉ làm được từ dòng lệnh của máy chủ."))
        )
    user = queries.user_by_name(usernames.normalised(username))
    if user is None:
        raise NotFound(
            "unknown_user", Sentence(N_("Không có tài khoản “{username}”."), username=username)
        )
    with transaction():
        password = reset_password(user, actor=actor)
        used = idle.last_use(user.created_at, user.last_sign_in_at, user.reopened_at)
        if not user.is_active or idle.rested_too_long(used, clock.now()):
            activate(user, actor=actor)
        if queries.has_factor(user.id):
            factor_services.reset(user, actor=actor)
        unlock(user, actor=actor)
        return NewUser(user, password)


def _insert(session: Session, user: User) -> None:
    try:
        with session.begin_nested():
            session.add(user)
    except IntegrityError as error:
        raise Conflict(
            "username_taken",
            Sentence(
                N_("Tên đăng nhập “{username}” đã có người dùng. Hãy chọn tên khác."),
                username=user.username,
            ),
        ) from error


def _check(user: User, actor: Actor) -> None:
    authority.check_covers(authority_queries.standing(actor, user), queries.grants_of(user))


def _is_self(user: User, actor: Actor) -> bool:
    return actor.kind == "user" and actor.id == user.id


def _record(action: str, user: User, changes: dict[str, object], actor: Actor) -> None:
    record(action, user, changes, actor=actor, unit_path=queries.home_path(user))
