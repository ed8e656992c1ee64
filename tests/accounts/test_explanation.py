"""Why somebody may, or may not."""

from __future__ import annotations

from congress_app.accounts.explanation import Explanation, Judged, explain
from congress_app.kernel.permissions import Actor, Grant, Permission, Role

HERE = Grant(Role.REGISTRAR, "/1/2/")
ELSEWHERE = Grant(Role.ADMIN, "/1/3/")


def asked(permission: Permission, path: str, *grants: Grant) -> Explanation:
    return explain(Actor("user", 1, "a", "A", grants), permission, path)


def test_each_grant_is_judged_for_role_and_place() -> None:
    found = asked(Permission.QUOTA_APPROVE, "/1/2/5/", HERE, ELSEWHERE)
    assert found == Explanation(
        allowed=False,
        judged=(Judged(HERE, False, True), Judged(ELSEWHERE, True, False)),
        seen_as=403,
        holders=(Role.ADMIN, Role.ORGANISER),
    )


def test_one_grant_that_gives_both_is_enough() -> None:
    found = asked(Permission.DELEGATE_REGISTER, "/1/2/", HERE, ELSEWHERE)
    assert (found.allowed, found.seen_as) == (True, 200)


def test_whoever_has_no_part_is_shown_nothing() -> None:
    assert asked(Permission.QUOTA_READ, "/1/4/", HERE, ELSEWHERE).seen_as == 404
    assert asked(Permission.QUOTA_READ, "/1/4/").seen_as == 404
    assert asked(Permission.SELF, "/1/4/", HERE).seen_as == 404
