"""How long signing in waits after failures: a growing delay, for a name and an address."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from congress_app.kernel.errors import RuleViolation, TooMany
from congress_app.kernel.networks import network_of
from congress_app.kernel.sentences import N_, Sentence


@dataclass(frozen=True)
class Patience:
    """How many failures are borne, and the first and the longest wait after them.

    `forgets` after so long without a failure the count begins anew.
    """

    failures: int
    first_wait: timedelta
    longest_wait: timedelta
    forgets: timedelta

    def wait_after(self, count: int) -> timedelta:
        """The wait that follows failure number `count`: none, then doubling."""
        beyond = count - self.failures
        if beyond < 0:
            return timedelta(0)
        # 2^12 minutes is longer than any longest wait; more would overflow in the end.
        doubled: int = 1 << min(beyond, 12)
        return min(self.first_wait * doubled, self.longest_wait)


# TCVN 14423:2026 level 2: at most five failures in a row.
NAME_PATIENCE = Patience(5, timedelta(minutes=1), timedelta(hours=1), timedelta(hours=24))
# A whole office shares one address, so it is borne longer and forgiven sooner.
ADDRESS_PATIENCE = Patience(30, timedelta(minutes=1), timedelta(minutes=15), timedelta(minutes=15))


# All networks of the house together, for one name: as an address, but remembered for a day,
# so that pauses give a guesser with many networks no more.
INSIDE_PATIENCE = Patience(30, timedelta(minutes=1), timedelta(minutes=15), timedelta(hours=24))

# So long an administrator's word lets a user sign in from anywhere while others guess, and
# so many of their guesses end it early.
SPARED_FOR = timedelta(minutes=15)
SPARED_PATIENCE = Patience(300, SPARED_FOR, SPARED_FOR, SPARED_FOR)

# A wrong link is typed or cut off by mail programs, and a hall has one address for all its
# phones; secrets have 128 bits and more, so this keeps out noise and needs no haste.
LINK_PATIENCE = Patience(60, timedelta(minutes=1), timedelta(minutes=15), timedelta(minutes=15))


def name_key(username: str) -> str:
    """The key under which failures of a name are counted."""
    return "name:" + hashlib.sha256(username.encode()).hexdigest()


def home_key(username: str, address: str) -> str:
    """The key under which failures of a name are counted in one network of the house.

    Somebody elsewhere who knows the name can make it wait, but not there. It begins with
    `home_keys`, so that all of a name's can be found.
    """
    network = network_of(address)
    return home_keys(username) + hashlib.sha256(network.encode()).hexdigest()[:32]


def home_keys(username: str) -> str:
    """What the keys of a name in all networks of the house begin with."""
    return f"home:{hashlib.sha256(username.encode()).hexdigest()[:32]}:"


def inside_key(username: str) -> str:
    """The key under which failures of a name in all networks of the house count together.

    A house with many networks gives no guesser more. Its wait does not bind in a network the
    name's owner himself signed in from (`attempt_queries.py`).
    """
    return "inside:" + hashlib.sha256(username.encode()).hexdigest()


def known_key(username: str, browser: str) -> str:
    """The key under which failures of a name are counted in a browser that knows its owner.

    It begins with `known_keys`, so that all of a name's can be found.
    """
    return known_keys(username) + hashlib.sha256(browser.encode()).hexdigest()[:32]


def known_keys(username: str) -> str:
    """What the keys of all browsers that know the name's owner begin with."""
    return f"known:{hashlib.sha256(username.encode()).hexdigest()[:32]}:"


def own_key(user_id: int) -> str:
    """The key under which wrong passwords of somebody who is signed in are counted.

    Whoever only knows the name cannot keep the owner from changing his password.
    """
    return "own:" + hashlib.sha256(str(user_id).encode()).hexdigest()


def spared_key(username: str) -> str:
    """The row that tells until when the name is spared the waits others brought about."""
    return "spared:" + hashlib.sha256(username.encode()).hexdigest()


def spared_guesses_key(username: str) -> str:
    """The key under which failures of a spared name count together, from wherever they come."""
    return "spared-guesses:" + hashlib.sha256(username.encode()).hexdigest()


def address_key(address: str) -> str:
    """The key under which failed sign-ins from an address are counted."""
    return "address:" + hashlib.sha256(network_of(address).encode()).hexdigest()


def link_key(address: str) -> str:
    """The key under which wrong links from an address are counted."""
    return "link:" + hashlib.sha256(network_of(address).encode()).hexdigest()


def code_key(user_id: int) -> str:
    """The key under which wrong codes of a user's second factor are counted."""
    return "code:" + hashlib.sha256(str(user_id).encode()).hexdigest()


def is_own(key: str) -> bool:
    """True for a key of one account, which a success forgives wholly."""
    return key.startswith(("name:", "code:", "home:", "known:", "own:"))


def patience_for(key: str) -> Patience:
    """The patience that belongs to a key."""
    if is_own(key):
        return NAME_PATIENCE
    return _PATIENCES.get(key.partition(":")[0], ADDRESS_PATIENCE)


_PATIENCES = {
    "link": LINK_PATIENCE,
    "inside": INSIDE_PATIENCE,
    "spared-guesses": SPARED_PATIENCE,
}


def next_count(count: int, last_at: datetime, patience: Patience, now: datetime) -> int:
    """The number of the failure that happens now."""
    return 1 if now - last_at > patience.forgets else count + 1


def seconds_left(until: datetime, now: datetime) -> int:
    """Whole seconds to wait, rounded up."""
    return -((now - until) // timedelta(seconds=1))


def time_left(until: datetime, now: datetime) -> Sentence:
    """The remaining wait in words, rounded up: "40 giây", "3 phút"."""
    seconds = max(1, seconds_left(until, now))
    if seconds <= 60:
        return Sentence(N_("{seconds} giây"), seconds=seconds)
    return Sentence(N_("{minutes} phút"), minutes=-(-seconds // 60))


def bad_credentials(count: int) -> RuleViolation:
    """What is said of an unknown name and of a wrong password alike."""
    return RuleViolation(
        "bad_credentials",
        Sentence(
            N_("Tên đăng nhập hoặc mật khẩu không đúng. Còn {left} lần thử trước khi phải đợi."),
            left=max(0, NAME_PATIENCE.failures - count),
        ),
    )


def bad_code(count: int) -> RuleViolation:
    """What is said of a wrong, stale or used code of the second factor."""
    return RuleViolation(
        "bad_code",
        Sentence(
            N_(
                "Mã xác thực không đúng, đã hết hạn hoặc đã dùng. Hãy nhập mã đang hiện trên "
                "điện thoại. Còn {left} lần thử trước khi phải đợi."
            ),
            left=max(0, NAME_PATIENCE.failures - count),
        ),
    )


def too_many(until: datetime, now: datetime) -> TooMany:
    """What is said while a name or an address must wait."""
    return TooMany(
        "sign_in_locked",
        Sentence(
            N_(
                "Đã sai quá nhiều lần. Hãy đợi {time} rồi thử lại, "
                "hoặc nhờ quản trị viên mở khóa tài khoản."
            ),
            time=time_left(until, now),
        ),
        retry_after=max(1, seconds_left(until, now)),
    )


def too_many_misses(until: datetime, now: datetime) -> TooMany:
    """What is said of a further wrong link while its address must wait."""
    return TooMany(
        "too_many_misses",
        Sentence(
            N_(
                "Từ mạng này có quá nhiều đường dẫn sai. Hãy đợi {time} rồi mở lại, "
                "và kiểm tra đường dẫn còn đủ đến chữ cuối."
            ),
            time=time_left(until, now),
        ),
        retry_after=max(1, seconds_left(until, now)),
    )


def wrong_password() -> RuleViolation:
    """What is said when one's own password, asked again, is wrong."""
    return RuleViolation(
        "wrong_password", Sentence(N_("Mật khẩu hiện tại không đúng. Hãy nhập lại."))
    )


def stale() -> RuleViolation:
    """Half a sign-in that took too long, or whose account changed meanwhile."""
    return RuleViolation(
        "sign_in_stale",
        Sentence(N_("Lần đăng nhập này đã quá lâu. Hãy nhập lại tên đăng nhập và mật khẩu.")),
    )
