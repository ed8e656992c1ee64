"""Who is behind a cookie."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from congress_app.accounts import queries, session_queries
from congress_app.accounts.models import SecondFactor, SignInSession, User, UserGrant
from congress_app.accounts.session_queries import OpenSession
from congress_app.database import db, transaction
from congress_app.kernel import clock
from tests import builders

TOKEN_HASH = "a" * 64


@pytest.fixture
def user(app: Flask) -> User:
    """A person with two grants, signed in."""
    root = builders.the_root()
    province = builders.a_unit("01", root)
    found = builders.a_user("registrar", province)
    with transaction() as session:
        session.add(UserGrant(user_id=found.id, role="viewer", unit_id=root.id))
        session.add(SignInSession(user_id=found.id, token_hash=TOKEN_HASH, created_at=clock.now()))
    return found


def test_one_statement_tells_the_person_and_all_his_grants(user: User) -> None:
    row = db.session.query(SignInSession).one()
    told = session_queries.signed_in(TOKEN_HASH, "10.0.0.1")
    assert told == OpenSession(
        id=row.id,
        created_at=row.created_at,
        last_seen_at=None,
        actor=queries.actor_of(user, "10.0.0.1"),
        must_change_password=user.must_change_password,
        second_factor_due_at=None,
        is_demo=False,
        demo_loaded=False,
        has_factor=False,
    )
    assert len(told.actor.grants) == 2
    assert session_queries.signed_in("b" * 64) is None


def test_it_tells_of_the_demonstration_and_of_a_confirmed_factor(user: User) -> None:
    plain = session_queries.signed_in(TOKEN_HASH)
    assert plain is not None
    with transaction() as session:
        session.add(SecondFactor(user_id=user.id, sealed_secret="x", created_at=clock.now()))
    assert session_queries.signed_in(TOKEN_HASH) == plain
    due = clock.now() + timedelta(days=7)
    with transaction() as session:
        session.get_one(SecondFactor, user.id).confirmed_at = clock.now()
        user.second_factor_due_at = due
        user.must_change_password = not plain.must_change_password
    builders.a_user(is_demo=True)
    assert session_queries.signed_in(TOKEN_HASH) == replace(
        plain,
        has_factor=True,
        demo_loaded=True,
        second_factor_due_at=due,
        must_change_password=not plain.must_change_password,
    )


def test_somebody_without_any_grant_is_still_somebody(app: Flask) -> None:
    nobody = builders.a_user(is_demo=True)
    with transaction() as session:
        session.add(SignInSession(user_id=nobody.id, token_hash=TOKEN_HASH, created_at=clock.now()))
    told = session_queries.signed_in(TOKEN_HASH)
    assert told is not None
    assert (told.actor.id, told.actor.grants, told.is_demo) == (nobody.id, (), True)


def test_a_closed_account_and_an_ended_session_are_nobody(user: User) -> None:
    with transaction():
        user.is_active = False
    assert session_queries.signed_in(TOKEN_HASH) is None
    with transaction() as session:
        user.is_active = True
        session.query(SignInSession).one().ended_at = clock.now()
    assert session_queries.signed_in(TOKEN_HASH) is None
