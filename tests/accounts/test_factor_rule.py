"""Who needs a second factor, and from when on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from congress_app.accounts.factor_rule import Standing, due_at, is_asked, standing

NOW = datetime(2026, 1, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rule", "privileged", "is_demo", "asked"),
    [
        ("required", True, False, True),
        ("required", False, False, False),
        ("required", True, True, False),
        ("optional", True, False, False),
    ],
)
def test_privileged_accounts_are_asked_and_the_demonstration_never(
    rule: str, privileged: bool, is_demo: bool, asked: bool
) -> None:
    assert is_asked(rule=rule, privileged=privileged, is_demo=is_demo) is asked


@pytest.mark.parametrize(
    ("asked", "has_factor", "due", "result"),
    [
        (False, False, NOW - timedelta(days=1), Standing.FREE),
        (True, True, NOW - timedelta(days=1), Standing.FREE),
        (True, False, None, Standing.SOON),
        (True, False, NOW + timedelta(seconds=1), Standing.SOON),
        (True, False, NOW, Standing.OVERDUE),
    ],
)
def test_the_days_of_grace_end(
    asked: bool, has_factor: bool, due: datetime | None, result: Standing
) -> None:
    assert standing(asked=asked, has_factor=has_factor, due_at=due, now=NOW) is result


def test_the_days_begin_with_the_first_sign_in() -> None:
    assert due_at(NOW, 7) == datetime(2026, 1, 12, tzinfo=UTC)
