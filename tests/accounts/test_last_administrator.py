"""Administrators who take each other's rights at the same moment: one of them stays.

Real threads with connections of their own. The control judges by the rights the gate had
read, as it would be without the lock, and shows the race.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from congress_app.accounts import authority, factor_services, queries, services, session_services
from congress_app.accounts.models import User, UserGrant
from congress_app.database import db, transaction
from congress_app.kernel.errors import DomainError
from congress_app.kernel.permissions import Actor, Role, system_actor
from congress_app.units.models import Unit
from tests import builders

Act = Callable[[User, Actor], object]


@pytest.fixture
def pair(app: Flask) -> list[int]:
    """The only two administrators of the whole system."""
    root = builders.the_root()
    return [builders.a_user("admin", root, username=name).id for name in ("lan", "minh")]


def against_each_other(app: Flask, pair: list[int], act: Act) -> list[str]:
    """Each does it to the other by the rights the gate read before; what became of both."""
    actors = {one: queries.actor_of(db.session.get_one(User, one), None) for one in pair}
    db.session.remove()
    barrier, ends = threading.Barrier(2), {}

    def run(mine: int, other: int) -> None:
        with app.app_context():
            user = db.session.get_one(User, other)
            barrier.wait(timeout=10)
            try:
                act(user, actors[mine])
                ends[mine] = "done"
            except DomainError as error:
                ends[mine] = error.code
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=both) for both in (pair, pair[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(ends.values())


def administrators() -> int:
    found = db.session.scalars(select(User).where(User.is_active)).all()
    return sum(authority.manages_all(queries.actor_of(one, None)) for one in found)


def revoke(user: User, actor: Actor) -> None:
    services.revoke(user, user.grants[0].id, actor=actor)


def deactivate(user: User, actor: Actor) -> None:
    services.deactivate(user, actor=actor)


def revoke_then_close(user: User, actor: Actor) -> None:
    """One takes the right, the other closes the account: two ways to the same end."""
    (revoke if user.username == "lan" else deactivate)(user, actor)


@pytest.mark.parametrize("act", [revoke, deactivate, revoke_then_close])
def test_of_two_who_take_each_others_rights_one_stays(
    app: Flask, pair: list[int], act: Act
) -> None:
    ends = against_each_other(app, pair, act)
    assert ends in (["beyond_reach", "done"], ["done", "rights_gone"])
    assert administrators() == 1


def test_by_the_rights_of_the_gate_both_would_be_done(app: Flask, pair: list[int]) -> None:
    """The control: judge by what was read before, write in another transaction."""
    both_judged = threading.Barrier(2)

    def unlocked(user: User, actor: Actor) -> None:
        (target,) = queries.grants_of(user)
        authority.check_may_revoke(actor, target, (), own=False)
        user_id = user.id
        db.session.rollback()
        both_judged.wait(timeout=10)
        with transaction() as session:
            session.execute(delete(UserGrant).where(UserGrant.user_id == user_id))

    assert against_each_other(app, pair, unlocked) == ["done", "done"]
    assert administrators() == 0


def late_acts() -> dict[str, Callable[[User, Unit, Actor], Any]]:
    """Everything an administrator does to an account."""
    return {
        "create": lambda _user, unit, actor: services.create_user(
            "new.one", "X", Role.ADMIN, unit, actor=actor
        ),
        "grant": lambda user, unit, actor: services.grant(user, Role.ADMIN, unit, actor=actor),
        "revoke": lambda user, _unit, actor: revoke(user, actor),
        "rename": lambda user, _unit, actor: services.rename(user, "X", actor=actor),
        "deactivate": lambda user, _unit, actor: deactivate(user, actor),
        "activate": lambda user, _unit, actor: services.activate(user, actor=actor),
        "unlock": lambda user, _unit, actor: services.unlock(user, actor=actor),
        "password": lambda user, _unit, actor: services.reset_password(user, actor=actor),
        "factor": lambda user, _unit, actor: factor_services.reset(user, actor=actor),
        "sessions": lambda user, _unit, actor: session_services.end_all(user, actor=actor),
        "session": lambda user, _unit, actor: session_services.end_one(user, 1, actor=actor),
    }


@pytest.mark.parametrize("act", late_acts())
@pytest.mark.parametrize("lost", ["right", "account"])
def test_whoever_lost_his_right_meanwhile_does_nothing_more(
    app: Flask, pair: list[int], act: str, lost: str
) -> None:
    chief, other = (db.session.get_one(User, one) for one in pair)
    late = queries.actor_of(chief, "10.0.0.1")
    if lost == "right":
        revoke(chief, system_actor())
    else:
        deactivate(chief, system_actor())
    before = (other.is_active, other.password_hash, other.display_name, len(other.grants))
    with pytest.raises(DomainError) as caught:
        late_acts()[act](other, builders.the_root(), late)
    assert caught.value.code == ("beyond_reach" if lost == "right" else "rights_gone")
    db.session.rollback()
    after = (other.is_active, other.password_hash, other.display_name, len(other.grants))
    assert (after, queries.user_by_name("new.one")) == (before, None)
