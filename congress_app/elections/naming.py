"""Names on ballots, sheets and results: two people of one name differ by birth and unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from congress_app.kernel.partial_date import PartialDate
from congress_app.kernel.sentences import Sentence
from congress_app.kernel.vietnamese import nfc

Label = Sentence | str


@dataclass(frozen=True, slots=True)
class Named:
    """Who is to be shown: a key that is unique, and what may tell the person apart."""

    key: str
    name: str
    birth: PartialDate | None = None
    unit: str = ""


def labels(people: Sequence[Named]) -> Mapping[str, Label]:
    """How each person is shown among these, by key.

    A name that nobody shares stands alone. Namesakes carry birth year and unit; where these
    agree too, the whole birth date, and in the end the key.
    """
    shown: dict[str, Label] = {}
    left = list(people)
    for write in (_alone, _with_year_and_unit, _with_date_and_unit, _with_key):
        written = {one.key: write(one) for one in left}
        seen = Counter(_comparable(label) for label in written.values())
        unique = [one for one in left if seen[_comparable(written[one.key])] == 1]
        last = write is _with_key
        shown |= {one.key: written[one.key] for one in (left if last else unique)}
        left = [one for one in left if one.key not in shown]
    return {one.key: shown[one.key] for one in people}


Writer = Callable[[Named], Label]


def _comparable(label: Label) -> str:
    return nfc(str(label)).casefold()


def _alone(one: Named) -> Label:
    return one.name or one.key


def _with_year_and_unit(one: Named) -> Label:
    return _in_brackets(one, str(one.birth.year) if one.birth else None)


def _with_date_and_unit(one: Named) -> Label:
    return _in_brackets(one, str(one.birth) if one.birth else None)


def _with_key(one: Named) -> Label:
    return Sentence("{name} (mã {key})", name=_with_date_and_unit(one), key=one.key)


def _in_brackets(one: Named, born: str | None) -> Label:
    if born and one.unit:
        return Sentence("{name} (sinh {born}, {unit})", name=_alone(one), born=born, unit=one.unit)
    if born:
        return Sentence("{name} (sinh {born})", name=_alone(one), born=born)
    return f"{_alone(one)} ({one.unit})" if one.unit else _alone(one)
