"""Names of awards, as people write them: one award has many spellings.

"Chiến sĩ" and "chiến sỹ" are one, and so are "Bằng khen của Thủ tướng" and the full title
of its giver. The list is data (`AwardKind`), since the law on emulation changes the names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from congress_app.kernel.partial_date import PartialDate
from congress_app.kernel.sentences import N_
from congress_app.kernel.vietnamese import fold


@dataclass(frozen=True)
class AwardKind:
    """One line of the list: its code, its name, and what else it is called.

    A written name is of this kind when it equals the name or an alias, or begins with one
    followed by a further word ("Huân chương" covers "Huân chương Lao động hạng Ba").
    """

    code: str
    name: str
    aliases: tuple[str, ...] = ()


# Law on emulation 06/2022/QH15 and the lists of plan 1935/KH-BHXH of 05/07/2021, II.2.
STANDARD_KINDS: tuple[AwardKind, ...] = (
    AwardKind("hero", N_("Anh hùng Lao động")),
    AwardKind("government_flag", N_("Cờ thi đua của Chính phủ")),
    AwardKind(
        "sector_flag",
        N_("Cờ thi đua của BHXH Việt Nam"),
        ("Cờ thi đua của Bảo hiểm xã hội Việt Nam", "Cờ thi đua ngành"),
    ),
    AwardKind("order", N_("Huân chương")),
    AwardKind("prime_minister", N_("Bằng khen của Thủ tướng"), ("Bằng khen Thủ tướng",)),
    AwardKind("national_fighter", N_("Chiến sĩ thi đua toàn quốc"), ("CSTĐ toàn quốc",)),
    AwardKind("sector_fighter", N_("Chiến sĩ thi đua ngành"), ("CSTĐ ngành",)),
    AwardKind("base_fighter", N_("Chiến sĩ thi đua cơ sở"), ("CSTĐ cơ sở", "CSTĐCS")),
    AwardKind(
        "director_general",
        N_("Bằng khen của Tổng Giám đốc"),
        (
            "Bằng khen Tổng Giám đốc",
            "Bằng khen của BHXH Việt Nam",
            "Bằng khen của Bảo hiểm xã hội Việt Nam",
            "Bằng khen của Giám đốc BHXH Việt Nam",
        ),
    ),
    AwardKind("advanced_worker", N_("Lao động tiên tiến")),
    AwardKind("excellent_collective", N_("Tập thể lao động xuất sắc"), ("Tập thể LĐXS",)),
)


@dataclass(frozen=True)
class AwardFacts:
    """One award as recorded. `year` is that of the decision, never of the achievement."""

    kind: str
    name: str
    year: int | None = None
    number: str | None = None
    signatory: str | None = None


@dataclass(frozen=True)
class AwardEntry:
    """One award as entered, on a form or in a sheet; its kind is recognised from the name."""

    name: str
    number: str | None = None
    decided: PartialDate | None = None
    signatory: str | None = None


@lru_cache(maxsize=1024)  # a sheet asks for the list's two dozen names in every row
def spelling(text: str) -> str:
    """What two spellings of one award have in common: no case, accents, marks, y or i."""
    plain = re.sub(r"[^a-z0-9]+", " ", fold(text)).strip()
    return re.sub(r"\bsy\b", "si", plain)


def recognise(text: str, kinds: Iterable[AwardKind] = STANDARD_KINDS) -> AwardKind | None:
    """The kind a written name means; the longest matching name wins, None when none does."""
    wanted = spelling(text) + " "
    best: tuple[int, AwardKind] | None = None
    for kind in kinds:
        for name in (kind.name, *kind.aliases):
            known = spelling(name) + " "
            if wanted.startswith(known) and (best is None or len(known) > best[0]):
                best = len(known), kind
    return best[1] if best else None


def same_award(one: AwardFacts, other: AwardFacts) -> bool:
    """True when both tell the same award by the same decision, however they write it."""
    return (one.year, _plain_number(one)) == (other.year, _plain_number(other)) and _alike(
        one, other
    )


def may_be_same(one: AwardFacts, other: AwardFacts) -> bool:
    """True when nothing tells them apart: what one leaves out, the other may add."""
    years = {one.year, other.year} - {None}
    numbers = {_plain_number(one), _plain_number(other)} - {""}
    return len(years) < 2 and len(numbers) < 2 and _alike(one, other)


def _alike(one: AwardFacts, other: AwardFacts) -> bool:
    """The same words; or, under one decision, the same kind in other words."""
    if spelling(one.name) == spelling(other.name):
        return True
    number = _plain_number(one)
    return bool(one.kind and number) and (one.kind, number) == (other.kind, _plain_number(other))


def _plain_number(award: AwardFacts) -> str:
    return fold(award.number or "").replace(" ", "")


def same_names(kinds: Iterable[AwardKind]) -> str | None:
    """A spelling that stands for two kinds of the list; None when every one is clear."""
    seen: dict[str, str] = {}
    for kind in kinds:
        for name in (kind.name, *kind.aliases):
            if seen.setdefault(spelling(name), kind.code) != kind.code:
                return name
    return None
