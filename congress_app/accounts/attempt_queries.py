"""Under which keys an attempt to sign in counts."""

from __future__ import annotations

from congress_app.accounts import queries, throttle
from congress_app.accounts.known_browsers import KnownBrowser
from congress_app.accounts.models import User
from congress_app.kernel import clock


def keys_of(
    username: str, user: User | None, address: str | None, known: KnownBrowser | None
) -> list[str]:
    """The keys under which an attempt with this name counts, the name's own first.

    A browser that knows the owner has a count of its own and nothing else: neither a
    stranger who guesses at the name nor the failures of a whole office keep the owner out.
    """
    if user is not None and known is not None and known.knows(user.id):
        return [throttle.known_key(username, known.name)]
    if user is not None and address is not None and _waits(throttle.spared_key(username)):
        return [throttle.home_key(username, address)]
    own = _keys_of_name(username, address)
    return [*own, throttle.address_key(address)] if address else own


def _keys_of_name(username: str, address: str | None) -> list[str]:
    """The name's key, and while it waits those of the place.

    A network somebody of the house signed in from then has a count of its own for the
    name, so that a stranger who goes on guessing cannot keep the owner out there. Whose
    name it is, and whether it is anybody's, is not asked: else the answer would tell.
    """
    key = throttle.name_key(username)
    if address is None or not _waits(key) or not queries.is_of_the_house(address):
        return [key]
    return [throttle.home_key(username, address), throttle.inside_key(username)]


def _waits(key: str) -> bool:
    until = queries.locked_until(key)
    return until is not None and until > clock.now()
