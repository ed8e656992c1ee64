"""Who holds a place: what of it may be corrected, and what has become another human being.

A spelling is corrected and what was not known is filled in by whoever keeps the list. Once
somebody relies on a person (a place is convened, a list names him, a committee ruled on
him), another name, birth date or sex, and another category of the place, are for those who
decide there; another human being takes the place by `services.replace`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from congress_app.delegates.credentials import State
from congress_app.delegates.duplicates import loose_name_key, name_key
from congress_app.delegates.registration import PersonFacts
from congress_app.kernel.partial_date import PartialDate
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import fold

# The act by which the log tells that it was changed: a later chapter looks for it.
ACT = "delegate.identity"
# Places that somebody relies on. Withdrawing gives everything up: a returned list is so
# mended below.
RELIED_ON = (State.CONVENED, State.CONFIRMED, State.DECLINED, State.REPLACED)
# Grave, acute, tilde, hook above, dot below; the marks of â, ă and ơ make other letters.
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_PRECISION = {"year": 0, "month": 1, "day": 2}


class Fact(StrEnum):
    """What tells who it is, and as what he comes."""

    NAME = "full_name"
    BIRTH = "birth"
    SEX = "sex"
    CATEGORY = "category"


FACT_LABELS: dict[str, str] = {
    Fact.NAME: N_("họ tên"),
    Fact.BIRTH: N_("ngày sinh"),
    Fact.SEX: N_("giới tính"),
    Fact.CATEGORY: N_("thành phần"),
}


class Hold(StrEnum):
    """Why somebody relies on a person."""

    PLACE = "place"
    CANDIDATE = "candidate"
    RULING = "ruling"
    LIST = "list"


HOLD_LABELS: dict[str, str] = {
    Hold.PLACE: N_("đã được triệu tập"),
    Hold.CANDIDATE: N_("có tên trong danh sách bầu cử"),
    Hold.RULING: N_("đã có kết luận thẩm tra tư cách"),
    Hold.LIST: N_("có tên trong danh sách bầu đã được tiếp nhận"),
}
# What is done where it is another human being.
_REPLACE = N_("dùng “Thay bằng người khác” ở trang của đại biểu")
HOLD_WAYS: dict[str, str] = {
    Hold.PLACE: _REPLACE,
    Hold.CANDIDATE: N_("bỏ tên này khỏi danh sách bầu cử (khi chưa bầu) rồi đề cử người kia"),
    Hold.RULING: _REPLACE,
    Hold.LIST: N_("dùng “Gọi dự khuyết thay”, hết dự khuyết thì “Thay bằng người khác”"),
}
_THERE, _HERE = N_("Ban tổ chức hội nghị đó"), N_("Ban tổ chức hội nghị này")


@dataclass(frozen=True, slots=True)
class Bond:
    """One congress that relies on a person: its unit's path, its name, and why.

    Where it `is_over`, its lists and reports stand by themselves and its organisers may be
    gone: a change then takes a reason, not their leave.
    """

    congress_id: int
    path: str
    congress: str
    hold: Hold
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """The facts of a place that become other ones, beyond a spelling, and of whom."""

    name: str
    facts: tuple[Fact, ...]
    congress_id: int

    def bound_by(self, bonds: Iterable[Bond]) -> list[Bond]:
        """The bonds it would break: of a category those of the place's own congress."""
        of_person = set(self.facts) - {Fact.CATEGORY}
        return [bond for bond in bonds if of_person or bond.congress_id == self.congress_id]

    def words(self) -> Sentence:
        """The facts in words."""
        return listed([FACT_LABELS[fact] for fact in self.facts])


def of_person(before: PersonFacts, after: PersonFacts) -> tuple[Fact, ...]:
    """The facts that tell of another person: no spelling, and not only filled in."""
    found, names = [], (before.full_name, after.full_name)
    if not _is_spelling(*names):
        found.append(Fact.NAME)
    if not _same_birth(before.birth, after.birth):
        found.append(Fact.BIRTH)
    if before.sex is not None and before.sex != after.sex:
        found.append(Fact.SEX)
    return tuple(found)


def of_place(before: str, after: str) -> tuple[Fact, ...]:
    """The category of a place, held or given up: a ruling is about both."""
    return (Fact.CATEGORY,) if before != after else ()


def _is_spelling(before: str, after: str) -> bool:
    """True when both are one name: "hoà" and "hòa", "Quý" and "Quí", accents left out before.

    "Hùng" and "Hưng" are two people. Accents are only ever added, and to a name without
    any: else two steps would lead from one to the other.
    """
    if loose_name_key(before) != loose_name_key(after):
        return False
    plain = name_key(before)
    return fold(plain) == plain or _toned(before) == _toned(after)


def _toned(name: str) -> list[tuple[str, list[str]]]:
    """Each word by its letters and its tone, wherever the tone was put."""
    found = []
    for word in name_key(name).split():
        marks = unicodedata.normalize("NFD", word)
        letters = "".join(one for one in marks if one not in _TONES)
        free = loose_name_key(letters) if letters.isascii() else letters
        found.append((free, sorted(one for one in marks if one in _TONES)))
    return found


def _same_birth(before: PartialDate | None, after: PartialDate | None) -> bool:
    """The same date or known more exactly: two vaguer steps would lead to any other one."""
    if before is None:
        return True
    if after is None or not before.agrees_with(after):
        return False
    return _PRECISION[after.precision] >= _PRECISION[before.precision]


def barring(
    change: Change, bonds: Iterable[Bond], own_path: str, may_decide: Callable[[str], bool]
) -> Bond | None:
    """The first bond that keeps the actor from the change; None when nothing does.

    `own_path` is that of the place's own congress, which decides where a bond's is over.
    """
    bound = change.bound_by(bonds)
    return next(
        (bond for bond in bound if not may_decide(own_path if bond.is_over else bond.path)), None
    )


def told(change: Change, bond: Bond) -> Mapping[str, object]:
    """What every sentence about a bound change says: who, what, by which bond, whose it is.

    A congress that is over changes nothing any more: the place's own one decides.
    """
    return {
        "name": change.name,
        "facts": change.words(),
        "hold": Sentence(HOLD_LABELS[bond.hold]),
        "congress": bond.congress,
        "organisers": Sentence(_HERE if bond.is_over else _THERE),
        "way": Sentence(_REPLACE if bond.is_over else HOLD_WAYS[bond.hold]),
    }


def listed(labels: Collection[str]) -> Sentence:
    """Labels as one list."""
    first, *others = labels
    found = Sentence(first)
    for label in others:
        found = Sentence("{first}, {second}", first=found, second=Sentence(label))
    return found
