"""When nothing goes on in the hall, so that its screen may rest. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from congress_app.checkin.doors import Doors

# People who set up the screen before the doors open shall see that it counts.
BEFORE = timedelta(hours=3)


def is_quiet(doors: Sequence[Doors], at: datetime) -> bool:
    """True when no door is open and none opens soon."""
    return not any(each.opens - BEFORE <= at < each.closes for each in doors)
