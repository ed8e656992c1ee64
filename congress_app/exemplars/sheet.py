"""The register as a sheet: the page's rows in the page's order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from congress_app.exemplars.clauses import Answer
from congress_app.exemplars.criteria import Finding
from congress_app.exemplars.facts import KIND_LABELS
from congress_app.exemplars.fields import WORK_FIELDS
from congress_app.exemplars.lifecycle import STAGE_LABELS
from congress_app.formats.xlsx.writing import Cell, Column, write_sheet
from congress_app.kernel.partial_date import PartialDate

COLUMNS = (
    Column("STT", 6, "number"),
    Column("Họ và tên, tên tập thể", 30),
    Column("Đối tượng", 12),
    Column("Mã đơn vị", 12),
    Column("Đơn vị", 34),
    Column("Chức vụ", 24),
    Column("Ngày sinh", 13, "date"),
    Column("Giới tính", 9),
    Column("Lĩnh vực", 24),
    Column("Khâu", 14),
    Column("Năm phát hiện", 10, "number"),
    Column("Trực tiếp", 10),
    Column("Lãnh đạo", 10),
    Column("Địa bàn khó khăn", 12),
    Column("Mô hình, giải pháp", 40),
    Column("Danh hiệu, khen thưởng", 44),
    Column("Tiêu chuẩn", 14),
    Column("Lý do", 60),
)
ANSWER_WORDS = {Answer.MET: "Đạt", Answer.NOT_MET: "Không đạt", Answer.UNKNOWN: "Chưa rõ"}
_SEX_WORDS = {"M": "Nam", "F": "Nữ"}
_KNOWN_WORDS = {True: "Có", False: "Không", None: None}


class UnitLike(Protocol):
    """What the sheet needs of a unit."""

    code: str
    name: str


class AwardLike(Protocol):
    """What the sheet needs of an award."""

    name: str
    decision_number: str | None
    decision_year: int | None


class Row(Protocol):
    """What the sheet needs of an exemplar."""

    id: int
    kind: str
    name: str
    position: str | None
    birth_year: int | None
    birth_month: int | None
    birth_day: int | None
    sex: str | None
    field: str | None
    stage: str
    detected_year: int
    is_direct: bool | None
    is_leader: bool | None
    is_hard_area: bool
    solution: str | None

    @property
    def unit(self) -> UnitLike: ...  # noqa: D102

    @property
    def awards(self) -> Sequence[AwardLike]: ...  # noqa: D102


def register(rows: Sequence[Row], found: Mapping[int, Finding]) -> bytes:
    """An .xlsx file; the headers are Vietnamese whoever asks, so that it can be read back."""
    lines = [_line(number, row, found[row.id]) for number, row in enumerate(rows, start=1)]
    return write_sheet(COLUMNS, lines, title="DANH SÁCH ĐIỂN HÌNH TIÊN TIẾN")


def _line(number: int, row: Row, finding: Finding) -> list[Cell]:
    birth = row.birth_year and PartialDate(row.birth_year, row.birth_month, row.birth_day)
    return [
        number,
        row.name,
        KIND_LABELS[row.kind],
        row.unit.code,
        row.unit.name,
        row.position,
        birth or None,
        _SEX_WORDS.get(row.sex or ""),
        WORK_FIELDS.get(row.field or "", row.field),
        STAGE_LABELS[row.stage],
        row.detected_year,
        _KNOWN_WORDS[row.is_direct],
        _KNOWN_WORDS[row.is_leader],
        "Có" if row.is_hard_area else None,
        row.solution,
        "; ".join(award_words(award) for award in row.awards) or None,
        ANSWER_WORDS[finding.answer],
        " ".join(str(clause.reason) for clause in finding.clauses if clause.answer != Answer.MET)
        or None,
    ]


def award_words(award: AwardLike) -> str:
    """An award in one line: name, number of the decision, year."""
    decision = [award.decision_number, award.decision_year and str(award.decision_year)]
    told = ", ".join(part for part in decision if part)
    return f"{award.name} ({told})" if told else award.name
