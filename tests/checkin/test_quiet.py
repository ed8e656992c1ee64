"""When the hall's screen may rest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from congress_app.checkin.doors import Doors
from congress_app.checkin.quiet import is_quiet

OPENS = datetime(2020, 6, 15, 1, 0, tzinfo=UTC)
DOORS = [Doors(1, OPENS, OPENS + timedelta(hours=4))]


@pytest.mark.parametrize(
    ("hours", "quiet"), [(-4, True), (-3, False), (0, False), (3.9, False), (4, True)]
)
def test_it_rests_outside_of_the_day(hours: float, quiet: bool) -> None:
    assert is_quiet(DOORS, OPENS + timedelta(hours=hours)) is quiet


def test_without_sessions_it_rests() -> None:
    assert is_quiet([], OPENS)
