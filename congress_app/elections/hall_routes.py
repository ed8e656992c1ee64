"""The result of a vote on the hall's screen, once it was released there."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import render_template

from congress_app.elections import queries

# A result makes room by itself for what follows.
SHOWN = timedelta(hours=2)
# Names legible from the last row; of more, the first are shown and the rest are counted.
MOST_NAMES = 24


def result_panel(congress_id: int, at: datetime) -> str | None:
    """The newest released result; None without one and two hours after its release."""
    result = queries.released_result(congress_id)
    if result is None or at - result.released_at > SHOWN:
        return None
    return render_template(
        "elections/_hall_result.html",
        result=result,
        lines=result.outcome.ranking[:MOST_NAMES],
        unlisted=max(len(result.outcome.ranking) - MOST_NAMES, 0),
    )
