"""Signing in, by one step or two, and what a user does with his own account.

Managing other people's accounts stands in `services.py`, sessions in `session_services.py`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from flask import current_app

from congress_app.accounts import (
    attempt_queries,
    factor_rule,
    factor_services,
    idle,
    passwords,
    queries,
    sessions,
    throttle,
    usernames,
)
from congress_app.accounts import attempt_services as attempts
from congress_app.accounts.known_browsers import KnownBrowser
from congress_app.accounts.models import User
from congress_app.accounts.session_services import begin, end_sessions
from congress_app.audit.services import changed, record
from congress_app.database import transaction
from congress_app.kernel import clock
from congress_app.kernel.errors import DomainError, RuleViolation
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence

# What the log calls whoever has not signed in yet.
NOBODY = "chưa đăng nhập"


@dataclass(frozen=True)
class SignedIn:
    """A fresh session: the token for the cookie, and whose it is."""

    token: str
    user_id: int
    language: str
    must_change_password: bool
    # By when the user has to set up a second factor; None when nothing is asked of him.
    factor_due_at: datetime | None = None


@dataclass(frozen=True)
class Halfway:
    """Name and password proved right; the code of the second factor is still missing.

    `mark` changes with the password, so that half a sign-in does not outlive it.
    """

    user_id: int
    mark: str


def sign_in(
    username: str,
    password: str,
    *,
    address: str | None,
    browser: str | None = None,
    known: KnownBrowser | None = None,
) -> SignedIn | Halfway:
    """Check name and password; begin a session, or ask for the second factor.

    Raises RuleViolation `bad_credentials` (422) for an unknown name, a wrong password and
    a deactivated account alike, `account_idle` for the right password of an account that
    nobody used, TooMany (429) while the name or the address must wait.
    """
    name = usernames.normalised(username)
    stranger = _stranger(address)
    user = queries.user_by_name(name)
    attempt = attempt_queries.attempt_of(name, user, address, known)
    count = attempts.reserve(attempt.keys, user, actor=stranger)
    may_enter = user is not None and (user.is_active or user.idle_locked_at is not None)
    known_hash = user.password_hash if user and may_enter else passwords.DUMMY_HASH
    # Outside the transaction: hashing takes long, and nobody may wait for it to write.
    matched = passwords.matches(known_hash, password)
    if user is None or not (may_enter and matched) or attempt.is_shut:
        until = attempt.shut_until
        raise attempts.refused(user, count, actor=stranger, shut_until=until, matched=matched)
    with transaction() as session:
        session.refresh(user, with_for_update=True)
        if user.password_hash != known_hash:
            # Changed while the password was checked.
            raise throttle.bad_credentials(count)
        attempts.forgive(attempt.keys)
        closed = _closed(user, stranger)
        if closed is None:
            if queries.has_factor(user.id):
                return Halfway(user.id, _mark(user))
            return _enter(user, address, browser, "password")
    raise closed


def second_step(
    halfway: Halfway, typed: str, *, address: str | None, browser: str | None = None
) -> SignedIn:
    """Check the code of the second factor, or one on paper, and begin the session.

    Raises RuleViolation `bad_code` or `sign_in_stale`, TooMany after five wrong codes.
    """
    stranger = _stranger(address)
    user = queries.user_by_id(halfway.user_id)
    if user is None or _is_stale(user, halfway):
        raise throttle.stale()
    keys = [throttle.code_key(user.id)]
    count = attempts.reserve(keys, user, actor=stranger)
    with transaction() as session:
        session.refresh(user, with_for_update=True)
        if _is_stale(user, halfway):  # closed or changed while the attempt was counted
            raise throttle.stale()
        if how := factor_services.prove(user, typed):
            attempts.forgive(keys)
            return _enter(user, address, browser, how)
    raise attempts.refused_code(user, count, actor=stranger)


def _stranger(address: str | None) -> Actor:
    return Actor("anonymous", None, NOBODY, NOBODY, address=address)


def _is_stale(user: User, halfway: Halfway) -> bool:
    return not user.is_active or _mark(user) != halfway.mark


def _mark(user: User) -> str:
    return hashlib.sha256(user.password_hash.encode()).hexdigest()[:32]


def _closed(user: User, stranger: Actor) -> DomainError | None:
    """Why the owner, whose password is right, may not enter; closes what rested too long."""
    used = idle.last_use(user.created_at, user.last_sign_in_at, user.reopened_at)
    rested = not user.is_demo and idle.rested_too_long(used, clock.now())
    if user.is_active and not rested:
        return None
    if user.is_active:
        close_idle(user, actor=stranger)
    elif user.idle_locked_at is None:
        return throttle.bad_credentials(0)
    path = queries.home_path(user)
    record("sign_in.refused", user, {"reason": "account_idle"}, actor=stranger, unit_path=path)
    return idle.is_closed()


def close_idle(user: User, *, actor: Actor) -> None:
    """Close an account nobody used, until an administrator opens it again."""
    with transaction():
        user.is_active = False
        user.idle_locked_at = clock.now()
        end_sessions(user)
        facts = {"is_active": [True, False]}
        record("user.idle_lock", user, facts, actor=actor, unit_path=queries.home_path(user))


def _enter(user: User, address: str | None, browser: str | None, how: str) -> SignedIn:
    user.last_sign_in_at = clock.now()
    actor = queries.actor_of(user, address)
    asked = factor_rule.is_asked(
        rule=current_app.config["SECOND_FACTOR"],
        privileged=actor.is_privileged,
        is_demo=user.is_demo,
    )
    needs = asked and how == "password"
    if needs and user.second_factor_due_at is None:
        days = current_app.config["SECOND_FACTOR_GRACE_DAYS"]
        user.second_factor_due_at = factor_rule.due_at(clock.now(), days)
    token = begin(user, address, browser)
    facts = {} if how == "password" else {"second_step": how}
    record("sign_in.accepted", user, facts, actor=actor, unit_path=queries.home_path(user))
    due = user.second_factor_due_at if needs else None
    return SignedIn(token, user.id, user.language, user.must_change_password, due)


def change_password(current: str, new: str, *, token: str, actor: Actor) -> None:
    """Replace the actor's own password and end his other sessions.

    A wrong current password counts as a failure (RuleViolation `wrong_password`, then
    TooMany); a new one that may not be chosen is `weak_password`.
    """
    user = queries.own(actor)
    _check_new(user, current, new)
    factor_services.check_password(user, current, actor=actor)
    known, fresh = user.password_hash, passwords.hashed(new)
    with transaction() as session:
        session.refresh(user, with_for_update=True)
        if user.password_hash != known or not user.is_active:
            raise throttle.stale()  # an administrator was quicker: his word holds
        user.password_hash = fresh
        user.must_change_password = False
        count = end_sessions(user, keep=sessions.token_hash(token))
        facts = {"sessions_ended": count}
        record("user.change_password", user, facts, actor=actor, unit_path=queries.home_path(user))


def set_language(language: str, *, actor: Actor) -> User:
    """Change the actor's own language.

    His name is another administrator's to change (`services.rename`): scans, counts and rulings
    stand under it, so nobody signs them by a name of his own choice.
    """
    with transaction():
        user = queries.own(actor)
        user.language = language
        if changes := changed(user):
            record("user.edit", user, changes, actor=actor, unit_path=queries.home_path(user))
        return user


def _check_new(user: User, current: str, new: str) -> None:
    if user.is_demo:
        raise RuleViolation(
            "demo_password",
            Sentence(N_("Tài khoản trình diễn dùng mật khẩu công khai nên không đổi được.")),
        )
    has_factor = queries.has_factor(user.id)
    own = queries.words_about(user)
    if fault := passwords.fault(new, own=own, second_factor=has_factor):
        raise RuleViolation("weak_password", fault)
    if passwords.normalised(new) == passwords.normalised(current):
        raise RuleViolation(
            "same_password", Sentence(N_("Mật khẩu mới phải khác mật khẩu hiện tại."))
        )
