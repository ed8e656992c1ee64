"""Who needs a second factor, and from when on."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

OPTIONAL = "optional"
REQUIRED = "required"


class Standing(StrEnum):
    """How an account stands to the rule."""

    FREE = "free"  # nothing is asked of it, or it has its second factor
    SOON = "soon"  # it must have one by a day that is told
    OVERDUE = "overdue"  # it sees nothing but the page that sets one up


def is_asked(*, rule: str, privileged: bool, is_demo: bool) -> bool:
    """True when the rule asks this account for a second factor.

    Accounts of the demonstration share a public password and never have one.
    """
    return rule == REQUIRED and privileged and not is_demo


def standing(*, asked: bool, has_factor: bool, due_at: datetime | None, now: datetime) -> Standing:
    """How the account stands now; `due_at` is None until its first sign-in under the rule."""
    if not asked or has_factor:
        return Standing.FREE
    if due_at is None or now < due_at:
        return Standing.SOON
    return Standing.OVERDUE


def due_at(first: datetime, grace_days: int) -> datetime:
    """The end of the days of grace that begin with the first sign-in under the rule."""
    return first + timedelta(days=grace_days)
