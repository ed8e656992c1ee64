"""Signing in and out, and what a user does with his own account.

Managing other people's accounts stands in `services.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from congress_app.accounts import passwords, queries, sessions, throttle, usernames
from congress_app.accounts.models import SignInFailures, SignInSession, User
from congress_app.audit.services import changed, record
from congress_app.database import transaction
from congress_app.kernel import clock
from congress_app.kernel.errors import DomainError, NotFound, RuleViolation, TooMany
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import nfc

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
    stranger = Actor("anonymous", None, "anonymous", "anonymous", address=address)
    keys = [throttle.name_key(name)] + ([throttle.address_key(address)] if address else [])
    user = queries.user_by_name(name)
    count = _reserve(keys, user, actor=stranger)
    may_enter = user is not None and user.is_active
    known_hash = user.password_hash if user and may_enter else passwords.DUMMY_HASH
    # Outside the transaction: hashing takes long, and nobody may wait for it to write.
    matched = passwords.matches(known_hash, password)
    if user is None or not (may_enter and matched):
        raise _refused(user, count, actor=stranger)
    with transaction() as session:
        session.refresh(user, with_for_update=True)
        if not user.is_active or user.password_hash != known_hash:
            raise _bad_credentials(count)  # closed or changed while the password was checked
        _forgive(session, keys)
        user.last_sign_in_at = clock.now()
        token = _begin(session, user, address, browser)
        record("sign_in.accepted", user, actor=queries.actor_of(user, address))
        return SignedIn(token, user.id, user.language, user.must_change_password)


def sign_out(token: str, *, actor: Actor) -> None:
    """End the session of the token."""
    with transaction() as session:
        session.execute(
            update(SignInSession)
            .where(SignInSession.token_hash == sessions.token_hash(token))
            .where(SignInSession.ended_at.is_(None))
            .values(ended_at=clock.now())
        )
        record("sign_out", "sign_in_session", actor=actor)


def end_other_sessions(token: str, *, actor: Actor) -> int:
    """End all sessions of the actor save the one of the token; how many they were."""
    with transaction() as session:
        count = end_sessions(session, actor.id, keep=sessions.token_hash(token))
        record("sign_out.others", "sign_in_session", {"sessions": count}, actor=actor)
        return count


def change_password(current: str, new: str, *, token: str, actor: Actor) -> None:
    """Replace the actor's own password and end his other sessions.

    A wrong current password counts as a failed sign-in of that name (RuleViolation
    `wrong_password`, then TooMany); a new one that may not be chosen is `weak_password`.
    """
    user = _own(actor)
    _check_new(user, current, new)
    keys = [throttle.name_key(user.username)]
    _reserve(keys, user, actor=actor)
    if not passwords.matches(user.password_hash, current):
        raise RuleViolation(
            "wrong_password", Sentence(N_("Mật khẩu hiện tại không đúng. Hãy nhập lại."))
        )
    fresh = passwords.hashed(new)
    with transaction() as session:
        session.refresh(user)
        _forgive(session, keys)
        user.password_hash = fresh
        user.must_change_password = False
        count = end_sessions(session, user.id, keep=sessions.token_hash(token))
        record("user.change_password", user, {"sessions_ended": count}, actor=actor)


def set_profile(display_name: str, language: str, *, actor: Actor) -> User:
    """Change the actor's own shown name and language."""
    with transaction():
        user = _own(actor)
        user.display_name = nfc(display_name)
        user.language = language
        if changes := {k: v for k, v in changed(user).items() if not k.endswith("_key")}:
            record("user.edit", user, changes, actor=actor)
        return user


def end_sessions(session: Session, user_id: int | None, keep: str | None = None) -> int:
    """Inside a transaction: end the user's open sessions save `keep`; how many they were."""
    ended = session.execute(
        update(SignInSession)
        .where(SignInSession.user_id == user_id, SignInSession.ended_at.is_(None))
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


def _reserve(keys: list[str], user: User | None, *, actor: Actor) -> int:
    """Count the attempt as failed before the password is looked at; the name's count.

    Counting first keeps a burst of parallel guesses within the five as well; a right
    password takes its count back. Raises TooMany while one of the keys is locked.
    """
    now = clock.now()
    with transaction() as session:
        rows = [_row(session, key, now) for key in keys]
        locked = max((row.locked_until for row in rows if row.locked_until), default=now)
        if locked > now:
            record("sign_in.refused", user or "user_account", {"reason": "locked"}, actor=actor)
        else:
            for row in rows:
                _count(row, now)
        count = rows[0].count
    if locked > now:
        raise _wait(locked, now)
    return count


def _row(session: Session, key: str, now: datetime) -> SignInFailures:
    row = session.get(SignInFailures, key, with_for_update=True)
    if row is not None:
        return row
    forgotten = max(p.forgets for p in (throttle.NAME_PATIENCE, throttle.ADDRESS_PATIENCE))
    session.execute(delete(SignInFailures).where(SignInFailures.last_at < now - forgotten))
    try:
        with session.begin_nested():
            row = SignInFailures(key=key, count=0, last_at=now)
            session.add(row)
    except IntegrityError:  # somebody else failed with this key at the same moment
        return session.get_one(SignInFailures, key, with_for_update=True)
    return row


def _count(row: SignInFailures, now: datetime) -> None:
    patience = throttle.patience_for(row.key)
    row.count = throttle.next_count(row.count, row.last_at, patience, now)
    row.last_at = now
    wait = patience.wait_after(row.count)
    row.locked_until = now + wait if wait else None


def _forgive(session: Session, keys: list[str]) -> None:
    """The attempt was right: the name is forgiven all, the address only this one.

    Otherwise one's own account would wash an address clean between guesses at others.
    """
    for key in keys:
        row = session.get(SignInFailures, key, with_for_update=True)
        if row is None:
            continue
        row.count = 0 if key.startswith("name:") else max(0, row.count - 1)
        row.locked_until = None


def _refused(user: User | None, count: int, *, actor: Actor) -> DomainError:
    """Write the refusal down; gives what the person is told."""
    now = clock.now()
    wait = throttle.NAME_PATIENCE.wait_after(count)
    reason = "unknown" if user is None else "password" if user.is_active else "inactive"
    facts = {"reason": reason, "failures": count, "wait_seconds": int(wait.total_seconds())}
    with transaction():
        record("sign_in.refused", user or "user_account", facts, actor=actor)
    return _wait(now + wait, now) if wait else _bad_credentials(count)


def _bad_credentials(count: int) -> RuleViolation:
    return RuleViolation(
        "bad_credentials",
        Sentence(
            N_("Tên đăng nhập hoặc mật khẩu không đúng. Còn {left} lần thử trước khi phải đợi."),
            left=max(0, throttle.NAME_PATIENCE.failures - count),
        ),
    )


def _wait(until: datetime, now: datetime) -> TooMany:
    return TooMany(
        "sign_in_locked",
        Sentence(
            N_(
                "Đã sai quá nhiều lần. Hãy đợi {time} rồi thử lại, "
                "hoặc nhờ quản trị viên mở khóa tài khoản."
            ),
            time=throttle.time_left(until, now),
        ),
        retry_after=max(1, throttle.seconds_left(until, now)),
    )
