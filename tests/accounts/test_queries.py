"""Who is found, by whom."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from congress_app.accounts import queries, throttle
from congress_app.accounts.models import SignInFailures, SignInSession
from congress_app.accounts.queries import UserFilter
from congress_app.database import transaction
from congress_app.kernel import clock
from congress_app.kernel.permissions import Actor, Grant, Role
from tests import builders

WHOLE = ("/",)


@pytest.fixture
def tree(app: Flask) -> SimpleNamespace:
    """Two provinces, a district, and one person in each."""
    root = builders.the_root()
    hanoi = builders.a_unit("01", root, name="BHXH thành phố Hà Nội")
    saigon = builders.a_unit("79", root, name="BHXH Thành phố Hồ Chí Minh")
    district = builders.a_unit("7901", saigon, kind="huyen", name="BHXH Quận 1")
    return SimpleNamespace(
        root=root,
        hanoi=hanoi,
        saigon=saigon,
        district=district,
        an=builders.a_user("viewer", hanoi, username="an.hn", display_name="Đỗ Thị An"),
        binh=builders.a_user("teller", saigon, username="binh", display_name="Lê Văn Bình"),
        chau=builders.a_user("registrar", district, username="chau", display_name="Phạm Châu"),
        nobody=builders.a_user(username="nobody", display_name="Vũ Không"),
    )


def names(
    wanted: UserFilter | None = None, within: tuple[str, ...] = WHOLE, **page: int
) -> list[str]:
    window = {"offset": 0, "limit": 50} | page
    rows, _total = queries.users(wanted or UserFilter(), within=within, **window)
    return [user.username for user in rows]


def test_a_user_becomes_an_actor_with_all_his_grants(tree: SimpleNamespace) -> None:
    assert queries.actor_of(tree.an, "10.0.0.1") == Actor(
        kind="user",
        id=tree.an.id,
        name="an.hn",
        display_name="Đỗ Thị An",
        grants=(Grant(Role.VIEWER, tree.hanoi.path),),
        address="10.0.0.1",
    )
    assert queries.home_path(tree.an) == tree.hanoi.path
    assert queries.home_path(tree.nobody) is None


def test_the_list_goes_by_given_name_and_by_what_is_asked(tree: SimpleNamespace) -> None:
    with transaction():
        tree.chau.last_sign_in_at = clock.now()
    assert names() == ["an.hn", "binh", "chau", "nobody"]
    assert names(UserFilter(sort="username")) == ["an.hn", "binh", "chau", "nobody"]
    assert names(UserFilter(sort="last"))[0] == "chau"
    assert names(UserFilter(sort="password_hash")) == names()


def test_the_list_shows_who_holds_a_grant_within_reach(tree: SimpleNamespace) -> None:
    assert names(within=(tree.root.path,)) == ["an.hn", "binh", "chau", "nobody"]
    assert names(within=(tree.saigon.path,)) == ["binh", "chau"]
    assert names(within=(tree.hanoi.path, tree.district.path)) == ["an.hn", "chau"]
    assert names(within=()) == []


def test_one_account_is_visible_as_in_the_list(tree: SimpleNamespace) -> None:
    within = (tree.saigon.path,)
    assert queries.visible_user(tree.chau.id, within=within) is tree.chau
    assert queries.visible_user(tree.an.id, within=within) is None
    assert queries.visible_user(tree.nobody.id, within=within) is None
    assert queries.visible_user(tree.nobody.id, within=(tree.root.path,)) is tree.nobody


def test_the_list_is_narrowed_by_text_role_and_state(tree: SimpleNamespace) -> None:
    with transaction():
        tree.binh.is_active = False
        tree.chau.must_change_password = True
    assert names(UserFilter(text="do thi an")) == ["an.hn"]
    assert names(UserFilter(text="ĐỖ THỊ ÁN")) == ["an.hn"]
    assert names(UserFilter(text="quan 1")) == ["chau"]
    assert names(UserFilter(text="an.h")) == ["an.hn"]
    assert names(UserFilter(text="%")) == []
    assert names(UserFilter(role="teller")) == ["binh"]
    assert names(UserFilter(role="king\x00")) == names()
    assert names(UserFilter(state="inactive")) == ["binh"]
    assert names(UserFilter(state="active")) == ["an.hn", "chau", "nobody"]
    assert names(UserFilter(state="waiting")) == ["chau"]
    assert names(UserFilter(role="teller", state="active")) == []


def test_a_page_knows_the_whole_number(tree: SimpleNamespace) -> None:
    rows, total = queries.users(UserFilter(), within=WHOLE, offset=2, limit=1)
    assert ([user.username for user in rows], total) == (["chau"], 4)


def test_the_number_of_statements_does_not_grow(tree: SimpleNamespace, count_queries: Any) -> None:
    def statements(limit: int) -> int:
        with count_queries() as seen:
            rows, _total = queries.users(UserFilter(), within=WHOLE, offset=0, limit=limit)
            assert len([held.unit.name for user in rows for held in user.grants]) == limit
        return len(seen)

    assert (statements(1), statements(3)) == (3, 3)


def test_only_locks_that_still_hold_are_reported(tree: SimpleNamespace, frozen_clock: Any) -> None:
    now = frozen_clock.now
    with transaction() as session:
        for name, until in (("binh", now + timedelta(minutes=2)), ("chau", now), ("x", None)):
            key = throttle.name_key(name)
            session.add(SignInFailures(key=key, count=5, last_at=now, locked_until=until))
    assert queries.locks(["an.hn", "binh", "chau", "x"]) == {"binh": now + timedelta(minutes=2)}
    assert queries.locks([]) == {}


def test_demonstration_accounts_are_named_while_they_can_enter(tree: SimpleNamespace) -> None:
    assert (queries.has_demo_accounts(), list(queries.demo_accounts())) == (False, [])
    first = builders.a_user("admin", is_demo=True)
    second = builders.a_user("viewer", is_demo=True)
    builders.a_user("teller", is_demo=True, is_active=False)
    assert queries.has_demo_accounts()
    assert list(queries.demo_accounts()) == [first, second]


def test_open_sessions_are_those_that_can_still_be_used(
    tree: SimpleNamespace, frozen_clock: Any
) -> None:
    now = frozen_clock.now
    # Begun and last noted in use so long ago, and ended; a privileged role rests 15 minutes.
    rows = {
        "a": (timedelta(hours=13), timedelta(0), None),
        "b": (timedelta(hours=11), timedelta(minutes=19), None),
        "c": (timedelta(hours=11), timedelta(minutes=21), None),
        "d": (timedelta(0), timedelta(0), now),
    }
    chief = builders.a_user("admin")
    with transaction() as session:
        for letter, (age, rest, ended) in rows.items():
            times = {"created_at": now - age, "last_seen_at": now - rest, "ended_at": ended}
            session.add(SignInSession(user_id=chief.id, token_hash=letter * 64, **times))
    assert [row.token_hash[0] for row in queries.open_sessions(chief)] == ["b"]
    assert queries.open_sessions(tree.binh) == []
