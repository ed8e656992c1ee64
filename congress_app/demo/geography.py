"""The provinces of 2020 with their districts, as a shape for the demonstration.

Names of provinces and districts are those of the time of the Vth congress; how many
districts a province has follows the list of early 2025 (696 in all, counted from
ThangLeQuoc/vietnamese-provinces-database, MIT, snapshot of 12/03/2025, after the General
Statistics Office), so mergers up to then are carried out (Thủ Đức, Long Đất, Đạ Huoai …).
It is not the list of BHXH huyện: offices at a provincial seat had partly been merged into
the provincial office (Quyết định 856/QĐ-TTg of 10/07/2019).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("provinces.csv")
# Columns of the file with the word that goes before a district's name, in protocol order.
_DISTRICT_KINDS = {
    "urban": "quận",
    "cities": "thành phố",
    "towns": "thị xã",
    "rural": "huyện",
}


@dataclass(frozen=True)
class Province:
    """A province or city under the centre; districts with the word for their kind."""

    code: str
    kind: str  # "tỉnh" or "thành phố"
    name: str
    districts: tuple[str, ...]

    @property
    def full_name(self) -> str:
        """As in a sentence: "tỉnh Quảng Ninh", "thành phố Hà Nội"."""
        return f"{self.kind} {self.name}"


@cache
def provinces() -> tuple[Province, ...]:
    """All 63, by their code."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_province(row) for row in csv.DictReader(file))


def province(code: str) -> Province:
    """The province with this two-digit code."""
    return next(one for one in provinces() if one.code == code)


def _province(row: dict[str, str]) -> Province:
    districts = tuple(
        f"{word} {name}"
        for column, word in _DISTRICT_KINDS.items()
        for name in row[column].split("/")
        if name
    )
    return Province(row["code"], row["kind"], row["name"], districts)
