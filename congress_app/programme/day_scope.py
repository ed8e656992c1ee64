"""What the live pages of the day share: the newest part of a page, and the server's time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Response, g, jsonify, request

from congress_app.kernel import clock
from congress_app.programme import day_queries

# Milliseconds of the server's clock, by which every screen corrects its own.
NOW_HEADER = "Server-Now"


def stamp(at: datetime) -> str:
    """Which state a page shows: it changes with every act and every minute."""
    return f"{day_queries.counter(g.congress.id)}.{int(at.timestamp()) // 60}"


def told(at: datetime, part: Callable[[], str]) -> Response:
    """JSON with the page's part, without it while the asker holds the newest; and the time."""
    body = {"stamp": stamp(at)}
    if request.args.get("seen") != body["stamp"]:
        body["html"] = part()
    response = jsonify(body)
    response.headers["Cache-Control"] = "no-store"
    response.headers[NOW_HEADER] = str(round(clock.now().timestamp() * 1000))
    return response
