"""Who was not looked at this quarter."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from congress_app.exemplars.reviews import due_since, is_due

ENTERED = datetime(2023, 2, 1, tzinfo=UTC)


def test_the_quarter_begins_at_midnight_of_the_venue() -> None:
    assert due_since(date(2023, 5, 9)) == datetime(2023, 3, 31, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("reviewed", "due"),
    [
        (None, True),
        (datetime(2023, 3, 31, 16, 59, tzinfo=UTC), True),
        (datetime(2023, 3, 31, 17, 0, tzinfo=UTC), False),
    ],
)
def test_a_review_of_this_quarter_counts(reviewed: datetime | None, due: bool) -> None:
    assert is_due(reviewed, ENTERED, date(2023, 6, 30)) is due


def test_who_was_entered_this_quarter_is_not_due_yet() -> None:
    assert is_due(None, ENTERED, date(2023, 3, 31)) is False
