"""Which users have signed in with a browser before. Pure.

A browser that proved a user's password once is counted by itself for this user: the wrong
guesses of others, from the same office or from anywhere, make it wait for nothing (OWASP,
"Slow down online guessing attacks with device cookies"). It opens nothing: name, password
and code are asked as ever, and its own failures bring the same waits.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace

# A machine many share forgets whoever has not signed in there for longest.
MOST_USERS = 12
DAYS = 180
_LONGEST_NAME = 64


@dataclass(frozen=True)
class KnownBrowser:
    """A browser by its random name, and the users who signed in with it, the latest last."""

    name: str
    users: tuple[int, ...] = ()

    def knows(self, user_id: int) -> bool:
        """True when this user has signed in here before."""
        return user_id in self.users

    def with_user(self, user_id: int) -> KnownBrowser:
        """The same browser after this user signed in."""
        others = tuple(one for one in self.users if one != user_id)
        return replace(self, users=(*others, user_id)[-MOST_USERS:])


def fresh() -> KnownBrowser:
    """A browser nobody has signed in with: 128 random bits."""
    return KnownBrowser(secrets.token_urlsafe(16))


def from_plain(data: object) -> KnownBrowser | None:
    """The browser a cookie tells of; None for anything else."""
    match data:
        case [str(name), list(users)] if 0 < len(name) <= _LONGEST_NAME:
            if all(type(one) is int for one in users):
                return KnownBrowser(name, tuple(users[-MOST_USERS:]))
    return None


def as_plain(browser: KnownBrowser) -> list[object]:
    """What the cookie holds."""
    return [browser.name, list(browser.users)]
