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
from functools import lru_cache
from itertools import filterfalse

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# What is no letter goes before the letters, in the order ICU gives it.
_BEFORE_LETTERS = " _-–—,;:!?.'‘’\"“”«»()[]{}@*/\\&#%`^+<=>|~$0123456789"
# Two hexadecimal digits a sign. Keys hold nothing but 0-9a-f, so every database and every
# collation orders them alike; "00" ends a part, so that the shorter text comes first.
_RANKS = {sign: format(rank, "02x") for rank, sign in enumerate(_BEFORE_LETTERS + _ALPHABET, 1)}
_END, _LAST_RANK = "00", "ff"
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_FOREIGN_MARK = "6"
_SPACES = re.compile(r"[\s\u00a0\u200b]+")
# Control, format (zero-width joiners, direction marks, BOM) and broken half characters.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs"})
_COMRADE = re.compile(r"^(đ/c|đồng chí|đ\.c)[\s.:]+(?=\S)", re.IGNORECASE)
# "Ông" is a family name too (Ông Ích Khiêm): it is a title only before another one.
_TITLE = re.compile(
    r"^(ông|bà)[\s.:]+(?=(nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|"
    r"đào|đoàn|vương|trịnh|trương|đinh|lâm|phùng|mai|tô|hà|tạ|chu|cao|lương|thái|tống|triệu|"
    r"quách|nông|lò|giàng|kiều|châu|tôn|lưu|la|ma|mạc|nghiêm|thạch|từ|tăng|văn)\s+\S)",
    re.IGNORECASE,
)


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
    return "".join(filterfalse(unicodedata.combining, decomposed))


def person_name(text: str) -> str:
    """A name as shown: NFC, without "Đ/c", "Ông", "Bà"; ALL CAPITALS become Title Case."""
    name = _TITLE.sub("", _COMRADE.sub("", nfc(text)))
    if name.isupper() and len(name) > 3:
        name = " ".join(_capitalised(word) for word in name.split(" "))
    return name


def _capitalised(word: str) -> str:
    # H'HEN becomes H'Hen: a letter after an apostrophe or hyphen starts a part of a name.
    parts = re.split(r"(['’\-])", word)
    return "".join(part[:1].upper() + part[1:].lower() for part in parts)


def name_sort_key(full_name: str) -> str:
    """Key that sorts names by given name (the last word), then family name, then the rest.

    At most 600 characters, lower-case hexadecimal only.
    """
    words = nfc(full_name).split(" ")
    return text_sort_key(" ".join((words[-1], *words[:-1])))[:600]


def text_sort_key(text: str) -> str:
    """Key that sorts plain text in Vietnamese alphabetical order; hexadecimal only.

    Letters of the whole text go before its tones, as in ICU's order for Vietnamese. Upper
    and lower case are the same.
    """
    ranks: list[str] = []
    tones: list[str] = []
    for character in nfc(text).casefold():
        base, tone = _split_tone(character)
        ranks.append(_RANKS.get(base, _LAST_RANK))
        tones.append(tone)
    return "".join((*ranks, _END, *tones))


@lru_cache(maxsize=1024)
def _split_tone(character: str) -> tuple[str, str]:
    """A letter of the alphabet and its tone ("0" for none); foreign marks count as the last."""
    tone = "0"
    kept = []
    for mark in unicodedata.normalize("NFD", character):
        if mark in _TONES:
            tone = _TONES[mark]
        else:
            kept.append(mark)
    base = unicodedata.normalize("NFC", "".join(kept)) or character
    if base not in _RANKS and kept and kept[0] in _RANKS:
        return kept[0], _FOREIGN_MARK
    return base, tone


# Pages of figures repeat them; typed, because 1 and 1.0 are equal and told differently.
@lru_cache(maxsize=4096, typed=True)
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
