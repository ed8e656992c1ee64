"""Who may manage whose account: within one's own reach, and never one's own last right.

An administrator of a province manages the accounts whose every grant lies in his
province. Whoever could reset the password of somebody with more rights would have those
rights, so a single grant outside is enough to refuse. The administrator role itself is
given and taken by administrators of the whole system only.
"""

from __future__ import annotations

from collections.abc import Sequence

from congress_app.kernel.errors import DomainError, Forbidden, RuleViolation
from congress_app.kernel.permissions import Actor, Grant, Permission, Role
from congress_app.kernel.sentences import N_, Sentence

_MANAGE = Permission.USER_MANAGE


def is_root(unit_path: str) -> bool:
    """True for "/" and for the path of the tree's root, such as "/1/"."""
    return unit_path.count("/") <= 2


def manages_all(actor: Actor) -> bool:
    """True for an administrator of the whole system."""
    return actor.holds_at_root(_MANAGE)


def covers(actor: Actor, grants: Sequence[Grant]) -> bool:
    """May the actor manage the account that holds these grants?

    An account without any grant belongs to nobody's part of the tree: only an
    administrator of the whole system manages it.
    """
    if manages_all(actor):
        return True
    return bool(grants) and all(actor.can(_MANAGE, grant.unit_path) for grant in grants)


def check_covers(actor: Actor, grants: Sequence[Grant]) -> None:
    """Refuse (403) unless `covers`."""
    if not covers(actor, grants):
        raise Forbidden(
            "beyond_reach",
            Sentence(
                N_(
                    "Tài khoản này còn quyền ở đơn vị ngoài phạm vi của bạn. "
                    "Hãy đề nghị quản trị viên cấp ngành thực hiện."
                )
            ),
        )


def check_may_grant(actor: Actor, role: Role, unit_path: str) -> None:
    """Refuse (403) to give or take `role` for the unit unless the actor may."""
    if not actor.can(_MANAGE, unit_path):
        raise Forbidden(
            "beyond_reach",
            Sentence(
                N_("Đơn vị này ngoài phạm vi của bạn. Hãy chọn đơn vị trong phạm vi được giao.")
            ),
        )
    if role == Role.ADMIN and not manages_all(actor):
        raise Forbidden(
            "admin_by_root_only",
            Sentence(N_("Chỉ quản trị viên cấp ngành được cấp hoặc thu quyền quản trị.")),
        )


def check_may_revoke(actor: Actor, target: Grant, others: Sequence[Grant], *, own: bool) -> None:
    """Refuse to take `target` from the holder of `others` besides.

    Nobody takes his own administrator right unless another one of his covers the same
    units: the last administrator could not undo it.
    """
    check_may_grant(actor, target.role, target.unit_path)
    kept = any(
        grant.role == Role.ADMIN and target.unit_path.startswith(grant.unit_path)
        for grant in others
    )
    if own and target.role == Role.ADMIN and not kept:
        raise RuleViolation(
            "own_admin_right",
            Sentence(
                N_(
                    "Bạn không thể tự thu quyền quản trị của mình. "
                    "Hãy nhờ một quản trị viên khác thực hiện."
                )
            ),
        )


def may_revoke(actor: Actor, target: Grant, others: Sequence[Grant], *, own: bool) -> bool:
    """True when `check_may_revoke` would let it pass."""
    try:
        check_may_revoke(actor, target, others, own=own)
    except DomainError:
        return False
    return True
