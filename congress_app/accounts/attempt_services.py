"""Counting the attempts to sign in: each counts as failed until it proves right.

Counting first keeps a burst of parallel guesses within the five as well.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from congress_app.accounts import queries, throttle
from congress_app.accounts.models import SignInFailures, User
from congress_app.audit.services import record
from congress_app.database import transaction
from congress_app.kernel import clock
from congress_app.kernel.errors import DomainError
from congress_app.kernel.permissions import Actor


def reserve(keys: list[str], user: User | None, *, actor: Actor) -> int:
    """Count the attempt as failed before the password is looked at; the name's count.

    The name's key stands first. Raises TooMany while one of the keys is locked.
    """
    now = clock.now()
    with transaction() as session:
        rows = [_row(session, key, now) for key in keys]
        locked = max((row.locked_until for row in rows if row.locked_until), default=now)
        if locked > now:
            _record_refusal(user, {"reason": "must_wait"}, actor)
        else:
            for row in rows:
                _count(row, now)
        count = rows[0].count
    if locked > now:
        raise throttle.too_many(locked, now)
    return count


def note_failure(key: str) -> int:
    """Count one failure under the key; how many there are now."""
    now = clock.now()
    with transaction() as session:
        row = _row(session, key, now)
        _count(row, now)
        return row.count


def _row(session: Session, key: str, now: datetime) -> SignInFailures:
    row = session.get(SignInFailures, key, with_for_update=True)
    if row is not None:
        return row
    _drop_forgotten(session, now)
    try:
        with session.begin_nested():
            row = SignInFailures(key=key, count=0, last_at=now)
            session.add(row)
    except IntegrityError:  # somebody else failed with this key at the same moment
        return session.get_one(SignInFailures, key, with_for_update=True)
    return row


def _drop_forgotten(session: Session, now: datetime) -> None:
    """Clear away a few counts that mean nothing any more."""
    longest = max(throttle.NAME_PATIENCE.forgets, throttle.ADDRESS_PATIENCE.forgets)
    # Skipping what others hold, because two sign-ins waiting for each other's rows hang.
    stale = session.scalars(
        select(SignInFailures.key)
        .where(SignInFailures.last_at < now - longest)
        .limit(100)
        .with_for_update(skip_locked=True)
    ).all()
    if stale:
        session.execute(delete(SignInFailures).where(SignInFailures.key.in_(stale)))


def _count(row: SignInFailures, now: datetime) -> None:
    patience = throttle.patience_for(row.key)
    row.count = throttle.next_count(row.count, row.last_at, patience, now)
    row.last_at = now
    wait = patience.wait_after(row.count)
    row.locked_until = now + wait if wait else None


def forgive(keys: list[str]) -> None:
    """The attempt was right: the name is forgiven all, the address only this one.

    Otherwise one's own account would wash an address clean between guesses at others.
    """
    with transaction() as session:
        for key in keys:
            row = session.get(SignInFailures, key, with_for_update=True)
            if row is not None:
                row.count = 0 if throttle.is_own(key) else max(0, row.count - 1)
                row.locked_until = None


def forget_own(user: User) -> int:
    """Drop every count of the user's name and codes, in all places; how many they held."""
    name, key = user.username, SignInFailures.key
    keys = {throttle.name_key(name), throttle.inside_key(name), throttle.own_key(user.id)}
    keys |= {throttle.spared_guesses_key(name), throttle.code_key(user.id)}
    everywhere = (throttle.known_keys(name), throttle.home_keys(name))
    of_name = or_(key.in_(keys), *(key.startswith(kind) for kind in everywhere))
    with transaction() as session:
        gone = delete(SignInFailures).where(of_name).returning(SignInFailures.count)
        return sum(session.scalars(gone))


def forget_codes(user: User) -> None:
    """Drop the count of wrong codes: the factor they were of is gone."""
    with transaction() as session:
        wrong_codes = SignInFailures.key == throttle.code_key(user.id)
        session.execute(delete(SignInFailures).where(wrong_codes))


def spare(user: User) -> None:
    """Let the user sign in for a while whatever others have failed, name and network alike.

    Each network address then has five failures of its own for this name, all together 300.
    """
    now = clock.now()
    with transaction() as session:
        row = _row(session, throttle.spared_key(user.username), now)
        row.last_at, row.locked_until = now, now + throttle.SPARED_FOR


def refused(
    user: User | None,
    count: int,
    *,
    actor: Actor,
    shut_until: datetime | None = None,
    matched: bool = False,
) -> DomainError:
    """Write the refusal of a name and password down; gives what the person is told.

    Where the networks of the house are shut for the name, that is never anything but to
    wait, also after the owner's own slip: the answer may not tell whose network it is.
    """
    known = "wrong_password" if user is not None and user.is_active else "account_inactive"
    reason = "unknown_name" if user is None else "must_wait" if matched else known
    told = _told(user, count, reason, throttle.bad_credentials(count), actor)
    if shut_until is None:
        return told
    now = clock.now()
    return throttle.too_many(max(shut_until, now + throttle.NAME_PATIENCE.wait_after(count)), now)


def refused_code(user: User, count: int, *, actor: Actor) -> DomainError:
    """The same for a code of the second factor."""
    return _told(user, count, "wrong_code", throttle.bad_code(count), actor)


def refused_password(user: User, count: int, *, actor: Actor) -> DomainError:
    """The same for one's own password, which is asked again before something weighty."""
    return _told(user, count, "wrong_password", throttle.wrong_password(), actor)


def _told(
    user: User | None, count: int, reason: str, sentence: DomainError, actor: Actor
) -> DomainError:
    now = clock.now()
    wait = throttle.NAME_PATIENCE.wait_after(count)
    facts = {"reason": reason, "failures": count, "wait_seconds": int(wait.total_seconds())}
    with transaction():
        _record_refusal(user, facts, actor)
    return throttle.too_many(now + wait, now) if wait else sentence


def _record_refusal(user: User | None, facts: dict[str, object], actor: Actor) -> None:
    """Whoever is signed in already was asked to prove himself again."""
    action = "user.check_refused" if actor.kind == "user" else "sign_in.refused"
    path = queries.home_path(user) if user else None
    record(action, user or "user_account", facts, actor=actor, unit_path=path)
