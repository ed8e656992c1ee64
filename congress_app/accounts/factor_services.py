"""The second factor of an account: set up, proved, renewed, taken away.

Signing in with it stands in `sign_in_services.py`.
"""

from __future__ import annotations

from sqlalchemy import delete, or_, update
from sqlalchemy.orm import Session

from congress_app.accounts import attempt_services as attempts
from congress_app.accounts import (
    authority,
    authority_queries,
    factor_queries,
    key_queries,
    one_time_codes,
    passwords,
    queries,
    sealing,
    throttle,
)
from congress_app.accounts.models import RecoveryCode, SecondFactor, User
from congress_app.accounts.session_services import end_sessions
from congress_app.audit.services import record
from congress_app.database import transaction
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict, NotFound, RuleViolation
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence


def begin(*, actor: Actor) -> None:
    """Make a secret that counts for nothing until a code of it was typed.

    A secret that was begun before and never confirmed is replaced. Raises RuleViolation
    `demo_factor`, Conflict `has_factor`.
    """
    with transaction() as session:
        user = queries.own(actor)
        session.refresh(user, with_for_update=True)
        _check_may_have(user)
        session.execute(delete(SecondFactor).where(SecondFactor.user_id == user.id))
        # After a statement on the table: who drops a key waits for this, or this for him.
        sealed = sealing.seal(one_time_codes.new_secret(), key_queries.newest(), user.id)
        session.add(SecondFactor(user_id=user.id, sealed_secret=sealed, created_at=clock.now()))


def confirm(typed: str, password: str, *, actor: Actor) -> list[str]:
    """Let the second factor count from now on; gives the recovery codes, shown once.

    Raises RuleViolation `wrong_password` or `bad_code`, TooMany after five wrong ones,
    NotFound when nothing was begun.
    """
    user = queries.own(actor)
    check_password(user, password, actor=actor)
    factor = queries.factor_of(user.id)
    if factor is None or factor.confirmed_at is not None:
        raise NotFound
    keys = [throttle.code_key(user.id)]
    count = attempts.reserve(keys, user, actor=actor)
    with transaction() as session:
        proved = _take_code(session, user, typed)
        if proved:
            session.refresh(factor, with_for_update=True)
            factor.confirmed_at = clock.now()
            attempts.forgive(keys)
            codes = _new_codes(session, user)
            record("user.factor_on", user, actor=actor, unit_path=queries.home_path(user))
    if not proved:
        raise attempts.refused_code(user, count, actor=actor)
    return codes


def renew_codes(password: str, *, actor: Actor) -> list[str]:
    """New recovery codes; the old ones open nothing any more."""
    user = queries.own(actor)
    check_password(user, password, actor=actor)
    with transaction() as session:
        if not queries.has_factor(user.id):
            raise NotFound
        codes = _new_codes(session, user)
        record("user.factor_codes", user, actor=actor, unit_path=queries.home_path(user))
    return codes


def remove(password: str, *, actor: Actor) -> None:
    """Do without a second factor again.

    Raises RuleViolation `short_without_factor` while the password is one that is long
    enough beside a second factor only.
    """
    user = queries.own(actor)
    check_password(user, password, actor=actor)
    if passwords.fault(password, own=queries.words_about(user)) is not None:
        raise RuleViolation(
            "short_without_factor",
            Sentence(
                N_(
                    "Không có xác thực hai bước thì mật khẩu phải dài ít nhất {min} ký tự và "
                    "khó đoán hơn. Hãy đổi mật khẩu trước, rồi tắt."
                ),
                min=passwords.MIN_LENGTH,
            ),
        )
    with transaction() as session:
        if not queries.has_factor(user.id):
            raise NotFound
        _forget(session, user)
        record("user.factor_off", user, actor=actor, unit_path=queries.home_path(user))


def reset(user: User, *, actor: Actor) -> None:
    """Take a lost second factor from an account one manages, and end its sessions.

    The password must be replaced at the next sign-in: it may be a short one. Nobody does
    this to himself, because whoever sits at an open session could.
    """
    with transaction() as session:
        actor = authority_queries.standing(actor, user)
        authority.check_covers(actor, queries.grants_of(user))
        if actor.kind == "user" and actor.id == user.id:
            raise RuleViolation(
                "own_factor",
                Sentence(
                    N_(
                        "Xác thực hai bước của chính mình tắt ở trang Tài khoản của tôi, "
                        "hoặc nhờ một quản trị viên khác."
                    )
                ),
            )
        if not queries.has_factor(user.id):
            raise NotFound
        _forget(session, user)
        user.must_change_password = True
        facts = {"sessions_ended": end_sessions(user)}
        record("user.factor_reset", user, facts, actor=actor, unit_path=queries.home_path(user))


def prove(user: User, typed: str) -> str | None:
    """Take a code: "phone_code", "recovery_code" or None.

    Each code is taken once, also when it comes twice at the same moment.
    """
    with transaction() as session:
        if paper := one_time_codes.recovery_typed(typed):
            return "recovery_code" if _take_recovery(session, user, paper) else None
        return "phone_code" if _take_code(session, user, typed) else None


def check_password(user: User, password: str, *, actor: Actor) -> None:
    """Ask for one's own password again; after five wrong ones it waits as signing in does."""
    keys = [throttle.own_key(user.id)]
    count = attempts.reserve(keys, user, actor=actor)
    if not passwords.matches(user.password_hash, password):
        raise attempts.refused_password(user, count, actor=actor)
    attempts.forgive(keys)


def _take_code(session: Session, user: User, typed: str) -> bool:
    factor = queries.factor_of(user.id)
    secret = factor_queries.secret_of(factor) if factor else None
    if factor is None or secret is None:
        return False
    step = one_time_codes.matching_step(secret, typed, clock.now(), factor.last_step)
    if step is None:
        return False
    spent = (
        update(SecondFactor)
        .where(SecondFactor.user_id == user.id)
        .where(or_(SecondFactor.last_step.is_(None), SecondFactor.last_step < step))
        .values(last_step=step)
        .returning(SecondFactor.user_id)
    )
    return session.execute(spent).first() is not None


def _take_recovery(session: Session, user: User, typed: str) -> bool:
    found = [
        row for row in queries.unused_codes(user.id) if passwords.matches(row.code_hash, typed)
    ]
    if not found:
        return False
    spent = (
        update(RecoveryCode)
        .where(RecoveryCode.id == found[0].id, RecoveryCode.used_at.is_(None))
        .values(used_at=clock.now())
        .returning(RecoveryCode.id)
    )
    return session.execute(spent).first() is not None


def _new_codes(session: Session, user: User) -> list[str]:
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = one_time_codes.new_recovery_codes()
    session.add_all(
        RecoveryCode(user_id=user.id, code_hash=passwords.hashed(code)) for code in codes
    )
    return codes


def _forget(session: Session, user: User) -> None:
    """Without a factor again, for which nobody gets days of grace a second time."""
    for table in (RecoveryCode, SecondFactor):
        session.execute(delete(table).where(table.user_id == user.id))
    session.expire_all()
    attempts.forget_codes(user)
    user.second_factor_due_at = clock.now()


def _check_may_have(user: User) -> None:
    if user.is_demo:
        raise RuleViolation(
            "demo_factor",
            Sentence(
                N_(
                    "Tài khoản trình diễn nhiều người dùng chung nên không bật được xác thực "
                    "hai bước. Hãy lập một tài khoản riêng để dùng thử."
                )
            ),
        )
    if queries.has_factor(user.id):
        raise Conflict("has_factor", Sentence(N_("Tài khoản này đã bật xác thực hai bước.")))
