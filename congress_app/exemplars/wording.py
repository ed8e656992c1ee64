"""How a sheet writes what has no column of its own: awards with decisions, years, marks.

Every pair here is the other's inverse, so that a sheet handed out can be read again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol

from congress_app.exemplars.awards import AwardEntry
from congress_app.exemplars.clauses import DISCIPLINE_LABELS, Discipline
from congress_app.formats import cells
from congress_app.formats.sheet import Value
from congress_app.kernel import partial_date
from congress_app.kernel.partial_date import PartialDate
from congress_app.kernel.vietnamese import fold, nfc

_SIGNED = re.compile(r"^(?:người\s+)?ký\s*:?\s+", re.IGNORECASE)
_DECISION_WORDS = re.compile(
    r"^(?:theo\s+)?(?:(?:quyết\s+định|qđ)\s+(?:số\s*:?\s*)?|số\s*:?\s+)", re.IGNORECASE
)
_BEFORE_DAY = re.compile(r"\s+(?=(?:ngày|năm)\s+\d)", re.IGNORECASE)
_DAY_WORDS = re.compile(r"^ngày\s+", re.IGNORECASE)
_YEAR_WORDS = re.compile(r"^năm\s+", re.IGNORECASE)
_YEARS = re.compile(r"\d{4}(?:\s*[-–]\s*\d{4})?")
_ONLY_YEARS = re.compile(r"^[\d\s,;.:()–-]*$")
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_YES = frozenset(
    {"tot", "lien tuc", "thiet thuc", "hieu qua", "thiet thuc, hieu qua", "tich cuc", "dat giai"}
)
_NO = frozenset({"chua tot", "khong tot", "khong lien tuc", "chua hieu qua", "chua co",
                 "khong co", "chua tich cuc"})  # fmt: skip
_DISCIPLINES = {fold(label): level for level, label in DISCIPLINE_LABELS.items()}
_NO_DISCIPLINE = frozenset({"khong", "0", "khong bi", "khong bi ky luat", "-"})


class AwardLike(Protocol):
    """What the words need of a stored award."""

    name: str
    decision_number: str | None
    decision_year: int | None
    decision_month: int | None
    decision_day: int | None
    signatory: str | None


def award_words(award: AwardLike) -> str:
    """An award in one line: "name (number of the decision, its date, ký: who signed)"."""
    decided = award.decision_year and PartialDate(
        award.decision_year, award.decision_month, award.decision_day
    )
    signed = f"ký: {award.signatory}" if award.signatory else None
    number = award.decision_number
    if number and "/" not in number:
        # Or "(15)" would be read as a part of the name.
        number = f"số {number}"
    told = ", ".join(str(part) for part in (number, decided, signed) if part)
    # A division or a bracket in the name would be read as what follows it.
    name = award.name.replace(";", ",")
    return f"{name} ({told})" if told else name


def awards_of(text: str, *, this_year: int) -> tuple[AwardEntry, ...]:
    """The awards of a cell, one a line or divided by ";".

    Raises ValueError for a decision's date that is none.
    """
    return tuple(_award(part, this_year) for part in _parts(text))


def _parts(text: str) -> list[str]:
    """Divided where no bracket is open: a decision's number may hold anything."""
    parts, depth = [""], 0
    for mark in text:
        depth = max(0, depth + (mark == "(") - (mark == ")"))
        if mark == "\n" or (mark == ";" and depth == 0):
            parts, depth = [*parts, ""], 0
        else:
            parts[-1] += mark
    return [part for part in (nfc(part).strip(" ,") for part in parts) if part]


def _award(text: str, this_year: int) -> AwardEntry:
    name, bracket, told = text.rpartition(" (")
    if not bracket or not told.endswith(")"):
        return AwardEntry(text)
    numbers: list[str] = []
    decided: PartialDate | None = None
    signatory: str | None = None
    for part in _BEFORE_DAY.sub(", ", told[:-1]).split(", "):
        bare = _YEAR_WORDS.sub("", _DAY_WORDS.sub("", part))
        if _SIGNED.match(part):
            signatory = _SIGNED.sub("", part)
        elif decided is None and re.fullmatch(r"[\d/.\- ]+", bare) and _is_day(bare):
            decided = partial_date.parse(bare, this_year=this_year)
        else:
            numbers.append(part)
    if numbers and not (decided or signatory or any(_is_number(part) for part in numbers)):
        return AwardEntry(text)
    numbers = [_DECISION_WORDS.sub("", part) for part in numbers]
    return AwardEntry(name, ", ".join(numbers) or None, decided, signatory)


def _is_number(text: str) -> bool:
    return "/" in text or bool(_DECISION_WORDS.match(text))


def _is_day(text: str) -> bool:
    return bool(re.fullmatch(r"\d{4}|\d{1,2}[/.-]\d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}", text))


def rating_words(ratings: Mapping[str, bool]) -> str | None:
    """The years rated excellent, then those that were not: "2021, 2022; không: 2023"."""
    good = ", ".join(year for year, value in sorted(ratings.items()) if value)
    rest = ", ".join(year for year, value in sorted(ratings.items()) if not value)
    return "; ".join(part for part in (good, f"không: {rest}" if rest else "") if part) or None


def ratings_of(value: Value) -> dict[int, bool]:
    """Years after "không" were not excellent; raises ValueError for anything but years."""
    good, _, rest = cells.text_of(value).casefold().partition("không")
    found = dict.fromkeys(_years(good), True)
    found |= dict.fromkeys(_years(rest), False)
    if not found:
        raise ValueError("no year")
    return found


def _years(text: str) -> list[int]:
    plain = re.sub(r"\b(các|năm|và)\b", " ", text)
    if not _ONLY_YEARS.match(plain) or re.search(r"\d", _YEARS.sub("", plain)):
        raise ValueError(f"{text!r} is more than years")
    years: list[int] = []
    for span in _YEARS.findall(plain):
        first, _, last = re.sub(r"\s*[-–]\s*", "-", span).partition("-")
        years += range(int(first), int(last or first) + 1)
    if any(not _FIRST_YEAR <= year <= _LAST_YEAR for year in years):
        raise ValueError(f"{text!r} is out of range")
    return years


def known_of(value: Value) -> bool:
    """A mark as forms and lists write it: x, có, tốt, liên tục; không, chưa tốt."""
    word = fold(cells.text_of(value)).rstrip(".")
    if word in _NO:
        return False
    return cells.yes_no_of(value, yes=_YES)


def discipline_of(value: Value) -> Discipline:
    """The heaviest measure by its name; "không" is none."""
    word = " ".join(fold(cells.text_of(value)).split())
    if word in _NO_DISCIPLINE:
        return Discipline.NONE
    if word not in _DISCIPLINES:
        raise ValueError(f"{value!r} is no measure")
    return Discipline(_DISCIPLINES[word])


def choice_of(value: Value, labels: Mapping[str, str]) -> str:
    """The code of a word of a list, accents and case aside."""
    word = " ".join(fold(cells.text_of(value)).split())
    for code, label in labels.items():
        if word in (fold(label), code):
            return code
    raise ValueError(f"{value!r} is not on the list")
