"""Find a unit the way people write it: by code, or by name without accents and habits.

"Bảo hiểm xã hội tỉnh Hà Giang", "BHXH tỉnh Hà Giang" and "bhxh tinh ha giang" are one
name; a name borne by two units is not decided here, the caller gets both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from congress_app.kernel.vietnamese import fold, nfc, text_sort_key

# Long form first: what offices shorten when they type.
_SHORT_FORMS = (
    ("bao hiem xa hoi", "bhxh"),
    ("thanh pho", "tp"),
    ("ho chi minh", "hcm"),
    ("thi dua khen thuong", "tdkt"),
    ("cong nghe thong tin", "cntt"),
    ("van phong", "vp"),
)
# What stands between a name and that of a unit above it.
_MARKS = (",", " - ", " – ")
# What a form suggests ends in the code.
_CODE_AT_END = re.compile(r"\(([^()]+)\)\s*$")
_NUMBER_OR_WORD = re.compile(r"\d+|[^\d\s]+")
_NOT_WORD = re.compile(r"[^0-9a-z]+")


def name_key(text: str) -> str:
    """What two spellings of one name share: no accents, marks or long forms."""
    words = " ".join(_NOT_WORD.sub(" ", fold(text)).split())
    for long, short in _SHORT_FORMS:
        words = re.sub(rf"\b{long}\b", short, words)
    return words


@lru_cache(maxsize=8192)
def code_key(text: str) -> str:
    """Codes are the same when they differ only by case and spaces around."""
    return nfc(text).casefold()


def natural_key(text: str) -> tuple[tuple[tuple[int, int | str], ...], str]:
    """Sorts names with numbers in them as people count: "Cụm số 2" before "Cụm số 10"."""
    parts = _NUMBER_OR_WORD.findall(nfc(text).casefold())
    # The leading 0 or 1 keeps numbers from being compared with words.
    keys = ((0, int(p)) if p.isdecimal() else (1, text_sort_key(p)) for p in parts)
    return tuple(keys), text


@dataclass(frozen=True, slots=True)
class UnitRef:
    """A unit as other chapters name it."""

    id: int
    code: str
    name: str
    kind: str
    path: str
    parent_id: int | None


class OfferedUnit(NamedTuple):
    """An active unit as lists to choose from show it: no more than these columns are read."""

    id: int
    parent_id: int | None
    code: str
    name: str
    kind: str
    path: str
    precedence: int


class UnitMap:
    """All units of a reach, to look up the cells of a sheet without a query a row."""

    def __init__(self, refs: Iterable[UnitRef]) -> None:
        self._by_code: dict[str, UnitRef] = {}
        self._by_id: dict[int, UnitRef] = {}
        self._by_bare_number: dict[str, list[UnitRef]] = {}
        for ref in refs:
            self._by_id[ref.id] = ref
            self._by_code[code_key(ref.code)] = ref
            if ref.code.isdigit():
                self._by_bare_number.setdefault(ref.code.lstrip("0"), []).append(ref)

    def __len__(self) -> int:
        return len(self._by_id)

    @cached_property
    def _by_name(self) -> dict[str, list[UnitRef]]:
        """Made when the first name is asked for: codes need none, and names are many."""
        found: dict[str, list[UnitRef]] = {}
        for ref in self._by_id.values():
            found.setdefault(name_key(ref.name), []).append(ref)
        return found

    def by_id(self, unit_id: int) -> UnitRef | None:
        """The unit of the number, if it is within the reach."""
        return self._by_id.get(unit_id)

    def by_code(self, code: object) -> UnitRef | None:
        """The unit of a code as a cell holds it.

        A cell formatted as a number has lost its leading zeros: 1 finds "01" when "1"
        itself is no code and no second code fits.
        """
        if isinstance(code, float) and code.is_integer():
            code = int(code)
        found = self._by_code.get(code_key(str(code)))
        if found is None and isinstance(code, int) and not isinstance(code, bool):
            fitting = self._by_bare_number.get(str(code), [])
            found = fitting[0] if len(fitting) == 1 else None
        return found

    def named(self, name: str) -> tuple[UnitRef, ...]:
        """The units that bear the name; more than one when it is ambiguous."""
        return tuple(self._by_name.get(name_key(name), ()))


def find_units(text: str, units: UnitMap) -> tuple[UnitRef, ...]:
    """The units the words may mean: by name, by code, or "name, name of a unit above"."""
    found = units.named(text)
    if found:
        return found
    by_code = units.by_code(text)
    if by_code is not None:
        return (by_code,)
    for name, above in name_and_above(text):
        upper = {unit.id for unit in units.named(above)}
        below = (
            tuple(unit for unit in units.named(name) if upper & _ancestors(unit)) if upper else ()
        )
        if below:
            return below
    return ()


def name_and_above(text: str) -> list[tuple[str, str]]:
    """The ways to read the words as "name, name of a unit above"."""
    parts = [text.rpartition(mark) for mark in _MARKS]
    return [(name, above) for name, _mark, above in parts if name]


def units_meant(text: str, units: UnitMap) -> tuple[UnitRef, ...]:
    """As `find_units`; a code that stands with the name decides: "name (code)", "code · name"."""
    bare = nfc(text)
    told = (units.by_code(code) for code in codes_in(bare) if code != bare)
    by_code = next((unit for unit in told if unit is not None), None)
    return (by_code,) if by_code is not None else find_units(bare, units)


def codes_in(text: str) -> tuple[str, ...]:
    """The codes the words may be, or have beside the name."""
    bare = nfc(text)
    at_end = _CODE_AT_END.search(bare)
    before, mark, _name = bare.partition("·")
    told = [at_end.group(1)] if at_end else []
    return tuple(nfc(code) for code in (*told, *([before] if mark else ()), bare))


def spellings(text: str) -> list[tuple[str, ...]]:
    """The words of a name, each with the ways it is written: whole, and as offices shorten it."""
    long_forms = {short: long for long, short in _SHORT_FORMS}
    return [
        (word, long_forms[word]) if word in long_forms else (word,)
        for word in name_key(text).split()
    ]


def _ancestors(unit: UnitRef) -> set[int]:
    return {int(part) for part in unit.path.split("/") if part}
