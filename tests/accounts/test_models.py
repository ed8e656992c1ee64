"""What the tables see to themselves."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from congress_app.accounts.models import SignInSession, User, UserGrant
from congress_app.database import db, transaction
from congress_app.kernel import clock
from congress_app.kernel.vietnamese import name_sort_key
from tests import builders


def test_search_and_sort_keys_follow_the_name(app: Flask) -> None:
    user = builders.a_user(display_name="Đỗ Thị Ánh")
    assert (user.search_key, user.sort_key) == ("do thi anh", name_sort_key("Đỗ Thị Ánh"))
    with transaction():
        user.display_name = "Đỗ Thị Bưởi"
    assert (user.search_key, user.sort_key) == ("do thi buoi", name_sort_key("Đỗ Thị Bưởi"))


def test_one_role_is_granted_for_one_unit_once(app: Flask) -> None:
    user = builders.a_user("viewer")
    again = UserGrant(user_id=user.id, role="viewer", unit_id=user.grants[0].unit_id)
    with pytest.raises(IntegrityError), transaction() as session:
        session.add(again)


def test_a_deleted_user_leaves_no_grant_and_no_session(app: Flask) -> None:
    user = builders.a_user("viewer")
    with transaction() as session:
        session.add(SignInSession(user_id=user.id, token_hash="0" * 64, created_at=clock.now()))
    with transaction() as session:
        session.delete(session.get_one(User, user.id))
    assert db.session.scalars(select(UserGrant)).all() == []
    assert db.session.scalars(select(SignInSession)).all() == []
