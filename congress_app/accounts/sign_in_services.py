"""Signing in and out, and what a user does with his own account.

Managing other people's accounts stands in `services.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from congress_app.accounts import attempt_services as attempts
from congress_app.accounts import passwords, queries, sessions, throttle, usernames
from congress_app.accounts.models import SignInSession, User
from congress_app.audit.services import changed, record
from congress_app.database import transaction
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound, RuleViolation
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import nfc

# What the log calls whoever has not signed in yet.
NOBODY = "chưa đăng nhập"
# Ended sessions are kept so long for whoever asks who was signed in, then forgotten.
_KEPT = timedelta(days=90)


@dataclass(frozen=True)
class SignedIn:
    """A fresh session: the token for the cookie, and whose it is."""

    token: str
    user_id: int
    language: str
    must_change_password: bool


def sign_in(
    username: str, password: str, *, address: str | None, browser: str | None = None
) -> SignedIn:
    """Check name and password and begin a session.

    Raises RuleViolation `bad_credentials` (422) for an unknown name, a wrong password and
    a deactivated account alike, TooMany (429) while the name or the address must wait.
    """
    name = usernames.normalised(username)
    stranger = Actor("anonymous", None, NOBODY, NOBODY, address=address)
    keys = [throttle.name_key(name)] + ([throttle.address_key(address)] if address else [])
    user = queries.user_by_name(name)
    count = attempts.reserve(keys, user, actor=stranger)
    may_enter = user is not None and user.is_active
    known_hash = user.password_hash if user and may_enter else passwords.DUMMY_HASH
    # Outside the transaction: hashing takes long, and nobody may wait for it to write.
    matched = passwords.matches(known_hash, password)
    if user is None or not (may_enter and matched):
        raise attempts.refused(user, count, actor=stranger)
    with transaction() as session:
        session.refresh(user, with_for_update=True)
        if not user.is_active or user.password_hash != known_hash:
            # Closed or changed while the password was checked.
            raise throttle.bad_credentials(count)
        attempts.forgive(keys)
        user.last_sign_in_at = clock.now()
        token = _begin(session, user, address, browser)
        actor = queries.actor_of(user, address)
        record("sign_in.accepted", user, actor=actor, unit_path=queries.home_path(user))
        return SignedIn(token, user.id, user.language, user.must_change_password)


def sign_out(token: str, *, actor: Actor) -> None:
    """End the session of the token."""
    with transaction() as session:
        user = _own(actor)
        session.execute(
            update(SignInSession)
            .where(SignInSession.token_hash == sessions.token_hash(token))
            .where(SignInSession.ended_at.is_(None))
            .values(ended_at=clock.now())
        )
        record("sign_out", user, actor=actor, unit_path=queries.home_path(user))


def end_other_sessions(token: str, *, actor: Actor) -> int:
    """End all sessions of the actor save the one of the token; how many they were."""
    with transaction():
        user = _own(actor)
        count = end_sessions(user, keep=sessions.token_hash(token))
        facts = {"sessions_ended": count}
        record("sign_out.others", user, facts, actor=actor, unit_path=queries.home_path(user))
        return count


def change_password(current: str, new: str, *, token: str, actor: Actor) -> None:
    """Replace the actor's own password and end his other sessions.

    A wrong current password counts as a failed sign-in of that name (RuleViolation
    `wrong_password`, then TooMany); a new one that may not be chosen is `weak_password`.
    """
    user = _own(actor)
    _check_new(user, current, new)
    keys = [throttle.name_key(user.username)]
    attempts.reserve(keys, user, actor=actor)
    if not passwords.matches(user.password_hash, current):
        raise RuleViolation(
            "wrong_password", Sentence(N_("Mật khẩu hiện tại không đúng. Hãy nhập lại."))
        )
    fresh = passwords.hashed(new)
    with transaction() as session:
        session.refresh(user)
        attempts.forgive(keys)
        user.password_hash = fresh
        user.must_change_password = False
        count = end_sessions(user, keep=sessions.token_hash(token))
        facts = {"sessions_ended": count}
        record("user.change_password", user, facts, actor=actor, unit_path=queries.home_path(user))


def set_profile(display_name: str, language: str, *, actor: Actor) -> User:
    """Change the actor's own shown name and language."""
    with transaction():
        user = _own(actor)
        user.display_name = nfc(display_name)
        user.language = language
        if changes := {k: v for k, v in changed(user).items() if not k.endswith("_key")}:
            record("user.edit", user, changes, actor=actor, unit_path=queries.home_path(user))
        return user


def end_sessions(user: User, *, keep: str | None = None) -> int:
    """End the user's open sessions save the one of the hash `keep`; how many they were.

    The use cases that call it say in the log why.
    """
    with transaction() as session:
        ended = session.execute(
            update(SignInSession)
            .where(SignInSession.user_id == user.id, SignInSession.ended_at.is_(None))
            .where(SignInSession.token_hash != (keep or ""))
            .values(ended_at=clock.now())
            .returning(SignInSession.id)
        )
        return len(ended.all())


def _own(actor: Actor) -> User:
    user = queries.user_by_id(actor.id) if actor.kind == "user" and actor.id else None
    if user is None:
        raise NotFound
    return user


def _check_new(user: User, current: str, new: str) -> None:
    if user.is_demo:
        raise RuleViolation(
            "demo_password",
            Sentence(N_("Tài khoản trình diễn dùng mật khẩu công khai nên không đổi được.")),
        )
    if fault := passwords.fault(new, username=user.username):
        raise RuleViolation("weak_password", fault)
    if passwords.normalised(new) == passwords.normalised(current):
        raise RuleViolation(
            "same_password", Sentence(N_("Mật khẩu mới phải khác mật khẩu hiện tại."))
        )


def _begin(session: Session, user: User, address: str | None, browser: str | None) -> str:
    now = clock.now()
    session.execute(
        delete(SignInSession).where(
            SignInSession.user_id == user.id, SignInSession.created_at < now - _KEPT
        )
    )
    token = sessions.new_token()
    session.add(
        SignInSession(
            user_id=user.id,
            token_hash=sessions.token_hash(token),
            created_at=now,
            address=address,
            browser=nfc(browser or "")[:250] or None,
        )
    )
    return token
