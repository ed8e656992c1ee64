"""Who holds a place: what of it may be corrected, and what has become another human being.

A spelling is corrected and what was not known is filled in by whoever keeps the list. Once
somebody relies on a person (a place is convened, a list names him, a committee ruled on
him), another name, birth date or sex, and another category of the place, are for those who
decide there; another human being takes the place by `services.replace`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from congress_app.delegates.credentials import ACTIVE, State
from congress_app.delegates.duplicates import loose_name_key
from congress_app.delegates.registration import PersonFacts
from congress_app.kernel.partial_date import PartialDate
from congress_app.kernel.sentences import N_, Sentence

# The act by which the log tells that it was changed: a later chapter looks for it.
ACT = "delegate.identity"
# Places that somebody relies on. Withdrawing gives everything up: a returned list is so
# mended below.
RELIED_ON = (State.CONVENED, State.CONFIRMED, State.DECLINED, State.REPLACED)
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


@dataclass(frozen=True, slots=True)
class Bond:
    """One congress that relies on a person: its unit's path, its name, and why."""

    congress_id: int
    path: str
    congress: str
    hold: Hold


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
    found, names = [], {before.full_name, after.full_name}
    if len({loose_name_key(name) for name in names}) > 1:
        found.append(Fact.NAME)
    if not _same_birth(before.birth, after.birth):
        found.append(Fact.BIRTH)
    if before.sex is not None and before.sex != after.sex:
        found.append(Fact.SEX)
    return tuple(found)


def of_place(before: str, after: str, state: str) -> tuple[Fact, ...]:
    """The category, of a place that is held."""
    return (Fact.CATEGORY,) if before != after and state in ACTIVE else ()


def _same_birth(before: PartialDate | None, after: PartialDate | None) -> bool:
    """The same date or known more exactly: two vaguer steps would lead to any other one."""
    if before is None:
        return True
    if after is None or not before.agrees_with(after):
        return False
    return _PRECISION[after.precision] >= _PRECISION[before.precision]


def barring(
    change: Change, bonds: Iterable[Bond], may_decide: Callable[[str], bool]
) -> Bond | None:
    """The first bond that keeps the actor from the change; None when nothing does."""
    bound = change.bound_by(bonds)
    return next((bond for bond in bound if not may_decide(bond.path)), None)


def told(change: Change, bond: Bond) -> Mapping[str, object]:
    """What every sentence about a bound change says: who, what, by which bond."""
    return {
        "name": change.name,
        "facts": change.words(),
        "hold": Sentence(HOLD_LABELS[bond.hold]),
        "congress": bond.congress,
    }


def listed(labels: Collection[str]) -> Sentence:
    """Labels as one list."""
    first, *others = labels
    found = Sentence(first)
    for label in others:
        found = Sentence("{first}, {second}", first=found, second=Sentence(label))
    return found
