"""Signing in and out, and one's own account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.accounts import (
    passwords,
    queries,
    session_queries,
    session_services,
    sessions,
    throttle,
)
from congress_app.accounts import sign_in_services as services
from congress_app.accounts.models import SignInFailures, SignInSession, User
from congress_app.audit.models import Entry
from congress_app.database import db, transaction
from congress_app.kernel.errors import DomainError, NotFound, RuleViolation, TooMany
from congress_app.kernel.permissions import Actor, system_actor
from tests import builders
from tests.builders import PASSWORD

NEW = "mặt trời mọc ở đằng đông"


@pytest.fixture
def user(app: Flask) -> User:
    return builders.a_user("registrar", username="mai", display_name="Trần Thị Mai")


def enter(name: str = "mai", password: str = PASSWORD, address: str = "10.0.0.1") -> Any:
    return services.sign_in(name, password, address=address, browser="Firefox on Linux")


def refusal(*arguments: str) -> str:
    with pytest.raises(DomainError) as caught:
        enter(*arguments)
    return caught.value.code


def actor(user: User) -> Actor:
    return queries.actor_of(user, "10.0.0.1")


def still_open(*tokens: str) -> list[bool]:
    return [session_queries.signed_in(sessions.token_hash(token)) is not None for token in tokens]


def log() -> list[tuple[str, str, Any]]:
    entries = db.session.scalars(select(Entry).order_by(Entry.id))
    return [(entry.action, entry.actor_name, entry.changes) for entry in entries]


def test_a_right_password_begins_a_session(user: User, frozen_clock: Any) -> None:
    fresh = enter("  MAI ")
    row = db.session.scalar(select(SignInSession))
    assert (fresh.user_id, fresh.language, fresh.must_change_password) == (user.id, "vi", False)
    assert (row.user_id, row.token_hash) == (user.id, sessions.token_hash(fresh.token))
    assert (row.address, row.browser) == ("10.0.0.1", "Firefox on Linux")
    assert (row.created_at, row.ended_at) == (frozen_clock.now, None)
    assert user.last_sign_in_at == frozen_clock.now
    assert log() == [("sign_in.accepted", "mai", {})]


def test_every_sign_in_has_a_token_of_its_own(user: User) -> None:
    first, second = enter(), enter()
    assert first.token != second.token
    assert still_open(first.token, second.token) == [True, True]


def test_unknown_wrong_and_deactivated_are_told_the_same(user: User) -> None:
    builders.a_user("viewer", username="gone", is_active=False)
    told = []
    for name, password in (("mai", "wrong"), ("nobody\x00", PASSWORD), ("gone", PASSWORD)):
        with pytest.raises(RuleViolation) as caught:
            enter(name, password)
        told.append(str(caught.value))
    assert told == ["Tên đăng nhập hoặc mật khẩu không đúng. Còn 4 lần thử trước khi phải đợi."] * 3
    assert db.session.scalars(select(SignInSession)).all() == []
    assert [changes["reason"] for _action, _name, changes in log()] == [
        "wrong_password",
        "unknown_name",
        "account_inactive",
    ]


@pytest.mark.parametrize("name", ["mai", "nobody"])
def test_five_failures_lock_the_name_whether_it_exists_or_not(
    user: User, name: str, frozen_clock: Any
) -> None:
    codes = [refusal(name, "wrong") for _ in range(6)]
    assert codes == ["bad_credentials"] * 4 + ["sign_in_locked"] * 2
    assert log()[-1][2] == {"reason": "must_wait"}


def test_a_locked_name_waits_also_with_the_right_password(user: User, frozen_clock: Any) -> None:
    for _ in range(5):
        refusal("mai", "wrong")
    with pytest.raises(TooMany) as caught:
        enter()
    assert caught.value.retry_after == 60
    frozen_clock.advance(seconds=60)
    assert still_open(enter().token) == [True]
    # The right password wiped the slate clean.
    assert refusal("mai", "wrong") == "bad_credentials"
    assert db.session.get(SignInFailures, throttle.name_key("mai")).count == 1


def test_a_reset_while_the_old_password_was_checked_stands(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, really = enter().token, passwords.hashed
    reset = really("mật khẩu quản trị viên cấp lại")

    def hashed_while_an_administrator_resets(password: str) -> str:
        with transaction() as session:
            session.get_one(User, user.id).password_hash = reset
        return really(password)

    monkeypatch.setattr(passwords, "hashed", hashed_while_an_administrator_resets)
    with pytest.raises(RuleViolation) as caught:
        services.change_password(PASSWORD, NEW, token=token, actor=actor(user))
    db.session.expire_all()
    assert (caught.value.code, user.password_hash) == ("sign_in_stale", reset)


def test_a_password_changed_while_it_was_checked_opens_nothing(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = passwords.matches

    def matches_while_somebody_deactivates(stored: str, password: str) -> bool:
        with transaction() as session:
            session.get_one(User, user.id).is_active = False
        return really(stored, password)

    monkeypatch.setattr(passwords, "matches", matches_while_somebody_deactivates)
    assert refusal() == "bad_credentials"
    assert db.session.scalars(select(SignInSession)).all() == []


def test_signing_out_ends_this_session_only(user: User, frozen_clock: Any) -> None:
    here, there = enter(), enter()
    session_services.sign_out(here.token, actor=actor(user))
    assert still_open(here.token, there.token) == [False, True]
    assert log()[-1] == ("sign_out", "mai", {})


def test_the_other_sessions_can_be_ended(user: User) -> None:
    others = builders.a_user("viewer", username="other")
    here, there, everywhere = enter(), enter(), enter()
    theirs = enter(others.username)
    assert session_services.end_other_sessions(here.token, actor=actor(user)) == 2
    tokens = [each.token for each in (here, there, everywhere, theirs)]
    assert still_open(*tokens) == [True, False, False, True]
    assert log()[-1] == ("sign_out.others", "mai", {"sessions_ended": 2})


def test_a_new_password_replaces_the_old_one_and_ends_other_sessions(user: User) -> None:
    with transaction():
        user.must_change_password = True
    here, there = enter(), enter()
    services.change_password(PASSWORD, NEW, token=here.token, actor=actor(user))
    assert user.must_change_password is False
    assert still_open(here.token, there.token) == [True, False]
    assert refusal("mai", PASSWORD) == "bad_credentials"
    assert still_open(enter("mai", NEW).token) == [True]
    assert ("user.change_password", "mai", {"sessions_ended": 1}) in log()


@pytest.mark.parametrize(
    ("current", "new", "code"),
    [
        ("wrong", NEW, "wrong_password"),
        (PASSWORD, "short", "weak_password"),
        (PASSWORD, "mai" * 5, "weak_password"),
        (PASSWORD, PASSWORD, "same_password"),
    ],
)
def test_a_password_that_may_not_be_is_refused(
    user: User, current: str, new: str, code: str
) -> None:
    token, before = enter().token, user.password_hash
    with pytest.raises(RuleViolation) as caught:
        services.change_password(current, new, token=token, actor=actor(user))
    assert (caught.value.code, user.password_hash) == (code, before)


def test_guessing_the_current_password_locks_as_signing_in_does(user: User) -> None:
    token, codes = enter().token, []
    for _ in range(6):
        with pytest.raises(DomainError) as caught:
            services.change_password("guess", NEW, token=token, actor=actor(user))
        codes.append(caught.value.code)
    assert codes == ["wrong_password"] * 4 + ["sign_in_locked"] * 2
    told = [
        {"reason": "wrong_password", "failures": count, "wait_seconds": 60 if count == 5 else 0}
        for count in range(1, 6)
    ]
    refused = [entry for entry in log() if entry[0] == "user.check_refused"]
    assert refused == [
        ("user.check_refused", "mai", facts) for facts in [*told, {"reason": "must_wait"}]
    ]


def test_a_demonstration_account_keeps_its_public_password(app: Flask) -> None:
    user = builders.a_user("admin", username="demo", is_demo=True)
    token = enter("demo").token
    with pytest.raises(RuleViolation) as caught:
        services.change_password(PASSWORD, NEW, token=token, actor=actor(user))
    assert caught.value.code == "demo_password"


def test_a_language_is_saved_and_only_a_change_is_logged(user: User) -> None:
    for _ in range(2):
        services.set_language("en", actor=actor(user))
    assert (user.display_name, user.language) == ("Trần Thị Mai", "en")
    assert log() == [("user.edit", "mai", {"language": ["vi", "en"]})]


def test_the_command_line_has_no_account_of_its_own(app: Flask) -> None:
    with pytest.raises(NotFound):
        services.set_language("vi", actor=system_actor())


def test_a_wait_is_over_when_its_time_has_come(user: User, frozen_clock: Any) -> None:
    for _ in range(5):
        refusal("mai", "wrong")
    frozen_clock.advance(seconds=59)
    assert refusal() == "sign_in_locked"
    frozen_clock.move_to(frozen_clock.now + timedelta(seconds=1))
    assert still_open(enter().token) == [True]
