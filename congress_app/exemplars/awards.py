"""Names of awards, as people write them: one award has many spellings.

"Chiến sĩ" and "chiến sỹ" are one, and so are "Bằng khen của Thủ tướng" and the full title
of its giver. The list is data (`AwardKind`), since the law on emulation changes the names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

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


def kinds_to_json(kinds: Iterable[AwardKind]) -> list[dict[str, Any]]:
    """The list as it is stored."""
    return [asdict(kind) | {"aliases": list(kind.aliases)} for kind in kinds]


def kinds_from_json(body: Iterable[Mapping[str, Any]]) -> tuple[AwardKind, ...]:
    """Read what `kinds_to_json` wrote."""
    return tuple(AwardKind(k["code"], k["name"], tuple(k["aliases"])) for k in body)
