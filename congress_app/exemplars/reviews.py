"""Which exemplars were not looked at this quarter.

Letter 2368/BHXH-TĐKT of 2017 asks for a review every quarter. A move from stage to stage
is one, and so is the mark "reviewed"; who was entered this quarter is not due yet.
"""

from __future__ import annotations

from datetime import date, datetime, time

from congress_app.exemplars.movements import quarter_of
from congress_app.kernel import clock


def due_since(today: date) -> datetime:
    """The instant this quarter began at the venue: whoever was looked at before is due."""
    return clock.from_venue(datetime.combine(quarter_of(today).first_day, time.min))


def is_due(reviewed_at: datetime | None, created_at: datetime, today: date) -> bool:
    """True when nobody has looked since the quarter began."""
    return (reviewed_at or created_at) < due_since(today)
