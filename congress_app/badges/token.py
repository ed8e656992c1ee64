"""The text of a badge's QR symbol: 16 random digits and a check digit, nothing about a person.

Digits alone survive keyboard scanners whatever Vietnamese input method is switched on,
and give the smallest symbol. The check digit is Damm's: it finds every single wrong
digit and every swap of neighbours, the two slips of typing a code by hand.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

RANDOM_DIGITS = 16
LENGTH = RANDOM_DIGITS + 1

Fault = Literal["not_a_code", "wrong_check_digit"]

# The quasigroup of order 10 that H. M. Damm gives as example (dissertation, 2004).
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
# What scanners put before the content: the AIM identifier (]Q1) and the ECI mark (\000026).
_PREFIX = re.compile(r"^(\][A-Za-z]\d)?(\\\d{6})?")
_BETWEEN = re.compile(r"[\s.\-–—_·]+")


@dataclass(frozen=True)
class Reading:
    """What was read: the code, or why there is none."""

    code: str | None
    fault: Fault | None = None


def new_code(below: Callable[[int], int] = secrets.randbelow) -> str:
    """A fresh code of 17 digits; `below(n)` gives a random number from 0 to n - 1."""
    digits = f"{below(10**RANDOM_DIGITS):0{RANDOM_DIGITS}d}"
    return digits + check_digit(digits)


def check_digit(digits: str) -> str:
    """Damm's check digit for a string of decimal digits."""
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][int(digit)]
    return str(interim)


def read(text: str) -> Reading:
    """The code in what a camera, a scanner or a person gives.

    Spaces, dashes and dots between groups, invisible characters, scanner prefixes and
    full-width digits are allowed. Whether the code was ever issued is not known here.
    """
    visible = "".join(
        c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf"
    )
    stripped = _PREFIX.sub("", visible.strip(), count=1)
    digits = _BETWEEN.sub("", stripped)
    if len(digits) != LENGTH or not (digits.isascii() and digits.isdigit()):
        return Reading(None, "not_a_code")
    if check_digit(digits[:-1]) != digits[-1]:
        return Reading(None, "wrong_check_digit")
    return Reading(digits)


def grouped(code: str) -> str:
    """The code in groups of four, as it is printed under the symbol."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))
