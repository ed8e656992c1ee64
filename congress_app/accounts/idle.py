"""Accounts nobody uses are closed: 45 days (TCVN 14423:2026, level 2)."""

from __future__ import annotations

from datetime import datetime, timedelta

from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.sentences import N_, Sentence

LONGEST_REST = timedelta(days=45)


def last_use(
    created: datetime, last_sign_in: datetime | None, reopened: datetime | None
) -> datetime:
    """From when the days are counted: the last sign-in, opening or making of the account."""
    return max(at for at in (created, last_sign_in, reopened) if at is not None)


def rested_too_long(used: datetime, now: datetime) -> bool:
    """True when the account is to be closed."""
    return now - used > LONGEST_REST


def is_closed() -> RuleViolation:
    """What the owner is told, once his password has proved right."""
    return RuleViolation(
        "account_idle",
        Sentence(
            N_(
                "Tài khoản đã bị khóa vì {days} ngày không đăng nhập. "
                "Hãy đề nghị quản trị viên của đơn vị mở lại."
            ),
            days=LONGEST_REST.days,
        ),
    )
