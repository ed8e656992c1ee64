"""Grants hold for a unit and everything under it, and nothing else is allowed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from congress_app.kernel.permissions import (
    PRIVILEGED_ROLES,
    ROLE_LABELS,
    ROLE_PERMISSIONS,
    Actor,
    Grant,
    Permission,
    Role,
    system_actor,
)

PATHS = st.lists(st.integers(1, 12), max_size=5).map(
    lambda ids: "/" + "".join(f"{unit}/" for unit in ids)
)
GRANTS = st.builds(Grant, st.sampled_from(Role), PATHS)


def actor(*grants: Grant) -> Actor:
    return Actor("user", 1, "an", "Lê An", grants)


def below(path: str, top: str) -> bool:
    """Is the unit at the path the one at the top, or under it? Told by the ids alone."""
    ids, top_ids = path.split("/")[1:-1], top.split("/")[1:-1]
    return ids[: len(top_ids)] == top_ids


def test_every_role_has_permissions_and_a_label() -> None:
    assert set(ROLE_PERMISSIONS) == set(ROLE_LABELS) == set(Role)
    assert all(ROLE_PERMISSIONS.values())
    assert set(Role) > PRIVILEGED_ROLES


def test_permissions_stand_in_order_and_name_resource_and_action() -> None:
    values = [str(permission) for permission in Permission]
    assert values == sorted(values)
    assert all(len(value.split(":")) == 2 for value in values)


def test_only_the_administrator_manages_users_and_reads_the_log() -> None:
    for permission in (Permission.USER_MANAGE, Permission.AUDIT_READ):
        holders = {role for role in Role if permission in ROLE_PERMISSIONS[role]}
        assert holders == {Role.ADMIN}


def test_who_may_read_sensitive_columns() -> None:
    holders = {
        role for role in Role if Permission.DELEGATE_READ_SENSITIVE in ROLE_PERMISSIONS[role]
    }
    assert holders == {Role.ADMIN, Role.ORGANISER, Role.REGISTRAR}


@given(st.lists(GRANTS, max_size=4), st.sampled_from(Permission), PATHS)
def test_allowed_is_what_some_grant_gives_at_or_above(
    grants: list[Grant], permission: Permission, path: str
) -> None:
    expected = any(
        permission in ROLE_PERMISSIONS[grant.role] and below(path, grant.unit_path)
        for grant in grants
    )
    assert actor(*grants).can(permission, path) is expected


@given(st.sampled_from(Permission), PATHS)
def test_without_a_grant_nothing_is_allowed(permission: Permission, path: str) -> None:
    nobody = actor()
    assert not nobody.can(permission, path)
    assert not nobody.can_somewhere(permission)
    assert nobody.reach(permission, path) == ()


def test_numbers_that_begin_alike_are_other_units() -> None:
    registrar = actor(Grant(Role.REGISTRAR, "/1/5/"))
    assert registrar.can(Permission.DELEGATE_REGISTER, "/1/5/7/")
    assert not registrar.can(Permission.DELEGATE_REGISTER, "/1/50/")
    assert not registrar.can(Permission.DELEGATE_REGISTER, "/1/")


@given(st.lists(GRANTS, max_size=4), st.sampled_from(Permission), PATHS, PATHS)
def test_the_reach_is_exactly_what_is_allowed_below(
    grants: list[Grant], permission: Permission, top: str, path: str
) -> None:
    someone = actor(*grants)
    reach = someone.reach(permission, top)
    inside = path if below(path, top) else top
    assert someone.can(permission, inside) == any(below(inside, place) for place in reach)
    assert all(below(place, top) for place in reach)
    assert not any(one != two and below(one, two) for one in reach for two in reach)


@given(st.lists(GRANTS, max_size=4), st.sampled_from(Permission))
def test_somewhere_is_the_reach_of_the_whole_tree(
    grants: list[Grant], permission: Permission
) -> None:
    someone = actor(*grants)
    assert someone.can_somewhere(permission) == bool(someone.reach(permission, "/"))


@given(st.sampled_from(Permission), PATHS)
def test_commands_may_do_everything(permission: Permission, path: str) -> None:
    assert system_actor().can(permission, path)
    assert system_actor("import").name == "import"


def test_privilege_is_that_of_any_role() -> None:
    assert actor(Grant(Role.VIEWER, "/"), Grant(Role.TELLER, "/1/")).is_privileged
    assert not actor(Grant(Role.VIEWER, "/"), Grant(Role.SECRETARY, "/1/")).is_privileged


def test_whoever_reads_sensitive_columns_is_privileged() -> None:
    readers = {
        role for role in Role if Permission.DELEGATE_READ_SENSITIVE in ROLE_PERMISSIONS[role]
    }
    assert readers <= PRIVILEGED_ROLES
    assert set(Role) - PRIVILEGED_ROLES == {Role.SECRETARY, Role.CHECKIN, Role.VIEWER}
