"""How often an address that is open to everybody may be asked, as data, and the gate that counts.

Three things are counted, each where it belongs:

- *Misses*, links whose secret is wrong, for each network address, in the database, so that all
  processes and hosts count together. They bring a growing wait, and the wait refuses further
  misses only: a right link is answered whatever its neighbours do. Five hundred phones
  behind one office address are let in while one of them tries wrong links. What is not found
  behind a right link (a paper that was withdrawn) is no miss.
- *Requests*, for each link, or for each network address where there is no link, in the
  memory of each process. This does not guard a secret but the machine's time, so it costs
  nothing itself; with N processes N times as many pass. A flood of wrong links is of many
  links, so misses are counted here too: of a network address with too many of them within
  the minute only right links are let through, told apart in memory (`right_links.py`); one
  handed out within the last ten seconds may have to wait that long.
- *Refused devices*, calls with a secret that opens nothing, for each network address, in
  memory too. Only further refusals become a 429: a device of ours behind the same address is
  answered as ever, and one that was revoked is told so, since what it does next hangs on it.
  The secrets have 256 bits, so guesses need no counting together, and a flood writes nothing.

Of IPv6 a /64 counts as one address. What is remembered is bounded for each endpoint by
itself, so a flood at one makes no other forget.

Signing in, the second factor and pairing a device count their own failures in the
database (`accounts/throttle.py`, `scanners/services.py`).
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, Response, current_app, g, request

from congress_app.kernel.errors import TooMany
from congress_app.kernel.networks import network_of
from congress_app.kernel.sentences import N_, Sentence
from congress_app.web.errors import on_domain_error
from congress_app.web.guards import access_of
from congress_app.web.right_links import ReadLinks, RightLinks
from congress_app.web.standing_aside import stands_aside

# Notes a miss of a network address; gives the refusal once there were too many.
NoteMiss = Callable[[str], TooMany | None]

WINDOW_SECONDS = 60
# Who is remembered within a minute, of each endpoint; a token is kept no longer than ours are.
_MOST_KEYS = 5_000
_KEY_LETTERS = 64


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

# Wrong links of one network address; far more than `note_miss` bears, so of a flood only.
MISSES = Rate(300)

# Devices told once that they are refused ask no more; a whole congress may be told at once.
REFUSED = Rate(60)
# The code of the answer to a secret that opens nothing (`scanners/login.py`).
OPENS_NOTHING = "unauthorized"

# What stands for all addresses that do not exist.
NOWHERE = "nowhere"

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
    """Counts requests by key within fixed minutes, in the memory of this process.

    A key is what is counted (an endpoint) and whose it is. Of each thing counted only so many
    are remembered; who has not come for longest is forgotten first. The links known to be
    right stand beside the counts.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._minute = 0
        self._counts: dict[str, OrderedDict[str, int]] = defaultdict(OrderedDict)
        self.right = RightLinks(now)

    def seconds_to_wait(self, key: tuple[str, str], most: int) -> int:
        """0 when the request may pass; else the seconds until the next minute begins."""
        what, who = key[0], key[1][:_KEY_LETTERS]
        now = self._now()
        minute = int(now // WINDOW_SECONDS)
        with self._lock:
            self._turn(minute)
            counts = self._counts[what]
            count = counts.pop(who, 0) + 1
            if len(counts) >= _MOST_KEYS:
                counts.popitem(last=False)
            counts[who] = count
        return self._left(now) if count > most else 0

    def seconds_to_wait_after(self, key: tuple[str, str], most: int) -> int:
        """As `seconds_to_wait` would say of one more, without counting it."""
        now = self._now()
        with self._lock:
            self._turn(int(now // WINDOW_SECONDS))
            counts = self._counts.get(key[0])
            count = counts.get(key[1][:_KEY_LETTERS], 0) if counts else 0
        return self._left(now) if count >= most else 0

    def _turn(self, minute: int) -> None:
        """Begin anew when another minute has begun; under the lock."""
        if minute != self._minute:
            self._minute = minute
            self._counts.clear()

    @staticmethod
    def _left(now: float) -> int:
        return max(1, int((now // WINDOW_SECONDS + 1) * WINDOW_SECONDS - now))


def init_app(app: Flask, note_miss: NoteMiss, read_links: ReadLinks) -> None:
    """Count what comes to open addresses; call it before any other gate."""
    app.extensions["rate_window"] = Window()
    app.extensions["note_miss"] = note_miss
    app.extensions["read_links"] = read_links
    app.before_request(_count_request)
    app.after_request(_count_miss)
    app.after_request(_count_refused)


def _rate() -> Rate | None:
    """The rate of this request; None where only known people come.

    Addresses that do not exist are counted together: each costs a page that says so.
    """
    rule = request.url_rule
    if rule is None:
        return PLAIN
    if rule.endpoint == "static":
        return None
    access = access_of(current_app.view_functions[rule.endpoint])
    is_open = access is not None and access.kind == "public"
    return rate_of(rule.endpoint, frozenset(rule.arguments)) if is_open else None


def _count_request() -> None:
    rate = _rate()
    if rate is None:
        return
    link = _link()
    if link is not None and rate.counts_misses and not stands_aside():
        g.counted_link = link
        wait = _window().seconds_to_wait_after(("misses", _network()), MISSES.requests)
        if wait and not _is_right(link):
            raise _too_many(wait)
    refusal = _count(request.endpoint or NOWHERE, _network() if link is None else link, rate)
    if refusal:
        raise refusal


def _window() -> Window:
    window: Window = current_app.extensions["rate_window"]
    return window


def _is_right(link: str) -> bool:
    read_links: ReadLinks = current_app.extensions["read_links"]
    return _window().right.knows(link, read_links)


def _network() -> str:
    return network_of(request.remote_addr or "")


def _link() -> str | None:
    """The secret in the address asked for; None where there is none."""
    named = (str(value) for name, value in (request.view_args or {}).items() if "token" in name)
    return next(named, None)


def _count(what: str, who: str, rate: Rate) -> TooMany | None:
    wait = _window().seconds_to_wait((what, who), rate.requests)
    return _too_many(wait) if wait else None


def _too_many(wait: int) -> TooMany:
    return TooMany(
        "too_many_requests",
        Sentence(
            N_("Quá nhiều yêu cầu trong một phút. Hãy đợi {seconds} giây rồi thử lại."),
            seconds=wait,
        ),
        retry_after=wait,
    )


def _count_miss(response: Response) -> Response:
    """Remember whether a link was right; the refusal where too many were not."""
    link = g.get("counted_link")
    if link is None:
        return response
    if response.status_code < 400:
        _window().right.note(link)
    if response.status_code != 404 or _is_right(link):
        return response
    _count("misses", _network(), MISSES)
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
    refusal = _count("refused", _network(), REFUSED)
    return on_domain_error(refusal) if refusal else response
