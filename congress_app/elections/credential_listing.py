"""Which delegates the committee wants to see, and what their data still lack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from congress_app.congresses.rulebook import Category
from congress_app.delegates.privacy import SENSITIVE
from congress_app.elections.credential_classes import DelegateFacts, Head
from congress_app.elections.credential_doubts import UNDECIDED, Doubt, Point, Ruling
from congress_app.kernel.sentences import N_
from congress_app.kernel.vietnamese import fold, nfc

ANY = "any"
CATEGORIES = (Category.OFFICIAL, Category.ELECTED)
DOUBT_LABELS: dict[str, str] = {
    ANY: N_("Có điểm cần xem xét"),
    Doubt.NO_GROUND: N_("Thiếu căn cứ"),
    Doubt.AWARD_YEAR: N_("Năm danh hiệu ngoài khung"),
    Doubt.OTHER_CATEGORY: N_("Căn cứ khác thành phần"),
    Doubt.NO_DELEGATION: N_("Bầu mà không thuộc đoàn"),
    Doubt.EXCEPTED: N_("Theo ngoại lệ"),
    Doubt.ALIKE: N_("Có thể trùng người"),
    Doubt.IDENTITY: N_("Nhân thân đổi sau kết luận"),
}
# What the report counts by; each can be missing.
GAP_LABELS: dict[str, str] = {
    "birth": N_("Năm sinh"),
    "sex": N_("Giới tính"),
    "education": N_("Trình độ chuyên môn"),
    "political_theory": N_("Lý luận chính trị"),
    "field": N_("Lĩnh vực"),
    "grounds": N_("Căn cứ"),
    "ethnicity": N_("Dân tộc"),
    "party_member": N_("Đảng viên"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters of the committee's list; "" leaves one out.

    `ruling` is a ruling or `UNDECIDED`, `doubt` a kind of doubt or `ANY`.
    """

    text: str = ""
    ruling: str = ""
    doubt: str = ""
    category: str = ""

    def as_arguments(self) -> dict[str, Any]:
        """The address's arguments, only those that say something."""
        given = {name: getattr(self, name) for name in self.__slots__}
        return {name: value for name, value in given.items() if value}

    def finds(self, one: DelegateFacts | Head, points: Sequence[Point]) -> bool:
        """True when the delegate passes every filter."""
        kinds = {point.doubt.value for point in points}
        return (
            (not self.ruling or (one.ruling or UNDECIDED) == self.ruling)
            and (not self.doubt or (bool(kinds) if self.doubt == ANY else self.doubt in kinds))
            and (not self.category or one.category == self.category)
            and (not self.text or self._names(one))
        )

    def _names(self, one: DelegateFacts | Head) -> bool:
        if self.text.isascii() and self.text.isdigit() and len(self.text) < 10:
            return one.number == int(self.text)
        told = f"{one.name}\n{one.unit}\n{one.delegation or ''}"
        return fold(self.text) in fold(told.replace("\n", " · "))


def read(arguments: Mapping[str, str]) -> Wanted:
    """Read an address; what is not understood is left out."""
    ruling, doubt = arguments.get("ruling", ""), arguments.get("doubt", "")
    category = arguments.get("category", "")
    return Wanted(
        text=nfc(arguments.get("text", ""))[:100],
        ruling=ruling if ruling in {*Ruling, UNDECIDED} else "",
        doubt=doubt if doubt in DOUBT_LABELS else "",
        category=category if category in CATEGORIES else "",
    )


def gaps_of(one: DelegateFacts, *, sensitive: bool) -> list[str]:
    """Keys of `GAP_LABELS` the delegate lacks; of sensitive facts only when asked for."""
    told: dict[str, object] = {
        "birth": one.person.birth,
        "sex": one.person.sex,
        "education": one.person.education,
        "political_theory": one.person.political_theory,
        "field": one.field,
        "grounds": one.grounds or None,
        "ethnicity": one.person.ethnicity,
        # Not being a member is known, not missing.
        "party_member": None if one.person.party_member is None else "known",
    }
    return [key for key, value in told.items() if not value and (sensitive or key not in SENSITIVE)]


@dataclass(slots=True)
class UnitGaps:
    """What the delegates of one delegation lack; `name` and `unit_id` None: of no delegation."""

    name: str | None
    delegates: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    lacking: list[tuple[DelegateFacts, list[str]]] = field(default_factory=list)
    unit_id: int | None = None


def gaps_by_unit(delegates: Iterable[DelegateFacts], *, sensitive: bool) -> list[UnitGaps]:
    """The delegations in which something is missing, in the order of the delegates."""
    found: dict[str | None, UnitGaps] = {}
    for one in delegates:
        unit = found.setdefault(one.delegation, UnitGaps(one.delegation))
        unit.delegates += 1
        lacks = gaps_of(one, sensitive=sensitive)
        if lacks:
            unit.lacking.append((one, lacks))
        for key in lacks:
            unit.counts[key] = unit.counts.get(key, 0) + 1
    return [unit for unit in found.values() if unit.lacking]
