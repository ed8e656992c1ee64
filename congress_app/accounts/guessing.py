"""How many guesses a password would cost. Pure; asks nobody and needs no network.

zxcvbn (Wheeler, "zxcvbn: Low-Budget Password Strength Estimation", USENIX Security 2016)
holds the 30,000 passwords most often found in breaches, names and English words, knows
rows of keys, dates, repetitions and letters written as figures, and counts the guesses of
somebody who tries the likeliest first. It is given what is likely here, and what is likely
for this one person.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate
from typing import Any

from zxcvbn.matching import RANKED_DICTIONARIES, omnimatch
from zxcvbn.scoring import most_guessable_match_sequence

from congress_app.accounts import local_words
from congress_app.kernel.vietnamese import fold

# More is not looked at: the time grows with the square of the length.
_LOOKED_AT = 48

_LOCAL = {word: rank for rank, word in enumerate(local_words.words(), 1)}


def guesses(password: str, own: Iterable[str] = ()) -> float:
    """About how many guesses somebody needs who knows the person's `own` words.

    Accents, case, spaces and signs are not taken for a hindrance: the cheaper of the two
    readings, with signs and without, is the answer.
    """
    text = _once("".join(fold(password).split()))[:_LOOKED_AT]
    letters = _once("".join(sign for sign in text if sign.isalnum()))
    mine = {word: rank for rank, word in enumerate(dict.fromkeys(_spellings(own)), 1)}
    return min(_cost(reading, mine) for reading in {text, letters})


def _once(text: str) -> str:
    """The word that is written several times over; any other text as it is."""
    # A text stands inside its double once more where a repetition begins.
    return text[: (text + text).find(text, 1)] if text else text


def _cost(text: str, mine: dict[str, int]) -> float:
    if not text:
        return 1.0
    # Not `zxcvbn()` itself: it writes the person's words into a table all threads share.
    tables: dict[str, Any] = {**RANKED_DICTIONARIES, "local": _LOCAL, "own": mine}
    found: dict[str, Any] = most_guessable_match_sequence(text, omnimatch(text, tables))
    return float(found["guesses"])


def _spellings(own: Iterable[str]) -> Iterable[str]:
    """The ways a name is written into a password: whole, turned round, its end, its initials."""
    for text in own:
        words = "".join(sign if sign.isalnum() else " " for sign in fold(text)).split()
        if not words:
            continue
        turned = words[-1:] + words[:-1]
        yield from ("".join(words), "".join(turned))
        yield "".join(word[0] for word in turned[1:]) + words[-1]
        yield words[-1] + "".join(word[0] for word in words[:-1])
        yield "".join(word[0] for word in words)
        yield from accumulate(reversed(words), lambda end, word: word + end)
        yield from words
