"""Under which key an attempt to sign in counts."""

from __future__ import annotations

from congress_app.accounts import queries, throttle
from congress_app.accounts.models import User
from congress_app.kernel import clock


def key_of(username: str, user: User | None, address: str | None) -> str:
    """The key under which an attempt with this name counts.

    While the name waits, an address from which its owner signed in lately has a count of
    its own: a stranger who goes on guessing cannot keep the owner out.
    """
    key = throttle.name_key(username)
    until = queries.locked_until(key)
    if user is None or address is None or until is None or until <= clock.now():
        return key
    homes = {throttle.home_key(username, known) for known in queries.addresses_of(user.id)}
    home = throttle.home_key(username, address)
    return home if home in homes else key
