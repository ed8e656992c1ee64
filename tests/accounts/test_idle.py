"""Accounts nobody uses are closed, at sign-in and by a command."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient, FlaskCliRunner
from sqlalchemy import select

from congress_app.accounts import idle, services, sign_in_services
from congress_app.accounts.models import SignInSession, User
from congress_app.accounts.sign_in_services import SignedIn
from congress_app.database import db
from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.permissions import system_actor
from tests import builders
from tests.builders import PASSWORD

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_the_days_are_counted_from_the_last_use_of_any_kind() -> None:
    day = timedelta(days=1)
    assert idle.last_use(NOW, None, None) == NOW
    assert idle.last_use(NOW, NOW + day, None) == NOW + day
    assert idle.last_use(NOW, NOW + day, NOW + 2 * day) == NOW + 2 * day
    assert not idle.rested_too_long(NOW, NOW + 45 * day)
    assert idle.rested_too_long(NOW, NOW + 45 * day + timedelta(seconds=1))


def refusal(name: str, password: str = PASSWORD) -> str:
    with pytest.raises(RuleViolation) as caught:
        sign_in_services.sign_in(name, password, address=None)
    return caught.value.code


def test_signing_in_after_45_days_closes_the_account_until_it_is_opened(
    app: Flask, frozen_clock: Any
) -> None:
    user = builders.a_user("viewer", username="mai")
    sign_in_services.sign_in("mai", PASSWORD, address=None)
    frozen_clock.advance(days=45, seconds=1)
    assert refusal("mai", "wrong") == "bad_credentials"
    assert refusal("mai") == "account_idle"
    assert refusal("mai") == "account_idle"
    assert db.session.get(User, user.id).idle_locked_at == frozen_clock.now
    services.activate(user, actor=system_actor())
    frozen_clock.advance(days=44)
    signed_in = sign_in_services.sign_in("mai", PASSWORD, address=None)
    assert isinstance(signed_in, SignedIn)


def test_the_demonstration_never_rests(app: Flask, frozen_clock: Any) -> None:
    builders.a_user("viewer", username="demo", is_demo=True)
    frozen_clock.advance(days=400)
    signed_in = sign_in_services.sign_in("demo", PASSWORD, address=None)
    assert isinstance(signed_in, SignedIn)
    assert services.lock_rested(actor=system_actor()) == []


def test_the_command_closes_what_rests_and_nothing_else(
    runner: FlaskCliRunner, client: FlaskClient
) -> None:
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    rested = builders.a_user("viewer", username="rested", created_at=long_ago)
    just_now = datetime.now(UTC)
    builders.a_user("viewer", username="used", created_at=long_ago, last_sign_in_at=just_now)
    builders.a_user("viewer", username="opened", created_at=long_ago, reopened_at=just_now)
    told = runner.invoke(args=["accounts", "lock-idle", "--format", "json"])
    assert (told.exit_code, json.loads(told.stdout)) == (0, {"locked": ["rested"]})
    assert db.session.get(User, rested.id).is_active is False
    again = runner.invoke(args=["accounts", "lock-idle", "--format", "json"])
    assert json.loads(again.stdout) == {"locked": []}
    answer = client.post("/sign-in", data={"username": "rested", "password": PASSWORD})
    assert "45 ngày không đăng nhập" in answer.text


def test_sessions_of_long_ago_are_forgotten_of_who_never_comes_back(
    app: Flask, frozen_clock: Any
) -> None:
    builders.a_user("viewer", username="mai")
    assert isinstance(sign_in_services.sign_in("mai", PASSWORD, address="192.0.2.7"), SignedIn)
    frozen_clock.advance(days=90)
    services.lock_rested(actor=system_actor())
    assert db.session.scalars(select(SignInSession.address)).all() == ["192.0.2.7"]
    frozen_clock.advance(days=1)
    services.lock_rested(actor=system_actor())
    assert db.session.scalars(select(SignInSession.address)).all() == []
