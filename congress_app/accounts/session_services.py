"""Signed-in sessions: begun, seen, ended."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, update

from congress_app.accounts import authority, authority_queries, queries, sessions
from congress_app.accounts.models import SignInSession, User
from congress_app.audit.services import record
from congress_app.database import transaction
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Actor
from congress_app.kernel.vietnamese import nfc

# Ended sessions are kept so long for whoever asks who was signed in, then forgotten.
_KEPT = timedelta(days=90)


def begin(user: User, address: str | None, browser: str | None) -> str:
    """A new session; the token for the cookie."""
    now, token = clock.now(), sessions.new_token()
    with transaction() as session:
        session.add(
            SignInSession(
                user_id=user.id,
                token_hash=sessions.token_hash(token),
                created_at=now,
                last_seen_at=now,
                address=address,
                browser=nfc(browser or "")[:250] or None,
            )
        )
    return token


def note_use(session_id: int) -> None:
    """Write down that the session is in use."""
    with transaction() as session:
        session.execute(
            update(SignInSession)
            .where(SignInSession.id == session_id)
            .values(last_seen_at=clock.now())
        )


def end_rested(session_id: int) -> None:
    """End a session that rested too long; the log needs no entry, nobody acted."""
    with transaction() as session:
        session.execute(
            update(SignInSession)
            .where(SignInSession.id == session_id, SignInSession.ended_at.is_(None))
            .values(ended_at=clock.now())
        )


def forget_old() -> int:
    """Forget addresses and browsers of sessions from long ago, whoever's; how many they were."""
    with transaction() as session:
        gone = session.execute(
            delete(SignInSession)
            .where(SignInSession.created_at < clock.now() - _KEPT)
            .returning(SignInSession.id)
        )
        return len(gone.all())


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


def end_everybodys() -> int:
    """End every open session; how many they were. The use case that calls it says why."""
    with transaction() as session:
        ended = session.execute(
            update(SignInSession)
            .where(SignInSession.ended_at.is_(None))
            .values(ended_at=clock.now())
            .returning(SignInSession.id)
        )
        return len(ended.all())


def sign_out(token: str, *, actor: Actor) -> None:
    """End the session of the token."""
    with transaction() as session:
        user = queries.own(actor)
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
        user = queries.own(actor)
        count = end_sessions(user, keep=sessions.token_hash(token))
        facts = {"sessions_ended": count}
        record("sign_out.others", user, facts, actor=actor, unit_path=queries.home_path(user))
        return count


def end_one(user: User, session_id: int, *, actor: Actor) -> None:
    """End one session, one's own or that of an account one manages.

    Raises NotFound for a session of somebody else, Forbidden beyond the actor's reach.
    """
    with transaction() as session:
        if user.id != actor.id:
            actor = authority_queries.standing(actor, user)
            authority.check_covers(actor, queries.grants_of(user))
        row = session.get(SignInSession, session_id, with_for_update={"of": SignInSession})
        if row is None or row.user_id != user.id:
            raise NotFound
        if row.ended_at is None:
            row.ended_at = clock.now()
            facts = {"sessions_ended": 1}
            record("user.end_session", user, facts, actor=actor, unit_path=queries.home_path(user))


def end_all(user: User, *, actor: Actor) -> int:
    """End every session of an account one manages; how many they were."""
    with transaction():
        actor = authority_queries.standing(actor, user)
        authority.check_covers(actor, queries.grants_of(user))
        count = end_sessions(user)
        facts = {"sessions_ended": count}
        record("user.end_session", user, facts, actor=actor, unit_path=queries.home_path(user))
        return count
