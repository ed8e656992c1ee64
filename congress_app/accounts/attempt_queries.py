"""Under which keys an attempt to sign in counts.

Whoever knows the right password and sits in a network he himself signed in from before, or
in a browser that knows him, is kept out by nothing that is done elsewhere. And whoever
guesses at one account gets no more for having many networks; within a day, and without the
owner signing in or an administrator's word between, that is

- from all networks nobody signed in from together 35 guesses (`NAME_PATIENCE`),
- from all networks of the house together 130 more (`INSIDE_PATIENCE`),
- in each network the owner himself signed in from 35 more, however the others stand.

The owner's own success begins the count of the place anew. An administrator's word begins
all anew and grants 300 more from anywhere (`SPARED_PATIENCE`).

A wrong guess is answered alike for every name, anybody's or nobody's. What remains: in a
browser that knows an owner, and for the quarter of an hour after an administrator's word
for a name, the answers show that the name is somebody's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from congress_app.accounts import queries, throttle
from congress_app.accounts.known_browsers import KnownBrowser
from congress_app.accounts.models import User
from congress_app.kernel import clock


@dataclass(frozen=True)
class Attempt:
    """The keys an attempt counts under, the one that is told of first.

    `shut_until`: all networks of the house must wait for this name, but this one looks at
    the password nevertheless, in case it is the owner's own (`is_own_network`). It does so
    for every name, whether there is an owner or not, and whoever is refused is told to wait.
    """

    keys: list[str]
    shut_until: datetime | None = None
    is_own_network: bool = False

    @property
    def is_shut(self) -> bool:
        """True where not even the right password opens."""
        return self.shut_until is not None and not self.is_own_network


def attempt_of(
    username: str, user: User | None, address: str | None, known: KnownBrowser | None
) -> Attempt:
    """How an attempt with this name counts.

    A browser that knows the owner has a count of its own and nothing else: neither a
    stranger who guesses at the name nor the failures of a whole office keep the owner out.
    """
    if user is not None and known is not None and known.knows(user.id):
        return Attempt([throttle.known_key(username, known.name)])
    if address is None:
        return Attempt([throttle.name_key(username)])
    if user is not None and _is_spared(username):
        home = throttle.home_key(username, address)
        return Attempt([home, throttle.spared_guesses_key(username)])
    key = throttle.name_key(username)
    if not _wait_of(key):
        return Attempt([key, throttle.address_key(address)])
    if not queries.is_of_the_house(address):
        return Attempt([key])
    return _at_home(username, user, address)


def _at_home(username: str, user: User | None, address: str) -> Attempt:
    """In a network somebody of the house signed in from, while the name waits.

    It has a count of its own for the name, so that a stranger who goes on guessing cannot
    keep the owner out there; and nor can a colleague who guesses in other networks.
    """
    home, inside = throttle.home_key(username, address), throttle.inside_key(username)
    shut_until = _wait_of(inside)
    if shut_until is None:
        return Attempt([home, inside])
    # Asked for nobody too, so that an answer takes as long.
    own = queries.has_signed_in_from(user.id if user else 0, address)
    return Attempt([home], shut_until, own)


def _is_spared(username: str) -> bool:
    spared, guesses = throttle.spared_key(username), throttle.spared_guesses_key(username)
    return _wait_of(spared) is not None and _wait_of(guesses) is None


def _wait_of(key: str) -> datetime | None:
    """Until when the key waits; None when it does not."""
    until = queries.locked_until(key)
    return until if until is not None and until > clock.now() else None
