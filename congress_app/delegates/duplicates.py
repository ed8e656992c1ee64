"""When two entries may be one person: name without accents, birth date and unit.

The same name, birth date and unit is the same person. Anything weaker is a question for
a person to decide: the names agree only without accents ("hòa" and "hoà", "quý" and
"quí"), a birth date is known less exactly, or the unit is another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from congress_app.delegates.registration import PersonFacts
from congress_app.kernel.partial_date import PartialDate
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import fold, nfc, person_name

# "Lý" and "Lí", "Quý" and "Quí" are one name by habit; the y of "Thúy" or "Mây" is another
# sound and stays.
_FREE_Y = re.compile(r"(?<![aeou])y|(?<=qu)y")
_FREE_I = re.compile(r"(?<![aeou])i|(?<=qu)i")

# Folded, how a name with "Đ/c", "Đồng chí", "Ông", "Bà" begins.
_MAY_BE_TITLED = ("d/c", "d.c", "dong chi", "ong ", "ong.", "ong:", "ba ", "ba.", "ba:")


class Likeness(StrEnum):
    """How alike two entries are; `SAME` is certain, the others ask a person."""

    SAME = "same"
    ACCENTS = "accents"
    BIRTH = "birth"
    UNIT = "unit"


LIKENESS_LABELS: dict[str, str] = {
    Likeness.SAME: N_("trùng họ tên, ngày sinh và đơn vị"),
    Likeness.ACCENTS: N_("họ tên chỉ khác dấu"),
    Likeness.BIRTH: N_("cùng họ tên và đơn vị, ngày sinh có thể là một"),
    Likeness.UNIT: N_("cùng họ tên và ngày sinh, khác đơn vị"),
}


def name_key(full_name: str) -> str:
    """The name as compared exactly: NFC, honorifics, case and spaces apart."""
    return person_name(full_name).casefold()


def loose_name_key(full_name: str) -> str:
    """The name as compared loosely: no accents, free i and y alike."""
    return _FREE_Y.sub("i", fold(person_name(full_name)))


def stored_name_key(full_name: str, search_key: str) -> str:
    """As `loose_name_key`, from the `fold` of the name that is stored with it.

    To fold a name takes longer than all else a long list is compared by; only one that may
    begin with a title is folded anew, without it, and one whose key is not at hand.
    """
    if not search_key or search_key.startswith(_MAY_BE_TITLED):
        return loose_name_key(full_name)
    return _FREE_Y.sub("i", search_key)


def search_keys(full_name: str) -> frozenset[str]:
    """Every stored search key (`fold` of a name) that is loosely this name.

    Names with more than six free i or y are not spelled out further: 64 keys are enough
    for any name that people bear.
    """
    letters = list(fold(person_name(full_name)))
    places = [m.start() for m in _FREE_Y.finditer("".join(letters))]
    places += [m.start() for m in _FREE_I.finditer("".join(letters))]
    keys = set()
    for spelling in product("iy", repeat=min(len(places), 6)):
        for place, letter in zip(places, spelling, strict=False):
            letters[place] = letter
        keys.add("".join(letters))
    return frozenset(keys)


def compare(one: PersonFacts, other: PersonFacts) -> Likeness | None:
    """How alike two persons are; None when nothing suggests that they are one."""
    if loose_name_key(one.full_name) != loose_name_key(other.full_name):
        return None
    return compare_namesakes(one, other)


def compare_namesakes(one: PersonFacts, other: PersonFacts) -> Likeness | None:
    """As `compare`, for two whose names are known to agree loosely."""
    if one.birth and other.birth and not one.birth.agrees_with(other.birth):
        return None
    if not _same_unit(one, other):
        return Likeness.UNIT if _same_day(one.birth, other.birth) else None
    if name_key(one.full_name) != name_key(other.full_name):
        return Likeness.ACCENTS
    return Likeness.SAME if one.birth == other.birth else Likeness.BIRTH


def _same_unit(one: PersonFacts, other: PersonFacts) -> bool:
    if one.unit_id is None and other.unit_id is None:
        return fold(one.organisation or "") == fold(other.organisation or "")
    return one.unit_id == other.unit_id


def _same_day(one: PartialDate | None, other: PartialDate | None) -> bool:
    # Only a whole day tells namesakes of different units apart from one who moved.
    return one is not None and one.day is not None and one == other


@dataclass(frozen=True, slots=True)
class Known:
    """A stored person."""

    id: int
    facts: PersonFacts


@dataclass(frozen=True, slots=True)
class Match:
    """A stored person and how alike he or she is."""

    person: Known
    likeness: Likeness


_ORDER = {likeness: rank for rank, likeness in enumerate(Likeness)}


class People:
    """Stored persons, found by loose name without comparing everybody with everybody."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._by_name: dict[str, list[Known]] = {}
        self._by_id: dict[int, Known] = {}
        for person in known:
            self._by_name.setdefault(loose_name_key(person.facts.full_name), []).append(person)
            self._by_id[person.id] = person

    def by_id(self, person_id: int) -> Known | None:
        """The stored person of the number, if among these."""
        return self._by_id.get(person_id)

    def matches(self, facts: PersonFacts, key: str | None = None) -> list[Match]:
        """Who may be this person, the most alike first; `key` is the loose key if known."""
        found = []
        for person in self._by_name.get(key or loose_name_key(facts.full_name), ()):
            likeness = compare_namesakes(facts, person.facts)
            if likeness is not None:
                found.append(Match(person, likeness))
        return sorted(found, key=lambda match: (_ORDER[match.likeness], match.person.id))


def offered(matches: Sequence[Match]) -> list[Match]:
    """Those somebody may be said to be: the certain ones where there are any, else all."""
    certain = [match for match in matches if match.likeness is Likeness.SAME]
    return certain or list(matches)


def describe(match: Match, unit_name: str | None) -> Sentence:
    """The stored person in words a clerk can decide by: name, birth date, unit, likeness."""
    facts = match.person.facts
    return Sentence(
        N_("“{name}”, sinh {birth}, {unit} ({likeness})"),
        name=nfc(facts.full_name),
        birth=str(facts.birth) if facts.birth else Sentence(N_("chưa rõ")),
        unit=unit_name or facts.organisation or Sentence(N_("chưa rõ đơn vị")),
        likeness=Sentence(LIKENESS_LABELS[match.likeness]),
    )
