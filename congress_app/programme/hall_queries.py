"""The last release and the acts of the day, as a hall's screen shows them."""

from __future__ import annotations

from datetime import datetime

from congress_app.programme import day_queries, hall_view, release_queries
from congress_app.programme.hall_view import HallView


def view_of(congress_id: int, at: datetime) -> HallView | None:
    """What is on in the hall; None without a release and outside of sessions."""
    released = release_queries.released(congress_id)
    if released is None:
        return None
    runs, minutes = day_queries.runs_and_minutes(congress_id)
    return hall_view.view(released.sessions, runs, minutes, at)
