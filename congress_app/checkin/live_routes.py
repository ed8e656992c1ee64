"""What every live page's answer goes through: made once for all who ask, told once to each."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path

from flask import Response, current_app, make_response, request
from flask_babel import get_locale

from congress_app.checkin import board_queries, live
from congress_app.checkin.board_queries import Board
from congress_app.checkin.latest import Latest
from congress_app.checkin.live import Told
from congress_app.checkin.shelf import FOLDER, Shelf
from congress_app.kernel import clock
from congress_app.kernel.crowd import Crowd
from congress_app.programme.day_scope import NOW_HEADER
from congress_app.web.responses import ask_again

# A screen asks again after so long, and in a crowd after no longer than that.
SCREEN_SECONDS = (2.0, 5.0)


def once(question: tuple[Hashable, ...], counter: int, make: Callable[[], Told]) -> Told:
    """What is told to everybody who asks this, made once a change and half minute.

    Under load it rests for up to five seconds, see `Latest`.
    """
    store: Latest[Told] | None = current_app.extensions.get("live_answers")
    if store is None:
        store = current_app.extensions.setdefault("live_answers", _answers())
    stamp = (counter, live.beat(clock.now()))
    return store.answer((*question, str(get_locale())), stamp, make)


def _answers() -> Latest[Told]:
    folder = Path(current_app.instance_path) / FOLDER
    beside = Shelf(folder) if current_app.config["LIVE_SHELF"] else None
    crowd: Crowd = current_app.extensions["crowd"]
    factor = current_app.config["LIVE_REST_FACTOR"]
    return Latest(factor, beside=beside, waiting=lambda: crowd.waiting)


def counted(congress_id: int, session_id: int | None, counter: int) -> Board:
    """The figures behind board, hall screen and devices, counted once for all of them."""
    store: Latest[Board] = current_app.extensions.setdefault("live_counts", Latest(exact=True))
    stamp = (counter, live.beat(clock.now()))

    def make() -> Board:
        return board_queries.board(congress_id, session_id)

    return store.answer((congress_id, session_id), stamp, make)


def sent(told: Told, counter: int) -> Response:
    """The answer to somebody who may hold it, or a newer one, already."""
    held = request.if_none_match.as_set(include_weak=True)
    known = live.known(told, held, counter)
    response = make_response(b"" if known else told.body, 304 if known else 200)
    response.mimetype = "application/json"
    response.set_etag(known or told.etag)
    response.headers["Cache-Control"] = "no-cache"
    # By it a screen measures how far its own clock is off, for the countdown.
    response.headers[NOW_HEADER] = str(round(clock.now().timestamp() * 1000))
    return ask_again(response, *SCREEN_SECONDS)
