"""Rows of a sheet of exemplars, and every fault at its cell.

A blank cell leaves what is stored. What one row cannot tell by itself (is the person
known already, which collective is led?) is judged in `proposal.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from congress_app.exemplars import wording
from congress_app.exemplars.awards import AwardEntry
from congress_app.exemplars.clauses import DISCIPLINE_LABELS
from congress_app.exemplars.columns import (
    HEADERS,
    LONGEST,
    LONGEST_AWARD,
    OF_COLLECTIVES,
    OF_PEOPLE,
)
from congress_app.exemplars.facts import KIND_LABELS, Kind
from congress_app.exemplars.fields import WORK_FIELDS
from congress_app.exemplars.lifecycle import STAGE_LABELS, Stage
from congress_app.formats import cells
from congress_app.formats.cell_reader import TOO_LONG, CellReader
from congress_app.formats.faults import Fault
from congress_app.formats.records import Matched, Record
from congress_app.formats.sheet import Value
from congress_app.kernel.sentences import N_
from congress_app.kernel.vietnamese import nfc, person_name
from congress_app.units.lookup import UnitMap, UnitRef
from congress_app.units.unit_cells import place_of

BAD_DATE = N_("“{value}” không phải ngày sinh. Hãy ghi 05/07/1980, 07/1980 hoặc chỉ năm 1980.")
BAD_SEX = N_("“{value}” không phải giới tính. Hãy ghi Nam hoặc Nữ.")
BAD_MARK = N_("“{value}” không đọc được. Hãy ghi Có hoặc Không.")
BAD_YEAR = N_("“{value}” không phải một năm từ 2000 đến 2100.")
BAD_RATINGS = N_("“{value}” không đọc được. Hãy ghi các năm, ví dụ 2021, 2022; không: 2023.")
BAD_AWARD = N_(
    "Ngày quyết định trong “{value}” không đọc được. Hãy ghi ví dụ: Chiến sĩ thi đua ngành "
    "(123/QĐ-BHXH, 05/07/2022)."
)
BAD_DISCIPLINE = N_("“{value}” không phải hình thức kỷ luật. Hãy ghi: {choices}.")
NOT_LISTED = N_("“{value}” không có trong danh sách. Hãy ghi một trong: {choices}.")
NOT_OF_COLLECTIVES = N_("Tập thể không có “{header}”: hãy để trống ô này.")
NOT_OF_PEOPLE = N_("Cá nhân không có “{header}”: hãy để trống ô này.")
_MARKS = (
    "is_direct",
    "is_leader",
    "is_hard_area",
    "conduct",
    "exceeds_targets",
    "runs_movements",
    "initiatives",
    "takes_part",
)


@dataclass(frozen=True)
class SheetRow:
    """One row as read. `told` holds the facts of its filled cells by `ExemplarFacts` field."""

    record: Record
    kind: Kind
    name: str
    unit: UnitRef
    told: Mapping[str, Any]
    stage: Stage | None = None
    leads: str | None = None
    awards: Sequence[AwardEntry] = ()


@dataclass
class Roster:
    """The rows that say who they are of, and every fault in the cells."""

    rows: list[SheetRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_rows(matched: Matched, units: UnitMap, *, this_year: int) -> Roster:
    """The rows of a matched sheet."""
    roster = Roster()
    for record in matched.records:
        row = _Reader(record, matched.columns, roster.faults, units, this_year).row()
        if row is not None:
            roster.rows.append(row)
    return roster


class _Reader(CellReader):
    """Reads one record as a row."""

    def __init__(
        self,
        record: Record,
        columns: Mapping[str, str],
        faults: list[Fault],
        units: UnitMap,
        this_year: int,
    ) -> None:
        super().__init__(record, columns, faults, longest=LONGEST, headers=HEADERS)
        self._units = units
        self._this_year = this_year

    def row(self) -> SheetRow | None:
        name, kind = self._name(), self._listed("kind", KIND_LABELS)
        place = place_of(self, self._units)
        stage, leads = self._listed("stage", STAGE_LABELS), self.text("leads")
        awards, told = self._awards(), self._told()
        if kind is not None:
            self._must_fit(Kind(kind))
        if name is None or kind is None or place is None or place.unit is None:
            return None
        return SheetRow(
            self.record,
            Kind(kind),
            person_name(name) if kind == Kind.INDIVIDUAL else nfc(name),
            place.unit,
            told,
            Stage(stage) if stage else None,
            leads,
            awards,
        )

    def _name(self) -> str | None:
        if not self.record.has("name"):
            self.missing("name")
        return self.text("name")

    def _told(self) -> dict[str, Any]:
        """The facts of the filled cells."""
        year = self._this_year
        found: dict[str, Any] = {
            name: self.text(name) for name in ("position", "solution", "story")
        }
        found["birth"] = self.cell(
            "birth", lambda value: cells.date_of(value, this_year=year), "bad_date", BAD_DATE
        )
        found["sex"] = self.cell("sex", cells.sex_of, "bad_sex", BAD_SEX)
        found["field"] = self._listed("field", WORK_FIELDS)
        found["detected_year"] = self.cell("detected_year", _year, "bad_number", BAD_YEAR)
        found["ratings"] = self.cell("ratings", wording.ratings_of, "bad_value", BAD_RATINGS)
        found["discipline"] = self._discipline()
        for mark in _MARKS:
            found[mark] = self.cell(mark, wording.known_of, "bad_value", BAD_MARK)
        return {name: value for name, value in found.items() if value is not None}

    def _listed(self, key: str, labels: Mapping[str, str]) -> str | None:
        if not self.record.has(key):
            if key == "kind":
                self.missing(key)
            return None
        return self._read(
            key, lambda value: wording.choice_of(value, labels), NOT_LISTED, labels.values()
        )

    def _discipline(self) -> Any:
        labels = DISCIPLINE_LABELS.values()
        return self._read("discipline", wording.discipline_of, BAD_DISCIPLINE, labels)

    def _read(
        self, key: str, read: Callable[[Value], Any], template: str, choices: Any
    ) -> Any | None:
        if not self.record.has(key):
            return None
        try:
            return read(self.record.value(key))
        except ValueError:
            self.fault(key, "bad_value", template, choices=", ".join(choices))
            return None

    def _awards(self) -> tuple[AwardEntry, ...]:
        if not self.record.has("awards"):
            return ()
        try:
            awards = wording.awards_of(self.record.text("awards"), this_year=self._this_year)
        except ValueError:
            self.fault("awards", "bad_date", BAD_AWARD)
            return ()
        for name, most in LONGEST_AWARD.items():
            longest = max((len(getattr(award, name) or "") for award in awards), default=0)
            if longest > most:
                self.fault("awards", "bad_value", TOO_LONG, length=longest, most=most)
        return awards

    def _must_fit(self, kind: Kind) -> None:
        """What is only asked of the other kind must be blank, or it would be lost in silence."""
        is_collective = kind is Kind.COLLECTIVE
        template = NOT_OF_COLLECTIVES if is_collective else NOT_OF_PEOPLE
        for key in OF_PEOPLE if is_collective else OF_COLLECTIVES:
            if self.record.has(key):
                self.fault(key, "bad_value", template, header=HEADERS[key])


def _year(value: Value) -> int:
    year = cells.count_of(value)
    if not 2000 <= year <= 2100:
        raise ValueError(f"{value!r} is no year")
    return year
