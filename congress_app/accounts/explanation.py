"""Why somebody may, or may not, do something for a unit: every grant he holds, judged. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from congress_app.kernel.permissions import ROLE_PERMISSIONS, Actor, Grant, Permission, Role


@dataclass(frozen=True)
class Judged:
    """One grant: does its role hold the permission, and does it reach the unit?"""

    grant: Grant
    has_permission: bool
    covers_unit: bool

    @property
    def gives(self) -> bool:
        """True when this grant alone is enough."""
        return self.has_permission and self.covers_unit


@dataclass(frozen=True)
class Explanation:
    """The answer and what it rests on.

    `seen_as` is what the refused one sees: 404 hides things of units he has no part in.
    `holders` are the roles that would allow it.
    """

    allowed: bool
    judged: tuple[Judged, ...]
    seen_as: int
    holders: tuple[Role, ...]


def explain(actor: Actor, permission: Permission, unit_path: str) -> Explanation:
    """Ask each grant of the actor for the permission at the unit's path."""
    judged = tuple(
        Judged(grant, grant.gives(permission), unit_path.startswith(grant.unit_path))
        for grant in actor.grants
    )
    allowed = any(one.gives for one in judged)
    has_part = any(
        actor.reach(other, unit_path) for other in Permission if other != Permission.SELF
    )
    seen_as = 200 if allowed else 403 if has_part else 404
    holders = tuple(role for role in Role if permission in ROLE_PERMISSIONS[role])
    return Explanation(allowed, judged, seen_as, holders)
