"""Who may manage whose account."""

from __future__ import annotations

import pytest

from congress_app.accounts import authority
from congress_app.kernel.errors import Forbidden, RuleViolation
from congress_app.kernel.permissions import Actor, Grant, Role, system_actor

ROOT, PROVINCE, DISTRICT, OTHER = "/1/", "/1/5/", "/1/5/23/", "/1/6/"


def actor(*grants: Grant) -> Actor:
    return Actor("user", 7, "mai", "Mai", grants)


WHOLE = actor(Grant(Role.ADMIN, ROOT))
OF_PROVINCE = actor(Grant(Role.ADMIN, PROVINCE))
ORGANISER = actor(Grant(Role.ORGANISER, ROOT))


def test_the_root_is_told_by_its_path() -> None:
    assert [authority.is_root(path) for path in ("/", "/1/", "/12/", "/1/5/")] == [
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("who", "grants", "covered"),
    [
        (WHOLE, [Grant(Role.ADMIN, ROOT)], True),
        (WHOLE, [], True),
        (system_actor(), [Grant(Role.ADMIN, ROOT)], True),
        (OF_PROVINCE, [Grant(Role.VIEWER, DISTRICT), Grant(Role.ADMIN, PROVINCE)], True),
        (OF_PROVINCE, [Grant(Role.VIEWER, DISTRICT), Grant(Role.VIEWER, OTHER)], False),
        (OF_PROVINCE, [Grant(Role.VIEWER, ROOT)], False),
        (OF_PROVINCE, [], False),
        (ORGANISER, [Grant(Role.VIEWER, DISTRICT)], False),
    ],
)
def test_an_account_is_managed_by_whoever_covers_all_its_grants(
    who: Actor, grants: list[Grant], covered: bool
) -> None:
    assert authority.covers(who, grants) is covered
    if not covered:
        with pytest.raises(Forbidden):
            authority.check_covers(who, grants)


@pytest.mark.parametrize(
    ("who", "role", "path", "code"),
    [
        (WHOLE, Role.ADMIN, ROOT, None),
        (OF_PROVINCE, Role.REGISTRAR, DISTRICT, None),
        (OF_PROVINCE, Role.REGISTRAR, PROVINCE, None),
        (OF_PROVINCE, Role.REGISTRAR, OTHER, "beyond_reach"),
        (OF_PROVINCE, Role.REGISTRAR, ROOT, "beyond_reach"),
        (OF_PROVINCE, Role.ADMIN, DISTRICT, "admin_by_root_only"),
        (ORGANISER, Role.REGISTRAR, DISTRICT, "beyond_reach"),
    ],
)
def test_a_role_is_granted_within_ones_reach(
    who: Actor, role: Role, path: str, code: str | None
) -> None:
    refused = None
    try:
        authority.check_may_grant(who, role, path)
    except Forbidden as error:
        refused = error.code
    assert refused == code


def test_ones_own_admin_right_stays_unless_another_one_covers_it() -> None:
    whole, part = Grant(Role.ADMIN, ROOT), Grant(Role.ADMIN, PROVINCE)
    assert authority.may_revoke(WHOLE, part, [whole], own=True)
    assert not authority.may_revoke(WHOLE, whole, [part], own=True)
    assert not authority.may_revoke(WHOLE, whole, [], own=True)
    assert authority.may_revoke(WHOLE, whole, [], own=False)
    assert authority.may_revoke(WHOLE, Grant(Role.TELLER, PROVINCE), [], own=True)
    assert not authority.may_revoke(OF_PROVINCE, part, [], own=False)
    with pytest.raises(RuleViolation):
        authority.check_may_revoke(WHOLE, whole, [], own=True)
