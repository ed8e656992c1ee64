"""Vietnamese text: one normal form, search without accents, name order, numbers.

Order of names: given name (the last word) first, then family and middle names; letters
in the order of the alphabet (a ă â b c d đ e ê …), tones only as a second level in the
dictionary order ngang, huyền, hỏi, ngã, sắc, nặng. The sort key is stored as a column,
so SQLite and PostgreSQL order lists alike.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# Two hexadecimal digits a letter, so that keys compare as plain ASCII text everywhere.
_LETTER_RANK = {letter: format(16 + rank, "02x") for rank, letter in enumerate(_ALPHABET)}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_SPACES = re.compile(r"[\s\u00a0\u200b]+")
# Control, format (zero-width joiners, direction marks, BOM) and broken half characters.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs"})
_HONORIFIC = re.compile(r"^(đ/c|đồng chí|đ\.c|ông|bà)[\s.:]+(?=\S+\s+\S)", re.IGNORECASE)


def nfc(text: str) -> str:
    """Composed form, without invisible characters, spaces folded and trimmed (one line)."""
    composed = unicodedata.normalize("NFC", text)
    # Nearly every text is clean already, and sheets hold a hundred thousand of them.
    if not composed.isprintable():
        composed = "".join(
            c
            for c in composed
            if c.isspace() or c == "\u200b" or unicodedata.category(c) not in _INVISIBLE
        )
        # What stood between a letter and its mark is gone now, so they may join.
        composed = unicodedata.normalize("NFC", composed)
    return _SPACES.sub(" ", composed).strip()


def nfc_lines(text: str) -> str:
    """As `nfc`, keeping line breaks; blank lines at both ends are dropped."""
    return "\n".join(nfc(line) for line in text.splitlines()).strip()


def fold(text: str) -> str:
    """Lower case without accents, đ as d; what search and duplicate detection compare."""
    decomposed = unicodedata.normalize("NFD", nfc(text).casefold().replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def person_name(text: str) -> str:
    """A name as shown: NFC, without "Đ/c", "Ông", "Bà"; ALL CAPITALS become Title Case."""
    name = _HONORIFIC.sub("", nfc(text))
    if name.isupper() and len(name) > 3:
        name = " ".join(_capitalised(word) for word in name.split(" "))
    return name


def _capitalised(word: str) -> str:
    # H'HEN becomes H'Hen: a letter after an apostrophe or hyphen starts a part of a name.
    parts = re.split(r"(['’\-])", word)
    return "".join(part[:1].upper() + part[1:].lower() for part in parts)


def name_sort_key(full_name: str) -> str:
    """ASCII key that sorts names by given name, then family name, then the rest."""
    words = nfc(full_name).casefold().split(" ")
    ordered = [words[-1], *words[:-1]]
    letters, tones = zip(*(_word_key(word) for word in ordered), strict=True)
    return " ".join(letters) + "|" + " ".join(tones)


def text_sort_key(text: str) -> str:
    """ASCII key that sorts plain text in Vietnamese alphabetical order."""
    letters, tones = zip(
        *(_word_key(word) for word in nfc(text).casefold().split(" ")), strict=True
    )
    return " ".join(letters) + "|" + " ".join(tones)


def _word_key(word: str) -> tuple[str, str]:
    letters: list[str] = []
    tones: list[str] = []
    for character in word:
        base, tone = _split_tone(character)
        rank = _LETTER_RANK.get(base)
        letters.append(rank if rank is not None else f"0{ord(base[0]) % 16:x}")
        tones.append(tone)
    return "".join(letters), "".join(tones)


def _split_tone(character: str) -> tuple[str, str]:
    tone = "0"
    kept = []
    for mark in unicodedata.normalize("NFD", character):
        if mark in _TONES:
            tone = _TONES[mark]
        else:
            kept.append(mark)
    return unicodedata.normalize("NFC", "".join(kept)) or character, tone


def number(value: int | Decimal | Fraction | float, places: int | None = None) -> str:
    """1234.5 as "1.234,5": dot for thousands, comma for decimals.

    Integers are shown whole; other numbers with `places` decimals (one when not said),
    halves away from zero.
    """
    if isinstance(value, int) and not places:
        return f"{value:,}".replace(",", ".")
    exact = (
        Decimal(value.numerator) / Decimal(value.denominator)
        if isinstance(value, (Fraction, int))
        else Decimal(str(value))
    )
    step = Decimal(1).scaleb(-(1 if places is None else places))
    shown = f"{exact.quantize(step, rounding=ROUND_HALF_UP):,f}"
    return shown.replace(",", " ").replace(".", ",").replace(" ", ".")


def percent(part: int, whole: int) -> str:
    """A share as "12,5 %"; "–" of nothing. Never 0,0 or 100,0 unless that is exact."""
    if whole == 0:
        return "–"
    tenths = Decimal(part) * 100 / Decimal(whole)
    shown = tenths.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    if 0 < part < whole:
        shown = min(max(shown, Decimal("0.1")), Decimal("99.9"))
    return f"{number(shown, 1)} %"
