"""The second factor: set up, proved once, lost, and taken away."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.accounts import (
    factor_queries,
    one_time_codes,
    passwords,
    queries,
    sign_in_services,
)
from congress_app.accounts import factor_services as services
from congress_app.accounts.models import RecoveryCode, SecondFactor, User
from congress_app.accounts.services import reset_way_in, unlock
from congress_app.accounts.sign_in_services import Halfway, SignedIn
from congress_app.audit.models import Entry
from congress_app.database import db, transaction
from congress_app.kernel.errors import DomainError, NotFound
from congress_app.kernel.permissions import Actor, system_actor
from tests import builders
from tests.builders import PASSWORD
from tests.builders.factors import SECRET


@pytest.fixture
def user(app: Flask, frozen_clock: Any) -> User:
    return builders.a_user("organiser", username="mai")


def actor(user: User) -> Actor:
    return queries.actor_of(user, "10.0.0.1")


def first_step(password: str = PASSWORD) -> Halfway:
    half = sign_in_services.sign_in("mai", password, address="10.0.0.1")
    assert isinstance(half, Halfway)
    return half


def second_step(half: Halfway, code: str) -> SignedIn:
    return sign_in_services.second_step(half, code, address="10.0.0.1")


def refusal(half: Halfway, code: str) -> str:
    with pytest.raises(DomainError) as caught:
        second_step(half, code)
    return caught.value.code


def actions() -> list[str]:
    return list(db.session.scalars(select(Entry.action).order_by(Entry.id)))


def set_up(user: User) -> list[str]:
    services.begin(actor=actor(user))
    secret = factor_queries.waiting_secret(user.id)
    assert secret is not None
    from_phone = one_time_codes.code_of(
        secret, one_time_codes.step_at(queries.factor_of(user.id).created_at)
    )
    return services.confirm(from_phone, PASSWORD, actor=actor(user))


def test_it_counts_once_a_first_code_was_typed(user: User) -> None:
    services.begin(actor=actor(user))
    assert isinstance(sign_in_services.sign_in("mai", PASSWORD, address=None), SignedIn)
    codes = set_up(user)
    assert len(codes) == 10
    assert first_step().user_id == user.id
    assert factor_queries.waiting_secret(user.id) is None
    assert "user.factor_on" in actions()


def test_neither_secret_nor_codes_lie_open_in_the_database(user: User) -> None:
    services.begin(actor=actor(user))
    secret = factor_queries.waiting_secret(user.id)
    stored = str(db.session.scalar(select(SecondFactor.sealed_secret)))
    assert one_time_codes.written(secret).replace(" ", "") not in stored
    codes = set_up(user)
    hashes = db.session.scalars(select(RecoveryCode.code_hash)).all()
    assert [text[:10] for text in hashes] == ["$argon2id$"] * 10
    assert not any(code in text for code in codes for text in hashes)


def test_a_wrong_password_or_code_sets_nothing_up(user: User) -> None:
    services.begin(actor=actor(user))
    for code, password, told in (("000000", PASSWORD, "bad_code"), ("1", "x", "wrong_password")):
        with pytest.raises(DomainError) as caught:
            services.confirm(code, password, actor=actor(user))
        assert caught.value.code == told
    assert not queries.has_factor(user.id)


def test_a_code_opens_once(user: User) -> None:
    builders.a_second_factor(user)
    code = builders.a_code()
    assert second_step(first_step(), code).user_id == user.id
    assert refusal(first_step(), code) == "bad_code"
    assert refusal(first_step(), builders.a_code(-1)) == "bad_code"
    assert second_step(first_step(), builders.a_code(1)).user_id == user.id


def test_a_code_that_comes_twice_at_the_same_moment_opens_once(user: User, app: Flask) -> None:
    builders.a_second_factor(user)
    half = first_step()
    # The clock is held in this thread only; each of the others lives now.
    code = one_time_codes.code_of(SECRET, one_time_codes.step_at(datetime.now(UTC)))

    def enter(_: int) -> bool:
        with app.app_context():
            try:
                second_step(half, code)
            except DomainError:
                return False
            finally:
                db.session.remove()
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(enter, range(4))) == 1


def test_five_wrong_codes_bring_a_wait_that_a_right_password_does_not_end(
    user: User, frozen_clock: Any
) -> None:
    builders.a_second_factor(user)
    told = [refusal(first_step(), "000000") for _ in range(6)]
    assert told == ["bad_code"] * 4 + ["sign_in_locked"] * 2
    assert refusal(first_step(), builders.a_code()) == "sign_in_locked"
    frozen_clock.advance(minutes=2)
    assert refusal(first_step(), "000000") == "sign_in_locked"
    frozen_clock.advance(minutes=3)
    assert second_step(first_step(), builders.a_code()).user_id == user.id


def test_a_recovery_code_opens_once_and_is_told_in_the_log(user: User) -> None:
    codes = set_up(user)
    assert second_step(first_step(), codes[3].upper()).user_id == user.id
    assert refusal(first_step(), codes[3]) == "bad_code"
    assert len(queries.unused_codes(user.id)) == 9
    entry = db.session.scalar(select(Entry).where(Entry.action == "sign_in.accepted"))
    assert entry.changes == {"second_step": "recovery_code"}


def test_new_recovery_codes_replace_the_old(user: User) -> None:
    old = set_up(user)
    new = services.renew_codes(PASSWORD, actor=actor(user))
    assert refusal(first_step(), old[0]) == "bad_code"
    assert second_step(first_step(), new[0]).user_id == user.id


def test_half_a_sign_in_dies_with_the_password(user: User) -> None:
    builders.a_second_factor(user)
    half = first_step()
    with transaction() as session:
        session.get(User, user.id).password_hash = user.password_hash + "x"
    assert refusal(half, builders.a_code()) == "sign_in_stale"


def test_an_administrator_takes_a_lost_one_away(user: User) -> None:
    builders.a_second_factor(user)
    fresh = second_step(first_step(), builders.a_code())
    services.reset(user, actor=system_actor())
    assert queries.factor_of(user.id) is None
    assert queries.unused_codes(user.id) == []
    assert queries.open_sessions(user) == []
    assert fresh.must_change_password is False
    assert db.session.get(User, user.id).must_change_password is True
    assert actions()[-1] == "user.factor_reset"
    with pytest.raises(NotFound):
        services.reset(user, actor=system_actor())


def test_whoever_lost_his_factor_sets_up_another_without_the_wait_of_the_old_ones_codes(
    user: User,
) -> None:
    for give_back in (services.reset, lambda lost, *, actor: reset_way_in("mai", actor=actor)):
        set_up(user)
        for _ in range(9):
            refusal(first_step(PASSWORD), "000000")
        give_back(user, actor=system_actor())
        with transaction() as session:
            session.get_one(User, user.id).password_hash = passwords.hashed(PASSWORD)
        assert len(set_up(user)) == 10
        services.reset(user, actor=system_actor())


def test_unlocking_forgives_wrong_codes_too(user: User) -> None:
    builders.a_second_factor(user)
    for _ in range(6):
        refusal(first_step(), "000000")
    unlock(user, actor=system_actor())
    assert second_step(first_step(), builders.a_code()).user_id == user.id


def test_nobody_resets_his_own_or_beyond_his_reach(user: User) -> None:
    builders.a_second_factor(user)
    chief = builders.a_user("admin")
    builders.a_second_factor(chief)
    local = builders.a_user("admin", builders.a_unit("79", builders.the_root()))
    for target, who, code in ((chief, chief, "own_factor"), (user, local, "beyond_reach")):
        with pytest.raises(DomainError) as caught:
            services.reset(target, actor=actor(who))
        assert caught.value.code == code
        assert queries.has_factor(target.id)


def test_a_short_password_needs_the_second_factor(user: User, frozen_clock: Any) -> None:
    builders.a_second_factor(user)
    fresh = second_step(first_step(), builders.a_code())
    short = "mưa rào 7"
    sign_in_services.change_password(PASSWORD, short, token=fresh.token, actor=actor(user))
    with pytest.raises(DomainError) as caught:
        services.remove(short, actor=actor(user))
    assert caught.value.code == "short_without_factor"
    assert queries.has_factor(user.id)


def test_with_a_long_password_one_can_do_without_it_again(user: User) -> None:
    builders.a_second_factor(user)
    services.remove(PASSWORD, actor=actor(user))
    assert isinstance(sign_in_services.sign_in("mai", PASSWORD, address=None), SignedIn)
    assert "user.factor_off" in actions()


def test_accounts_of_the_demonstration_have_none(user: User) -> None:
    demo = builders.a_user("admin", is_demo=True)
    with pytest.raises(DomainError) as caught:
        services.begin(actor=actor(demo))
    assert caught.value.code == "demo_factor"


def test_with_another_server_key_no_code_is_right(user: User, app: Flask) -> None:
    builders.a_second_factor(user)
    half = first_step()
    app.config["SECRET_KEY"] = "another key that is long enough"
    assert refusal(half, builders.a_code()) == "bad_code"


def test_the_rule_asks_privileged_roles_and_gives_them_days(
    user: User, app: Flask, frozen_clock: Any
) -> None:
    app.config.update(SECOND_FACTOR="required", SECOND_FACTOR_GRACE_DAYS=7)
    begun = frozen_clock.now
    for name, due in (("mai", begun + timedelta(days=7)), ("lan", None), ("demo", None)):
        if name != "mai":
            role = "viewer" if name == "lan" else "admin"
            builders.a_user(role, username=name, is_demo=name == "demo")
        fresh = sign_in_services.sign_in(name, PASSWORD, address=None)
        assert isinstance(fresh, SignedIn)
        assert fresh.factor_due_at == due
    frozen_clock.advance(days=3)
    again = sign_in_services.sign_in("mai", PASSWORD, address=None)
    assert isinstance(again, SignedIn)
    assert again.factor_due_at == begun + timedelta(days=7)


def due_at_sign_in() -> datetime | None:
    fresh = sign_in_services.sign_in("mai", PASSWORD, address=None)
    assert isinstance(fresh, SignedIn)
    return fresh.factor_due_at


def test_the_days_of_grace_are_given_once(user: User, app: Flask, frozen_clock: Any) -> None:
    """Turning the factor on and off in time, again and again, was a way without one."""
    app.config.update(SECOND_FACTOR="required", SECOND_FACTOR_GRACE_DAYS=7)
    assert due_at_sign_in() == frozen_clock.now + timedelta(days=7)
    frozen_clock.advance(days=6)
    set_up(user)
    services.remove(PASSWORD, actor=actor(user))
    off = frozen_clock.now
    frozen_clock.advance(days=1)
    assert due_at_sign_in() == off
    builders.a_second_factor(user)
    frozen_clock.advance(hours=2)
    services.reset(user, actor=system_actor())
    assert due_at_sign_in() == frozen_clock.now


def test_whoever_had_a_factor_before_the_rule_gets_no_days_either(
    user: User, app: Flask, frozen_clock: Any
) -> None:
    set_up(user)
    app.config.update(SECOND_FACTOR="required", SECOND_FACTOR_GRACE_DAYS=7)
    services.remove(PASSWORD, actor=actor(user))
    assert due_at_sign_in() == frozen_clock.now
