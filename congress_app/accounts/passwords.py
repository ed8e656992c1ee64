"""Passwords: the rule they must meet, their hash, and generated one-time ones.

The rule is TCVN 14423:2026 level 2: at least 14 characters, or 8 beside a second factor.
Length and a list of what everybody tries do more than required digits and signs, so
nothing else is asked; spaces and Vietnamese letters are welcome.
"""

from __future__ import annotations

import secrets
import unicodedata
from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import fold

MIN_LENGTH = 14
MIN_WITH_SECOND_FACTOR = 8
MAX_LENGTH = 128
MIN_DIFFERENT = 5

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

# Long enough to pass, and among the first anybody here would try (folded, no spaces).
COMMON = frozenset(
    {
        "12345678",
        "123456789",
        "1234567890",
        "abcdefghijklmnop",
        "1q2w3e4r",
        "1qaz2wsx",
        "anhyeuem",
        "baohiem123",
        "bhxh1234",
        "bhxh2020",
        "bhxh2025",
        "bhxh2026",
        "bhxhvietnam",
        "emyeuanh",
        "hanoi123",
        "iloveyou",
        "matkhau1",
        "matkhau123",
        "password",
        "password1",
        "qwerty123",
        "qwertyui",
        "thidua123",
        "thidua2020",
        "vietnam1",
        "vietnam123",
        "vietnam2025",
        "baohiemxahoivietnam",
        "baohiemxahoivn",
        "baohiemyteviet",
        "bhxhvietnam2020",
        "bhxhvietnam2025",
        "bhxhvietnam2026",
        "chungtacungthang",
        "conghoaxahoichunghiavietnam",
        "daihoithiduayeunuoc",
        "diennhinhtientien",
        "dienhinhtientien",
        "doclaptudohanhphuc",
        "emyeuvietnam123",
        "iloveyouiloveyou",
        "letmeinletmein",
        "matkhaumatkhau",
        "matkhaumoi1234",
        "matkhaumoi12345",
        "passwordpassword",
        "password123456",
        "password1234567",
        "password12345678",
        "qwertyuiopasdf",
        "qwertyuiopasdfgh",
        "qwertyuiopasdfghjkl",
        "thiduayeunuoc1",
        "thiduayeunuoc123",
        "thiduayeunuoc2020",
        "thiduayeunuoc2025",
        "tochuccanbo123",
        "vietnammuonnam",
        "vietnamvodich1",
        "vietnamvodich123",
        "xinchaovietnam",
    }
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


def fault(password: str, *, username: str, second_factor: bool = False) -> Sentence | None:
    """Why this password may not be chosen; None when it may."""
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
    plain = "".join(fold(text).split())
    if username and plain == username * (len(plain) // len(username)):
        return Sentence(N_("Mật khẩu không được lặp lại tên đăng nhập. Hãy chọn câu khác."))
    if plain in COMMON or len(set(plain)) < MIN_DIFFERENT or _is_run(plain):
        return Sentence(N_("Mật khẩu này quá dễ đoán. Hãy chọn một câu khác của riêng bạn."))
    return None


def _is_run(text: str) -> bool:
    """True for 12345678901234, 98765432109876, abcdefghijklmn and a short word repeated."""
    steps = {(ord(b) - ord(a)) for a, b in pairwise(text)}
    if steps <= {1, -9} or steps <= {-1, 9}:
        return True
    return any(text == (text[:size] * len(text))[: len(text)] for size in range(1, 5))
