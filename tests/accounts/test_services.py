"""Managing accounts."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from congress_app.accounts import (
    demonstration,
    passwords,
    queries,
    services,
    session_queries,
    sessions,
    sign_in_services,
)
from congress_app.accounts.models import User
from congress_app.audit.models import Entry
from congress_app.database import db, transaction
from congress_app.kernel.errors import Conflict, DomainError, Forbidden, NotFound, RuleViolation
from congress_app.kernel.permissions import Actor, Role, system_actor
from tests import builders
from tests.builders import PASSWORD

SYSTEM = system_actor()


@pytest.fixture
def world(app: Flask) -> SimpleNamespace:
    """Two provinces, an administrator of everything and one of the first province."""
    root = builders.the_root()
    here, there = builders.a_unit("79", root), builders.a_unit("01", root)
    chief = builders.a_user("admin", root, username="chief")
    local = builders.a_user("admin", here, username="local")
    return SimpleNamespace(
        root=root,
        here=here,
        there=there,
        district=builders.a_unit("7901", here, kind="huyen"),
        chief=chief,
        chief_actor=queries.actor_of(chief, "10.0.0.1"),
        local=local,
        local_actor=queries.actor_of(local, "10.0.0.2"),
    )


def refused(act: Any) -> str:
    with pytest.raises(DomainError) as caught:
        act()
    return caught.value.code


def rights(user: User) -> list[tuple[str, str]]:
    return [(held.role, held.unit.code) for held in user.grants]


def last_entry() -> tuple[str, int | None, str | None, Any]:
    entry = db.session.scalars(select(Entry).order_by(Entry.id.desc())).first()
    return (entry.action, entry.subject_id, entry.unit_path, entry.changes)


def session_of(user: User) -> str:
    return sign_in_services.sign_in(user.username, builders.PASSWORD, address=None).token


def is_open(token: str) -> bool:
    return session_queries.signed_in(sessions.token_hash(token)) is not None


def test_a_new_account_gets_one_right_and_a_one_time_password(world: SimpleNamespace) -> None:
    made = services.create_user(
        " Nguyen.An ", "Nguyễn  Thị An", Role.REGISTRAR, world.here, actor=world.chief_actor
    )
    user = made.user
    assert (user.username, user.display_name) == ("nguyen.an", "Nguyễn Thị An")
    assert (user.must_change_password, user.is_active, user.is_demo) == (True, True, False)
    assert rights(user) == [("registrar", "79")]
    assert passwords.matches(user.password_hash, made.password)
    actions = db.session.scalars(select(Entry.action).order_by(Entry.id)).all()
    assert actions == ["user.create", "user.grant"]
    assert made.password not in str(db.session.scalars(select(Entry.changes)).all())
    fresh = sign_in_services.sign_in("nguyen.an", made.password, address=None)
    assert fresh.must_change_password is True


def test_an_account_without_a_name_is_called_as_it_signs_in(world: SimpleNamespace) -> None:
    made = services.create_user("nguyen.an", "", Role.VIEWER, world.root, actor=SYSTEM)
    assert made.user.display_name == "nguyen.an"


def test_a_demonstration_account_has_the_public_password_for_good(world: SimpleNamespace) -> None:
    made = services.create_user("demo", "Demo", Role.VIEWER, world.root, actor=SYSTEM, is_demo=True)
    assert made.password == demonstration.PASSWORD
    assert (made.user.is_demo, made.user.must_change_password) == (True, False)


@pytest.mark.parametrize(
    ("name", "error", "code"),
    [("nguyễn", RuleViolation, "bad_username"), ("CHIEF", Conflict, "username_taken")],
)
def test_a_name_that_cannot_be_used_makes_no_account(
    world: SimpleNamespace, name: str, error: type[DomainError], code: str
) -> None:
    with pytest.raises(error) as caught:
        services.create_user(name, "X", Role.VIEWER, world.here, actor=SYSTEM)
    assert caught.value.code == code
    assert db.session.scalar(select(func.count(User.id))) == 2


def test_an_account_beyond_reach_is_not_left_half_made(world: SimpleNamespace) -> None:
    def make(role: Role, unit: Any) -> Any:
        return lambda: services.create_user("new.one", "X", role, unit, actor=world.local_actor)

    assert refused(make(Role.VIEWER, world.there)) == "beyond_reach"
    assert refused(make(Role.ADMIN, world.district)) == "admin_by_root_only"
    assert queries.user_by_name("new.one") is None
    assert db.session.scalars(select(Entry)).all() == []


def test_a_right_is_granted_once_and_logged_with_its_unit(world: SimpleNamespace) -> None:
    user = builders.a_user("viewer", world.district)
    services.grant(user, Role.TELLER, world.here, actor=world.local_actor)
    assert rights(user) == [("viewer", "7901"), ("teller", "79")]
    facts = {"role": "teller", "unit": "79"}
    assert last_entry() == ("user.grant", user.id, world.here.path, facts)
    again = refused(lambda: services.grant(user, Role.TELLER, world.here, actor=SYSTEM))
    assert again == "already_granted"


def test_nothing_is_granted_for_a_unit_that_was_merged(world: SimpleNamespace) -> None:
    with transaction():
        world.district.merged_into_id = world.here.id
    user = builders.a_user()
    code = refused(lambda: services.grant(user, Role.VIEWER, world.district, actor=SYSTEM))
    assert (code, rights(user)) == ("unit_merged", [])


def test_a_right_is_taken_back_within_reach(world: SimpleNamespace) -> None:
    user = builders.a_user("viewer", world.district)
    services.grant(user, Role.VIEWER, world.there, actor=SYSTEM)
    ours, theirs = user.grants
    actor = world.local_actor
    assert refused(lambda: services.revoke(user, theirs.id, actor=actor)) == "beyond_reach"
    services.revoke(user, ours.id, actor=actor)
    assert rights(user) == [("viewer", "01")]
    facts = {"role": "viewer", "unit": "7901"}
    assert last_entry() == ("user.revoke", user.id, world.district.path, facts)


def test_a_grant_is_revoked_from_its_holder_only(world: SimpleNamespace) -> None:
    user = builders.a_user("viewer", world.here)
    with pytest.raises(NotFound):
        services.revoke(user, world.local.grants[0].id, actor=SYSTEM)
    assert rights(world.local) == [("admin", "79")]


def test_nobody_takes_his_own_last_admin_right(world: SimpleNamespace) -> None:
    own = world.chief.grants[0].id
    code = refused(lambda: services.revoke(world.chief, own, actor=world.chief_actor))
    assert (code, rights(world.chief)) == ("own_admin_right", [("admin", "VN")])
    second = builders.a_user("admin", world.root)
    services.revoke(world.chief, own, actor=queries.actor_of(second, None))
    assert rights(world.chief) == []


def test_a_closed_account_loses_its_sessions_at_once_and_keeps_its_rights(
    world: SimpleNamespace,
) -> None:
    user = builders.a_user("viewer", world.here)
    token = session_of(user)
    services.deactivate(user, actor=world.local_actor)
    assert (user.is_active, is_open(token), rights(user)) == (False, False, [("viewer", "79")])
    facts = {"is_active": [True, False]}
    assert last_entry() == ("user.deactivate", user.id, world.here.path, facts)
    services.activate(user, actor=world.local_actor)
    assert (user.is_active, is_open(token)) == (True, False)


def test_nobody_closes_his_own_account(world: SimpleNamespace) -> None:
    code = refused(lambda: services.deactivate(world.chief, actor=world.chief_actor))
    assert (code, world.chief.is_active) == ("own_account", True)


def test_a_reset_gives_a_new_one_time_password_and_ends_the_sessions(
    world: SimpleNamespace,
) -> None:
    user = builders.a_user("viewer", world.here)
    token = session_of(user)
    password = services.reset_password(user, actor=world.local_actor)
    assert user.must_change_password
    assert passwords.matches(user.password_hash, password)
    assert not is_open(token)
    assert last_entry() == ("user.reset_password", user.id, world.here.path, {})


def test_no_reset_for_oneself_nor_for_the_demonstration(world: SimpleNamespace) -> None:
    demo = builders.a_user("viewer", world.here, is_demo=True)
    for user in (demo, world.chief):
        before = user.password_hash
        code = refused(lambda user=user: services.reset_password(user, actor=world.chief_actor))
        assert (code, user.password_hash) == ("not_resettable", before)


def test_unlocking_spares_the_wait(world: SimpleNamespace) -> None:
    user = builders.a_user("viewer", world.here, username="mai")
    for _ in range(5):
        refused(lambda: sign_in_services.sign_in("mai", "wrong", address=None))
    assert list(queries.locks(["mai"])) == ["mai"]
    services.unlock(user, actor=world.local_actor)
    assert last_entry() == ("user.unlock", user.id, world.here.path, {"failures": 5})
    assert (queries.locks(["mai"]), is_open(session_of(user))) == ({}, True)
    services.unlock(user, actor=world.local_actor)
    assert last_entry()[3] == {"failures": 0}


@pytest.mark.parametrize("act", ["deactivate", "activate", "unlock", "reset_password"])
def test_whoever_has_a_right_elsewhere_is_out_of_reach(world: SimpleNamespace, act: str) -> None:
    user = builders.a_user("viewer", world.here)
    services.grant(user, Role.VIEWER, world.there, actor=SYSTEM)
    before = (user.is_active, user.password_hash)
    with pytest.raises(Forbidden):
        getattr(services, act)(user, actor=world.local_actor)
    assert (user.is_active, user.password_hash) == before


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_no_other_role_manages_accounts(world: SimpleNamespace, role: Role) -> None:
    mighty = builders.a_user(role, world.root)
    actor: Actor = queries.actor_of(mighty, None)
    user = builders.a_user("viewer", world.here)
    assert refused(lambda: services.deactivate(user, actor=actor)) == "beyond_reach"
    code = refused(lambda: services.grant(user, Role.VIEWER, world.there, actor=actor))
    assert code == "beyond_reach"


def test_the_shell_opens_the_last_administrators_way_in_again(
    app: Flask, frozen_clock: Any
) -> None:
    chief = builders.a_user("admin", username="quantri")
    builders.a_second_factor(chief)
    half = sign_in_services.sign_in("quantri", PASSWORD, address="10.0.0.1")
    sign_in_services.second_step(half, builders.a_code(), address="10.0.0.1")
    for _ in range(5):
        refused(lambda: sign_in_services.sign_in("quantri", "wrong", address="10.0.0.2"))
    frozen_clock.advance(days=46)
    services.lock_rested(actor=SYSTEM)
    for _ in range(5):
        refused(lambda: sign_in_services.sign_in("quantri", "wrong", address="10.0.0.2"))
    db.session.rollback()

    told = app.test_cli_runner().invoke(args=["accounts", "reset", "QuanTri", "--format", "json"])
    password = json.loads(told.stdout)["password"]
    assert (told.exit_code, json.loads(told.stdout)) == (
        0,
        {"username": "quantri", "password": password},
    )

    db.session.rollback()
    chief = db.session.get_one(User, chief.id, populate_existing=True)
    assert (chief.is_active, chief.idle_locked_at, chief.must_change_password) == (True, None, True)
    assert not queries.has_factor(chief.id)
    assert queries.open_sessions(chief) == []
    fresh = sign_in_services.sign_in("quantri", password, address="10.0.0.3")
    assert isinstance(fresh, sign_in_services.SignedIn)
    by_shell = select(Entry).where(Entry.actor_kind == "system", Entry.subject_id == chief.id)
    entries = db.session.scalars(by_shell.order_by(Entry.id)).all()
    assert [(entry.action, entry.actor_name, entry.changes) for entry in entries] == [
        ("user.idle_lock", "command line", {"is_active": [True, False]}),
        ("user.reset_password", "command line", {}),
        ("user.activate", "command line", {"is_active": [False, True]}),
        ("user.factor_reset", "command line", {"sessions_ended": 0}),
        ("user.unlock", "command line", {"failures": 5}),
    ]


def test_the_shell_resets_what_is_merely_forgotten_and_nothing_beside_it(
    app: Flask, frozen_clock: Any
) -> None:
    user = builders.a_user("admin", username="quantri")
    services.reset_way_in("quantri", actor=SYSTEM)
    told = db.session.scalars(select(Entry.action).order_by(Entry.id)).all()
    assert told == ["user.reset_password", "user.unlock"]
    builders.a_user("admin", username="demo", is_demo=True)
    assert refused(lambda: services.reset_way_in("demo", actor=SYSTEM)) == "not_resettable"
    assert refused(lambda: services.reset_way_in("quantry", actor=SYSTEM)) == "unknown_user"
    # Nobody who is signed in comes this way, whatever his rights.
    with pytest.raises(Forbidden):
        services.reset_way_in("quantri", actor=queries.actor_of(user, None))
