"""How often an address that is open to everybody may be asked, as data, and the gate that counts.

Three things are counted, each where it belongs:

- *Misses*, links whose secret is wrong, for each network address, in the database, so that all
  processes and hosts count together. They bring a growing wait, and the wait refuses further
  misses only: a right link is answered whatever its neighbours do. Five hundred phones
  behind one office address are let in while one of them tries wrong links.
- *Requests*, for each link, or for each network address where there is no link, in the
  memory of each process. This does not guard a secret but the machine's time, so it costs
  nothing itself; with N processes N times as many pass.
- *Refused devices*, calls with a secret that opens nothing, for each network address, in
  memory too. Only further refusals become a 429: a device of ours behind the same address is
  answered as ever, and one that was revoked is told so, since what it does next hangs on it.
  The secrets have 256 bits, so guesses need no counting together, and a flood writes nothing.

Signing in, the second factor and pairing a device count their own failures in the
database (`accounts/throttle.py`, `scanners/services.py`).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, Response, current_app, request

from congress_app.kernel.errors import TooMany
from congress_app.kernel.sentences import N_, Sentence
from congress_app.web.errors import on_domain_error
from congress_app.web.guards import access_of

# Notes a miss of a network address; gives the refusal once there were too many.
NoteMiss = Callable[[str], TooMany | None]

WINDOW_SECONDS = 60
_MOST_KEYS = 20_000


@dataclass(frozen=True)
class Rate:
    """At most so many requests a minute in one process; and whether a 404 is a miss."""

    requests: int
    counts_misses: bool = False


# A page, a description, a sign of life: more than an office opens together.
PLAIN = Rate(600)
# One delegate's own page: it asks every few seconds, on a few devices of his.
LINK = Rate(300, counts_misses=True)
# Answers to the convocation write and are recorded.
ANSWER = Rate(30, counts_misses=True)
# A screen asks every two seconds, and one link may hang on a wall fifty times.
SCREEN = Rate(3000, counts_misses=True)

# Devices told once that they are refused ask no more; a whole congress may be told at once.
REFUSED = Rate(60)
# The code of the answer to a secret that opens nothing (`scanners/login.py`).
OPENS_NOTHING = "unauthorized"

RATES: dict[str, Rate] = {
    "agenda.confirm": ANSWER,
    "agenda.decline": ANSWER,
    "hall.panels": SCREEN,
    "hall.show": SCREEN,
}


def rate_of(endpoint: str, arguments: frozenset[str]) -> Rate:
    """What holds for an open address: its own line, or what its kind has.

    An address that carries a secret (`token`, `hall_token`) is a link; nobody need
    remember to declare it.
    """
    is_link = any(name.endswith("token") for name in arguments)
    return RATES.get(endpoint, LINK if is_link else PLAIN)


class Window:
    """Counts requests by key within fixed minutes, in the memory of this process."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._minute = 0
        self._counts: dict[tuple[str, str], int] = {}

    def seconds_to_wait(self, key: tuple[str, str], most: int) -> int:
        """0 when the request may pass; else the seconds until the next minute begins."""
        now = self._now()
        minute = int(now // WINDOW_SECONDS)
        with self._lock:
            if minute != self._minute or len(self._counts) >= _MOST_KEYS:
                self._minute = minute
                self._counts = {}
            count = self._counts.get(key, 0) + 1
            self._counts[key] = count
        if count <= most:
            return 0
        return max(1, int((minute + 1) * WINDOW_SECONDS - now))


def init_app(app: Flask, note_miss: NoteMiss) -> None:
    """Count what comes to open addresses; call it before any other gate."""
    app.extensions["rate_window"] = Window()
    app.extensions["note_miss"] = note_miss
    app.before_request(_count_request)
    app.after_request(_count_miss)
    app.after_request(_count_refused)


def _rate() -> Rate | None:
    """The rate of this request; None where only known people come."""
    rule, endpoint = request.url_rule, request.endpoint
    if rule is None or endpoint is None or endpoint == "static":
        return None
    access = access_of(current_app.view_functions[endpoint])
    is_open = access is not None and access.kind == "public"
    return rate_of(endpoint, frozenset(rule.arguments)) if is_open else None


def _count_request() -> None:
    rate = _rate()
    if rate is None:
        return
    named = [str(value) for name, value in (request.view_args or {}).items() if "token" in name]
    who = named[0] if named else request.remote_addr or ""
    refusal = _count(str(request.endpoint), who, rate)
    if refusal:
        raise refusal


def _count(what: str, who: str, rate: Rate) -> TooMany | None:
    window: Window = current_app.extensions["rate_window"]
    wait = window.seconds_to_wait((what, who), rate.requests)
    if not wait:
        return None
    return TooMany(
        "too_many_requests",
        Sentence(
            N_("Quá nhiều yêu cầu trong một phút. Hãy đợi {seconds} giây rồi thử lại."),
            seconds=wait,
        ),
        retry_after=wait,
    )


def _count_miss(response: Response) -> Response:
    rate = _rate() if response.status_code == 404 else None
    if rate is None or not rate.counts_misses:
        return response
    note_miss: NoteMiss = current_app.extensions["note_miss"]
    refusal = note_miss(request.remote_addr or "")
    return on_domain_error(refusal) if refusal else response


def _count_refused(response: Response) -> Response:
    endpoint = request.endpoint if response.status_code == 401 else None
    access = access_of(current_app.view_functions[endpoint]) if endpoint else None
    if access is None or access.kind != "device":
        return response
    if response.get_json()["error"]["code"] != OPENS_NOTHING:
        return response
    refusal = _count("refused", request.remote_addr or "", REFUSED)
    return on_domain_error(refusal) if refusal else response
