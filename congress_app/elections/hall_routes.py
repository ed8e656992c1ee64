"""The result of a vote on the hall's screen, once it was released there."""

from __future__ import annotations

from datetime import datetime, timedelta

from congress_app.elections import queries
from congress_app.web.fragments import fragment

# A result makes room by itself for what follows.
SHOWN = timedelta(hours=2)
# Names legible from the last row; of more, the first are shown and the rest are counted.
MOST_NAMES = 24


def result_panel(congress_id: int, at: datetime) -> str | None:
    """The newest released result; None without one and two hours after its release."""
    result = queries.released_result(congress_id, at - SHOWN)
    if result is None:
        return None
    return fragment(
        "elections/_hall_result.html",
        result=result,
        lines=result.outcome.ranking[:MOST_NAMES],
        unlisted=max(len(result.outcome.ranking) - MOST_NAMES, 0),
    )
