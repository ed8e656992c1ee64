"""What looks like a secret in a text: keys, tokens of known makers, random words of telling names.

A secret is random. What people write as an example ("secret-of-the-monitor") is not, and its
letters alone tell.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

# Files that hold nothing else, whatever is in them.
KEY_FILES = re.compile(r"(^|/)(id_(rsa|dsa|ecdsa|ed25519)|\.netrc|\.pgpass|\.pypirc|[^/]*"
                       r"\.(pem|key|p12|pfx|jks|keystore|kdbx|ovpn))$")  # fmt: skip

SHAPES = {
    "private key": r"-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\\nr\"']{1,9}[A-Za-z0-9+/=]{40}",
    "key of a cloud": r"\b(?:A(?:KIA|SIA)[0-9A-Z]{16}|AIza[\w-]{35})\b",
    "token of a forge": r"\bg(?:h[pousr]_[0-9A-Za-z]{36}|ithub_pat_\w{60}|lpat-[\w-]{20})",
    "token of a registry": r"\b(?:pypi-AgEI[\w-]{40}|npm_[0-9A-Za-z]{36})",
    "token of a messenger": r"\bxox[abprs]-[0-9A-Za-z-]{20}",
    "key of a service": r"\b(?:[sr]k_live_[0-9A-Za-z]{20}|sk-[\w-]{32}|SG\.[\w-]{20,}\.[\w-]{40})",
    "signed token": r"\beyJ[\w-]{15,}\.eyJ[\w-]{15,}\.[\w-]{20,}",
}
# One look at all of them, which nearly every file passes.
_ANY = re.compile("|".join(SHAPES.values()))

# What follows a telling name: NAME = "value", NAME: value, "name": "value", also with a type
# between. Sought from the telling word on, which stays quick in files of one long line.
_GIVEN = re.compile(
    r"""(?:key|passwor[dt]|passphrase|passwd|pwd|secret|token|credential)[\w-]{0,40}["']?\]?"""
    r"""(?:[ ]?:[ ]?[A-Za-z][\w.\[\], |]{0,40})?[ ]?(?:=>|[=:])[ ]?"""
    r"""(?:[a-z]{0,2}(["'])(?P<quoted>[^"'\s]{16,200})\1|(?P<bare>[^"'\s]{16,200})[ ]*$)""",
    re.IGNORECASE | re.MULTILINE,
)
# A password between the name and the host.
_IN_ADDRESS = re.compile(r"://[^\s:/@\"'{}<>$]{1,60}:(?P<word>[^\s:/@\"'{}<>$]{8,200})@")
_RANDOM_ALPHABET = re.compile(r"[A-Za-z0-9+/=_.~-]+\Z")
# Bits a letter tells: in words written by hand letters repeat.
LEAST_BITS = 3.2


@dataclass(frozen=True, slots=True)
class Leak:
    """Where something stands that looks like a secret, and why it does."""

    file: str
    line: int
    what: str
    word: str


def leaks(file: str, text: str) -> Iterator[Leak]:
    """Everything in the text of a file that looks like a secret."""
    if KEY_FILES.search(file):
        yield Leak(file, 1, "file of a key", file)
    for what, shape in SHAPES.items() if _ANY.search(text) else ():
        for found in re.finditer(shape, text):
            yield _leak(file, text, found.start(), what, found[0])
    for found in _GIVEN.finditer(text):
        word = found["quoted"] or found["bare"]
        if is_random(word):
            yield _leak(file, text, found.start(), "random word under a telling name", word)
    for found in _IN_ADDRESS.finditer(text):
        if is_random(found["word"], least=8):
            yield _leak(file, text, found.start(), "password in an address", found["word"])


def is_random(word: str, least: int = 16) -> bool:
    """True for a long word of digits and letters in no order a person would write."""
    if len(word) < least or not _RANDOM_ALPHABET.match(word):
        return False
    # Names and numbers change their kind seldom, random words at every other place.
    kinds = [_kind(letter) for letter in word if letter.isalnum()]
    changes = sum(a != b for a, b in pairwise(kinds))
    shares = [count / len(word) for count in Counter(word).values()]
    bits = -sum(share * math.log2(share) for share in shares)
    # A short word cannot have more than its length allows.
    enough = min(LEAST_BITS, math.log2(len(word)) - 0.8)
    return "digit" in kinds and changes >= len(word) / 5 and bits >= enough


def _kind(letter: str) -> str:
    if letter.isdigit():
        return "digit"
    return "big" if letter.isupper() else "small"


def _leak(file: str, text: str, at: int, what: str, word: str) -> Leak:
    return Leak(file, text.count("\n", 0, at) + 1, what, word)
