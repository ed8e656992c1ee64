"""Passwords: the rule they must meet, their hash, and generated one-time ones.

The rule is TCVN 14423:2026 level 2: at least 14 characters, or 8 beside a second factor.
Length and the number of guesses (`guessing.py`) do more than required digits and signs,
so nothing else is asked; spaces and Vietnamese letters are welcome.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from congress_app.accounts.guessing import guesses
from congress_app.kernel.sentences import N_, Sentence

MIN_LENGTH = 14
MIN_WITH_SECOND_FACTOR = 8
MAX_LENGTH = 128

# Argon2id with 19 MiB and two passes, one of the equal settings OWASP's password storage
# sheet names: a morning rush of 32 sign-ins at once stays below 1 GiB of memory.
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)

# Verified in place of an unknown user's hash, so that the answer takes as long. It is the
# hash of 32 random bytes nobody kept.
DUMMY_HASH = (
    "$argon2id$v=19$m=19456,t=2,p=1$"
    "qDfNx94ctsl41FR66KlIcQ$ArSY0zQFNyJiEPAYQQ0CeIRgELd/Cps7VaGpptkBhjg"
)

# Without l, 1, o, 0, i: the password is read from paper or over the telephone.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"

# Fewer guesses than these are too few. Wrong passwords bring a growing wait, so 10^6 hold
# out beside a second factor; without one the password must also hold out for a while
# against somebody who got hold of its hash (Argon2id: some ten guesses a second and core).
LEAST_GUESSES = 5e8
LEAST_GUESSES_WITH_SECOND_FACTOR = 1e6
# A password that costs so many times less for whoever knows the person is about him.
_PERSONAL_FACTOR = 10

_KNOWN = Sentence(
    N_(
        "Mật khẩu này quá dễ đoán: đã bị lộ ở nơi khác, hoặc chỉ gồm từ quen thuộc, dãy "
        "phím, số và năm. Hãy chọn một câu của riêng bạn, từ bốn tiếng trở lên."
    )
)
_PERSONAL = Sentence(
    N_(
        "Mật khẩu này ghép từ họ tên, tên đăng nhập hoặc đơn vị của bạn nên người khác đoán "
        "được. Hãy chọn một câu không nói về bạn."
    )
)


def normalised(password: str) -> str:
    """One form of the same keys: NFKC, so that a phone and a PC give the same password."""
    return unicodedata.normalize("NFKC", password)


def hashed(password: str) -> str:
    """The Argon2id hash to keep."""
    return _hasher.hash(normalised(password))


def matches(password_hash: str, password: str) -> bool:
    """True when the password is the hashed one; takes the same time for a wrong one."""
    try:
        return _hasher.verify(password_hash, normalised(password)[: MAX_LENGTH * 2])
    except (VerificationError, InvalidHashError):
        return False


def one_time() -> str:
    """A generated password such as `k7mf-q2xw-9tzr-hd4p`: about 79 random bits."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def least_length(*, second_factor: bool) -> int:
    """How many characters a password needs at least."""
    return MIN_WITH_SECOND_FACTOR if second_factor else MIN_LENGTH


def fault(
    password: str, *, own: Iterable[str] = (), second_factor: bool = False
) -> Sentence | None:
    """Why this password may not be chosen; None when it may.

    `own` are the words others know of the person: names to sign in with and be called by,
    units.
    """
    text = normalised(password)
    least = least_length(second_factor=second_factor)
    if len(text) < least:
        return Sentence(
            N_(
                "Mật khẩu cần ít nhất {min} ký tự, mới có {length}. "
                "Hãy dùng một câu dễ nhớ, có thể có dấu cách."
            ),
            min=least,
            length=len(text),
        )
    if len(text) > MAX_LENGTH:
        return Sentence(N_("Mật khẩu dài nhất {max} ký tự."), max=MAX_LENGTH)
    enough = LEAST_GUESSES_WITH_SECOND_FACTOR if second_factor else LEAST_GUESSES
    cheapest = guesses(text, own)
    if cheapest >= enough:
        return None
    return _PERSONAL if cheapest * _PERSONAL_FACTOR < guesses(text) else _KNOWN
