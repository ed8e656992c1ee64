"""Recognise Vietnamese text written for fonts of before Unicode: TCVN3 (.VnTime) and VNI.

Such text is Latin-1 letters that only look right in their font. It is never converted
in silence: the two codes cannot be told apart in every word, and a name on a badge must
be what the office wrote. A column is called legacy when a cell in such a font shows the
typical letters, or when two cells show them whatever their font.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from congress_app.formats.sheet import LegacyColumn
from congress_app.kernel.vietnamese import fold

TCVN3 = "TCVN3"
VNI = "VNI"

# Letters only Unicode text can hold; one of them proves that the text is not legacy.
_UNICODE = re.compile("[ăĂđĐĩĨũŨơƠưƯ\u1ea0-\u1ef9\u0300\u0301\u0303\u0309\u0323]")
# TCVN3 puts Vietnamese letters on signs that never stand inside a word otherwise.
_SIGNS = (
    "\xa7\xa1-\xa6\xb8\xb5\xb6\xb7\xb9\xa8\xbe\xbb\xbc\xbd\xa9\xae\xaa\xab\xac\xad\xd7\xf7\xde\xfe"
)
_TCVN3 = re.compile(
    rf"[A-Za-z][{_SIGNS}]|[{_SIGNS}][A-Za-z]|[a-z][\xc6-\xcb\xcc\xce-\xd6\xd8\xdc\xdd][a-z]?"
)
# VNI writes a vowel and its marks as two letters, in pairs no Vietnamese syllable has.
_VNI = re.compile(
    "[aAeE][ùøûïõâáàåãäêéèúüë]|[AE][ÙØÛÏÕÂÁÀÅÃÄÊÉÈÚÜË]|[oO][ùøûïõâåä]|O[ÙØÛÏÕÂÅÄ]"
    "|[uU][ùøûïõ]|U[ÙØÛÏÕ]|[öô][ùøûïõ]|[ÖÔ][ÙØÛÏÕ]"
    r"|(?<!\w)[ñÑ][aeiouyöôAEIOUYÖÔ]"
)
# The shape of a Vietnamese syllable without accents: onset, vowels, coda.
_SYLLABLE = re.compile(
    "(ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnpqrstvx])?"
    "(uyeu|uye|uya|uyu|uay|uoi|uou|oai|oao|oay|oeo|ieu|yeu|[aeiouy]|ai|ao|au|ay|eo|eu|ia|ie|iu|"
    "oa|oe|oi|oo|ua|ue|ui|uo|uu|uy|ye)(ch|ng|nh|[cmnpt])?"
)


def encoding_of(text: str) -> str | None:
    """ "TCVN3" or "VNI" when the text shows that code's letters, else None."""
    if text.isascii() or _UNICODE.search(text):
        return None
    if _VNI.search(text):
        return VNI
    return TCVN3 if _TCVN3.search(text) else None


def is_syllable(word: str) -> bool:
    """True when the word, its accents aside, can be a syllable of Vietnamese."""
    return bool(_SYLLABLE.fullmatch(fold(word).strip(".,;:()\"'")))


def is_legacy_font(name: str) -> bool:
    """True for the font families of TCVN3 (".VnTime", ".VnArialH") and VNI ("VNI-Times")."""
    folded = name.strip().lower()
    return folded.startswith((".vn", "vni-", "vni "))


def legacy_columns(texts: Iterable[tuple[int, int, str, bool]]) -> tuple[LegacyColumn, ...]:
    """The legacy columns among text cells (row number, column, raw text, in such a font).

    Raw text: before normalisation, which drops the soft hyphen TCVN3 uses for ư.
    """
    first: dict[int, LegacyColumn] = {}
    weight: dict[int, int] = {}
    for row, index, text, in_font in texts:
        encoding = encoding_of(text)
        if encoding is None:
            continue
        first.setdefault(index, LegacyColumn(index, encoding, row, text))
        weight[index] = weight.get(index, 0) + (2 if in_font else 1)
    return tuple(first[index] for index in sorted(first) if weight[index] > 1)
