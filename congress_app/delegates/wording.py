"""Words of a cell to codes of the rulebook: category, grounds, fields of work, priorities.

Offices write the same thing in many ways; what cannot be recognised is kept in words,
because the guidance leaves its lists open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from congress_app.congresses.rulebook import Category, Choice, SubCategory
from congress_app.delegates.registration import GroundFacts
from congress_app.kernel.vietnamese import fold, nfc

_NOT_WORD = re.compile(r"[^0-9a-z]+")
_YEAR = re.compile(r"\b(?:năm\s+)?((?:19|20)\d\d)\b")
_DOCUMENT = re.compile(r"\d+/[\w/.-]*[A-ZĐ][\w/.-]*")
_SHORT = (
    ("cstd", "chien si thi dua"),
    ("chien sy", "chien si"),
    ("tdkt", "thi dua khen thuong"),
    ("dai bieu duoc bau", "dai bieu bau"),
)

CATEGORY_WORDS: dict[str, Category] = {
    "guest": Category.GUEST,
    "khach": Category.GUEST,
    "khach moi": Category.GUEST,
    "official": Category.OFFICIAL,
    "chinh thuc": Category.OFFICIAL,
    "chinh thuc moi": Category.OFFICIAL,
    "duong nhien": Category.OFFICIAL,
    "elected": Category.ELECTED,
    "bau": Category.ELECTED,
    "duoc bau": Category.ELECTED,
    "bau cu": Category.ELECTED,
}
# Short forms of the guidance's own priorities, beside their full titles.
_PRIORITY_WORDS = {
    "nu": "women",
    "phu nu": "women",
    "dan toc": "ethnic_minority",
    "dan toc thieu so": "ethnic_minority",
    "dtts": "ethnic_minority",
    "nguoi tot viec tot": "good_deed",
    "mo hinh moi": "new_model",
    "giai phap": "new_model",
    "truc tiep": "direct_duty",
    "nguoi truc tiep": "direct_duty",
    "truc tiep cong tac": "direct_duty",
}


# The terms of a sheet repeat on thousands of rows; none of them names a person.
@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """What spellings of one term share: no accents, marks or short forms."""
    words = " ".join(_NOT_WORD.sub(" ", fold(text)).split())
    for short, long in _SHORT:
        words = re.sub(rf"\b{short}\b", long, words)
    return words


def category_of(text: str) -> Category:
    """The counted category; ValueError when the words name none."""
    words = key(text).removeprefix("dai bieu ").strip()
    if words not in CATEGORY_WORDS:
        raise ValueError(f"{text!r} is no category")
    return CATEGORY_WORDS[words]


def choice_of(text: str, choices: Iterable[Choice]) -> str:
    """The code of the choice whose code or title this is; else the words themselves."""
    wanted = key(text)
    for choice in choices:
        if wanted in (key(choice.title), key(choice.code)):
            return choice.code
    return nfc(text)


def parts(text: str) -> list[str]:
    """The terms of a cell: separated by semicolons or line breaks."""
    return [part for piece in re.split(r"[;\n]", text) if (part := nfc(piece).strip(" ,.-+"))]


def priorities_of(text: str, choices: Sequence[Choice]) -> tuple[str, ...]:
    """The priorities of a cell as codes, unknown ones in words, each once."""
    codes = {choice.code for choice in choices}
    found: list[str] = []
    for part in parts(text):
        whole = _priority(part, choices, codes)
        # A comma may stand inside a title, so it divides only what is no title.
        pieces = [part] if whole in codes else part.split(",")
        found.extend(_priority(piece, choices, codes) for piece in pieces if nfc(piece))
    return tuple(dict.fromkeys(found))


def _priority(text: str, choices: Sequence[Choice], codes: set[str]) -> str:
    short = _PRIORITY_WORDS.get(key(text))
    return short if short in codes else choice_of(text, choices)


def grounds_of(text: str, lines: Sequence[SubCategory]) -> tuple[GroundFacts, ...]:
    """The grounds of a cell, each with the year and document number written beside it."""
    return tuple(ground_of(part, lines) for part in parts(text))


def ground_of(text: str, lines: Sequence[SubCategory]) -> GroundFacts:
    """One ground: the rulebook's line when its title is recognised, else the words."""
    document = _DOCUMENT.search(text)
    bare = text.replace(document.group(), " ") if document else text
    years = _YEAR.findall(bare)
    wanted = key(re.sub(r"(?i)\b(số|qđ|quyết định)\b", " ", _YEAR.sub(" ", bare)))
    line = _line(wanted, lines)
    return GroundFacts(
        text=line.title if line else nfc(text),
        code=line.code if line else None,
        year=int(years[0]) if len(set(years)) == 1 else None,
        document=document.group() if document else None,
    )


def _line(wanted: str, lines: Sequence[SubCategory]) -> SubCategory | None:
    if not wanted:
        return None
    for line in lines:
        if wanted in (key(line.title), line.code):
            return line
    longer = [line for line in lines if key(line.title).startswith(f"{wanted} ")]
    return longer[0] if len(longer) == 1 else None
